import type { Database, Transaction } from '../kernel/database.js';
import { codedError } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import { insertUnlessThere, nowIn } from '../kernel/write.js';
import { printOf } from './account.rules.js';
import { SignInFailureRow } from './account.rows.js';

const windowMs = 15 * 60_000;
/** How many attempts fail within the window before all others are refused. */
const most = { account: 5, address: 20 };

const idOf = (kind: keyof typeof most, key: string): string => `${kind.slice(0, 2)}:${printOf(key)}`;

/**
 * Counts an attempt before it is made, so that many at once on many nodes are counted too; throws RATE_LIMITED with
 * `retryAfter`, in seconds, when there were too many lately.
 */
export async function countAttempt(database: Database, kind: keyof typeof most, key: string): Promise<void> {
  const id = idOf(kind, key);
  const { failures, since, now } = await database.transaction(async (tx) => {
    const at = await nowIn(tx);
    const ended = sql`since < ${at - windowMs}`;
    const counting = sql`update sign_in_failure set failures = case when ${ended} then 1 else failures + 1 end,
                           since = case when ${ended} then ${at} else since end where id = ${id}`;
    if ((await tx.run(counting)) === 0) {
      await insertUnlessThere(tx, SignInFailureRow, { id, failures: 0, since: at });
      await tx.run(counting);
    }
    const [row] = await tx.read<{ failures: number; since: number }>(
      sql`select failures, since from sign_in_failure where id = ${id}`,
    );
    return { ...row!, now: at };
  });
  if (failures <= most[kind]) return;
  const retryAfter = Math.max(1, Math.ceil((since + windowMs - now) / 1_000));
  throw codedError('RATE_LIMITED', `Too many attempts: try again in ${Math.ceil(retryAfter / 60)} minutes.`, {
    retryAfter,
  });
}

/** Forgets the attempts whose window has ended. */
export async function sweepAttempts(tx: Transaction, now: number): Promise<void> {
  await tx.run(sql`delete from sign_in_failure where since < ${now - windowMs}`);
}

/** Takes an attempt back that succeeded: all of an account's, one of an address. */
export async function forgiveAttempt(database: Database, kind: keyof typeof most, key: string): Promise<void> {
  const left = kind === 'account' ? sql`0` : sql`case when failures > 0 then failures - 1 else 0 end`;
  await database.transaction((tx) =>
    tx.run(sql`update sign_in_failure set failures = ${left} where id = ${idOf(kind, key)}`),
  );
}

import { createHash } from 'node:crypto';
import type { Context } from './context.js';
import type { Transaction } from './database.js';
import { Refusal, type UserErrorView } from './errors.js';
import { IdempotencyRow } from './ledger.rows.js';
import { sql } from './sql.js';
import { inTransaction } from './transaction.js';
import type { Viewer } from './viewer.js';
import { checkText, insertUnlessThere, nowIn } from './write.js';

export interface CommandInput {
  /** At most 255 characters: the same command with the same key is done once. */
  idempotencyKey?: string | null | undefined;
}

/**
 * Does a mutation: its writes are one transaction, a `Refusal` thrown in it undoes them and becomes the answer. With an
 * idempotency key the answer is kept in that transaction: the same again gives it again, another input is refused.
 * `again` looks at a kept answer first, and throws a `Refusal` when it is not to be given any more.
 */
export async function perform<Result extends object>(
  ctx: Context,
  name: string,
  input: CommandInput,
  work: (tx: Transaction) => Promise<Result>,
  again: (tx: Transaction, kept: Result) => Promise<void> = async () => undefined,
): Promise<Result | UserErrorView> {
  try {
    return await inTransaction(ctx, (tx) =>
      input.idempotencyKey == null ? work(tx) : once(ctx, tx, { name, input, work, again }),
    );
  } catch (error) {
    if (error instanceof Refusal) return error.view;
    throw error;
  }
}

interface Once<Result> {
  name: string;
  input: CommandInput;
  work: (tx: Transaction) => Promise<Result>;
  again: (tx: Transaction, kept: Result) => Promise<void>;
}

async function once<Result extends object>(
  ctx: Context,
  tx: Transaction,
  { name, input, work, again }: Once<Result>,
): Promise<Result> {
  const key = checkText('idempotencyKey', input.idempotencyKey ?? '', { min: 1, max: 255 });
  const id = print([askerOf(ctx.viewer), key]);
  const fingerprint = print([name, input]);
  if (await insertUnlessThere(tx, IdempotencyRow, { id, fingerprint, answer: null, createdAt: await nowIn(tx) })) {
    const answer = await work(tx);
    await tx.run(sql`update idempotency set answer = ${JSON.stringify(answer)} where id = ${id}`);
    return answer;
  }
  const [kept] = await tx.read<{ fingerprint: string; answer: string }>(
    sql`select fingerprint, answer from idempotency where id = ${id}`,
  );
  if (kept?.fingerprint !== fingerprint) throw keyReused();
  const answer = JSON.parse(kept.answer) as Result;
  await again(tx, answer);
  return answer;
}

/** Whose keys are told apart: each account's and each partner's. */
function askerOf(viewer: Viewer): number | string {
  if (viewer.kind === 'account') return viewer.accountId;
  return viewer.kind === 'partner' ? `partner:${viewer.partnerId}` : viewer.kind;
}

/** What is said to somebody whose idempotency key was used with another input. */
export const keyReused = (): Refusal =>
  new Refusal({
    __typename: 'IdempotencyKeyReused',
    message: 'This idempotency key was used with another input: send a new key for a new change.',
    path: ['idempotencyKey'],
  });

const print = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

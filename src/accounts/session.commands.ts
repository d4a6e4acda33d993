import type { Client, Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { codedError, Refusal } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { nowIn } from '../kernel/write.js';
import { accountOf, accountsWhere, type AccountView } from './account.queries.js';
import { SessionRow } from './account.rows.js';
import { newToken, printOf } from './account.rules.js';
import { isPassword } from './password.rules.js';
import { countAttempt, forgiveAttempt, sweepAttempts } from './throttle.commands.js';

const lastsMs = 12 * 3_600_000;

export interface SignedIn {
  __typename: 'SignedIn';
  /** None when it went into a cookie. */
  token: string | null;
  expiresAt: number;
  account: AccountView;
}

export interface OpenSession {
  token: string;
  expiresAt: number;
}

/**
 * Opens a session for whoever knows the password of an active account; one attempt a request. Unknown email, wrong
 * password and deactivated account are refused alike, after the same work.
 */
export async function signIn(
  ctx: Context,
  { email, password, cookie }: { email: string; password: string; cookie: boolean },
): Promise<SignedIn> {
  const { client, database } = ctx;
  if (client?.signInTried) throw codedError('BAD_USER_INPUT', 'Sign in once in a request.');
  if (client) client.signInTried = true;
  const who = email.normalize('NFC').trim().toLowerCase().slice(0, 191);
  if (client) await countAttempt(database, 'address', client.address);
  await countAttempt(database, 'account', who);
  const [found] = await database.read<{ id: number; passwordHash: string | null; active: number }>(
    sql`select id, passwordHash, active from account where email = ${who}`,
    'primary',
  );
  const right = await isPassword(found?.passwordHash ?? null, password.slice(0, 1_000));
  if (!found || !right || !found.active) throw refused();
  await forgiveAttempt(database, 'account', who);
  if (client) await forgiveAttempt(database, 'address', client.address);
  const { token, expiresAt } = await inTransaction(ctx, (tx) => openSession(ctx, tx, found.id, found.passwordHash));
  const [account] = await database.read<object>(accountsWhere(sql`a.id = ${found.id}`), 'primary');
  if (cookie) cookieHolder(client).keepSession(token, expiresAt);
  return { __typename: 'SignedIn', token: cookie ? null : token, expiresAt, account: accountOf(account!) };
}

function cookieHolder(client: Client | null): Client {
  if (!client) throw codedError('BAD_USER_INPUT', 'There is no browser here to keep a cookie.');
  return client;
}

const refused = () =>
  new Refusal({ __typename: 'SignInRefused', message: 'The email or the password is wrong.', path: [] });

/**
 * Opens a session of an account that is active, and whose password is still the one that was checked; sweeps what has
 * ended.
 */
export async function openSession(
  ctx: Context,
  tx: Transaction,
  accountId: number,
  passwordHash?: string | null,
): Promise<OpenSession> {
  const unchanged = passwordHash === undefined ? sql`` : sql`and passwordHash = ${passwordHash}`;
  await tx.run(sql`update account set version = version where id = ${accountId} and active = ${true} ${unchanged}`);
  const rows = await tx.read<object>(
    sql`select id from account where id = ${accountId} and active = ${true} ${unchanged}`,
  );
  if (rows.length === 0) throw refused();
  const now = await nowIn(tx);
  const token = newToken();
  const expiresAt = now + lastsMs;
  await tx.run(sql`delete from session where expiresAt < ${now}`);
  await sweepAttempts(tx, now);
  await tx.manager.insert(SessionRow, { id: printOf(token), accountId, createdAt: now, expiresAt });
  await recordAudit(ctx, tx, { action: 'sign-in', subject: 'Account', subjectId: accountId, accountId });
  return { token, expiresAt };
}

/** Ends the session that asks. */
export async function signOut(ctx: Context): Promise<{ __typename: 'SignedOut'; done: boolean }> {
  const token = ctx.client?.sessionToken;
  if (token != null) {
    await inTransaction(ctx, (tx) => tx.run(sql`delete from session where id = ${printOf(token)}`));
    ctx.client?.endSession();
  }
  return { __typename: 'SignedOut', done: token != null };
}

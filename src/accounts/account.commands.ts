import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing, Refusal, staleVersion, type UserErrorView } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import { keyReused, perform, type CommandInput } from '../kernel/perform.js';
import { sql } from '../kernel/sql.js';
import type { AccountRole } from '../kernel/viewer.js';
import { checkText, insertAll, insertUnlessThere, nowIn } from '../kernel/write.js';
import { accountOf, accountsWhere, type AccountView } from './account.queries.js';
import { AccountRow, AccountSectionRow } from './account.rows.js';
import { checkEmail, checkPassword } from './account.rules.js';
import { hashed, isPassword } from './password.rules.js';
import { countAttempt, forgiveAttempt } from './throttle.commands.js';

export interface SavedAccount {
  __typename: 'AccountSaved';
  account: AccountView;
}

export interface NewAccount extends CommandInput {
  email: string;
  name: string;
  role: AccountRole;
  /** None for those who sign in at an OpenID provider. */
  password?: string | null;
  /** Slugs of the sections it is limited to. */
  sections?: readonly string[] | null;
}

/** Makes an account. */
export async function createAccount(ctx: Context, input: NewAccount): Promise<SavedAccount | UserErrorView> {
  const { password, ...known } = input;
  return answered(async () => {
    const email = checkEmail(input.email);
    const passwordHash = password == null ? null : await hashed(checkPassword('password', password, email));
    return perform(
      ctx,
      'createAccount',
      known,
      async (tx) => {
        const row = { name: checkText('name', input.name, { min: 1, max: 120 }), role: input.role, passwordHash };
        const nobody = { active: true, issuer: null, subject: null, version: 1, createdAt: await nowIn(tx) };
        if (!(await insertUnlessThere(tx, AccountRow, { email, ...row, ...nobody }))) {
          throw badInput(`There is an account with the email ${email} already.`, 'email');
        }
        const [made] = await tx.read<{ id: number }>(sql`select id from account where email = ${email}`);
        await limitTo(tx, made!.id, input.sections ?? []);
        const subject = { subject: 'Account', subjectId: made!.id };
        await recordAudit(ctx, tx, { ...subject, action: 'create', detail: { email, role: input.role } });
        return saved(tx, made!.id);
      },
      samePassword(password),
    );
  });
}

export interface AccountChange extends CommandInput {
  accountId: number;
  expectedVersion: number;
  name?: string | null;
  role?: AccountRole | null;
  active?: boolean | null;
  password?: string | null;
  /** Slugs of the sections it is limited to; none is all. */
  sections?: readonly string[] | null;
}

/** Changes an account; a new password and a deactivation end its sessions at once. One active admin always stays. */
export async function changeAccount(ctx: Context, input: AccountChange): Promise<SavedAccount | UserErrorView> {
  const { password, ...known } = input;
  return answered(async () => {
    const passwordHash = password == null ? undefined : await hashed(checkPassword('password', password, null));
    return perform(
      ctx,
      'changeAccount',
      known,
      async (tx) => {
        await tx.run(sql`update account set version = version where role = 'ADMIN' or id = ${input.accountId}`);
        const [row] = await tx.read<object>(accountsWhere(sql`a.id = ${input.accountId}`));
        if (!row) throw missing('account', 'id');
        const before = accountOf(row);
        if (before.version !== input.expectedVersion)
          throw staleVersion('account', input.expectedVersion, before.version);
        if (password != null) checkPassword('password', password, before.email);
        const after = {
          name: input.name == null ? before.name : checkText('name', input.name, { min: 1, max: 120 }),
          role: input.role ?? before.role,
          active: input.active ?? before.active,
        };
        const change = {
          ...after,
          version: before.version + 1,
          ...(passwordHash === undefined ? {} : { passwordHash }),
        };
        await tx.manager.update(AccountRow, { id: before.id }, change);
        if (input.sections != null) await limitTo(tx, before.id, input.sections);
        await keepAnAdmin(tx, before);
        if (!after.active || passwordHash !== undefined) await endSessions(tx, before.id);
        const detail = { before: { name: before.name, role: before.role, active: before.active }, after };
        await recordAudit(ctx, tx, { action: 'change', subject: 'Account', subjectId: before.id, detail });
        return saved(tx, before.id);
      },
      samePassword(password),
    );
  });
}

async function keepAnAdmin(tx: Transaction, before: AccountView): Promise<void> {
  if (before.role !== 'ADMIN' || !before.active) return;
  const admins = await tx.read<object>(sql`select id from account where role = 'ADMIN' and active = ${true} limit 1`);
  if (admins.length === 0) throw badInput('That is the last active admin: make another one first.', 'role');
}

/** Sets the viewer's own password, and ends all his sessions. */
export async function changePassword(
  ctx: Context,
  input: CommandInput & { current: string; password: string },
): Promise<SavedAccount | UserErrorView> {
  const { viewer, database } = ctx;
  if (viewer.kind !== 'account') throw badInput('Only accounts have passwords.');
  const [own] = await database.read<{ email: string; passwordHash: string | null }>(
    sql`select email, passwordHash from account where id = ${viewer.accountId}`,
    'primary',
  );
  const { email, passwordHash } = own!;
  await countAttempt(database, 'account', email);
  const current = await isPassword(passwordHash, input.current.slice(0, 1_000));
  return answered(async () => {
    if (!current) throw badInput('That is not your password.', 'current');
    await forgiveAttempt(database, 'account', email);
    const next = await hashed(checkPassword('password', input.password, email));
    return perform(
      ctx,
      'changePassword',
      { idempotencyKey: input.idempotencyKey },
      async (tx) => {
        const same = sql`id = ${viewer.accountId} and passwordHash = ${passwordHash}`;
        const changed = await tx.run(
          sql`update account set passwordHash = ${next}, version = version + 1 where ${same}`,
        );
        if (changed !== 1) throw badInput('The password has just been changed elsewhere.', 'current');
        await endSessions(tx, viewer.accountId);
        await recordAudit(ctx, tx, { action: 'change-password', subject: 'Account', subjectId: viewer.accountId });
        return saved(tx, viewer.accountId);
      },
      samePassword(input.password),
    );
  });
}

/** Refuses a key that was used with another password: prints of inputs, which are stored, hold no passwords. */
const samePassword =
  (password: string | null | undefined) =>
  async (tx: Transaction, { account }: SavedAccount): Promise<void> => {
    if (password == null) return;
    const [row] = await tx.read<{ passwordHash: string | null }>(
      sql`select passwordHash from account where id = ${account.id}`,
    );
    if (!(await isPassword(row?.passwordHash ?? null, password))) throw keyReused();
  };

async function endSessions(tx: Transaction, accountId: number): Promise<void> {
  await tx.run(sql`delete from session where accountId = ${accountId}`);
}

async function limitTo(tx: Transaction, accountId: number, slugs: readonly string[]): Promise<void> {
  await tx.manager.delete(AccountSectionRow, { accountId });
  if (slugs.length === 0) return;
  const rows = await tx.read<{ id: number; slug: string }>(
    sql`select id, slug from section where slug in ${[...slugs]}`,
  );
  const known = new Map(rows.map(({ id, slug }) => [slug, id]));
  slugs.forEach((slug, i) => {
    if (!known.has(slug)) throw missing('section', `sections.${i}`);
  });
  await insertAll(
    tx,
    AccountSectionRow,
    [...known.values()].map((sectionId) => ({ accountId, sectionId })),
  );
}

async function saved(tx: Transaction, accountId: number): Promise<SavedAccount> {
  const [row] = await tx.read<object>(accountsWhere(sql`a.id = ${accountId}`));
  return { __typename: 'AccountSaved', account: accountOf(row!) };
}

/** What is refused before the transaction begins is answered like what is refused in it. */
async function answered<Result>(work: () => Promise<Result>): Promise<Result | UserErrorView> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error.view;
    throw error;
  }
}

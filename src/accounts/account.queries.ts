import { read, type Context, type Reading } from '../kernel/context.js';
import type { Database } from '../kernel/database.js';
import { loadMany, loadOne } from '../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { raw, sql, type Sql } from '../kernel/sql.js';
import type { AccountRole, AccountViewer } from '../kernel/viewer.js';
import { printOf } from './account.rules.js';

export interface AccountView {
  __typename: 'Account';
  id: number;
  email: string;
  name: string;
  role: AccountRole;
  active: boolean;
  version: number;
  createdAt: number;
}

const columns = raw('a.id, a.email, a.name, a.role, a.active, a.version, a.createdAt');

export const accountOf = (row: object): AccountView => {
  const columnsOf = row as Omit<AccountView, '__typename' | 'active'> & { active: number };
  return { __typename: 'Account', ...columnsOf, active: Boolean(columnsOf.active) };
};

/** Accounts under a condition on `a`, for `accountOf`. */
export const accountsWhere = (condition: Sql): Sql => sql`select ${columns} from account a where ${condition}`;

export const accountById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<object>(reading, accountsWhere(sql`a.id in ${ids}`))).map(accountOf),
  (account) => account.id,
  'unkept',
);

export const sectionsByAccount = loadMany(
  (reading: Reading, ids: readonly number[]) =>
    read<{ accountId: number; sectionId: number }>(
      reading,
      sql`select accountId, sectionId from account_section where accountId in ${ids} order by accountId, sectionId`,
    ),
  (row) => row.accountId,
  'unkept',
);

export interface AccountEdge {
  cursor: string;
  node: AccountView;
}

/** All accounts, oldest first. */
export async function accounts(ctx: Context, page: PageArgs): Promise<Connection<AccountEdge>> {
  const cursor = cursorsOf('accounts');
  const [behind] = page.after == null ? [0] : parseCursor<[number]>('accounts', page.after, ['number']);
  const wanted = sql`a.id > ${behind} order by a.id limit ${checkFirst(page.first) + 1}`;
  const rows = (await read<object>(ctx, accountsWhere(wanted))).map(accountOf);
  const count = async () => {
    const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from account`);
    return row?.total ?? 0;
  };
  return pageOf(rows, page, (node) => ({ cursor: cursor([node.id]), node }), count);
}

/** Who holds a session token: nobody when it has ended, by the database's clock, or the account was deactivated. */
export function viewerOfToken(database: Database, token: string): Promise<AccountViewer | null> {
  const held = sql`select s.accountId from session s where s.id = ${printOf(token)} and s.expiresAt > ${database.now}`;
  return viewerWhere(database, sql`a.id = (${held})`);
}

/** An account as a viewer, while it is active. */
export function viewerOfAccount(database: Database, accountId: number): Promise<AccountViewer | null> {
  return viewerWhere(database, sql`a.id = ${accountId}`);
}

interface ViewerRow {
  id: number;
  name: string;
  role: AccountRole;
  sectionId: number | null;
}

async function viewerWhere(database: Database, condition: Sql): Promise<AccountViewer | null> {
  const rows = await database.read<ViewerRow>(
    sql`select a.id, a.name, a.role, l.sectionId from account a
        left join account_section l on l.accountId = a.id
        where ${condition} and a.active = ${true}`,
    'primary',
  );
  const [first] = rows;
  if (!first) return null;
  const sectionIds = rows.flatMap((row) => row.sectionId ?? []);
  const { id: accountId, name, role } = first;
  return { kind: 'account', accountId, name, role, sectionIds: sectionIds.length > 0 ? sectionIds : null };
}

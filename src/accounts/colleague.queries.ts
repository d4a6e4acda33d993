import { read, type Context, type Reading } from '../kernel/context.js';
import { loadOne } from '../kernel/loader.js';
import { sql } from '../kernel/sql.js';

/** Somebody of the newsroom, as the others there know him. */
export interface ColleagueView {
  __typename: 'Colleague';
  id: number;
  name: string;
}

export const colleagueById = loadOne(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<Omit<ColleagueView, '__typename'>>(
      reading,
      sql`select id, name from account where id in ${ids}`,
    );
    return rows.map((row): ColleagueView => ({ __typename: 'Colleague', ...row }));
  },
  (colleague) => colleague.id,
  'unkept',
);

/** The colleague with this id; nobody when something was done by the service itself. */
export async function colleagueOrNobody(ctx: Context, accountId: number | null): Promise<ColleagueView | null> {
  return accountId === null ? null : colleagueById(ctx).load(accountId);
}

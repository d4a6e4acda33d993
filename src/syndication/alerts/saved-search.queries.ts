import { read, type Context, type Reading } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { missing } from '../../kernel/errors.js';
import { idIn } from '../../kernel/global-id.js';
import { loadMany, loadOne } from '../../kernel/loader.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import type { ProductFilter } from '../partners/product.rules.js';

export interface SavedSearchView {
  __typename: 'SavedSearch';
  id: number;
  partnerId: number;
  name: string;
  query: string;
  filter: ProductFilter;
  version: number;
  createdAt: number;
}

type Row = Omit<SavedSearchView, '__typename' | 'filter'> & { filter: string };

const columns = raw('s.id, s.partnerId, s.name, s.query, s.filter, s.version, s.createdAt');

const searchesWhere = (condition: Sql): Sql =>
  sql`select ${columns} from saved_search s where ${condition} order by s.name, s.id`;

const viewOf = (row: Row): SavedSearchView => ({
  __typename: 'SavedSearch',
  ...row,
  filter: JSON.parse(row.filter) as ProductFilter,
});

export async function savedSearchIn(tx: Transaction, id: number): Promise<SavedSearchView | undefined> {
  return (await tx.read<Row>(searchesWhere(sql`s.id = ${id}`))).map(viewOf)[0];
}

export const savedSearchById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<Row>(reading, searchesWhere(sql`s.id in ${ids}`))).map(viewOf),
  (search) => search.id,
  'unkept',
);

export const searchesOfPartner = loadMany(
  async (reading: Reading, partnerIds: readonly number[]) =>
    (await read<Row>(reading, searchesWhere(sql`s.partnerId in ${partnerIds}`))).map(viewOf),
  (search) => search.partnerId,
  'unkept',
);

/** The saved search of the partner who asks; none when he names none. */
export async function ownSearch(ctx: Context, id: string | null | undefined): Promise<SavedSearchView | null> {
  if (id == null) return null;
  const search = await savedSearchById(ctx).load(idIn('savedSearchId', id, 'SavedSearch'));
  if (search?.partnerId !== partnerIdOf(ctx.viewer)) throw missing('saved search', 'savedSearchId');
  return search;
}

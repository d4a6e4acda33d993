import { read, type Reading } from '../../kernel/context.js';
import { loadOne } from '../../kernel/loader.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';

export interface PartnerView {
  __typename: 'Partner';
  id: number;
  slug: string;
  name: string;
  isActive: boolean;
  version: number;
  createdAt: number;
}

const columns = raw('p.id, p.slug, p.name, p.isActive, p.version, p.createdAt');

export const partnerOf = (row: object): PartnerView => {
  const columnsOf = row as Omit<PartnerView, '__typename' | 'isActive'> & { isActive: number };
  return { __typename: 'Partner', ...columnsOf, isActive: Boolean(columnsOf.isActive) };
};

/** Partners under a condition on `p`, for `partnerOf`. */
export const partnersWhere = (condition: Sql): Sql => sql`select ${columns} from partner p where ${condition}`;

export const partnerById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<object>(reading, partnersWhere(sql`p.id in ${ids}`))).map(partnerOf),
  (partner) => partner.id,
  'unkept',
);

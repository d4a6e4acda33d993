import { forever } from '../../articles/visibility.js';
import { read, type Context, type Reading } from '../../kernel/context.js';
import { loadMany, loadOne } from '../../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';
import { prefixOf } from './key.rules.js';
import type { KeyScope } from './partner.words.js';
import { productOf, productsWhere, type ProductView } from './product.queries.js';

export interface PartnerView {
  __typename: 'Partner';
  id: number;
  slug: string;
  name: string;
  active: boolean;
  requestsPerMinute: number | null;
  costPerMinute: number | null;
  version: number;
  createdAt: number;
}

const columns = raw(
  'p.id, p.slug, p.name, p.isActive as active, p.requestsPerMinute, p.costPerMinute, p.version, p.createdAt',
);

export const partnerOf = (row: object): PartnerView => {
  const columnsOf = row as Omit<PartnerView, '__typename' | 'active'> & { active: number };
  return { __typename: 'Partner', ...columnsOf, active: Boolean(columnsOf.active) };
};

/** Partners under a condition on `p`, for `partnerOf`. */
export const partnersWhere = (condition: Sql): Sql => sql`select ${columns} from partner p where ${condition}`;

export const partnerById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<object>(reading, partnersWhere(sql`p.id in ${ids}`))).map(partnerOf),
  (partner) => partner.id,
  'unkept',
);

/** What a partner has bought, by name. */
export const productsByPartner = loadMany(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<{ partnerId: number }>(
      reading,
      productsWhere(sql`h.partnerId in ${ids} order by h.partnerId, d.name, d.id`, {
        more: raw(', h.partnerId'),
        from: raw('partner_product h join product d on d.id = h.productId'),
      }),
    );
    return rows.map(({ partnerId, ...row }) => ({ partnerId, product: productOf(row) }));
  },
  ({ partnerId }) => partnerId,
  'unkept',
);

export interface KeyView {
  id: number;
  partnerId: number;
  prefix: string;
  name: string;
  scopes: KeyScope[];
  live: boolean;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

interface KeyColumns extends Omit<KeyView, 'prefix' | 'scopes' | 'live' | 'expiresAt'> {
  scopes: string;
  live: number;
  expiresAt: number;
}

export const keyOf = ({ scopes, live, expiresAt, ...row }: KeyColumns): KeyView => ({
  ...row,
  prefix: prefixOf(row.id),
  scopes: JSON.parse(scopes) as KeyScope[],
  live: Boolean(live),
  expiresAt: expiresAt === forever ? null : expiresAt,
});

/** Keys under a condition on `k`, for `keyOf`; their hashes stay where they are. */
export const keysWhere = (condition: Sql, now: Sql): Sql =>
  sql`select k.id, k.partnerId, k.name, k.scopes, k.createdAt, k.expiresAt, k.lastUsedAt, k.revokedAt,
             case when k.revokedAt is null and k.expiresAt > ${now} then 1 else 0 end as live
      from partner_key k where ${condition}`;

/** The keys of a partner, newest first: the last twenty. */
export const keysByPartner = loadMany(
  async (reading: Reading, ids: readonly number[]) => {
    const newest = sql`select n.id from (select id, row_number() over (partition by partnerId order by id desc) as place
                                         from partner_key where partnerId in ${ids}) n where n.place <= 20`;
    const wanted = sql`k.id in (${newest}) order by k.partnerId, k.id desc`;
    return (await read<KeyColumns>(reading, keysWhere(wanted, reading.database.now))).map(keyOf);
  },
  (key) => key.partnerId,
  'unkept',
);

export const keyById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<KeyColumns>(reading, keysWhere(sql`k.id in ${ids}`, reading.database.now))).map(keyOf),
  (key) => key.id,
  'unkept',
);

export interface PartnerEdge {
  cursor: string;
  node: PartnerView;
}

/** All partners, those that are not active included, oldest first. */
export async function partners(ctx: Context, page: PageArgs): Promise<Connection<PartnerEdge>> {
  const cursor = cursorsOf('partners');
  const [behind] = page.after == null ? [0] : parseCursor<[number]>('partners', page.after, ['number']);
  const wanted = sql`p.id > ${behind} order by p.id limit ${checkFirst(page.first) + 1}`;
  const rows = (await read<object>(ctx, partnersWhere(wanted))).map(partnerOf);
  return pageOf(
    rows,
    page,
    (node) => ({ cursor: cursor([node.id]), node }),
    () => countOf(ctx, raw('partner')),
  );
}

export interface ProductEdge {
  cursor: string;
  node: ProductView;
}

/** All products, oldest first. */
export async function products(ctx: Context, page: PageArgs): Promise<Connection<ProductEdge>> {
  const cursor = cursorsOf('products');
  const [behind] = page.after == null ? [0] : parseCursor<[number]>('products', page.after, ['number']);
  const wanted = sql`d.id > ${behind} order by d.id limit ${checkFirst(page.first) + 1}`;
  const rows = (await read<object>(ctx, productsWhere(wanted))).map(productOf);
  return pageOf(
    rows,
    page,
    (node) => ({ cursor: cursor([node.id]), node }),
    () => countOf(ctx, raw('product')),
  );
}

async function countOf(ctx: Context, table: Sql): Promise<number> {
  const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from ${table}`);
  return row?.total ?? 0;
}

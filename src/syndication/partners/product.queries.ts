import { read, type Reading } from '../../kernel/context.js';
import { loadOne } from '../../kernel/loader.js';
import { nothing, raw, sql, type Sql } from '../../kernel/sql.js';
import type { DocumentFormat, PicturesPassed } from './partner.words.js';
import type { ProductFilter } from './product.rules.js';

export interface ProductView {
  __typename: 'Product';
  id: number;
  slug: string;
  name: string;
  filter: ProductFilter;
  delayMinutes: number;
  keepDays: number | null;
  pictures: PicturesPassed;
  formats: DocumentFormat[];
  territories: string[];
  usageTerms: string | null;
  version: number;
  createdAt: number;
}

const columns = raw(`d.id, d.slug, d.name, d.filter, d.shift, d.keepDays, d.pictures, d.formats, d.territories,
  d.usageTerms, d.version, d.createdAt`);

interface Columns extends Omit<ProductView, '__typename' | 'filter' | 'delayMinutes' | 'formats' | 'territories'> {
  filter: string;
  shift: number;
  formats: string;
  territories: string;
}

export function productOf(row: object): ProductView {
  const { filter, shift, formats, territories, ...rest } = row as Columns;
  return {
    __typename: 'Product',
    ...rest,
    filter: JSON.parse(filter) as ProductFilter,
    delayMinutes: shift / 60_000,
    formats: JSON.parse(formats) as DocumentFormat[],
    territories: JSON.parse(territories) as string[],
  };
}

/** Products under a condition on `d`, for `productOf`; more of each from a larger join. */
export const productsWhere = (condition: Sql, { more = nothing, from = raw('product d') } = {}): Sql =>
  sql`select ${columns}${more} from ${from} where ${condition}`;

export const productById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<object>(reading, productsWhere(sql`d.id in ${ids}`))).map(productOf),
  (product) => product.id,
  'unkept',
);

import { isDeepStrictEqual } from 'node:util';
import { entityKinds } from '../../entities/entity.rows.js';
import { standingFor } from '../../entities/survivor.queries.js';
import { narrowingOf } from '../../articles/filter.rules.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, staleVersion, type UserErrorView } from '../../kernel/errors.js';
import { parseGlobalIds } from '../../kernel/global-id.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { slugOf } from '../../kernel/slug.js';
import { sql } from '../../kernel/sql.js';
import { checkText, insertMany, insertUnlessThere, nowIn } from '../../kernel/write.js';
import { fitPartners } from '../feed/fit.commands.js';
import { checkSlug } from './partner.commands.js';
import { ProductListRow, ProductRow } from './partner.rows.js';
import { documentFormats, type DocumentFormat, type PicturesPassed } from './partner.words.js';
import { productOf, productsWhere, type ProductView } from './product.queries.js';
import {
  checkDelay,
  checkFilter,
  checkFormats,
  checkKeepDays,
  checkTerritories,
  dimensionsOf,
  listsByDimension,
  type ProductFilter,
  type ProductList,
} from './product.rules.js';

export interface ProductSaved {
  __typename: 'ProductSaved';
  product: ProductView;
}

interface Rights {
  filter?: ProductFilter | null;
  delayMinutes?: number | null;
  keepDays?: number | null;
  pictures?: PicturesPassed | null;
  formats?: readonly DocumentFormat[] | null;
  territories?: readonly string[] | null;
  usageTerms?: string | null;
}

export interface NewProduct extends CommandInput, Rights {
  name: string;
  slug?: string | null;
}

const usual = {
  filter: {},
  delayMinutes: 0,
  keepDays: null,
  pictures: 'LICENSED',
  formats: documentFormats,
  territories: [],
  usageTerms: null,
} as const;

/** Makes a product, which nobody has yet. */
export function createProduct(ctx: Context, input: NewProduct): Promise<ProductSaved | UserErrorView> {
  return perform(ctx, 'createProduct', input, async (tx) => {
    const name = checkText('name', input.name, { min: 1, max: 200 });
    const slug = checkSlug(input.slug ?? slugOf(name, 80));
    const rights = checkRights(input, usual);
    const lists = await listsOf(tx, rights.filter);
    const row = { slug, name, version: 1, ...rights, dimensions: dimensionsOf(lists), createdAt: await nowIn(tx) };
    if (!(await insertUnlessThere(tx, ProductRow, row)))
      throw badInput(`There is a product with the slug ${slug} already.`, 'slug');
    const [made] = await tx.read<{ id: number }>(sql`select id from product where slug = ${slug}`);
    await setLists(tx, made!.id, lists);
    const subject = { subject: 'Product', subjectId: made!.id };
    await recordAudit(ctx, tx, { ...subject, action: 'create', detail: { slug, name, ...rights } });
    return saved(tx, made!.id);
  });
}

export interface ProductChange extends CommandInput, Rights {
  id: number;
  expectedVersion: number;
  name?: string | null;
}

/** Changes a product; what is absent stays. Partners who have it are told in the same transaction what came and what went, and of each story that they may do something else with. */
export function saveProduct(ctx: Context, input: ProductChange): Promise<ProductSaved | UserErrorView> {
  return perform(ctx, 'saveProduct', input, async (tx) => {
    await tx.run(sql`update product set version = version where id = ${input.id}`);
    const [row] = await tx.read<object>(productsWhere(sql`d.id = ${input.id}`));
    if (!row) throw missing('product', 'id');
    const before = productOf(row);
    if (before.version !== input.expectedVersion) throw staleVersion('product', input.expectedVersion, before.version);
    const name = input.name == null ? before.name : checkText('name', input.name, { min: 1, max: 200 });
    const rights = checkRights(input, before);
    const lists = await listsOf(tx, rights.filter);
    const change = { name, ...rights, dimensions: dimensionsOf(lists), version: before.version + 1 };
    await tx.manager.update(ProductRow, { id: before.id }, change);
    await setLists(tx, before.id, lists);
    const was = { name: before.name, ...checkRights({}, before) };
    const detail = { before: was, after: { name, ...rights } };
    await recordAudit(ctx, tx, { action: 'save', subject: 'Product', subjectId: before.id, detail });
    if (!isDeepStrictEqual(rights, checkRights({}, before))) {
      const isPassedOn = !isDeepStrictEqual(passedOn(rights), passedOn(checkRights({}, before)));
      await fitPartners(ctx, tx, await holdersOf(tx, [before.id]), isPassedOn ? before.id : undefined);
    }
    return saved(tx, before.id);
  });
}

/** What may be done with a story, whichever stories they are. */
const passedOn = ({ pictures, formats, territories, usageTerms }: ReturnType<typeof checkRights>) => [
  pictures,
  formats,
  territories,
  usageTerms,
];

/** What a product is made of, where nothing is given as it was. */
function checkRights(input: Rights, before: Pick<ProductView, keyof Rights> | typeof usual) {
  const { keepDays = before.keepDays, usageTerms = before.usageTerms } = input;
  return {
    filter: checkFilter(input.filter ?? before.filter),
    shift: checkDelay(input.delayMinutes ?? before.delayMinutes),
    keepDays: checkKeepDays(keepDays),
    pictures: input.pictures ?? before.pictures,
    formats: checkFormats(input.formats ?? before.formats),
    territories: checkTerritories(input.territories ?? before.territories),
    usageTerms: usageTerms === null ? null : checkText('usageTerms', usageTerms, { max: 1_000 }) || null,
  };
}

/** The lists that a filter is made of; what it names has to be there, or have been merged: then matching knows what stands for it. */
async function listsOf(tx: Transaction, filter: ProductFilter): Promise<ProductList[]> {
  const sections = await tx.read<{ id: number; slug: string }>(
    sql`select id, slug from section where slug in ${filter.sections ?? []}`,
  );
  const bySlug = new Map(sections.map((section) => [section.slug, section]));
  filter.sections?.forEach((slug, i) => {
    if (!bySlug.has(slug)) throw missing('section', `filter.sections.${i}`);
  });
  const { groups } = narrowingOf(filter, bySlug);
  const ids = parseGlobalIds(filter.entities ?? [], entityKinds);
  const standing = await standingFor(tx, ids);
  ids.forEach((id, i) => {
    if (!standing.has(id)) throw missing('person, organisation or place', `filter.entities.${i}`);
  });
  return listsByDimension(groups);
}

async function setLists(tx: Transaction, productId: number, lists: readonly ProductList[]): Promise<void> {
  await tx.manager.delete(ProductListRow, { productId });
  await insertMany(
    tx,
    ProductListRow,
    lists.map(({ dimension, list }) => ({ productId, dimension, list })),
  );
}

/** Who has one of these products, until this transaction ends. */
async function holdersOf(tx: Transaction, productIds: readonly number[]): Promise<number[]> {
  const rows = await tx.read<{ partnerId: number }>(
    sql`select distinct partnerId from partner_product where productId in ${productIds} order by partnerId`,
  );
  return rows.map(({ partnerId }) => partnerId);
}

async function saved(tx: Transaction, id: number): Promise<ProductSaved> {
  const [row] = await tx.read<object>(productsWhere(sql`d.id = ${id}`));
  return { __typename: 'ProductSaved', product: productOf(row!) };
}

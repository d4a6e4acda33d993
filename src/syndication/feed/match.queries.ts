import { listOf, listsOf } from '../../articles/list.rules.js';
import type { ArticleKind } from '../../articles/edition.rows.js';
import type { Transaction } from '../../kernel/database.js';
import { groupBy } from '../../kernel/group.js';
import { sql, type Sql } from '../../kernel/sql.js';
import { lineage } from '../../sections/section.rules.js';
import type { Match, ToldText } from './books.rules.js';

export const dayMs = 86_400_000;

/** A text with what says which lists it is in. */
export interface ListedText extends ToldText {
  kind: ArticleKind;
  language: string;
  sectionId: number;
}

/** Publications that a condition on `p` names, as far as telling partners of them goes. */
export const textsWhere = (tx: Transaction, condition: Sql): Promise<ListedText[]> =>
  tx.read<ListedText>(
    sql`select p.id, p.articleId, p.editionId, p.visibleFrom, p.partnersFrom, p.partnersUntil, p.recalledAt, p.seq,
          coalesce(a.firstPublishedAt, p.visibleFrom) as firstPublishedAt, a.version as articleVersion,
          e.kind, e.language, e.sectionId
        from publication p join article a on a.id = p.articleId join edition e on e.id = p.editionId
        where ${condition} order by p.id`,
  );

interface ProductList {
  productId: number;
  dimension: string;
  list: string;
  dimensions: number;
  shift: number;
  keepDays: number | null;
}

/**
 * The products by which partners may have each of some texts, each partner's best first: the earliest, then the one with
 * the lowest id. A text that another took the place of is in no list any more: its own words say in which it was.
 */
export async function matchesOf(
  tx: Transaction,
  texts: readonly ListedText[],
  now: number,
): Promise<Map<number, Match[]>> {
  if (texts.length === 0) return new Map();
  const listsByText = await listsOfTexts(tx, texts);
  const standing = await standingLists(tx, listsByText);
  const asked = [...new Set([...[...listsByText.values()].flat(), ...standing.keys()])];
  const rows = await tx.read<ProductList>(
    sql`select pl.productId, pl.dimension, pl.list, pr.dimensions, pr.shift, pr.keepDays
        from product_list pl join product pr on pr.id = pl.productId where pl.list in ${asked}`,
  );
  const byList = groupBy(rows, ({ list }) => standing.get(list) ?? list);
  const partnersOf = await partnersByProduct(tx, [...new Set(rows.map(({ productId }) => productId))]);
  return new Map(
    texts.map((text) => {
      const inLists = listsByText.get(text.id)!.flatMap((list) => byList.get(list) ?? []);
      const products = [...groupBy(inLists, ({ productId }) => productId).values()];
      const matches = products.flatMap((found) => {
        const [product] = found as [ProductList];
        if (new Set(found.map(({ dimension }) => dimension)).size < product.dimensions) return [];
        return matchesBy(text, product, partnersOf.get(product.productId) ?? [], now);
      });
      return [text.id, matches.sort(bestFirst)];
    }),
  );
}

/** What a product lets partners have of a text; nothing when it would have taken it back already. */
export function matchesBy(
  { partnersFrom, firstPublishedAt }: Pick<ToldText, 'partnersFrom' | 'firstPublishedAt'>,
  { productId, shift, keepDays }: Pick<ProductList, 'productId' | 'shift' | 'keepDays'>,
  partnerIds: readonly number[],
  now: number,
): Match[] {
  const expiresAt = keepDays === null ? null : firstPublishedAt + keepDays * dayMs;
  if (expiresAt !== null && expiresAt <= now) return [];
  return partnerIds.map((partnerId) => ({ partnerId, productId, moment: partnersFrom + shift, expiresAt }));
}

export const bestFirst = (a: Match, b: Match): number => a.moment - b.moment || a.productId - b.productId;

async function listsOfTexts(tx: Transaction, texts: readonly ListedText[]): Promise<Map<number, string[]>> {
  const sections = await tx.read<{ id: number; parentId: number | null }>(sql`select id, parentId from section`);
  const byId = new Map(sections.map((section) => [section.id, section]));
  const mentions = await tx.read<{ editionId: number; entityId: number }>(
    sql`select distinct editionId, entityId from mention where editionId in ${texts.map((text) => text.editionId)}`,
  );
  const named = groupBy(mentions, ({ editionId }) => editionId);
  return new Map(
    texts.map(({ id, editionId, kind, language, sectionId }) => {
      const sectionIds = lineage(byId, sectionId).map((section) => section.id);
      const entityIds = (named.get(editionId) ?? []).map(({ entityId }) => entityId);
      return [id, listsOf({ kind, language, sectionIds, entityIds })];
    }),
  );
}

/** Lists of entities that others took the place of, which products may name still, and the lists that stand for them. */
async function standingLists(
  tx: Transaction,
  lists: ReadonlyMap<number, readonly string[]>,
): Promise<Map<string, string>> {
  const ids = [...lists.values()].flat().filter((list) => list.startsWith(entityPrefix));
  if (ids.length === 0) return new Map();
  const merged = await tx.read<{ id: number; mergedInto: number }>(
    sql`select id, mergedInto from entity
        where mergedInto in ${[...new Set(ids)].map((list) => Number(list.slice(entityPrefix.length)))}`,
  );
  return new Map(merged.map(({ id, mergedInto }) => [listOf.entity(id), listOf.entity(mergedInto)]));
}

const entityPrefix = 'entity:';

async function partnersByProduct(tx: Transaction, productIds: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await tx.read<{ productId: number; partnerId: number }>(
    sql`select pp.productId, pp.partnerId from partner_product pp
        join partner pa on pa.id = pp.partnerId and pa.isActive = 1 where pp.productId in ${productIds}`,
  );
  const byProduct = new Map<number, number[]>();
  for (const { productId, partnerId } of rows) {
    byProduct.set(productId, [...(byProduct.get(productId) ?? []), partnerId]);
  }
  return byProduct;
}

import { listOf, listsOf } from '../../articles/list.rules.js';
import type { ArticleKind, EditionRow } from '../../articles/edition.rows.js';
import type { Transaction } from '../../kernel/database.js';
import { groupBy } from '../../kernel/group.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';
import { lineage } from '../../sections/section.rules.js';
import { bestFirst, type Match, type ToldText } from './books.rules.js';
import { picturesPassed, type PicturesPassed } from '../partners/partner.words.js';

export const dayMs = 86_400_000;

/** A text with what says which lists it is in. */
export interface ListedText extends ToldText {
  kind: ArticleKind;
  language: string;
  sectionId: number;
  passingOn: EditionRow['passingOn'];
}

/** The version of the story `a` when its publication `p` was entered into our feed; its own as long as that is to come. */
export const versionAtEntry = raw('coalesce((select c.version from content_change c where c.seq = p.seq), a.version)');

/** Publications that a condition on `p` names, as far as telling partners of them goes. */
export const textsWhere = (tx: Transaction, condition: Sql): Promise<ListedText[]> =>
  tx.read<ListedText>(
    sql`select p.id, p.articleId, p.editionId, p.visibleFrom, p.visibleUntil, p.partnersFrom, p.partnersUntil, p.recalledAt, p.seq,
          coalesce(a.firstPublishedAt, p.visibleFrom) as firstPublishedAt, ${versionAtEntry} as articleVersion,
          e.kind, e.language, e.sectionId, e.passingOn
        from publication p join article a on a.id = p.articleId join edition e on e.id = p.editionId
        where ${condition} order by p.id`,
  );

/** What a product lets partners do with what is in it. */
export interface Rights {
  productId: number;
  shift: number;
  keepDays: number | null;
  pictures: PicturesPassed;
  /** As JSON. */
  formats: string;
  territories: string;
}

interface ProductList extends Rights {
  dimension: string;
  list: string;
  dimensions: number;
}

/**
 * The products by which partners may have each of some texts, in the order of their moments. A text that another took the place of is in no list any more: its own words say in which it was.
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
    sql`select pl.productId, pl.dimension, pl.list, pr.dimensions, pr.shift, pr.keepDays, pr.pictures, pr.formats, pr.territories
        from product_list pl join product pr on pr.id = pl.productId where pl.list in ${asked}`,
  );
  const byList = groupBy(rows, ({ list }) => standing.get(list) ?? list);
  const partnersOf = await partnersByProduct(tx, [...new Set(rows.map(({ productId }) => productId))]);
  return new Map(
    texts.map((text) => {
      if (text.passingOn === 'WITHHELD') return [text.id, []];
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
  product: Rights,
  partnerIds: readonly number[],
  now: number,
): Match[] {
  const { productId, shift, keepDays } = product;
  const expiresAt = keepDays === null ? null : firstPublishedAt + keepDays * dayMs;
  if (expiresAt !== null && expiresAt <= now) return [];
  const breadth = breadthOf(product);
  return partnerIds.map((partnerId) => ({ partnerId, productId, moment: partnersFrom + shift, expiresAt, breadth }));
}

/** How wide the rights of a product are: its pictures count first, then its forms of document, then where it may be shown. */
function breadthOf({ pictures, formats, territories }: Pick<Rights, 'pictures' | 'formats' | 'territories'>): number {
  const [forms, countries] = [formats, territories].map((json) => (JSON.parse(json) as string[]).length) as [
    number,
    number,
  ];
  return picturesPassed.indexOf(pictures) * 10_000 + forms * 1_000 + (countries === 0 ? 999 : countries);
}

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

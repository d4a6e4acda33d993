import { listOf } from '../../articles/list.rules.js';
import type { Transaction } from '../../kernel/database.js';
import { groupBy } from '../../kernel/group.js';
import { join, sql, type Sql } from '../../kernel/sql.js';
import { bestFirst, type Match, type ToldText } from './books.rules.js';
import { matchesBy, matchesOf, textsWhere, versionAtEntry, type Rights } from './match.queries.js';

/** A text that a partner's products let him have, now or from a moment on, the earliest first. */
export interface Offer {
  text: ToldText;
  matches: Match[];
}

interface Product extends Omit<Rights, 'productId'> {
  id: number;
  /** The lists of each dimension. */
  groups: string[][];
}

/** What a partner's products let him have of what is published or scheduled, by story, the newest text first. */
export async function offersTo(
  tx: Transaction,
  { partnerId, now }: { partnerId: number; now: number },
): Promise<Map<number, Offer[]>> {
  const offers = new Map<number, Offer>();
  for (const product of await productsOf(tx, partnerId)) {
    for (const text of await textsOf(tx, product)) {
      const offer = offers.get(text.id) ?? { text, matches: [] };
      offer.matches.push(...matchesBy(text, { ...product, productId: product.id }, [partnerId], now));
      offers.set(text.id, offer);
    }
  }
  const byStory = grouped([...offers.values()]);
  const isUnsure = (ofStory: readonly Offer[]) =>
    !bestNow(ofStory, now) || ofStory.some(({ text }) => text.visibleUntil <= now);
  const unsure = [...byStory].filter(([, ofStory]) => isUnsure(ofStory)).map(([articleId]) => articleId);
  for (let i = 0; i < unsure.length; i += 500) {
    const earlier = await earlierOffers(tx, { partnerId, now }, unsure.slice(i, i + 500));
    for (const articleId of unsure.slice(i, i + 500)) {
      const ofStory = earlier.get(articleId);
      if (ofStory) byStory.set(articleId, ofStory);
      else byStory.delete(articleId);
    }
  }
  return byStory;
}

/** The newest text that a partner may have now, of those that he is offered of a story. */
export const bestNow = (offers: readonly Offer[] | undefined, now: number): Offer | undefined =>
  offers?.find(({ matches: [best] }) => best && best.moment <= now);

function grouped(offers: readonly Offer[]): Map<number, Offer[]> {
  for (const { matches } of offers) matches.sort(bestFirst);
  const newestFirst = offers.filter(({ matches }) => matches.length > 0).sort((a, b) => b.text.id - a.text.id);
  return groupBy(newestFirst, ({ text }) => text.articleId);
}

/** Of stories whose newest text comes later, or took the place of another: all texts, as those before are in no list any more. */
async function earlierOffers(
  tx: Transaction,
  { partnerId, now }: { partnerId: number; now: number },
  articleIds: readonly number[],
): Promise<Map<number, Offer[]>> {
  const texts = await textsWhere(
    tx,
    sql`p.articleId in ${articleIds} and p.recalledAt is null and p.partnersFrom < p.partnersUntil`,
  );
  const matches = await matchesOf(tx, texts, now);
  const his = (id: number) => (matches.get(id) ?? []).filter((match) => match.partnerId === partnerId);
  /** What he lost: readers see a later text which none of his products brings. */
  const isLost = ({ id, articleId }: ToldText) =>
    texts.some(
      (later) =>
        later.articleId === articleId && later.id > id && later.visibleFrom <= now && his(later.id).length === 0,
    );
  return grouped(texts.filter((text) => !isLost(text)).map((text) => ({ text, matches: his(text.id) })));
}

/** The products of a partner, unless he is to get nothing, with the entities that stand for those that were merged. */
async function productsOf(tx: Transaction, partnerId: number): Promise<Product[]> {
  const rows = await tx.read<Omit<Product, 'groups'> & { dimension: string; list: string }>(
    sql`select pr.id, pr.shift, pr.keepDays, pr.pictures, pr.formats, pr.territories, pl.dimension, pl.list
        from partner pa join partner_product pp on pp.partnerId = pa.id join product pr on pr.id = pp.productId
        join product_list pl on pl.productId = pr.id
        where pa.id = ${partnerId} and pa.isActive = 1 order by pr.id, pl.dimension, pl.list`,
  );
  const entityIds = rows.filter(({ dimension }) => dimension === 'ENTITY').map(({ list }) => Number(list.slice(7)));
  const merged = await tx.read<{ id: number; mergedInto: number }>(
    sql`select id, mergedInto from entity where id in ${entityIds} and mergedInto is not null`,
  );
  const standing = new Map(merged.map(({ id, mergedInto }) => [listOf.entity(id), listOf.entity(mergedInto)]));
  return [...groupBy(rows, ({ id }) => id).values()].map((lists) => {
    const { dimension: _, list: __, ...product } = lists[0]!;
    const groups = [...groupBy(lists, ({ dimension }) => dimension).values()];
    return { ...product, groups: groups.map((group) => group.map(({ list }) => standing.get(list) ?? list)) };
  });
}

/** What is published or scheduled and in a list of each group. The shortest group is walked, the others are looked up. */
function textsOf(tx: Transaction, { groups }: Product): Promise<ToldText[]> {
  const [walked, ...looked] = groups.toSorted((a, b) => a.length - b.length) as [string[], ...string[][]];
  const others: Sql[] = looked.map(
    (group) =>
      sql` and exists (select 1 from listing o where o.publicationId = l.publicationId and o.list in ${group})`,
  );
  return tx.read<ToldText>(
    sql`select p.id, p.articleId, p.editionId, p.visibleFrom, p.visibleUntil, p.partnersFrom, p.partnersUntil, p.recalledAt, p.seq,
          coalesce(a.firstPublishedAt, p.visibleFrom) as firstPublishedAt, ${versionAtEntry} as articleVersion
        from (select distinct l.publicationId from listing l where l.list in ${walked}${join(others, '')}) m
        join publication p on p.id = m.publicationId join article a on a.id = p.articleId
        join edition e on e.id = p.editionId and e.passingOn = 'ALLOWED'
        where p.recalledAt is null and p.partnersFrom < p.partnersUntil`,
  );
}

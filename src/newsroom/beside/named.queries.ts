import { companionStories } from '../../articles/list.queries.js';
import { listOf } from '../../articles/list.rules.js';
import { visible } from '../../articles/visibility.js';
import { read, type Context } from '../../kernel/context.js';
import { join, sql } from '../../kernel/sql.js';

/** How many entities of a text are looked up. */
const mostNamed = 24;

export interface Naming {
  /** How much it counts that a story names each: how rare it is in stories, and how much the text is about it. */
  weights: ReadonlyMap<number, number>;
  /** The stories that name them, those first that name most of what counts. */
  articleIds: readonly number[];
}

/** How rare an entity is that so many of its newest stories name: 1 for one story, a quarter for 200. */
export const rarity = (stories: number): number =>
  1 / (1 + (Math.log(Math.max(1, stories)) / Math.log(companionStories)) * 3);

/** The newest stories that name what a text is about, at most 200 of each: ranges of the listing. */
export async function storiesNaming(ctx: Context, saliences: ReadonlyMap<number, number>): Promise<Naming> {
  const ids = [...saliences].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
  const ranges = ids.slice(0, mostNamed).map(
    (id) => sql`select * from (select ${id} as entityId, l.articleId from listing l
        where l.list = ${listOf.entity(id)} and ${visible(ctx, 'l')} order by l.publishedAt desc, l.articleId desc
        limit ${companionStories}) r`,
  );
  if (ranges.length === 0) return { weights: new Map(), articleIds: [] };
  const rows = await read<{ entityId: number; articleId: number }>(ctx, join(ranges, ' union all '));
  const stories = new Map<number, number>();
  for (const { entityId } of rows) stories.set(entityId, (stories.get(entityId) ?? 0) + 1);
  const weights = new Map(ids.map((id) => [id, rarity(stories.get(id) ?? 0) * (0.4 + 0.6 * (saliences.get(id) ?? 0))]));
  const named = new Map<number, number>();
  for (const { entityId, articleId } of rows)
    named.set(articleId, (named.get(articleId) ?? 0) + (weights.get(entityId) ?? 0));
  return { weights, articleIds: [...named].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([id]) => id) };
}

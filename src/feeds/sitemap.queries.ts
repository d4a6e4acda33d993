import { articlesInList } from '../articles/list.queries.js';
import { listOf } from '../articles/list.rules.js';
import type { ArticleView } from '../articles/article.queries.js';
import { visible } from '../articles/visibility.js';
import { read, type Context } from '../kernel/context.js';
import { join, sql } from '../kernel/sql.js';

/** How many ids of stories one map covers: it has as many addresses at most, and protocols allow 50,000. */
export const idsPerMap = 10_000;
const pageLength = 1_000;

export interface MappedStory {
  articleId: number;
  path: string;
  updatedAt: number;
}

const within = (map: number) => sql`p.articleId > ${map * idsPerMap} and p.articleId <= ${(map + 1) * idsPerMap}`;

/** The stories of a map that readers see, page by page, in the order of their ids: never more than one page at a time. */
export async function* storiesOnMap(ctx: Context, map: number): AsyncGenerator<MappedStory[], void, void> {
  for (let after = map * idsPerMap; ;) {
    const page = await read<MappedStory>(
      ctx,
      sql`select p.articleId, p.path, p.updatedAt from publication p
          where ${within(map)} and p.articleId > ${after} and ${visible(ctx, 'p')} order by p.articleId limit ${pageLength}`,
    );
    if (page.length > 0) yield page;
    if (page.length < pageLength) return;
    after = page.at(-1)!.articleId;
  }
}

/** What changes when a map does: how many stories it has, which texts of them, and when the newest came. */
export interface MapPrint {
  stories: number;
  texts: number | null;
  updatedAt: number | null;
}

export async function printOfMap(ctx: Context, map: number): Promise<MapPrint> {
  const [row] = await read<MapPrint>(
    ctx,
    sql`select count(*) as stories, sum(p.id) as texts, max(p.updatedAt) as updatedAt from publication p
        where ${within(map)} and ${visible(ctx, 'p')}`,
  );
  return row!;
}

/** The maps that have any story. */
export async function mapsWithStories(ctx: Context): Promise<number[]> {
  const [newest] = await read<{ id: number | null }>(ctx, sql`select max(articleId) as id from publication`);
  const maps = Array.from({ length: Math.ceil((newest?.id ?? 0) / idsPerMap) }, (_, map) => map);
  const found: number[] = [];
  for (let i = 0; i < maps.length; i += mapsAtOnce) {
    const each = maps
      .slice(i, i + mapsAtOnce)
      .map(
        (map) =>
          sql`select ${map} as map where exists (select 1 from publication p where ${within(map)} and ${visible(ctx, 'p')})`,
      );
    found.push(...(await read<{ map: number }>(ctx, join(each, ' union all '))).map(({ map }) => map));
  }
  return found;
}

/** SQLite allows 500 parts in a union. */
const mapsAtOnce = 250;

const twoDays = 2 * 86_400_000;
const mostNews = 1_000;

/** The stories that are news to a search engine: first seen within two days before `now`, the newest 1,000 of them. */
export async function newsSince(ctx: Context, now: number): Promise<ArticleView[]> {
  const news: ArticleView[] = [];
  for (let after: string | null = null; news.length < mostNews;) {
    const { edges, pageInfo } = await articlesInList(ctx, listOf.everything, { first: 100, after });
    const fresh = edges.filter(({ node }) => (node.publishedAt ?? 0) > now - twoDays);
    news.push(...fresh.map(({ node }) => node).filter((node) => (node.firstPublishedAt ?? now) > now - twoDays));
    if (!pageInfo.hasNextPage || fresh.length < edges.length) break;
    after = pageInfo.endCursor ?? null;
  }
  return news.slice(0, mostNews);
}

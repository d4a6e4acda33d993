import { entityById, everyMerge } from '../entities/entity.queries.js';
import { commonReading, read, readOf, type Context, type Reading } from '../kernel/context.js';
import { loadMany, loadManyWith } from '../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { all, join, sql, type Sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';
import { articleTags, storiesById, type ArticleView } from './article.queries.js';
import { entityIdOf, listOf, mostCounted } from './list.rules.js';
import { visible } from './visibility.js';

export interface ArticleEdge {
  cursor: string;
  node: ArticleView;
}

type Place = [publishedAt: number, articleId: number];

/** The place that a cursor of a list stands for. */
const placeOf = (list: string, after: string | null | undefined): Place | null =>
  after == null ? null : parseCursor<Place>(list, after, ['number', 'number']);

/** Articles behind a place, newest first; two of one moment stand by id. */
function behind(place: Place | null): Sql[] {
  if (place === null) return [];
  const [publishedAt, articleId] = place;
  return [sql`l.publishedAt <= ${publishedAt}`, sql`(l.publishedAt < ${publishedAt} or l.articleId < ${articleId})`];
}

interface Listed {
  listedAt: number;
  article: ArticleView;
}

function edgesOf(list: string): (listed: Listed) => ArticleEdge {
  const cursor = cursorsOf(list);
  return ({ listedAt, article }) => ({ cursor: cursor([listedAt, article.id]), node: article });
}

export interface Placed {
  list: string;
  listedAt: number;
  articleId: number;
}

/** One page of one list, as a statement that reads a range of the key and stops at the limit. */
const pageOfList = (reading: Reading, list: string, limit: number, more: readonly Sql[]): Sql =>
  sql`select l.list, l.publishedAt as listedAt, l.articleId
      from listing l
      where ${all([sql`l.list = ${list}`, visible(reading, 'l'), ...more])}
      order by l.publishedAt desc, l.articleId desc limit ${limit}`;

/** What stands at the places of lists, in their order. */
async function storiesAt(reading: Reading, places: readonly Placed[]): Promise<(Listed & { list: string })[]> {
  const stories = await storiesById(
    reading,
    places.map(({ articleId }) => articleId),
  );
  const inOrder = places.toSorted((a, b) => b.listedAt - a.listedAt || b.articleId - a.articleId);
  return inOrder.flatMap(({ list, listedAt, articleId }) => {
    const article = stories.get(articleId);
    return article ? [{ list, listedAt, article }] : [];
  });
}

/** How many lists one statement reads a page of: SQLite allows 500 parts in a union. */
export const widestUnion = 250;

/** Pages of many lists in one statement: each list is a range of its own, so none reads more than its page. */
const listPages = loadManyWith(
  async (reading: Reading, page: { first: number; place: Place | null }, lists: readonly string[]) => {
    const ranges = lists.map(
      (list) => sql`select * from (${pageOfList(reading, list, page.first + 1, behind(page.place))}) r`,
    );
    return storiesAt(reading, await read<Placed>(reading, join(ranges, ' union all ')));
  },
  (row) => row.list,
  (rows, list) => [tag('list', list), ...rows.flatMap(({ article }) => articleTags(article))],
  widestUnion,
);

/** Counts each of at most 250 lists up to `mostCounted`, so that a list of 100,000 costs no more than one of 1,000. */
export function countLists(reading: Reading, lists: readonly string[]): Promise<{ list: string; total: number }[]> {
  const counts = lists.map((list) => {
    const range = sql`select 1 from listing l where l.list = ${list} and ${visible(reading, 'l')} limit ${mostCounted}`;
    return sql`select ${list} as list, count(*) as total from (${range}) c`;
  });
  return read(reading, join(counts, ' union all '));
}

const listCounts = loadMany(
  countLists,
  (row) => row.list,
  (_, list) => [tag('list', list)],
  widestUnion,
);

const countOf = async (ctx: Context, list: string): Promise<number> =>
  (await listCounts(ctx).load(list))[0]?.total ?? 0;

/** A page of the articles of one list, newest first. */
export async function articlesInList(ctx: Context, list: string, page: PageArgs): Promise<Connection<ArticleEdge>> {
  checkFirst(page.first);
  const place = placeOf(list, page.after);
  const rows = await listPages(ctx, { first: page.first, place }).load(list);
  return pageOf(rows, page, edgesOf(list), () => countOf(ctx, list));
}

/** What a list of articles is narrowed by: any list of each group, and a span of time, its end excluded. */
export interface Narrowing {
  groups: readonly (readonly string[])[];
  publishedAfter?: number | null | undefined;
  publishedBefore?: number | null | undefined;
}

/** A page of the articles that a filter leaves, newest first. The shortest group is walked, the others are looked up. */
export async function filteredArticles(
  ctx: Context,
  { groups: asked, publishedAfter, publishedBefore }: Narrowing,
  page: PageArgs,
): Promise<Connection<ArticleEdge>> {
  checkFirst(page.first);
  const groups = await Promise.all(asked.map((group) => standing(ctx, group)));
  const walked = (await shortest(ctx, groups)) ?? [listOf.everything];
  const name = JSON.stringify([asked, publishedAfter ?? null, publishedBefore ?? null]);
  const filter = leftBy({ groups, publishedAfter, publishedBefore }, walked);
  const tags = walked.map((list) => tag('list', list));
  const range = pageOfLists(ctx, walked, page.first + 1, [...filter, ...behind(placeOf(name, page.after))]);
  const listed = await storiesAt(commonReading(ctx) ?? ctx, await readOf<Placed>(ctx, tags, range));
  ctx.trace?.add(listed.flatMap(({ article }) => articleTags(article)));
  const count = async () => {
    const counted = pageOfLists(ctx, walked, mostCounted, filter);
    const [row] = await readOf<{ total: number }>(ctx, tags, sql`select count(*) as total from (${counted}) c`);
    return row?.total ?? 0;
  };
  return pageOf(listed, page, edgesOf(name), count);
}

/** What a filter asks of the rows of the lists that are walked. */
export function leftBy({ groups, publishedAfter, publishedBefore }: Narrowing, walked: readonly string[]): Sql[] {
  const looked = groups.filter((group) => group !== walked);
  return [
    ...(publishedAfter == null ? [] : [sql`l.publishedAt >= ${publishedAfter}`]),
    ...(publishedBefore == null ? [] : [sql`l.publishedAt < ${publishedBefore}`]),
    ...looked.map(
      (group) => sql`exists (select 1 from listing o where o.publicationId = l.publicationId and o.list in ${group})`,
    ),
  ];
}

/** The newest of several lists, each story once: each list is a range of its own, which is read as far as the limit. */
export function pageOfLists(reading: Reading, lists: readonly string[], limit: number, more: readonly Sql[]): Sql {
  const ranges = lists.map((list) => pageOfList(reading, list, limit, more));
  if (lists.length === 1) return ranges[0]!;
  const parts = ranges.map((range) => sql`select listedAt, articleId from (${range}) r`);
  return sql`select '' as list, u.listedAt, u.articleId from (${join(parts, ' union ')}) u
      order by u.listedAt desc, u.articleId desc limit ${limit}`;
}

/** The group in whose lists the fewest stories are, as far as they are counted; none when there are no groups. */
export async function shortest(ctx: Context, groups: readonly string[][]): Promise<string[] | undefined> {
  if (groups.length < 2) return groups[0];
  const sizes = await Promise.all(
    groups.map(async (group) => {
      const counts = await Promise.all(group.map((list) => countOf(ctx, list)));
      return counts.reduce((sum, count) => sum + count, 0);
    }),
  );
  return groups[sizes.indexOf(Math.min(...sizes))];
}

/** The same lists, with the survivor's in the place of an entity's that was merged into it. */
async function standing(ctx: Context, lists: readonly string[]): Promise<string[]> {
  const each = lists.map(async (list) => {
    const entity = list.startsWith('entity:') ? await entityById(ctx).load(entityIdOf(list)) : null;
    return entity ? listOf.entity(entity.id) : list;
  });
  return [...new Set(await Promise.all(each))];
}

export interface Companion {
  entityId: number;
  articleCount: number;
}

/** How many of an entity's newest stories are looked at for its companions. */
export const companionStories = 200;

/** Who appears beside an entity most, in its newest stories. */
export const companionsOf = loadManyWith(
  async (reading: Reading, { first }: { first: number }, lists: readonly string[]) => {
    const perList = lists.map(
      (list) => sql`select * from (
        select newest.list, o.list as companion, count(*) as articleCount
        from (select l.list, l.publicationId from listing l where l.list = ${list} and ${visible(reading, 'l')}
              order by l.publishedAt desc, l.articleId desc limit ${companionStories}) newest
        join listing o on o.publicationId = newest.publicationId and o.list like 'entity:%' and o.list <> newest.list
        group by newest.list, o.list
        order by count(*) desc, length(o.list), o.list limit ${first}) c`,
    );
    const rows = await read<{ list: string; companion: string; articleCount: number }>(
      reading,
      join(perList, ' union all '),
    );
    return rows
      .map((row) => ({ list: row.list, entityId: entityIdOf(row.companion), articleCount: row.articleCount }))
      .sort((a, b) => b.articleCount - a.articleCount || a.entityId - b.entityId);
  },
  (row) => row.list,
  (_, list) => [tag('list', list), everyMerge],
  widestUnion,
);

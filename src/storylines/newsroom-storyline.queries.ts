import { articleById } from '../articles/article.queries.js';
import { newsroomArticleById, type NewsroomArticleView } from '../articles/newsroom-article.queries.js';
import { read, type Context, type Reading } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { loadManyWith, loadOne } from '../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { nothing, sql, type Sql } from '../kernel/sql.js';
import type { StorylineStatus } from './storyline.rows.js';

/** A storyline as the desk sees it. */
export interface NewsroomStorylineView {
  __typename: 'NewsroomStoryline';
  id: number;
  slug: string;
  title: string;
  summary: string;
  status: StorylineStatus;
  pictureId: number | null;
  version: number;
  changedAt: number;
}

export interface NewsroomStorylineEdge {
  cursor: string;
  node: NewsroomStorylineView;
}

const newsroomStorylines = (condition: Sql, tail: Sql = nothing): Sql =>
  sql`select s.id, s.slug, s.title, s.summary, s.status, s.pictureId, s.version, s.changedAt from storyline s
      where ${condition} ${tail}`;

const viewOf = (row: object): NewsroomStorylineView => ({
  __typename: 'NewsroomStoryline',
  ...(row as Omit<NewsroomStorylineView, '__typename'>),
});

/** A storyline as a transaction sees it, for the answer of the mutation. */
export async function newsroomStorylineIn(tx: Transaction, id: number): Promise<NewsroomStorylineView> {
  const [row] = await tx.read<object>(newsroomStorylines(sql`s.id = ${id}`));
  return viewOf(row!);
}

export const newsroomStorylineById = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<object>(reading, newsroomStorylines(sql`s.id in ${ids}`))).map(viewOf),
  (storyline) => storyline.id,
  'unkept',
);

/** A page of all storylines, last changed first. */
export async function newsroomStorylinesOf(ctx: Context, page: PageArgs): Promise<Connection<NewsroomStorylineEdge>> {
  const list = 'newsroom storylines';
  const cursor = cursorsOf(list);
  const after = page.after == null ? null : parseCursor<[number, number]>(list, page.after, ['number', 'number']);
  const behind = after
    ? sql`s.changedAt <= ${after[0]} and (s.changedAt < ${after[0]} or s.id < ${after[1]})`
    : sql`1 = 1`;
  const tail = sql`order by s.changedAt desc, s.id desc limit ${checkFirst(page.first) + 1}`;
  const rows = await read<object>(ctx, newsroomStorylines(behind, tail));
  const count = async () =>
    (await read<{ total: number }>(ctx, sql`select count(*) as total from storyline`))[0]?.total ?? 0;
  return pageOf(rows.map(viewOf), page, (node) => ({ cursor: cursor([node.changedAt, node.id]), node }), count);
}

export interface NewsroomEntryView {
  storylineId: number;
  articleId: number | null;
  at: number | null;
  title: string | null;
  text: string | null;
  isTurningPoint: boolean;
}

/** The entries of timelines, as their editors gave them. */
export const newsroomEntries = loadManyWith(
  async (reading: Reading, { first }: { first: number }, storylineIds: readonly number[]) => {
    const rows = await read<Omit<NewsroomEntryView, 'isTurningPoint'> & { isTurningPoint: number }>(
      reading,
      sql`select storylineId, articleId, at, title, text, isTurningPoint from (
            select n.*, row_number() over (partition by n.storylineId order by n.position) as place
            from storyline_entry n where n.storylineId in ${storylineIds}) ranked
          where place <= ${first} order by storylineId, place`,
    );
    return rows.map((row): NewsroomEntryView => ({ ...row, isTurningPoint: row.isTurningPoint === 1 }));
  },
  (entry) => entry.storylineId,
  'unkept',
);

/** An entry with its story, and without its words where the story is nobody's to see who asks. */
export async function entryForViewer(
  ctx: Context,
  entry: NewsroomEntryView,
): Promise<NewsroomEntryView & { article: NewsroomArticleView | null }> {
  if (entry.articleId === null) return { ...entry, article: null };
  const [article, seen] = await Promise.all([
    newsroomArticleById(ctx, entry.articleId),
    articleById(ctx).load(entry.articleId),
  ]);
  return (article ?? seen) ? { ...entry, article } : { ...entry, title: null, text: null, article };
}

import { articleTags, storiesById, type ArticleView } from '../articles/article.queries.js';
import { publications, visible } from '../articles/visibility.js';
import { entityTags, everyMerge, heldEntities, type EntityView } from '../entities/entity.queries.js';
import { commonReading, read, readOf, type Context, type Reading } from '../kernel/context.js';
import { loadManyWith, loadOne } from '../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { nothing, raw, sql, type Sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';
import type { StorylineStatus } from './storyline.rows.js';
import { maxMain } from './storyline.rules.js';

/** A storyline as readers see it. */
export interface StorylineView {
  __typename: 'Storyline';
  id: number;
  slug: string;
  title: string;
  summary: string;
  status: StorylineStatus;
  pictureId: number | null;
  activeAt: number;
}

export interface StorylineEdge {
  cursor: string;
  node: StorylineView;
}

const columns = raw('s.id, s.slug, s.title, s.summary, s.status, s.pictureId, s.activeAt');
const isSeen = raw("s.status <> 'DRAFT'");

const viewOf = (row: Omit<StorylineView, '__typename'>): StorylineView => ({ __typename: 'Storyline', ...row });

async function selectStorylines(reading: Reading, condition: Sql, tail: Sql = nothing): Promise<StorylineView[]> {
  const rows = await read<Omit<StorylineView, '__typename'>>(
    reading,
    sql`select ${columns} from storyline s where ${condition} and ${isSeen} ${tail}`,
  );
  return rows.map(viewOf);
}

/** Touched when a storyline comes, goes, or gets another place among the others. */
const everyStoryline = 'storylines';

const storylineTags = ({ id }: { id: number }): string[] => [tag('Storyline', id)];

/** Touched by whatever changes of the stories of a timeline. */
export const timelineTag = (id: number): string => tag('timeline', id);

/** Tags of what a change of a storyline reaches beside itself: who asked for it in vain, the list of all, and its stories. */
export const storylineReach = ({ slug }: { slug: string }, articleIds: readonly number[]): string[] => [
  everyStoryline,
  tag('storyline', slug),
  ...articleIds.map((id) => tag('storylinesOf', id)),
];

export const storylineBySlug = loadOne(
  (reading: Reading, slugs: readonly string[]) => selectStorylines(reading, sql`s.slug in ${slugs}`),
  (storyline) => storyline.slug,
  (storyline, slug) => (storyline ? storylineTags(storyline) : [tag('storyline', slug)]),
);

export const storylineById = loadOne(
  (reading: Reading, ids: readonly number[]) => selectStorylines(reading, sql`s.id in ${ids}`),
  (storyline) => storyline.id,
  (_, id) => [tag('Storyline', id)],
);

/** The storyline that had a slug once. */
export const storylineOnceAtSlug = loadOne(
  async (reading: Reading, slugs: readonly string[]) => {
    const rows = await read<Omit<StorylineView, '__typename'> & { had: string }>(
      reading,
      sql`select c.slug as had, ${columns} from storyline_slug_claim c join storyline s on s.id = c.storylineId
          where c.slug in ${slugs} and ${isSeen}`,
    );
    return rows.map(({ had, ...row }) => ({ had, storyline: viewOf(row) }));
  },
  (found) => found.had,
  (found, slug) => (found ? storylineTags(found.storyline) : [tag('storyline', slug)]),
);

/** A page of the storylines that readers see, those with the newest entries first. */
export async function storylinesOf(
  ctx: Context,
  status: StorylineStatus | null,
  page: PageArgs,
): Promise<Connection<StorylineEdge>> {
  const list = `storylines ${status ?? ''}`;
  const cursor = cursorsOf(list);
  const after = page.after == null ? null : parseCursor<[number, number]>(list, page.after, ['number', 'number']);
  const wanted = status === null ? sql`1 = 1` : sql`s.status = ${status}`;
  const behind = after
    ? sql`s.activeAt <= ${after[0]} and (s.activeAt < ${after[0]} or s.id < ${after[1]})`
    : sql`1 = 1`;
  const tail = sql`order by s.activeAt desc, s.id desc limit ${checkFirst(page.first) + 1}`;
  const rows = await selectStorylines(commonReading(ctx) ?? ctx, sql`${wanted} and ${behind}`, tail);
  ctx.trace?.add([everyStoryline, ...rows.flatMap(storylineTags)]);
  const count = async () => {
    const counted = sql`select count(*) as total from storyline s where ${wanted} and ${isSeen}`;
    return (await readOf<{ total: number }>(ctx, [everyStoryline], counted))[0]?.total ?? 0;
  };
  return pageOf(rows, page, (node) => ({ cursor: cursor([node.activeAt, node.id]), node }), count);
}

/** Storylines that a story is in, those with the newest entries first. */
export const storylinesOfStory = loadManyWith(
  async (reading: Reading, { first }: { first: number }, articleIds: readonly number[]) => {
    const rows = await read<Omit<StorylineView, '__typename'> & { articleId: number }>(
      reading,
      sql`select * from (
            select n.articleId, ${columns},
                   row_number() over (partition by n.articleId order by s.activeAt desc, s.id desc) as place
            from storyline_entry n join storyline s on s.id = n.storylineId
            where n.articleId in ${articleIds} and ${isSeen}) ranked
          where place <= ${first} order by articleId, place`,
    );
    return rows.map(({ articleId, id, slug, title, summary, status, pictureId, activeAt }) => {
      return { articleId, storyline: viewOf({ id, slug, title, summary, status, pictureId, activeAt }) };
    });
  },
  (row) => row.articleId,
  (rows, articleId) => [tag('storylinesOf', articleId), ...rows.flatMap(({ storyline }) => storylineTags(storyline))],
);

export interface EntryView {
  storylineId: number;
  at: number;
  title: string | null;
  text: string | null;
  isTurningPoint: boolean;
  article: ArticleView | null;
}

interface EntryColumns extends Omit<EntryView, 'article' | 'isTurningPoint'> {
  isTurningPoint: number;
  articleId: number | null;
}

/** The entries of timelines that readers see: those of stories they see, and those without a story. */
export const entriesByStoryline = loadManyWith(
  async (
    reading: Reading,
    { first, newestFirst }: { first: number; newestFirst: boolean },
    storylineIds: readonly number[],
  ) => {
    const order = raw(newestFirst ? 'desc' : 'asc');
    const rows = await read<EntryColumns>(
      reading,
      sql`select storylineId, articleId, moment as at, title, text, isTurningPoint from (
            select seen.*, row_number() over (partition by storylineId order by moment ${order}, position ${order}) as place
            from (select n.storylineId, n.position, n.articleId, n.title, n.text, n.isTurningPoint,
                         coalesce(n.at, p.publishedAt, ${reading.database.now}) as moment
                  from storyline_entry n
                  left join ${publications(reading)} p on p.articleId = n.articleId and ${visible(reading, 'p')}
                  where n.storylineId in ${storylineIds} and (n.articleId is null or p.id is not null)) seen) ranked
          where place <= ${first} order by storylineId, place`,
    );
    const stories = await storiesById(
      reading,
      rows.flatMap(({ articleId }) => articleId ?? []),
    );
    return rows.flatMap(({ articleId, isTurningPoint, ...row }): EntryView[] => {
      const article = articleId === null ? null : stories.get(articleId);
      return article === undefined ? [] : [{ ...row, isTurningPoint: isTurningPoint === 1, article }];
    });
  },
  (entry) => entry.storylineId,
  (entries, id) => [
    tag('Storyline', id),
    timelineTag(id),
    ...entries.flatMap(({ article }) => (article ? articleTags(article) : [])),
  ],
);

/** People, organisations and places that the visible stories of a timeline are most about. */
export const mainOf = loadManyWith(
  async (reading: Reading, { first }: { first: number }, storylineIds: readonly number[]) => {
    const rows = await read<{ storylineId: number; entityId: number; stories: number }>(
      reading,
      sql`select storylineId, entityId, stories from (
            select storylineId, entityId, stories,
                   row_number() over (partition by storylineId order by weight desc, stories desc, entityId) as place
            from (select storylineId, entityId, sum(salience) as weight, count(*) as stories
                  from (select distinct n.storylineId, n.articleId, m.entityId, m.salience
                        from storyline_entry n
                        join ${publications(reading)} p on p.articleId = n.articleId and ${visible(reading, 'p')}
                        join mention m on m.editionId = p.editionId
                        where n.storylineId in ${storylineIds}) named
                  group by storylineId, entityId) weighed) ranked
          where place <= ${Math.min(first, maxMain)} order by storylineId, place`,
    );
    const entities = await heldEntities(
      reading,
      rows.map(({ entityId }) => entityId),
    );
    return rows.flatMap(({ storylineId, entityId, stories }) => {
      const entity = entities.get(entityId);
      return entity ? [{ storylineId, entity, stories: Number(stories) }] : [];
    });
  },
  (row) => row.storylineId,
  (rows, id) => [
    tag('Storyline', id),
    timelineTag(id),
    everyMerge,
    ...rows.flatMap(({ entity }) => entityTags(entity)),
  ],
);

export interface MainView {
  entity: EntityView;
  stories: number;
}

import { lineage } from '../sections/section.rules.js';
import { sectionTree } from '../sections/section.queries.js';
import { isTheirSection } from '../accounts/policy.js';
import { read, type Context, type Reading } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { loadMany, loadManyWith, loadOne } from '../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { nothing, sql, type Sql } from '../kernel/sql.js';

/** A front as the desk sees it, with its newest arrangement. */
export interface NewsroomFrontView {
  __typename: 'NewsroomFront';
  id: number;
  slug: string;
  sectionId: number | null;
  version: number;
  changedAt: number;
  /** Its newest arrangement. */
  newestId: number;
  title: string;
}

export interface NewsroomFrontEdge {
  cursor: string;
  node: NewsroomFrontView;
}

const newsroomFronts = (condition: Sql, tail: Sql = nothing): Sql =>
  sql`select f.id, f.slug, f.sectionId, f.version, f.changedAt, e.id as newestId, e.title
      from front f
      join front_edition e on e.frontId = f.id and e.number = (select max(n.number) from front_edition n where n.frontId = f.id)
      where ${condition} ${tail}`;

const viewOf = (row: object): NewsroomFrontView => ({
  __typename: 'NewsroomFront',
  ...(row as Omit<NewsroomFrontView, '__typename'>),
});

/** A front as a transaction sees it, for the answer of the mutation. */
export async function newsroomFrontIn(tx: Transaction, id: number): Promise<NewsroomFrontView> {
  const [row] = await tx.read<object>(newsroomFronts(sql`f.id = ${id}`));
  return viewOf(row!);
}

const anyFront = loadOne(
  async (reading: Reading, ids: readonly number[]) =>
    (await read<object>(reading, newsroomFronts(sql`f.id in ${ids}`))).map(viewOf),
  (front) => front.id,
  'unkept',
);

/** The front with this id, if it is the viewer's to arrange. */
export async function newsroomFrontById(ctx: Context, id: number): Promise<NewsroomFrontView | null> {
  const front = await anyFront(ctx).load(id);
  if (!front) return null;
  const line = lineage((await sectionTree(ctx)).byId, front.sectionId).map((section) => section.id);
  return isTheirSection(ctx, line) ? front : null;
}

/** A page of the fronts that are the viewer's to arrange, by their slugs. */
export async function newsroomFrontsOf(ctx: Context, page: PageArgs): Promise<Connection<NewsroomFrontEdge>> {
  const list = 'newsroom fronts';
  const cursor = cursorsOf(list);
  const [behind] = page.after == null ? [''] : parseCursor<[string]>(list, page.after, ['string']);
  const theirs = await theirFronts(ctx);
  const tail = sql`order by f.slug limit ${checkFirst(page.first) + 1}`;
  const rows = await read<object>(ctx, newsroomFronts(sql`f.slug > ${behind} and ${theirs}`, tail));
  const count = async () => {
    const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from front f where ${theirs}`);
    return row!.total;
  };
  return pageOf(rows.map(viewOf), page, (node) => ({ cursor: cursor([node.slug]), node }), count);
}

async function theirFronts(ctx: Context): Promise<Sql> {
  const { all, byId } = await sectionTree(ctx);
  if (isTheirSection(ctx, [])) return sql`1 = 1`;
  const theirs = all.filter(({ id }) =>
    isTheirSection(
      ctx,
      lineage(byId, id).map((section) => section.id),
    ),
  );
  return sql`f.sectionId in ${theirs.map(({ id }) => id)}`;
}

/** One arrangement of a front, and how it came to be. */
export interface FrontRevisionView {
  editionId: number;
  frontId: number;
  number: number;
  title: string;
  description: string;
  savedAt: number;
  savedBy: number | null;
  note: string | null;
  /** When readers first saw it. */
  visibleFrom: number | null;
}

const revisionColumns = (
  now: Sql,
): Sql => sql`e.id as editionId, e.frontId, e.number, e.title, e.description, e.savedAt, e.savedBy,
  e.note, (select min(p.visibleFrom) from front_publication p
           where p.frontId = e.frontId and p.editionId = e.id and p.visibleFrom <= ${now}) as visibleFrom`;

export const frontRevisionById = loadOne(
  (reading: Reading, ids: readonly number[]) =>
    read<FrontRevisionView>(
      reading,
      sql`select ${revisionColumns(reading.database.now)} from front_edition e where e.id in ${ids}`,
    ),
  (revision) => revision.editionId,
  'unkept',
);

const revisionsBelow = loadManyWith(
  (reading: Reading, { below, first }: { below: number; first: number }, frontIds: readonly number[]) =>
    read<FrontRevisionView>(
      reading,
      sql`select ${revisionColumns(reading.database.now)}
          from (select id, row_number() over (partition by frontId order by number desc) as place
                from front_edition where frontId in ${frontIds} and number < ${below}) r
          join front_edition e on e.id = r.id where r.place <= ${first} order by e.frontId, e.number desc`,
    ),
  (revision) => revision.frontId,
  'unkept',
);

const revisionCount = loadOne(
  (reading: Reading, frontIds: readonly number[]) =>
    read<{ frontId: number; total: number }>(
      reading,
      sql`select frontId, count(*) as total from front_edition where frontId in ${frontIds} group by frontId`,
    ),
  (count) => count.frontId,
  'unkept',
);

export interface FrontRevisionEdge {
  cursor: string;
  node: FrontRevisionView;
}

/** A page of the arrangements of a front, newest first. */
export async function frontRevisions(
  ctx: Context,
  frontId: number,
  page: PageArgs,
): Promise<Connection<FrontRevisionEdge>> {
  const first = checkFirst(page.first, maxFrontRevisions);
  const list = `front revisions:${frontId}`;
  const cursor = cursorsOf(list);
  const [below] = page.after == null ? [2_147_483_647] : parseCursor<[number]>(list, page.after, ['number']);
  const rows = await revisionsBelow(ctx, { below, first: first + 1 }).load(frontId);
  return pageOf(
    rows,
    page,
    (node) => ({ cursor: cursor([node.number]), node }),
    async () => (await revisionCount(ctx).load(frontId))?.total ?? 0,
  );
}

/** The longest page of arrangements: each may bring hundreds of stories. */
export const maxFrontRevisions = 50;

export interface ScheduledFrontView {
  frontId: number;
  at: number;
  editionId: number;
}

/** What is scheduled for fronts, soonest first; a front has at most fifty. */
export const scheduledFronts = loadMany(
  (reading: Reading, frontIds: readonly number[]) =>
    read<ScheduledFrontView>(
      reading,
      sql`select frontId, visibleFrom as at, editionId from front_publication
          where frontId in ${frontIds} and visibleFrom > ${reading.database.now} order by frontId, visibleFrom`,
    ),
  (scheduled) => scheduled.frontId,
  'unkept',
);

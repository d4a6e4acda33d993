import { forever, holds } from '../articles/visibility.js';
import { commonReading, read, readOf, type Context, type Reading } from '../kernel/context.js';
import { loadOne } from '../kernel/loader.js';
import { cursorsOf, checkFirst, pageOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { nothing, raw, sql, type Sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';

/** A front as readers see it: the arrangement whose interval holds now, or held at `asOf`. */
export interface FrontView {
  __typename: 'Front';
  id: number;
  slug: string;
  sectionId: number | null;
  editionId: number;
  title: string;
  description: string;
  /** Since when readers see this arrangement; 0 where it is a preview. */
  visibleFrom: number;
  /** The moment it is shown as of; now when absent. */
  asOf: number | null;
}

/** Touched when a front comes or goes. */
const everyFront = 'fronts';

/** Tags of what a front reaches that comes or goes, beside itself: who asked for it in vain, and the list of all. */
export const frontReach = ({ slug, sectionId }: Pick<FrontView, 'slug' | 'sectionId'>): string[] => [
  everyFront,
  tag('front', slug),
  ...(sectionId === null ? [] : [tag('sectionFront', sectionId)]),
];

/** The table `front_publication` as the viewer sees it: a preview puts the newest arrangement of a front in its place. */
function frontPublications({ preview }: Reading): Sql {
  if (!preview?.front) return raw('front_publication');
  const { frontId, editionId } = preview.front;
  return sql`(select frontId, editionId, visibleFrom, visibleUntil from front_publication where frontId <> ${frontId}
    union all select ${frontId}, ${editionId}, 0, ${forever})`;
}

async function selectFronts(
  reading: Reading,
  condition: Sql,
  { asOf = null, tail = nothing }: { asOf?: number | null; tail?: Sql } = {},
): Promise<FrontView[]> {
  const rows = await read<Omit<FrontView, '__typename' | 'asOf'>>(
    reading,
    sql`select f.id, f.slug, f.sectionId, p.editionId, e.title, e.description, p.visibleFrom
        from front f
        join ${frontPublications(reading)} p on p.frontId = f.id and ${holds(reading, 'p', asOf)}
        join front_edition e on e.id = p.editionId
        where ${condition} ${tail}`,
  );
  return rows.map((row) => ({ __typename: 'Front', ...row, asOf }));
}

const frontTags = ({ id }: FrontView): string[] => [tag('Front', id)];

export const frontBySlug = loadOne(
  (reading: Reading, slugs: readonly string[]) => selectFronts(reading, sql`f.slug in ${slugs}`),
  (front) => front.slug,
  (front, slug) => (front ? frontTags(front) : [tag('front', slug)]),
);

export const frontById = loadOne(
  (reading: Reading, ids: readonly number[]) => selectFronts(reading, sql`f.id in ${ids}`),
  (front) => front.id,
  (_, id) => [tag('Front', id)],
);

export const frontOfSection = loadOne(
  (reading: Reading, sectionIds: readonly number[]) => selectFronts(reading, sql`f.sectionId in ${sectionIds}`),
  (front) => front.sectionId!,
  (front, sectionId) => (front ? frontTags(front) : [tag('sectionFront', sectionId)]),
);

/** A front as readers saw it at a moment. */
export async function frontAsOf(ctx: Context, slug: string, asOf: number): Promise<FrontView | null> {
  const [front] = await selectFronts(ctx, sql`f.slug = ${slug}`, { asOf });
  return front ?? null;
}

export interface FrontEdge {
  cursor: string;
  node: FrontView;
}

/** A page of the fronts that readers see, by their slugs. */
export async function frontsOf(ctx: Context, page: PageArgs): Promise<Connection<FrontEdge>> {
  const list = 'fronts';
  const cursor = cursorsOf(list);
  const [behind] = page.after == null ? [''] : parseCursor<[string]>(list, page.after, ['string']);
  const tail = sql`order by f.slug limit ${checkFirst(page.first) + 1}`;
  const fronts = await selectFronts(commonReading(ctx) ?? ctx, sql`f.slug > ${behind}`, { tail });
  ctx.trace?.add([everyFront, ...fronts.flatMap(frontTags)]);
  const count = async () => {
    const seen = sql`${frontPublications(ctx)} p where ${holds(ctx, 'p')}`;
    const [row] = await readOf<{ total: number }>(ctx, [everyFront], sql`select count(*) as total from ${seen}`);
    return row?.total ?? 0;
  };
  return pageOf(fronts, page, (node) => ({ cursor: cursor([node.slug]), node }), count);
}

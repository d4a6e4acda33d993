import type { FoundNewest, Newest } from '../articles/newest.queries.js';
import type { Narrowing } from '../articles/list.queries.js';
import { publications, visible } from '../articles/visibility.js';
import { read, type Context } from '../kernel/context.js';
import { all, join, raw, sql, type Sql } from '../kernel/sql.js';
import { sectionTree, type SectionTree } from '../sections/section.queries.js';
import { lineage } from '../sections/section.rules.js';

/** How many publications are looked at for each filter: a rare one would have all of them read. */
const mostWalked = 5_000;

/**
 * As `newestOf`, at a moment in the past. Lists hold only what is seen now, so publications are walked from those of that
 * moment back, as far as each filter needs, and no further than the newest 5,000.
 */
export async function newestAsOf(ctx: Context, asked: readonly Newest[], at: number): Promise<FoundNewest[]> {
  if (asked.length === 0) return [];
  const tree = await sectionTree(ctx);
  const walks = asked.map(({ narrowing: { groups, ...span }, limit }, i) => {
    const { from, walked, conditions } = newestBefore(ctx, at, span);
    const isInAll = groups.map(
      (group) =>
        sql`(${join(
          group.map((list) => isIn(tree, list)),
          ' or ',
        )})`,
    );
    return sql`select * from (select ${i} as asked, p.publishedAt as listedAt, p.articleId
      from ${from} join edition e on e.id = p.editionId
      where ${all([...conditions, visible(ctx, 'p', at), ...isInAll])}
      order by ${walked}.publishedAt desc, ${walked}.articleId desc limit ${limit}) w`;
  });
  const rows = await read<{ asked: number; listedAt: number; articleId: number }>(ctx, join(walks, ' union all '));
  const found = asked.map((): FoundNewest => ({ articleIds: [], tags: [] }));
  const inOrder = rows.sort((a, b) => b.listedAt - a.listedAt || b.articleId - a.articleId);
  for (const { asked: i, articleId } of inOrder) found[i]!.articleIds.push(articleId);
  return found;
}

/**
 * The publications `p` that are looked at, and what is walked in order. MariaDB takes no bound from a subquery and reads
 * on to the first of all; SQLite does not know that a subquery is in order and reads all of it.
 */
function newestBefore(
  ctx: Context,
  at: number,
  { publishedAfter, publishedBefore }: Omit<Narrowing, 'groups'>,
): { from: Sql; walked: Sql; conditions: Sql[] } {
  const span = [
    sql`publishedAt <= ${at}`, // no story is seen before its date
    ...(publishedAfter == null ? [] : [sql`publishedAt >= ${publishedAfter}`]),
    ...(publishedBefore == null ? [] : [sql`publishedAt < ${publishedBefore}`]),
  ];
  const newest = sql`select id, publishedAt, articleId from ${publications(ctx)} d where ${all(span)}
                     order by publishedAt desc, articleId desc limit ${mostWalked}`;
  if (ctx.database.dialect === 'mysql') {
    const from = sql`(${newest}) n join ${publications(ctx)} p on p.id = n.id`;
    return { from, walked: raw('n'), conditions: [] };
  }
  const since = sql`p.publishedAt >= (select min(publishedAt) from (${newest}) n)`;
  return { from: sql`${publications(ctx)} p`, walked: raw('p'), conditions: [...span, since] };
}

/** Whether an edition `e` is of a list, as `listsOf` says it. */
function isIn(tree: SectionTree, list: string): Sql {
  const colon = list.indexOf(':');
  const [sort, name] = [list.slice(0, colon), list.slice(colon + 1)];
  if (sort === 'section') {
    const below = tree.all.filter(({ id }) => lineage(tree.byId, id).some((up) => up.id === Number(name)));
    return sql`e.sectionId in ${below.map(({ id }) => id)}`;
  }
  if (sort === 'entity')
    return sql`exists (select 1 from mention m where m.entityId = ${Number(name)} and m.editionId = e.id)`;
  if (sort === 'kind') return sql`e.kind = ${name}`;
  return name.includes('-')
    ? sql`lower(e.language) = ${name}`
    : sql`(lower(e.language) = ${name} or lower(e.language) like ${`${name}-%`})`;
}

import type { FoundNewest, Newest } from '../articles/newest.queries.js';
import { publications, visible } from '../articles/visibility.js';
import { read, type Context } from '../kernel/context.js';
import { all, join, sql, type Sql } from '../kernel/sql.js';
import { sectionTree, type SectionTree } from '../sections/section.queries.js';
import { lineage } from '../sections/section.rules.js';

/**
 * As `newestOf`, at a moment in the past. Lists hold only what is seen now, so publications are walked from those of that
 * moment back, as far as each filter needs.
 */
export async function newestAsOf(ctx: Context, asked: readonly Newest[], at: number): Promise<FoundNewest[]> {
  if (asked.length === 0) return [];
  const tree = await sectionTree(ctx);
  const walks = asked.map(({ narrowing: { groups, publishedAfter, publishedBefore }, limit }, i) => {
    const conditions = [
      sql`p.publishedAt <= ${at}`, // no story is seen before its date
      visible(ctx, 'p', at),
      ...(publishedAfter == null ? [] : [sql`p.publishedAt >= ${publishedAfter}`]),
      ...(publishedBefore == null ? [] : [sql`p.publishedAt < ${publishedBefore}`]),
      ...groups.map(
        (group) =>
          sql`(${join(
            group.map((list) => isIn(tree, list)),
            ' or ',
          )})`,
      ),
    ];
    return sql`select * from (select ${i} as asked, p.publishedAt as listedAt, p.articleId
      from ${publications(ctx)} p join edition e on e.id = p.editionId
      where ${all(conditions)} order by p.publishedAt desc, p.articleId desc limit ${limit}) w`;
  });
  const rows = await read<{ asked: number; listedAt: number; articleId: number }>(ctx, join(walks, ' union all '));
  const found = asked.map((): FoundNewest => ({ articleIds: [], tags: [] }));
  const inOrder = rows.sort((a, b) => b.listedAt - a.listedAt || b.articleId - a.articleId);
  for (const { asked: i, articleId } of inOrder) found[i]!.articleIds.push(articleId);
  return found;
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

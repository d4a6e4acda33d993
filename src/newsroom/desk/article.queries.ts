import {
  newsroomArticleOf,
  newsroomArticles,
  type NewsroomArticleView,
} from '../../articles/newsroom-article.queries.js';
import type { WorkflowState } from '../../articles/workflow.rules.js';
import { read, type Context } from '../../kernel/context.js';
import { badInput } from '../../kernel/errors.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { all, sql, type Sql } from '../../kernel/sql.js';
import { sectionTree, type SectionTree } from '../../sections/section.queries.js';
import { lineage } from '../../sections/section.rules.js';

export interface NewsroomArticleEdge {
  cursor: string;
  node: NewsroomArticleView;
}

export interface DeskFilter {
  states?: readonly WorkflowState[] | null;
  section?: string | null;
  mine: boolean;
}

/** A page of the stories that are the viewer's to work on, last changed first. */
export async function deskArticles(
  ctx: Context,
  filter: DeskFilter,
  page: PageArgs,
): Promise<Connection<NewsroomArticleEdge>> {
  checkFirst(page.first);
  const conditions = [...(await theirs(ctx)), ...(await narrowing(ctx, filter))];
  const name = JSON.stringify(['desk', filter.states ?? null, filter.section ?? null, filter.mine]);
  const cursor = cursorsOf(name);
  const after = page.after == null ? [] : behind(parseCursor<[number, number]>(name, page.after, ['number', 'number']));
  const order = sql`order by a.changedAt desc, a.id desc limit ${page.first + 1}`;
  const walked = sql`select a.id ${from(conditions)} where ${all([...conditions, ...after])} ${order}`;
  const onPage = sql`a.id in (select id from (${walked}) page)`;
  const rows = await read<object>(ctx, newsroomArticles(ctx.database.now, onPage, sql` ${order}`));
  return pageOf(
    rows.map(newsroomArticleOf),
    page,
    (node) => ({ cursor: cursor([node.changedAt, node.id]), node }),
    () => count(ctx, conditions),
  );
}

function behind([changedAt, id]: [number, number]): Sql[] {
  return [sql`a.changedAt <= ${changedAt}`, sql`(a.changedAt < ${changedAt} or a.id < ${id})`];
}

/** What the viewer may see at all. */
async function theirs(ctx: Context): Promise<Sql[]> {
  const { viewer } = ctx;
  if (viewer.kind !== 'account') return [];
  const own = viewer.role === 'CONTRIBUTOR' ? [sql`a.createdBy = ${viewer.accountId}`] : [];
  if (viewer.sectionIds === null) return own;
  return [...own, sql`e.sectionId in ${within(await sectionTree(ctx), viewer.sectionIds)}`];
}

async function narrowing(ctx: Context, { states, section, mine }: DeskFilter): Promise<Sql[]> {
  const conditions: Sql[] = [];
  if (states && states.length > 0) conditions.push(sql`a.workflowState in ${[...new Set(states)]}`);
  if (mine && ctx.viewer.kind === 'account') conditions.push(sql`a.createdBy = ${ctx.viewer.accountId}`);
  if (section != null) {
    const tree = await sectionTree(ctx);
    const wanted = tree.bySlug.get(section);
    if (!wanted) throw badInput(`There is no section with the slug "${section}".`, 'filter.section');
    conditions.push(sql`e.sectionId in ${within(tree, [wanted.id])}`);
  }
  return conditions;
}

/** The tables that the list walks: newest editions only where a condition asks for their section. */
const from = (conditions: readonly Sql[]): Sql =>
  conditions.some(({ text }) => text.includes('e.sectionId'))
    ? sql`from article a join edition e on e.articleId = a.id
            and e.number = (select max(n.number) from edition n where n.articleId = a.id)`
    : sql`from article a`;

/** Some sections and all below them. */
export const within = ({ all: sections, byId }: SectionTree, ids: readonly number[]): number[] =>
  sections.map(({ id }) => id).filter((id) => lineage(byId, id).some((above) => ids.includes(above.id)));

async function count(ctx: Context, conditions: readonly Sql[]): Promise<number> {
  const [row] = await read<{ total: number }>(
    ctx,
    sql`select count(*) as total ${from(conditions)} where ${all(conditions)}`,
  );
  return row?.total ?? 0;
}

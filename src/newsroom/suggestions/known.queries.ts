import type { ArticleKind } from '../../articles/edition.rows.js';
import { companionStories } from '../../articles/list.queries.js';
import { entityIdOf, listOf } from '../../articles/list.rules.js';
import { visible } from '../../articles/visibility.js';
import { entityColumns, entityOf, type EntityView } from '../../entities/entity.queries.js';
import { read, type Context } from '../../kernel/context.js';
import { join, raw, sql, type Sql } from '../../kernel/sql.js';
import { formsIn } from '../../entities/form.rules.js';
import type { KnownName } from '../../articles/naming.rules.js';
import type { Company } from './mention.rules.js';
import type { Compared } from './related.rules.js';

/** The most that is looked at, so that no text and no newsroom is too large. */
const most = { forms: 20_000, known: 3_000, doubtful: 40, beside: 60, named: 40, section: 50, compared: 120 };

export interface KnownEntities {
  names: KnownName[];
  byId: Map<number, EntityView>;
}

/**
 * The ids of all that has a name of a form that stands in some texts, some more than once. Neither joined nor made distinct:
 * with statistics from when a newsroom was small, SQLite reads all of a table for that.
 */
export const formsLookedUp = (texts: readonly string[]): Sql =>
  sql`select f.entityId as id from entity_form f where f.form in ${formsIn(texts, most.forms)} limit ${most.known}`;

/** Everybody and everything that some texts could name, in two rounds of three statements however many are known. */
export async function knownIn(ctx: Context, texts: readonly string[]): Promise<KnownEntities> {
  const found = await read<{ id: number }>(ctx, formsLookedUp(texts));
  const ids = [...new Set(found.map(({ id }) => id))];
  const [entities, aliases] = await Promise.all([
    read<object>(
      ctx,
      sql`select ${entityColumns('e')} from entity e where e.id in ${ids} and coalesce(e.mergedInto, 0) = 0`,
    ),
    read<{ entityId: number; name: string }>(
      ctx,
      sql`select entityId, name from entity_alias where entityId in ${ids}`,
    ),
  ]);
  const byId = new Map(entities.map((row) => entityOf(row)!).map((entity) => [entity.id, entity]));
  const names = [...byId.values()].map(({ id, name, __typename }) => ({ entityId: id, name, kind: __typename }));
  const others = aliases.flatMap(({ entityId, name }) => {
    const entity = byId.get(entityId);
    return entity ? [{ entityId, name, kind: entity.__typename }] : [];
  });
  return { names: [...names, ...others], byId };
}

/** How often the newest stories of each of some entities name each of some others. */
export async function companyOf(
  ctx: Context,
  doubtful: readonly number[],
  certain: readonly number[],
): Promise<Map<number, Company>> {
  if (doubtful.length === 0) return new Map();
  const lists = doubtful.slice(0, most.doubtful).map(listOf.entity);
  const beside = [listOf.everything, ...certain.slice(0, most.beside).map(listOf.entity)];
  const newest = lists.map(
    (
      list,
    ) => sql`select * from (select l.list, l.publicationId from listing l where l.list = ${list} and ${visible(ctx, 'l')}
                  order by l.publishedAt desc, l.articleId desc limit ${companionStories}) r`,
  );
  const rows = await read<{ list: string; companion: string; stories: number }>(
    ctx,
    sql`select newest.list, o.list as companion, count(*) as stories from (${join(newest, ' union all ')}) newest
        join listing o on o.publicationId = newest.publicationId and o.list in ${beside}
        group by newest.list, o.list`,
  );
  const company = new Map<number, { stories: number; with: Map<number, number> }>();
  for (const { list, companion, stories } of rows) {
    const id = entityIdOf(list);
    const known = company.get(id) ?? { stories: 0, with: new Map<number, number>() };
    company.set(id, known);
    if (companion === listOf.everything) known.stories = stories;
    else known.with.set(entityIdOf(companion), stories);
  }
  return company;
}

export interface Naming {
  /** How many of its newest stories name each entity: never more than 200. */
  stories: Map<number, number>;
  /** What each of these stories names of them. */
  byArticle: Map<number, { publicationId: number; entityIds: number[] }>;
}

/** The newest stories that name some entities, at most 200 of each, and those of a section: ranges of the listing. */
export async function storiesNaming(ctx: Context, entityIds: readonly number[], sectionId: number): Promise<Naming> {
  const range = (id: number, list: string, limit: number) =>
    sql`select * from (select ${id} as entityId, l.articleId, l.publicationId from listing l
        where l.list = ${list} and ${visible(ctx, 'l')} order by l.publishedAt desc, l.articleId desc limit ${limit}) r`;
  const ranges = [
    range(0, listOf.section(sectionId), most.section),
    ...entityIds.slice(0, most.named).map((id) => range(id, listOf.entity(id), companionStories)),
  ];
  const rows = await read<{ entityId: number; articleId: number; publicationId: number }>(
    ctx,
    join(ranges, ' union all '),
  );
  const naming: Naming = { stories: new Map(), byArticle: new Map() };
  for (const { entityId, articleId, publicationId } of rows) {
    const story = naming.byArticle.get(articleId) ?? { publicationId, entityIds: [] };
    naming.byArticle.set(articleId, story);
    if (entityId === 0) continue;
    story.entityIds.push(entityId);
    naming.stories.set(entityId, (naming.stories.get(entityId) ?? 0) + 1);
  }
  return naming;
}

interface ComparedRow {
  articleId: number;
  publishedAt: number;
  kind: ArticleKind;
  title: string;
  standfirst: string;
  opening: string;
}

/** The words some stories begin with; of many, those that come first in the list. */
export async function comparedStories(
  ctx: Context,
  stories: readonly { publicationId: number; entityIds: number[] }[],
): Promise<Compared[]> {
  const asked = new Map(stories.slice(0, most.compared).map((story) => [story.publicationId, story]));
  const body = raw(ctx.database.dialect === 'sqlite' ? 'e.body' : 'cast(e.body as char)');
  const rows = await read<ComparedRow & { publicationId: number }>(
    ctx,
    sql`select p.id as publicationId, p.articleId, p.publishedAt, e.kind, e.title, e.standfirst, substr(${body}, 1, 1200) as opening
        from publication p join edition e on e.id = p.editionId
        where p.id in ${[...asked.keys()]} and ${visible(ctx, 'p')}`,
  );
  return rows.map(({ publicationId, title, standfirst, opening, ...row }) => ({
    ...row,
    words: `${title}\n${standfirst}\n${textIn(opening)}`,
    entityIds: asked.get(publicationId)!.entityIds,
  }));
}

/** The texts in the first part of a body as it is stored, cut off anywhere. */
const textIn = (json: string): string =>
  [...json.matchAll(/"text": ?"((?:[^"\\]|\\.)*)/g)].map((found) => found[1]!.replace(/\\./g, ' ')).join('\n');

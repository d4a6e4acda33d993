import { companionStories } from '../../articles/list.queries.js';
import { entityIdOf, listOf } from '../../articles/list.rules.js';
import { visible } from '../../articles/visibility.js';
import { entityColumns, entityOf, type EntityView } from '../../entities/entity.queries.js';
import { read, type Context } from '../../kernel/context.js';
import { join, sql, type Sql } from '../../kernel/sql.js';
import { formsIn } from '../../entities/form.rules.js';
import type { KnownName } from '../../articles/naming.rules.js';
import type { Company } from './mention.rules.js';

/** The most that is looked at, so that no text and no newsroom is too large. */
const most = { forms: 20_000, known: 3_000, doubtful: 40, beside: 60 };

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

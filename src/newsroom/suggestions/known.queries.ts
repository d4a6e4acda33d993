import { companionStories } from '../../articles/list.queries.js';
import { entityIdOf, listOf } from '../../articles/list.rules.js';
import { visible } from '../../articles/visibility.js';
import { entityColumns, entityOf, type EntityView } from '../../entities/entity.queries.js';
import { read, type Context } from '../../kernel/context.js';
import type { Database } from '../../kernel/database.js';
import { join, raw, sql, type Sql } from '../../kernel/sql.js';
import { formsIn, type Piece } from '../../entities/form.rules.js';
import { hasEndings, uninflected } from '../../entities/inflection.rules.js';
import { mayBeForm } from '../../entities/held-forms.queries.js';
import type { KnownName } from '../../articles/naming.rules.js';
import type { Company } from './mention.rules.js';

/** The most that is looked at, so that no text and no newsroom is too large. */
const most = { forms: 20_000, endings: 10_000, known: 3_000, doubtful: 40, beside: 60 };

export interface KnownEntities {
  names: KnownName[];
  byId: Map<number, EntityView>;
}

/**
 * Everybody and everything with a name of a form that stands in some texts, some more than once. The forms go as one value and
 * are read in this order: with statistics from when a newsroom was small, a database would read all of a table instead.
 */
export function formsLookedUp({ dialect }: Pick<Database, 'dialect'>, asked: readonly string[]): Sql {
  const forms = JSON.stringify(asked);
  const [rows, beside] =
    dialect === 'mysql'
      ? [
          sql`json_table(${forms}, '$[*]' columns (form varchar(100) collate utf8mb4_bin path '$'))`,
          raw('straight_join'),
        ]
      : [sql`(select value as form from json_each(${forms}))`, raw('cross join')];
  return sql`select ${entityColumns('e')} from ${rows} a ${beside} entity_form f on f.form = a.form
             ${beside} entity e on e.id = f.entityId where e.mergedInto is null limit ${most.known}`;
}

/** The forms that stand in some texts, those behind endings included, of which names have some as far as is known. */
export async function formsAsked(
  ctx: Context,
  texts: readonly (readonly Piece[])[],
  language: string,
): Promise<string[]> {
  const mayBe = await mayBeForm(ctx);
  return [...formsIn(texts, most.forms, mayBe), ...formsBehindEndings(texts, language).filter(mayBe)];
}

function formsBehindEndings(texts: readonly (readonly Piece[])[], language: string): string[] {
  if (!hasEndings(language)) return [];
  const words = new Set(texts.flatMap((text) => text.map(({ word }) => word)));
  const names = [...words].flatMap((word) => uninflected(word, language));
  return [...new Set(names.map((name) => name.toUpperCase()))].slice(0, most.endings);
}

/** Everybody and everything that some texts could name, in two statements however many are known. */
export async function knownIn(
  ctx: Context,
  texts: readonly (readonly Piece[])[],
  language: string,
): Promise<KnownEntities> {
  const entities = await read<object>(ctx, formsLookedUp(ctx.database, await formsAsked(ctx, texts, language)));
  const byId = new Map(entities.map((row) => entityOf(row)!).map((entity) => [entity.id, entity]));
  const aliases = await read<{ entityId: number; name: string }>(
    ctx,
    sql`select entityId, name from entity_alias where entityId in ${[...byId.keys()]}`,
  );
  const names = [...byId.values()].map(({ id, name, __typename }) => ({ entityId: id, name, kind: __typename }));
  const others = aliases.map(({ entityId, name }) => ({ entityId, name, kind: byId.get(entityId)!.__typename }));
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

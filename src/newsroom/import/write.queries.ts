import type { WorkflowState } from '../../articles/workflow.rules.js';
import type { ReadFrom } from '../../kernel/database.js';
import { sql, type Sql } from '../../kernel/sql.js';
import { hostIn } from './address.rules.js';

/** What reads rows: a database or a transaction. */
export interface From {
  read<Row>(statement: Sql, from?: ReadFrom): Promise<Row[]>;
}

export interface KnownItem {
  id: number;
  slug: string;
  externalId: string;
  firstPublishedAt: number | null;
  /** Nothing for a story that was brought in by other means, or has no text yet. */
  print: string | null;
  editionId: number | null;
  newestEditionId: number | null;
  savedBy: number | null;
  /** The headline of the newest text. */
  title: string | null;
  /** Which version of the item the story was last brought in from. */
  version: number | null;
  workflowState: WorkflowState;
}

/** Those of some stories that are here already, by what they are called where they come from. */
export async function knownItems(
  from: From,
  source: string,
  externalIds: readonly string[],
): Promise<Map<string, KnownItem>> {
  const rows = await from.read<KnownItem>(
    sql`select a.id, a.slug, a.externalId, a.firstPublishedAt, i.print, i.editionId, i.version,
               e.id as newestEditionId, e.savedBy, e.title, a.workflowState
        from article a
        left join import_item i on i.articleId = a.id
        left join edition e on e.articleId = a.id
          and e.number = (select max(n.number) from edition n where n.articleId = a.id)
        where a.source = ${source} and a.externalId in ${externalIds}`,
    'primary',
  );
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** The hosts at whose addresses readers found some stories, by their ids. */
export async function hostsKnown(from: From, articleIds: readonly number[]): Promise<Map<number, Set<string>>> {
  const hosts = new Map<number, Set<string>>();
  if (articleIds.length === 0) return hosts;
  const rows = await from.read<{ address: string; articleId: number }>(
    sql`select address, articleId from import_address where articleId in ${articleIds} and address not like 'id:%'`,
    'primary',
  );
  for (const { address, articleId } of rows) {
    hosts.set(articleId, (hosts.get(articleId) ?? new Set()).add(hostIn(address)));
  }
  return hosts;
}

/** Which stories are meant by addresses and by names of the form `id:source:externalId`. */
export async function storiesMeant(from: From, targets: readonly string[]): Promise<Map<string, number>> {
  if (targets.length === 0) return new Map();
  const rows = await from.read<{ address: string; articleId: number }>(
    sql`select address, articleId from import_address where address in ${targets}`,
    'primary',
  );
  return new Map(rows.map(({ address, articleId }) => [address, articleId]));
}

/** The stories that some paths lead to. */
export async function pathOwners(from: From, paths: readonly string[]): Promise<Map<string, number>> {
  if (paths.length === 0) return new Map();
  const rows = await from.read<{ path: string; articleId: number }>(
    sql`select path, articleId from path where path in ${[...new Set(paths)]}`,
    'primary',
  );
  return new Map(rows.map(({ path, articleId }) => [path, articleId]));
}

/** The one person, organisation or place that has an id of Wikidata, a name or an alias, by that. */
export async function thingsKnown(from: From, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const rows = await from.read<{ id: number; name: string }>(
    sql`select id, wikidataId as name from entity where wikidataId in ${names}
        union select id, name from entity where name in ${names} and mergedInto is null
        union select a.entityId, a.name from entity_alias a join entity e on e.id = a.entityId
        where a.name in ${names} and e.mergedInto is null`,
    'primary',
  );
  return onlyOne(rows);
}

/** The one person or organisation that has a name or an alias, by that name. */
export async function entitiesNamed(from: From, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const rows = await from.read<{ id: number; name: string }>(
    sql`select id, name from entity where name in ${names} and kind <> 'Place' and mergedInto is null
        union select a.entityId, a.name from entity_alias a join entity e on e.id = a.entityId
        where a.name in ${names} and e.kind <> 'Place' and e.mergedInto is null`,
    'primary',
  );
  return onlyOne(rows);
}

/** Each name that one thing has alone. */
function onlyOne(rows: readonly { id: number; name: string }[]): Map<string, number> {
  const ids = new Map<string, Set<number>>();
  for (const { id, name } of rows) ids.set(name, (ids.get(name) ?? new Set()).add(id));
  return new Map([...ids].flatMap(([name, [id, ...others]]) => (others.length === 0 ? [[name, id!]] : [])));
}

import { formsOf } from '../../../entities/form.rules.js';
import { rolesIn, setAliases, setRoles, type RoleValues } from '../../../entities/entity-parts.commands.js';
import { writeForms } from '../../../entities/entity-form.commands.js';
import {
  EntityAliasRow,
  EntityFormRow,
  EntityRoleRow,
  EntityRow,
  EntitySlugClaimRow,
  type EntityKind,
} from '../../../entities/entity.rows.js';
import type { Context } from '../../../kernel/context.js';
import type { Transaction } from '../../../kernel/database.js';
import { queueJob, recordManyChanges, touchEverything } from '../../../kernel/ledger.js';
import { AuditRow } from '../../../kernel/ledger.rows.js';
import { slugOf } from '../../../kernel/slug.js';
import { sql } from '../../../kernel/sql.js';
import { inTransaction } from '../../../kernel/transaction.js';
import { accountIdOf } from '../../../kernel/viewer.js';
import { insertMany, nowIn } from '../../../kernel/write.js';
import { holdEntity } from '../../entities/hold.commands.js';
import { linesOf, textOf } from '../readers/source.js';
import type { SourceFiles } from '../story.types.js';
import { entityOf, labelOf, type WikidataEntity } from './item.rules.js';
import { isObject } from '../readers/values.js';

export interface EntitiesSummary {
  read: number;
  written: number;
  updated: number;
  unchanged: number;
  /** Items that are no person, organisation or place, or have no name. */
  skipped: number;
  /** Lines that are no item. */
  failed: number;
}

const atOnce = 200;
const longestLine = 16 * 1_048_576;

/**
 * Brings people, organisations and places in from a Wikidata dump, an item to a line. One that is here already, by its
 * Wikidata id, gets names and posts it has not; all that an editor may have written about it stays.
 */
export async function importEntities(
  ctx: Context,
  sources: SourceFiles,
  { language }: { language: string },
  progress: (items: number) => void = () => undefined,
): Promise<EntitiesSummary> {
  const titles = await titlesIn(sources, language);
  const summary = { read: 0, written: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  let batch = new Map<string, WikidataEntity>();
  const flush = async () => {
    const entities = [...batch.values()];
    if (entities.length === 0) return;
    batch = new Map();
    const done = await inTransaction(ctx, (tx) => writeEntities(ctx, tx, entities, titles));
    for (const outcome of ['written', 'updated', 'unchanged'] as const) summary[outcome] += done[outcome];
    progress(summary.read);
  };
  for await (const line of itemLines(sources)) {
    summary.read += 1;
    const item = parsed(line);
    const entity = item === undefined ? undefined : entityOf(item, language);
    if (item === undefined) summary.failed += 1;
    else if (!entity) summary.skipped += 1;
    else if (batch.has(entity.wikidataId)) summary.unchanged += 1;
    else batch.set(entity.wikidataId, entity);
    if (batch.size >= atOnce) await flush();
  }
  await flush();
  return summary;
}

/** The lines of a dump that have an item, without the brackets and commas that make them one document. */
async function* itemLines(sources: SourceFiles): AsyncGenerator<string, void, void> {
  for (const path of sources.paths) {
    for await (const { text, isTooLong } of linesOf(textOf(sources, path, { now: 0 }), longestLine)) {
      const line = text.trim().replace(/,$/, '');
      if (isTooLong) yield 'too long';
      else if (line !== '' && line !== '[' && line !== ']') yield line;
    }
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What the posts are called that somebody in the dump held: they are items themselves, and may stand anywhere in it. */
async function titlesIn(sources: SourceFiles, language: string): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set<string>();
  for await (const line of itemLines(sources)) {
    if (!line.includes('"P39"')) continue;
    for (const { position } of entityOf(parsed(line), language)?.posts ?? []) wanted.add(position);
  }
  sources.bytesRead = 0;
  const titles = new Map<string, string>();
  if (wanted.size === 0) return titles;
  for await (const line of itemLines(sources)) {
    const id = /"id":\s*"(Q\d+)"/.exec(line.slice(0, 400))?.[1];
    if (id !== undefined && !wanted.has(id)) continue;
    const item = parsed(line);
    const title = isObject(item) && wanted.has(String(item.id)) ? labelOf(item, language) : undefined;
    if (title !== undefined) titles.set(String((item as { id: string }).id), title.slice(0, 160));
  }
  sources.bytesRead = 0;
  return titles;
}

interface Known {
  id: number;
  wikidataId: string;
  mergedInto: number | null;
}

async function writeEntities(
  ctx: Context,
  tx: Transaction,
  entities: readonly WikidataEntity[],
  titles: ReadonlyMap<string, string>,
) {
  const known = await knownIn(tx, entities);
  const fresh = entities.filter(({ wikidataId }) => !known.has(wikidataId));
  const updated: Updated[] = [];
  let unchanged = 0;
  for (const entity of entities) {
    const there = known.get(entity.wikidataId);
    if (!there) continue;
    const more = await addTo(tx, there.mergedInto ?? there.id, entity, rolesOf(entity, titles));
    if (more) updated.push(more);
    else unchanged += 1;
  }
  if (fresh.length > 0) await insertEntities(tx, fresh, titles);
  if (updated.length > 0 || fresh.length > 0) await touchEverything(tx);
  await enterIn(ctx, tx, fresh, updated);
  return { written: fresh.length, updated: updated.length, unchanged };
}

/** One that was here and got something, with its version since. */
interface Updated {
  id: number;
  kind: EntityKind;
  version: number;
  added: { aliases: readonly string[]; roles: readonly RoleValues[] };
}

async function knownIn(tx: Transaction, entities: readonly WikidataEntity[]): Promise<Map<string, Known>> {
  const rows = await tx.read<Known>(
    sql`select id, wikidataId, mergedInto from entity where wikidataId in ${entities.map(({ wikidataId }) => wikidataId)}`,
  );
  return new Map(rows.map((row) => [row.wikidataId, row]));
}

const rolesOf = ({ posts }: WikidataEntity, titles: ReadonlyMap<string, string>): RoleValues[] =>
  posts.flatMap(({ position, startedOn, endedOn }) => {
    const title = titles.get(position);
    if (title === undefined) return [];
    return [{ title, interim: false, organisationId: null, placeId: null, startedOn, endedOn, sourceArticleId: null }];
  });

/** Gives one that is here the names and posts it has not; nothing when it has them all. */
async function addTo(
  tx: Transaction,
  id: number,
  entity: WikidataEntity,
  roles: readonly RoleValues[],
): Promise<Updated | undefined> {
  const held = (await holdEntity(tx, id))!;
  const aliases = await tx.read<{ name: string }>(
    sql`select name from entity_alias where entityId = ${id} order by position, id`,
  );
  const names = aliases.map(({ name }) => name);
  const more = [entity.name, ...entity.aliases].filter((name) => name !== held.name && !names.includes(name));
  const there = held.kind === 'Person' ? await rolesIn(tx, id) : [];
  const same = new Set(there.map((role) => `${role.title} ${role.startedOn}`));
  const posts =
    held.kind === 'Person' ? roles.filter(({ title, startedOn }) => !same.has(`${title} ${startedOn}`)) : [];
  if (more.length + posts.length === 0) return undefined;
  if (more.length > 0) {
    await setAliases(tx, id, [...names, ...more]);
    await writeForms(tx, id);
  }
  if (posts.length > 0) await setRoles(tx, id, [...there.map(({ id: _, ...role }) => role), ...posts]);
  await tx.run(sql`update entity set version = version + 1, updatedAt = ${await nowIn(tx)} where id = ${id}`);
  return { id, kind: held.kind, version: held.version + 1, added: { aliases: more, roles: posts } };
}

async function insertEntities(
  tx: Transaction,
  fresh: readonly WikidataEntity[],
  titles: ReadonlyMap<string, string>,
): Promise<void> {
  const now = await nowIn(tx);
  const slugs = await slugsFor(tx, fresh);
  await insertMany(
    tx,
    EntityRow,
    fresh.map(({ aliases: _, posts: __, ...entity }, i) => ({
      ...entity,
      slug: slugs[i]!,
      ...{ version: 1, mergedInto: null, createdAt: now, updatedAt: now },
    })),
  );
  const made = await knownIn(tx, fresh);
  const idOf = ({ wikidataId }: WikidataEntity) => made.get(wikidataId)!.id;
  await insertMany(
    tx,
    EntitySlugClaimRow,
    fresh.map((entity, i) => ({ kind: entity.kind, slug: slugs[i]!, entityId: idOf(entity) })),
  );
  await insertMany(
    tx,
    EntityAliasRow,
    fresh.flatMap((entity) => entity.aliases.map((name, position) => ({ entityId: idOf(entity), name, position }))),
  );
  await insertMany(
    tx,
    EntityFormRow,
    fresh.flatMap((entity) =>
      formsOf(entity.kind, [entity.name, ...entity.aliases]).map((form) => ({ form, entityId: idOf(entity) })),
    ),
  );
  await insertMany(
    tx,
    EntityRoleRow,
    fresh.flatMap((entity) => rolesOf(entity, titles).map((role) => ({ personId: idOf(entity), ...role }))),
  );
}

/** A slug for each that none of its kind has or had: of its name, else with its number behind it. */
async function slugsFor(tx: Transaction, fresh: readonly WikidataEntity[]): Promise<string[]> {
  const wishes = fresh.map(({ name }) => slugOf(name));
  const claimed = await tx.read<{ kind: string; slug: string }>(
    sql`select kind, slug from entity_slug_claim where slug in ${[...new Set(wishes)]}`,
  );
  const taken = new Set(claimed.map(({ kind, slug }) => `${kind} ${slug}`));
  return fresh.map(({ kind, wikidataId }, i) => {
    const slug = taken.has(`${kind} ${wishes[i]!}`) ? `${wishes[i]!}-${wikidataId.toLowerCase()}` : wishes[i]!;
    taken.add(`${kind} ${slug}`);
    return slug;
  });
}

/** Writes down who was made and who got more; stories that name one with more names are found by these. */
async function enterIn(
  ctx: Context,
  tx: Transaction,
  fresh: readonly WikidataEntity[],
  updated: readonly Updated[],
): Promise<void> {
  if (fresh.length + updated.length === 0) return;
  const made = await knownIn(tx, fresh);
  const at = await nowIn(tx);
  const all = [
    ...fresh.map(({ kind, wikidataId }) => ({ id: made.get(wikidataId)!.id, kind, version: 1, added: null })),
    ...updated,
  ];
  await insertMany(
    tx,
    AuditRow,
    all.map(({ id, kind, added }) => ({
      ...{ at, accountId: accountIdOf(ctx.viewer), subject: kind, subjectId: id, note: null },
      action: added === null ? 'create' : 'save',
      detail: added && JSON.stringify({ added }),
    })),
  );
  const changes = all.map(({ id, kind, version }) => ({ subject: kind, subjectId: id, version }));
  const first = await recordManyChanges(
    tx,
    changes.map((change) => ({ op: 'ENTITY_SAVED', ...change, publicationId: null })),
  );
  for (const [i, { id, kind, added }] of all.entries())
    if (added) await queueJob(tx, 'change', { seq: first + i, op: 'ENTITY_SAVED', subject: kind, subjectId: id });
}

import { writeForms } from '../../entities/entity-form.commands.js';
import { printOf, rolesIn, setAliases, setRoles, type RoleValues } from '../../entities/entity-parts.commands.js';
import { claimSlug, makeEntity, slugHolder } from '../../entities/entity-slug.commands.js';
import { checkOrder, checkPosition, checkSlug, wordFor } from '../../entities/entity-input.rules.js';
import { entityIn } from '../../entities/entity.queries.js';
import { EntityRow, type EntityKind } from '../../entities/entity.rows.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit, recordChange } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { slugOf } from '../../kernel/slug.js';
import { sql } from '../../kernel/sql.js';
import { isDuplicate, nowIn } from '../../kernel/write.js';
import { changesOf, columnsOf, namesOf, type Columns, type EntityFields } from './entity-fields.rules.js';
import { entityReach } from './entity-reach.rules.js';
import { checkTarget, holdEntity, type HeldEntity } from './hold.commands.js';
import { rolesOf } from './role.commands.js';

export interface SaveEntityInput extends CommandInput, EntityFields {
  /** Absent for one that is new. */
  id?: number | undefined;
  expectedVersion?: number | null | undefined;
}

const answers = {
  Person: ['savePerson', 'PersonSaved', 'person'],
  Organisation: ['saveOrganisation', 'OrganisationSaved', 'organisation'],
  Place: ['savePlace', 'PlaceSaved', 'place'],
} as const;

/** Makes a person, organisation or place, or changes one at the version the editor saw: what is absent stays, `null` clears. */
export function saveEntityAtDesk(
  ctx: Context,
  kind: EntityKind,
  input: SaveEntityInput,
): Promise<object | UserErrorView> {
  const [mutation, __typename, field] = answers[kind];
  return perform(ctx, mutation, input, async (tx) => {
    const id = input.id === undefined ? await make(ctx, tx, kind, input) : await change(ctx, tx, kind, input);
    return { __typename, [field]: await entityIn(tx, id) };
  });
}

async function make(ctx: Context, tx: Transaction, kind: EntityKind, input: SaveEntityInput): Promise<number> {
  const now = await nowIn(tx);
  const columns = { ...nothingYet, ...columnsOf(input, now) };
  if (columns.name === undefined) throw badInput(`A new ${wordFor[kind]} needs a name.`, 'name');
  checkWhole(columns);
  await checkWikidata(tx, columns.wikidataId, null);
  const roles = input.roles && (await rolesOf(ctx, tx, input.roles, []));
  const id = await madeUnder(tx, kind, input.slug, { ...columns, name: columns.name, createdAt: now, updatedAt: now });
  await setAliases(tx, id, namesOf(input.aliases ?? [], columns.name));
  await writeForms(tx, id);
  if (roles) await setRoles(tx, id, roles);
  await recordAudit(ctx, tx, { action: 'create', subject: kind, subjectId: id });
  const entity = await entityIn(tx, id);
  const touches = entityReach(kind, entity);
  await recordChange(tx, { op: 'ENTITY_SAVED', subject: kind, subjectId: id, version: 1, touches });
  return id;
}

const nothingYet = {
  name: undefined,
  description: '',
  bornOn: null,
  diedOn: null,
  latitude: null,
  longitude: null,
  wikidataId: null,
  website: null,
};

/** Under the slug that was wished for, or the first free one made of the name. */
async function madeUnder(
  tx: Transaction,
  kind: EntityKind,
  wish: string | null | undefined,
  values: { name: string; wikidataId: string | null; createdAt: number; updatedAt: number },
): Promise<number> {
  for (const slug of wish == null ? slugsFor(values.name) : [checkSlug(wish)]) {
    const id = await makeEntity(tx, { kind, slug }, values);
    if (id !== undefined) return id;
    await checkWikidata(tx, values.wikidataId, null);
    if (wish != null) throw await slugTaken(tx, kind, slug);
  }
  throw badInput(`There are too many with the name “${values.name}”: give it a slug of its own.`, 'slug');
}

function* slugsFor(name: string): Generator<string> {
  const slug = slugOf(name);
  yield slug;
  for (let n = 2; n <= 1_000; n++) yield `${slug}-${n}`;
}

async function slugTaken(tx: Transaction, kind: EntityKind, slug: string): Promise<Error> {
  const holder = await slugHolder(tx, kind, slug);
  const who = holder ? `“${holder.name}”` : `Another ${wordFor[kind]}`;
  return badInput(`${who} has or had the slug "${slug}": choose another one.`, 'slug');
}

async function change(ctx: Context, tx: Transaction, kind: EntityKind, input: SaveEntityInput): Promise<number> {
  const id = input.id!;
  if (input.expectedVersion == null) {
    throw badInput(
      'Say which version you saw: without it, the changes of somebody else could be lost.',
      'expectedVersion',
    );
  }
  const now = await nowIn(tx);
  const held = await checkTarget(tx, await holdEntity(tx, id), { kind, id, expectedVersion: input.expectedVersion });
  const given = columnsOf(input, now);
  const slug = input.slug == null ? {} : { slug: checkSlug(input.slug) };
  const after = { ...held, ...given, ...slug };
  checkWhole(after);
  if (after.wikidataId !== held.wikidataId) await checkWikidata(tx, after.wikidataId, id);
  const parts = await partsOf(ctx, tx, held, input, after.name);
  const changes = changesOf({ ...held, ...parts.before }, { ...after, ...parts.after });
  if (changes === null) return id;
  if (after.slug !== held.slug && !(await claimSlug(tx, kind, after.slug, id))) {
    throw await slugTaken(tx, kind, after.slug);
  }
  await write(tx, id, { ...given, ...slug, version: held.version + 1, updatedAt: now }, after.wikidataId);
  if (parts.after.aliases) await setAliases(tx, id, parts.after.aliases);
  if (parts.after.aliases || after.name !== held.name) await writeForms(tx, id);
  if (parts.after.roles) await setRoles(tx, id, parts.after.roles);
  await recordAudit(ctx, tx, { action: 'save', subject: kind, subjectId: id, detail: changes });
  const touches = entityReach(kind, after);
  await recordChange(tx, { op: 'ENTITY_SAVED', subject: kind, subjectId: id, version: held.version + 1, touches });
  return id;
}

interface Parts {
  aliases?: string[];
  roles?: RoleValues[];
}

/** What is given of the names and posts, and what is there of these. */
async function partsOf(
  ctx: Context,
  tx: Transaction,
  { id }: HeldEntity,
  input: SaveEntityInput,
  name: string,
): Promise<{ before: Parts; after: Parts }> {
  const before: Parts = {};
  const after: Parts = {};
  if (input.aliases !== undefined) {
    const rows = await tx.read<{ name: string }>(
      sql`select name from entity_alias where entityId = ${id} order by position, id`,
    );
    before.aliases = rows.map((row) => row.name);
    after.aliases = namesOf(input.aliases ?? [], name);
  }
  if (input.roles !== undefined) {
    const there = await rolesIn(tx, id);
    before.roles = there.map(({ id: _, ...role }) => role);
    after.roles = await rolesOf(ctx, tx, input.roles ?? [], before.roles);
    if (printsOf(after.roles) === printsOf(before.roles)) after.roles = before.roles;
  }
  return { before, after };
}

/** Equal for the same posts in any order. */
const printsOf = (roles: readonly RoleValues[]): string => JSON.stringify(roles.map(printOf).sort());

async function write(tx: Transaction, id: number, values: object, wikidataId: string | null): Promise<void> {
  try {
    await tx.manager.update(EntityRow, { id }, values);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await checkWikidata(tx, wikidataId, id);
    throw error;
  }
}

function checkWhole({
  bornOn,
  diedOn,
  latitude,
  longitude,
}: Pick<Columns, 'bornOn' | 'diedOn' | 'latitude' | 'longitude'>): void {
  checkOrder('diedOn', bornOn, diedOn);
  checkPosition({ latitude, longitude });
}

/** Refuses a Wikidata id that somebody or something else has, and says who. */
async function checkWikidata(tx: Transaction, wikidataId: string | null, id: number | null): Promise<void> {
  if (wikidataId === null) return;
  const [holder] = await tx.read<{ id: number; kind: EntityKind; name: string; survivor: string | null }>(
    sql`select e.id, e.kind, e.name, i.name as survivor from entity e left join entity i on i.id = e.mergedInto
        where e.wikidataId = ${wikidataId}`,
  );
  if (!holder || holder.id === id) return;
  const merged = holder.survivor === null ? '' : `, which was merged into “${holder.survivor}”`;
  throw badInput(
    `The ${wordFor[holder.kind]} “${holder.name}” has the Wikidata id ${wikidataId}${merged}.`,
    'wikidataId',
  );
}

import { read, type Reading } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { hold } from '../kernel/hold.js';
import { loadMany, loadOne } from '../kernel/loader.js';
import { join, raw, sql, type Sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';
import type { EntityKind } from './entity.rows.js';

export interface EntityView {
  __typename: EntityKind;
  id: number;
  slug: string;
  name: string;
  description: string;
  bornOn: string | null;
  diedOn: string | null;
  latitude: number | null;
  longitude: number | null;
  wikidataId: string | null;
  website: string | null;
  version: number;
}

const names = [
  'kind',
  'id',
  'slug',
  'name',
  'description',
  'bornOn',
  'diedOn',
  'latitude',
  'longitude',
  'wikidataId',
  'website',
  'version',
] as const;

/** The columns of an entity, for `entityOf`; the prefix tells two joined entities apart. */
export const entityColumns = (alias: string, prefix = 'entity'): Sql =>
  raw(names.map((name) => `${alias}.${name} as ${prefix}_${name}`).join(', '));

/** The entity whose columns a row carries under a prefix, or `null` when the join found none. */
export function entityOf(row: object, prefix = 'entity'): EntityView | null {
  const column = row as Record<string, never>;
  if (column[`${prefix}_id`] == null) return null;
  return {
    __typename: column[`${prefix}_kind`]!,
    id: column[`${prefix}_id`]!,
    slug: column[`${prefix}_slug`]!,
    name: column[`${prefix}_name`]!,
    description: column[`${prefix}_description`]!,
    bornOn: column[`${prefix}_bornOn`]!,
    diedOn: column[`${prefix}_diedOn`]!,
    latitude: column[`${prefix}_latitude`]!,
    longitude: column[`${prefix}_longitude`]!,
    wikidataId: column[`${prefix}_wikidataId`]!,
    website: column[`${prefix}_website`]!,
    version: column[`${prefix}_version`]!,
  };
}

/** An entity, and the id it was asked for by: that of one that was merged leads to the one that took its place. */
export interface FoundEntity extends EntityView {
  askedAs: number;
}

/** A tag of whatever ranks entities: two of them that become one can come up, also when neither was shown. */
export const everyMerge = 'merges';

/** Tags of what an entity that is shown depends on. */
export const entityTags = (entity: { id: number } | null): string[] => (entity ? [tag('Entity', entity.id)] : []);

export const entityById = loadOne(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<{ askedAs: number }>(
      reading,
      sql`select k.id as askedAs, ${entityColumns('e')} from entity k join entity e on e.id = coalesce(k.mergedInto, k.id)
          where k.id in ${ids}`,
    );
    return rows.map((row): FoundEntity => ({ ...entityOf(row)!, askedAs: row.askedAs }));
  },
  (entity) => entity.askedAs,
  (entity, id) => [tag('Entity', id), ...entityTags(entity)],
);

/** How many people, organisations and places, and the posts of how many people, a process holds in memory. */
const mostHeld = 20_000;

/** Entities by their ids, those that were merged as they were. */
export const heldEntities = hold({
  select: async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<object>(reading, sql`select ${entityColumns('e')} from entity e where e.id in ${ids}`);
    return new Map(rows.map((row) => entityOf(row)!).map((entity) => [entity.id, entity]));
  },
  touches: entityTags,
  most: mostHeld,
});

/** Keys are `slugKey(kind, slug)`; only a slug that it has now leads to an entity. */
export const entityBySlug = loadOne(
  async (reading: Reading, keys: readonly string[]) => {
    const rows = await read<object>(
      reading,
      sql`select ${entityColumns('e')} from entity e where (${isOneOf('e', keys)}) and e.mergedInto is null`,
    );
    return rows.map((row) => entityOf(row)!);
  },
  (entity) => slugKey(entity.__typename, entity.slug),
  (entity, key) => (entity ? entityTags(entity) : [tag('slug', key)]),
);

/** The entity that had a slug once, or took the place of the one that had it. Keys are `slugKey(kind, slug)`. */
export const entityOnceAtSlug = loadOne(
  async (reading: Reading, keys: readonly string[]) => {
    const rows = await read<{ hadKind: EntityKind; hadSlug: string }>(
      reading,
      sql`select c.kind as hadKind, c.slug as hadSlug, ${entityColumns('e')} from entity_slug_claim c
          join entity k on k.id = c.entityId
          join entity e on e.id = coalesce(k.mergedInto, k.id)
          where ${isOneOf('c', keys)}`,
    );
    return rows.map((row) => ({ key: slugKey(row.hadKind, row.hadSlug), entity: entityOf(row)! }));
  },
  (found) => found.key,
  (found, key) => (found ? entityTags(found.entity) : [tag('slug', key)]),
);

function isOneOf(alias: string, keys: readonly string[]): Sql {
  const pairs = keys.map((key) => {
    const colon = key.indexOf(':');
    return sql`(${raw(alias)}.kind = ${key.slice(0, colon)} and ${raw(alias)}.slug = ${key.slice(colon + 1)})`;
  });
  return join(pairs, ' or ');
}

/** An entity as a transaction sees it, for the answer of a mutation. */
export async function entityIn(tx: Transaction, id: number): Promise<EntityView> {
  const [row] = await tx.read<object>(sql`select ${entityColumns('e')} from entity e where e.id = ${id}`);
  return entityOf(row!)!;
}

export const slugKey = (kind: EntityKind, slug: string): string => `${kind}:${slug}`;

/** The most other names of an entity, and the most posts of a person, that are shown. */
export const maxNames = 200;
export const maxRoles = 200;

interface AliasRow {
  entityId: number;
  name: string;
}

export const aliasesByEntity = loadMany(
  (reading: Reading, ids: readonly number[]) =>
    read<AliasRow>(
      reading,
      sql`select entityId, name from
            (select entityId, name, row_number() over (partition by entityId order by position, id) as place
             from entity_alias where entityId in ${ids}) ranked
          where place <= ${maxNames} order by entityId, place`,
    ),
  (alias) => alias.entityId,
  (_, id) => [tag('Entity', id)],
);

export interface RoleView {
  personId: number;
  title: string;
  interim: boolean;
  startedOn: string | null;
  endedOn: string | null;
  organisation: EntityView | null;
  place: EntityView | null;
  sourceArticleId: number | null;
}

type RoleColumns = Omit<RoleView, 'organisation' | 'place' | 'interim'> & { interim: number };

/** The columns `roleOf` wants of a post `r`, from `roleTables`. */
export const roleColumns = sql`r.personId, r.title, r.interim, r.startedOn, r.endedOn, r.sourceArticleId,
  ${entityColumns('o', 'organisation')}, ${entityColumns('p', 'place')}`;

/** What must be joined to a post `r`. */
export const roleTables = raw('left join entity o on o.id = r.organisationId left join entity p on p.id = r.placeId');

export function roleOf(row: object): RoleView {
  const columns = row as RoleColumns;
  return {
    personId: columns.personId,
    title: columns.title,
    interim: columns.interim === 1,
    startedOn: columns.startedOn,
    endedOn: columns.endedOn,
    organisation: entityOf(row, 'organisation'),
    place: entityOf(row, 'place'),
    sourceArticleId: columns.sourceArticleId,
  };
}

/** Tags of what posts that are shown depend on. */
export const roleTags = (roles: readonly RoleView[]): string[] =>
  roles.flatMap(({ personId, organisation, place }) => [
    tag('Entity', personId),
    ...entityTags(organisation),
    ...entityTags(place),
  ]);

const tagsOfRoles = (roles: readonly RoleView[], id: number): string[] => [tag('Entity', id), ...roleTags(roles)];

const heldRoles = hold({
  select: async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<object>(
      reading,
      sql`select ${roleColumns}
          from (select entity_role.*, row_number() over (partition by personId order by startedOn desc, id) as place
                from entity_role where personId in ${ids}) r
          ${roleTables}
          where r.place <= ${maxRoles}
          order by r.personId, r.place`,
    );
    const byPerson = new Map<number, RoleView[]>(ids.map((id) => [id, []]));
    for (const role of rows.map(roleOf)) byPerson.get(role.personId)!.push(role);
    return byPerson;
  },
  touches: tagsOfRoles,
  most: mostHeld,
});

/** A person's posts, newest first, each with its organisation and place. */
export const rolesByPerson = loadMany(
  async (reading: Reading, ids: readonly number[]) => [...(await heldRoles(reading, ids)).values()].flat(),
  (role) => role.personId,
  tagsOfRoles,
);

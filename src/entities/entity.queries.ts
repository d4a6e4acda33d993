import { read, type Context } from '../kernel/context.js';
import { loadMany, loadOne } from '../kernel/loader.js';
import { join, raw, sql, type Sql } from '../kernel/sql.js';
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
] as const;

/** The columns of an entity, for `entityOf`; the prefix tells two joined entities apart. */
export const entityColumns = (alias: string, prefix = 'entity'): Sql =>
  raw(names.map((name) => `${alias}.${name} as ${prefix}_${name}`).join(', '));

/** The entity whose columns a row carries under a prefix, or `null` when the join found none. */
export function entityOf(row: object, prefix = 'entity'): EntityView | null {
  const columns = row as Record<string, unknown>;
  if (columns[`${prefix}_id`] == null) return null;
  return {
    __typename: columns[`${prefix}_kind`],
    ...Object.fromEntries(names.slice(1).map((name) => [name, columns[`${prefix}_${name}`]])),
  } as EntityView;
}

export const entityById = loadOne(
  async (ctx: Context, ids: readonly number[]) => {
    const rows = await read<object>(ctx, sql`select ${entityColumns('e')} from entity e where e.id in ${ids}`);
    return rows.map((row) => entityOf(row)!);
  },
  (entity) => entity.id,
);

/** Keys are `slugKey(kind, slug)`. */
export const entityBySlug = loadOne(
  async (ctx: Context, keys: readonly string[]) => {
    const pairs = keys.map((key) => {
      const colon = key.indexOf(':');
      return sql`(e.kind = ${key.slice(0, colon)} and e.slug = ${key.slice(colon + 1)})`;
    });
    const rows = await read<object>(ctx, sql`select ${entityColumns('e')} from entity e where ${join(pairs, ' or ')}`);
    return rows.map((row) => entityOf(row)!);
  },
  (entity) => slugKey(entity.__typename, entity.slug),
);

export const slugKey = (kind: EntityKind, slug: string): string => `${kind}:${slug}`;

/** The most other names of an entity, and the most posts of a person, that are shown. */
export const maxNames = 200;
export const maxRoles = 200;

interface AliasRow {
  entityId: number;
  name: string;
}

export const aliasesByEntity = loadMany(
  (ctx: Context, ids: readonly number[]) =>
    read<AliasRow>(
      ctx,
      sql`select entityId, name from
            (select entityId, name, position, row_number() over (partition by entityId order by position) as place
             from entity_alias where entityId in ${ids}) ranked
          where place <= ${maxNames} order by entityId, position`,
    ),
  (alias) => alias.entityId,
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

/** A person's posts, newest first, each with its organisation and place. */
export const rolesByPerson = loadMany(
  async (ctx: Context, ids: readonly number[]) => {
    const rows = await read<RoleColumns>(
      ctx,
      sql`select r.personId, r.title, r.interim, r.startedOn, r.endedOn, r.sourceArticleId,
                 ${entityColumns('o', 'organisation')}, ${entityColumns('p', 'place')}
          from (select entity_role.*, row_number() over (partition by personId order by startedOn desc, id) as place
                from entity_role where personId in ${ids}) r
          left join entity o on o.id = r.organisationId
          left join entity p on p.id = r.placeId
          where r.place <= ${maxRoles}
          order by r.personId, r.place`,
    );
    return rows.map((row): RoleView => ({
      personId: row.personId,
      title: row.title,
      interim: row.interim === 1,
      startedOn: row.startedOn,
      endedOn: row.endedOn,
      organisation: entityOf(row, 'organisation'),
      place: entityOf(row, 'place'),
      sourceArticleId: row.sourceArticleId,
    }));
  },
  (role) => role.personId,
);

import type { Context } from '../kernel/context.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertAll, nowIn, upsert } from '../kernel/write.js';
import { EntityAliasRow, EntityRoleRow, EntityRow, type EntityKind } from './entity.rows.js';

export interface EntityInput {
  kind: EntityKind;
  slug: string;
  name: string;
  description: string;
  aliases: readonly string[];
  bornOn?: string | undefined;
  diedOn?: string | undefined;
  latitude?: number | undefined;
  longitude?: number | undefined;
  wikidataId?: string | undefined;
  website?: string | undefined;
}

/** Makes a person, organisation or place, or changes the one with this slug, aliases included. Gives its id. */
export function saveEntity(ctx: Context, input: EntityInput): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const now = await nowIn(tx);
    const key = { kind: input.kind, slug: checkText('slug', input.slug, { min: 1, max: 160 }) };
    const entityId = await upsert(
      tx,
      EntityRow,
      key,
      {
        name: checkText('name', input.name, { min: 1, max: 200 }),
        description: checkText('description', input.description, { max: 500 }),
        bornOn: input.bornOn ?? null,
        diedOn: input.diedOn ?? null,
        latitude: input.latitude ?? null,
        longitude: input.longitude ?? null,
        wikidataId: input.wikidataId ?? null,
        website: input.website ?? null,
        updatedAt: now,
      },
      { createdAt: now },
    );
    const aliases = new Set(input.aliases.map((alias) => checkText('aliases', alias, { min: 1, max: 200 })));
    await tx.manager.delete(EntityAliasRow, { entityId });
    await insertAll(
      tx,
      EntityAliasRow,
      [...aliases].map((name, position) => ({ entityId, name, position })),
    );
    return entityId;
  });
}

export interface RoleInput {
  title: string;
  interim: boolean;
  organisationId?: number | undefined;
  placeId?: number | undefined;
  startedOn?: string | undefined;
  endedOn?: string | undefined;
  sourceArticleId?: number | undefined;
}

/** Sets all posts a person held. */
export function saveRoles(ctx: Context, personId: number, roles: readonly RoleInput[]): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await tx.manager.delete(EntityRoleRow, { personId });
    await insertAll(
      tx,
      EntityRoleRow,
      roles.map((role) => ({
        personId,
        title: checkText('title', role.title, { min: 1, max: 160 }),
        interim: role.interim,
        organisationId: role.organisationId ?? null,
        placeId: role.placeId ?? null,
        startedOn: role.startedOn ?? null,
        endedOn: role.endedOn ?? null,
        sourceArticleId: role.sourceArticleId ?? null,
      })),
    );
  });
}

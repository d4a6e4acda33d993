import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput } from '../kernel/errors.js';
import { touchEverything } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, nowIn } from '../kernel/write.js';
import { writeForms } from './entity-form.commands.js';
import { setAliases, setRoles } from './entity-parts.commands.js';
import { makeEntity, slugHolder } from './entity-slug.commands.js';
import { EntityRow, type EntityKind } from './entity.rows.js';
import { survivorsOf } from './survivor.queries.js';

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

/**
 * Makes a person, organisation or place, or changes the one that has or had this slug, aliases included. One that was
 * merged is left as it is. Gives the id of the one that stands.
 */
export function saveEntity(ctx: Context, input: EntityInput): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const updatedAt = await nowIn(tx);
    const key = { kind: input.kind, slug: checkText('slug', input.slug, { min: 1, max: 160 }) };
    const values = {
      name: checkText('name', input.name, { min: 1, max: 200 }),
      description: checkText('description', input.description, { max: 500 }),
      bornOn: input.bornOn ?? null,
      diedOn: input.diedOn ?? null,
      latitude: input.latitude ?? null,
      longitude: input.longitude ?? null,
      wikidataId: input.wikidataId ?? null,
      website: input.website ?? null,
      updatedAt,
    };
    const aliases = input.aliases.map((alias) => checkText('aliases', alias, { min: 1, max: 200 }));
    const made = await makeEntity(tx, key, { ...values, createdAt: updatedAt });
    const { id, mergedInto } = made === undefined ? await heldAt(tx, key) : { id: made, mergedInto: null };
    if (mergedInto !== null) return mergedInto;
    if (made === undefined) await tx.manager.update(EntityRow, { id }, { ...values, version: () => 'version + 1' });
    await setAliases(tx, id, aliases);
    await writeForms(tx, id);
    await touchEverything(tx);
    return id;
  });
}

interface Known {
  id: number;
  mergedInto: number | null;
}

async function heldAt(tx: Transaction, { kind, slug }: { kind: EntityKind; slug: string }): Promise<Known> {
  const known = await slugHolder(tx, kind, slug);
  const [there] = known
    ? [known]
    : await tx.read<Known>(sql`select id, mergedInto from entity where kind = ${kind} and slug = ${slug}`);
  if (!there) throw badInput('Something else has one of these names or numbers already.');
  return there;
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
    const named = roles.flatMap(({ organisationId, placeId }) => [organisationId ?? [], placeId ?? []].flat());
    const survivor = await survivorsOf(tx, [personId, ...named]);
    const rows = roles.map((role) => ({
      title: checkText('title', role.title, { min: 1, max: 160 }),
      interim: role.interim,
      organisationId: role.organisationId === undefined ? null : survivor(role.organisationId),
      placeId: role.placeId === undefined ? null : survivor(role.placeId),
      startedOn: role.startedOn ?? null,
      endedOn: role.endedOn ?? null,
      sourceArticleId: role.sourceArticleId ?? null,
    }));
    await setRoles(tx, survivor(personId), rows);
    await touchEverything(tx);
  });
}

import type { Transaction } from '../kernel/database.js';
import { sql } from '../kernel/sql.js';
import { insertUnlessThere } from '../kernel/write.js';
import { EntityRow, EntitySlugClaimRow, type EntityKind } from './entity.rows.js';

export interface SlugHolder {
  id: number;
  name: string;
  mergedInto: number | null;
}

/** Who of a kind has or had a slug. */
export async function slugHolder(tx: Transaction, kind: EntityKind, slug: string): Promise<SlugHolder | undefined> {
  const [holder] = await tx.read<SlugHolder>(
    sql`select e.id, e.name, e.mergedInto from entity_slug_claim c join entity e on e.id = c.entityId
        where c.kind = ${kind} and c.slug = ${slug}`,
  );
  return holder;
}

/** Takes a slug for an entity for good; says whether it has it now. */
export async function claimSlug(tx: Transaction, kind: EntityKind, slug: string, entityId: number): Promise<boolean> {
  if (await insertUnlessThere(tx, EntitySlugClaimRow, { kind, slug, entityId })) return true;
  return (await slugHolder(tx, kind, slug))?.id === entityId;
}

/** Makes an entity under a slug; gives its id, or nothing when the slug, or another number it has, is taken. */
export async function makeEntity(
  tx: Transaction,
  { kind, slug }: { kind: EntityKind; slug: string },
  values: object,
): Promise<number | undefined> {
  if (await slugHolder(tx, kind, slug)) return undefined;
  if (!(await insertUnlessThere(tx, EntityRow, { ...values, kind, slug }))) return undefined;
  const [made] = await tx.read<{ id: number }>(sql`select id from entity where kind = ${kind} and slug = ${slug}`);
  const { id } = made!;
  if (await claimSlug(tx, kind, slug, id)) return id;
  await tx.manager.delete(EntityRow, { id });
  return undefined;
}

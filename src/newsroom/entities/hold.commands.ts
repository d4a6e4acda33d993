import { wordFor } from '../../entities/entity-input.rules.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, Refusal, staleVersion } from '../../kernel/errors.js';
import { sql } from '../../kernel/sql.js';

export interface EntityTarget {
  kind: EntityKind;
  id: number;
  expectedVersion: number;
}

/** An entity as its row has it. */
export interface HeldEntity {
  id: number;
  kind: EntityKind;
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
  mergedInto: number | null;
}

/** Reads an entity and keeps everybody else from changing it, or from referring to it, until the transaction ends. */
export async function holdEntity(tx: Transaction, id: number): Promise<HeldEntity | undefined> {
  await tx.run(sql`update entity set version = version where id = ${id}`);
  const [row] = await tx.read<HeldEntity>(
    sql`select id, kind, slug, name, description, bornOn, diedOn, latitude, longitude, wikidataId, website, version,
               mergedInto
        from entity where id = ${id}`,
  );
  return row;
}

/** Where the input says which entity, and at which version. */
export interface Fields {
  id: string;
  version: string;
}

/** Refuses what is not there, what was merged, and what somebody changed since. */
export async function checkTarget(
  tx: Transaction,
  held: HeldEntity | undefined,
  { kind, expectedVersion }: EntityTarget,
  fields: Fields = { id: 'id', version: 'expectedVersion' },
): Promise<HeldEntity> {
  const word = wordFor[kind];
  if (held?.kind !== kind) throw missing(word, fields.id);
  if (held.mergedInto !== null) {
    const [into] = await tx.read<{ name: string }>(sql`select name from entity where id = ${held.mergedInto}`);
    throw badInput(`“${held.name}” was merged into “${into!.name}”: change that one, or undo the merge.`, fields.id);
  }
  if (held.version !== expectedVersion) {
    const { view } = staleVersion(word, expectedVersion, held.version);
    throw new Refusal({ ...view, path: [fields.version] });
  }
  return held;
}

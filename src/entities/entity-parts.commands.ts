import type { Transaction } from '../kernel/database.js';
import { join, sql } from '../kernel/sql.js';
import { insertAll } from '../kernel/write.js';
import { EntityAliasRow, EntityRoleRow } from './entity.rows.js';

/** Sets the other names of an entity, in their order; those that stay keep their rows. */
export async function setAliases(tx: Transaction, entityId: number, names: readonly string[]): Promise<void> {
  const rows = await tx.read<{ id: number; name: string; position: number }>(
    sql`select id, name, position from entity_alias where entityId = ${entityId}`,
  );
  const wanted = new Map([...new Set(names)].map((name, position) => [name, position]));
  const gone = rows.filter(({ name }) => !wanted.has(name));
  const stay = rows.filter(({ name }) => wanted.has(name));
  if (gone.length > 0) await tx.run(sql`delete from entity_alias where id in ${gone.map(({ id }) => id)}`);
  const moved = stay.filter(({ name, position }) => wanted.get(name) !== position);
  if (moved.length > 0) {
    const places = moved.map(({ id, name }) => sql`when ${id} then ${wanted.get(name)!}`);
    await tx.run(
      sql`update entity_alias set position = case id ${join(places, ' ')} end where id in ${moved.map(({ id }) => id)}`,
    );
  }
  for (const { name } of stay) wanted.delete(name);
  await insertAll(
    tx,
    EntityAliasRow,
    [...wanted].map(([name, position]) => ({ entityId, name, position })),
  );
}

/** A post, as its row has it. */
export interface RoleValues {
  title: string;
  interim: boolean;
  organisationId: number | null;
  placeId: number | null;
  startedOn: string | null;
  endedOn: string | null;
  sourceArticleId: number | null;
}

/** The posts of a person, in the order they were written down in. */
export async function rolesIn(tx: Transaction, personId: number): Promise<(RoleValues & { id: number })[]> {
  const rows = await tx.read<RoleValues & { id: number; interim: unknown }>(
    sql`select id, title, interim, organisationId, placeId, startedOn, endedOn, sourceArticleId
        from entity_role where personId = ${personId} order by id`,
  );
  return rows.map((row) => ({ ...row, interim: Boolean(row.interim) }));
}

/** Sets all posts a person held; those that stay keep their rows. */
export async function setRoles(tx: Transaction, personId: number, roles: readonly RoleValues[]): Promise<void> {
  const there = await rolesIn(tx, personId);
  const fresh = roles.filter((role) => {
    const same = there.findIndex((row) => printOf(row) === printOf(role));
    if (same >= 0) there.splice(same, 1);
    return same < 0;
  });
  if (there.length > 0) await tx.run(sql`delete from entity_role where id in ${there.map(({ id }) => id)}`);
  await insertAll(
    tx,
    EntityRoleRow,
    fresh.map((role) => ({ ...role, personId })),
  );
}

/** Two posts that say the same have the same print. */
export const printOf = (role: RoleValues): string =>
  JSON.stringify([
    role.title,
    role.interim,
    role.organisationId,
    role.placeId,
    role.startedOn,
    role.endedOn,
    role.sourceArticleId,
  ]);

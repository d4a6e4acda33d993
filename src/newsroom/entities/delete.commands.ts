import { wordFor } from '../../entities/entity-input.rules.js';
import { EntityRow, type EntityKind } from '../../entities/entity.rows.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { Refusal, type UserErrorView } from '../../kernel/errors.js';
import { globalId } from '../../kernel/global-id.js';
import { recordAudit, recordChange } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { raw, sql } from '../../kernel/sql.js';
import { deleteUnlessUsed } from '../../kernel/write.js';
import { entityReach } from './entity-reach.rules.js';
import { checkTarget, holdEntity, type EntityTarget } from './hold.commands.js';
import { useNames } from './merge.rules.js';

/** Deletes an entity that nothing speaks of, with its names, posts and slugs. The database decides whether it is used. */
export function deleteEntity(
  ctx: Context,
  input: CommandInput & EntityTarget,
): Promise<{ __typename: 'EntityDeleted'; entityId: string } | UserErrorView> {
  return perform(ctx, 'deleteEntity', input, async (tx) => {
    const { id, kind } = input;
    const { name, slug, version } = await checkTarget(tx, await holdEntity(tx, id), input);
    const undone = sql`select id from entity_merge where (fromId = ${id} or intoId = ${id}) and undoneAt is not null`;
    const merges = await tx.read<{ id: number }>(undone);
    if (merges.length > 0) await tx.run(sql`delete from entity_merge where id in ${merges.map((merge) => merge.id)}`);
    await tx.run(sql`delete from entity_alias where entityId = ${id}`);
    await tx.run(sql`delete from entity_form where entityId = ${id}`);
    await tx.run(sql`delete from entity_role where personId = ${id}`);
    await tx.run(sql`delete from entity_slug_claim where entityId = ${id}`);
    if (!(await deleteUnlessUsed(tx, sql`delete from entity where id = ${id}`))) throw await inUse(tx, kind, id, name);
    await recordAudit(ctx, tx, { action: 'delete', subject: kind, subjectId: id, detail: { name, slug } });
    const touches = entityReach(kind, { id, slug });
    await recordChange(tx, { op: 'ENTITY_DELETED', subject: kind, subjectId: id, version: version + 1, touches });
    return { __typename: 'EntityDeleted', entityId: globalId(kind, id) };
  });
}

/** Counts what speaks of an entity, by every reference that there is. */
async function inUse(tx: Transaction, kind: EntityKind, id: number, name: string): Promise<Refusal> {
  const entity = tx.manager.connection.getMetadata(EntityRow);
  const counts = new Map<string, number>();
  for (const { tableName, foreignKeys } of tx.manager.connection.entityMetadatas) {
    for (const { referencedEntityMetadata, columnNames } of foreignKeys) {
      if (referencedEntityMetadata !== entity) continue;
      const reference = `${tableName}.${columnNames[0]}`;
      const [row] = await tx.read<{ total: number }>(
        sql`select count(*) as total from ${raw(tableName)} where ${raw(columnNames[0]!)} = ${id}`,
      );
      const what = useNames[reference] ?? reference;
      if (row!.total > 0) counts.set(what, (counts.get(what) ?? 0) + row!.total);
    }
  }
  const uses = [...counts].map(([what, count]) => ({ what, count })).sort((a, b) => (a.what < b.what ? -1 : 1));
  const said = uses.map(({ what, count }) => `${what}: ${count}`).join(', ');
  const message = `The ${wordFor[kind]} “${name}” is in use (${said}): merge it into another one, or take it out there first.`;
  return new Refusal(Object.assign({ __typename: 'EntityInUse', message, path: ['id'] }, { uses }));
}

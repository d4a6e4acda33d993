import { listOf } from '../../articles/list.rules.js';
import { visible } from '../../articles/visibility.js';
import { writeForms } from '../../entities/entity-form.commands.js';
import { entityIn, type EntityView, everyMerge } from '../../entities/entity.queries.js';
import { EntityAliasRow, type EntityKind } from '../../entities/entity.rows.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit, recordChange } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { all, raw, sql, type Sql } from '../../kernel/sql.js';
import { accountIdOf } from '../../kernel/viewer.js';
import { checkText, insertUnlessThere, nowIn } from '../../kernel/write.js';
import { entityReach } from './entity-reach.rules.js';
import { checkTarget, holdEntity, type HeldEntity } from './hold.commands.js';
import { mergeIn, type MergeView } from './merge.queries.js';
import { moved, type Moved } from './merge.rules.js';
import { EntityMergeRow } from './merge.rows.js';

export interface MergeInput extends CommandInput {
  kind: EntityKind;
  fromId: number;
  fromVersion: number;
  intoId: number;
  intoVersion: number;
  note?: string | null | undefined;
}

export interface Merged {
  __typename: 'EntitiesMerged';
  entity: EntityView;
  articleCount: number;
  merge: MergeView;
}

/** Has one entity take the place of another: all that names the one names the other from now on, and its slugs lead there. */
export function mergeEntities(ctx: Context, input: MergeInput): Promise<Merged | UserErrorView> {
  return perform(ctx, 'mergeEntities', input, async (tx) => {
    const { kind, fromId, intoId } = input;
    if (fromId === intoId) throw badInput('These are one already.', 'into');
    const note = input.note == null ? null : checkText('note', input.note, { max: 1_000 });
    const { from, into } = await holdBoth(tx, input);
    const at = await nowIn(tx);
    const accountId = accountIdOf(ctx.viewer);
    const wikidataId = into.wikidataId === null ? from.wikidataId : null;
    const merge = { fromId, intoId, note, wikidataId, at, accountId, undoneAt: null };
    const { identifiers } = await tx.manager.insert(EntityMergeRow, merge);
    const { id: mergeId } = identifiers[0] as { id: number };
    await moveReferences(tx, mergeId, from, into);
    await moveLists(tx, fromId, intoId);
    await tx.run(sql`delete from entity_form where entityId = ${fromId}`);
    await writeForms(tx, intoId);
    if (wikidataId !== null) await tx.run(sql`update entity set wikidataId = null where id = ${fromId}`);
    await raiseVersion(tx, fromId, at, sql`mergedInto = ${intoId}`);
    await raiseVersion(tx, intoId, at, sql`wikidataId = ${into.wikidataId ?? wikidataId}`);
    const detail = { merge: mergeId, from: { id: fromId, name: from.name, slug: from.slug } };
    await recordAudit(ctx, tx, { action: 'merge', subject: kind, subjectId: intoId, note, detail });
    const answer: Merged = {
      __typename: 'EntitiesMerged',
      entity: await entityIn(tx, intoId),
      articleCount: await storiesNaming(ctx, tx, intoId),
      merge: await mergeIn(tx, mergeId),
    };
    const change = (op: string, entity: HeldEntity) => ({
      op,
      subject: kind,
      subjectId: entity.id,
      version: entity.version + 1,
      touches: [...entityReach(kind, entity), everyMerge],
    });
    await recordChange(tx, change('ENTITY_MERGED', from));
    await recordChange(tx, change('ENTITY_SAVED', into));
    return answer;
  });
}

/** Both, held in the order of their ids, so that merges that cross wait for one another. */
async function holdBoth(tx: Transaction, input: MergeInput): Promise<{ from: HeldEntity; into: HeldEntity }> {
  const held = new Map<number, HeldEntity | undefined>();
  for (const id of [input.fromId, input.intoId].sort((a, b) => a - b)) held.set(id, await holdEntity(tx, id));
  const { kind, fromId, intoId } = input;
  return {
    from: await checkTarget(
      tx,
      held.get(fromId),
      { kind, id: fromId, expectedVersion: input.fromVersion },
      { id: 'from', version: 'fromVersion' },
    ),
    into: await checkTarget(
      tx,
      held.get(intoId),
      { kind, id: intoId, expectedVersion: input.intoVersion },
      { id: 'into', version: 'intoVersion' },
    ),
  };
}

export const raiseVersion = (tx: Transaction, id: number, at: number, more: Sql): Promise<number> =>
  tx.run(sql`update entity set version = version + 1, updatedAt = ${at}, ${more} where id = ${id}`);

/** Writes down which rows speak of the one, and has them speak of the other. What would then be there twice stays behind. */
async function moveReferences(tx: Transaction, mergeId: number, from: HeldEntity, into: HeldEntity): Promise<void> {
  for (const what of moved) await moveRows(tx, mergeId, what, from.id, into.id, exceptions(into)[what]);
  await moveRows(tx, mergeId, 'entity.mergedInto', from.id, into.id);
  if (from.name === into.name) return;
  const [last] = await tx.read<{ position: number | null }>(
    sql`select max(position) as position from entity_alias where entityId = ${into.id}`,
  );
  const alias = { entityId: into.id, name: from.name, position: (last?.position ?? -1) + 1 };
  if (!(await insertUnlessThere(tx, EntityAliasRow, alias))) return;
  await tx.run(sql`insert into entity_merge_move (mergeId, what, rowId)
      select ${mergeId}, 'name', id from entity_alias where entityId = ${into.id} and name = ${from.name}`);
}

/** What of a reference the survivor has already. */
const exceptions = ({ id, name }: HeldEntity): Partial<Record<Moved, Sql>> => ({
  'entity_alias.entityId': sql`r.name <> ${name}
    and not exists (select 1 from entity_alias s where s.entityId = ${id} and s.name = r.name)`,
  'entity_role.personId': sql`not exists (select 1 from entity_role s where s.personId = ${id} and s.title = r.title
    and s.interim = r.interim and coalesce(s.organisationId, 0) = coalesce(r.organisationId, 0)
    and coalesce(s.placeId, 0) = coalesce(r.placeId, 0) and coalesce(s.startedOn, '') = coalesce(r.startedOn, '')
    and coalesce(s.endedOn, '') = coalesce(r.endedOn, ''))`,
});

async function moveRows(
  tx: Transaction,
  mergeId: number,
  what: Moved | 'entity.mergedInto',
  fromId: number,
  intoId: number,
  except?: Sql,
): Promise<void> {
  const [table, column] = what.split('.').map(raw) as [Sql, Sql];
  const whole = all([sql`r.${column} = ${fromId}`, ...(except ? [except] : [])]);
  await tx.run(
    sql`insert into entity_merge_move (mergeId, what, rowId) select ${mergeId}, ${what}, r.id from ${table} r where ${whole}`,
  );
  await tx.run(
    sql`update ${table} set ${column} = ${intoId} where ${column} = ${fromId} and ${wasMoved(mergeId, what)}`,
  );
}

/** Whether a merge moved a row of the table at hand. */
export const wasMoved = (mergeId: number, what: string): Sql =>
  sql`id in (select rowId from entity_merge_move where mergeId = ${mergeId} and what = ${what})`;

/** Puts what is listed under the one under the other, each publication once. */
async function moveLists(tx: Transaction, fromId: number, intoId: number): Promise<void> {
  const [from, into] = [listOf.entity(fromId), listOf.entity(intoId)];
  await tx.run(sql`update listing set list = ${into} where list = ${from} and publicationId not in
      (select publicationId from (select publicationId from listing where list = ${into}) there)`);
  await tx.run(sql`delete from listing where list = ${from}`);
}

async function storiesNaming(ctx: Context, tx: Transaction, entityId: number): Promise<number> {
  const [row] = await tx.read<{ total: number }>(
    sql`select count(*) as total from listing l where l.list = ${listOf.entity(entityId)} and ${visible(ctx, 'l')}`,
  );
  return row!.total;
}

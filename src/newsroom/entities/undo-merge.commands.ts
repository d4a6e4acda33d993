import { listOf } from '../../articles/list.rules.js';
import { writeForms } from '../../entities/entity-form.commands.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit, recordChange } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';
import { checkText, nowIn } from '../../kernel/write.js';
import { everyMerge } from '../../entities/entity.queries.js';
import { entityReach } from './entity-reach.rules.js';
import { holdEntity, type HeldEntity } from './hold.commands.js';
import { raiseVersion, wasMoved } from './merge.commands.js';
import { mergeIn, type MergeView } from './merge.queries.js';
import { moved } from './merge.rules.js';

export interface MergeUndone {
  __typename: 'MergeUndone';
  merge: MergeView;
}

/** Takes a merge back: exactly what it moved goes back, what was said of the survivor since stays with it. */
export function undoMerge(
  ctx: Context,
  input: CommandInput & { mergeId: number; note?: string | null | undefined },
): Promise<MergeUndone | UserErrorView> {
  return perform(ctx, 'undoMerge', input, async (tx) => {
    const { mergeId } = input;
    const note = input.note == null ? null : checkText('note', input.note, { max: 1_000 });
    const { from, into, wikidataId } = await holdMerge(tx, mergeId);
    const at = await nowIn(tx);
    for (const what of [...moved, 'entity.mergedInto']) await moveBack(tx, mergeId, what, from.id, into.id);
    await tx.run(sql`delete from entity_alias where entityId = ${into.id} and ${wasMoved(mergeId, 'name')}`);
    await splitLists(tx, from.id, into.id);
    for (const { id } of [from, into]) await writeForms(tx, id);
    await raiseVersion(tx, into.id, at, sql`wikidataId = ${into.wikidataId === wikidataId ? null : into.wikidataId}`);
    await raiseVersion(tx, from.id, at, sql`mergedInto = null`);
    if (wikidataId !== null) await giveBack(tx, from.id, wikidataId);
    await tx.run(sql`update entity_merge set undoneAt = ${at} where id = ${mergeId}`);
    await tx.run(sql`delete from entity_merge_move where mergeId = ${mergeId}`);
    const subject = from.kind;
    const detail = { merge: mergeId, from: { id: from.id, name: from.name, slug: from.slug } };
    await recordAudit(ctx, tx, { action: 'undo-merge', subject, subjectId: into.id, note, detail });
    const answer: MergeUndone = { __typename: 'MergeUndone', merge: await mergeIn(tx, mergeId) };
    for (const { id, slug, version } of [from, into]) {
      const touches = [...entityReach(subject, { id, slug }), everyMerge];
      await recordChange(tx, { op: 'ENTITY_SAVED', subject, subjectId: id, version: version + 1, touches });
    }
    return answer;
  });
}

interface MergeColumns {
  fromId: number;
  intoId: number;
  wikidataId: string | null;
  undoneAt: number | null;
  kind: EntityKind;
}

/** The merge and both its entities, held in the order of their ids. */
async function holdMerge(
  tx: Transaction,
  mergeId: number,
): Promise<{ from: HeldEntity; into: HeldEntity; wikidataId: string | null }> {
  const merge = () =>
    tx.read<MergeColumns>(sql`select fromId, intoId, wikidataId, undoneAt from entity_merge where id = ${mergeId}`);
  const [known] = await merge();
  if (!known) throw missing('merge', 'merge');
  const held = new Map<number, HeldEntity>();
  for (const id of [known.fromId, known.intoId].sort((a, b) => a - b)) held.set(id, (await holdEntity(tx, id))!);
  const [now] = await merge();
  if (!now || now.undoneAt !== null) throw badInput('The merge was undone already.', 'merge');
  const [from, into] = [held.get(known.fromId)!, held.get(known.intoId)!];
  if (into.mergedInto !== null) {
    const [next] = await tx.read<{ name: string }>(sql`select name from entity where id = ${into.mergedInto}`);
    throw badInput(`“${into.name}” was merged into “${next!.name}” since: undo that merge first.`, 'merge');
  }
  return { from, into, wikidataId: now.wikidataId };
}

async function moveBack(tx: Transaction, mergeId: number, what: string, fromId: number, intoId: number): Promise<void> {
  const [table, column] = what.split('.').map(raw) as [Sql, Sql];
  await tx.run(
    sql`update ${table} set ${column} = ${fromId} where ${column} = ${intoId} and ${wasMoved(mergeId, what)}`,
  );
}

/** Lists again what names the one under it, and no longer under the other what does not name that. */
async function splitLists(tx: Transaction, fromId: number, intoId: number): Promise<void> {
  const [from, into] = [listOf.entity(fromId), listOf.entity(intoId)];
  await tx.run(sql`insert into listing
        (list, publishedAt, articleId, publicationId, visibleFrom, visibleUntil, partnersFrom, partnersUntil)
      select ${from}, l.publishedAt, l.articleId, l.publicationId, l.visibleFrom, l.visibleUntil, l.partnersFrom, l.partnersUntil
      from (select distinct editionId from mention where entityId = ${fromId}) m
      join publication p on p.editionId = m.editionId
      join listing l on l.publicationId = p.id and l.list = ${listOf.everything}`);
  await tx.run(sql`delete from listing where list = ${into}
      and publicationId in (select publicationId from (select publicationId from listing where list = ${from}) back)
      and publicationId not in (select p.id from publication p join mention m on m.editionId = p.editionId
                                where m.entityId = ${intoId})`);
}

/** The Wikidata id goes back unless somebody else has it by now. */
async function giveBack(tx: Transaction, id: number, wikidataId: string): Promise<void> {
  const [holder] = await tx.read<{ id: number }>(sql`select id from entity where wikidataId = ${wikidataId}`);
  if (!holder) await tx.run(sql`update entity set wikidataId = ${wikidataId} where id = ${id}`);
}

import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { queueText, recordAudit, recordChange } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { dropPending, openIntervalOf, recallAll } from './interval.commands.js';
import { move, type HeldStory } from './story.commands.js';
import type { WorkflowState } from './workflow.rules.js';

/** Ends what readers and partners see of a held story, and tells audit and feed of it. */
export async function takeDown(
  ctx: Context,
  tx: Transaction,
  story: HeldStory,
  {
    transition,
    note,
    publicNote = null,
  }: { transition: 'WITHDRAW' | 'KILL'; note: string | null; publicNote?: string | null },
): Promise<void> {
  const touches = await recallAll(tx, story.id, story.now);
  await move(tx, story, transition);
  const subject = { subject: 'Article', subjectId: story.id };
  const isForGood = transition === 'KILL';
  await recordAudit(ctx, tx, { ...subject, action: isForGood ? 'kill' : 'withdraw', note });
  const op = isForGood ? 'KILLED' : 'WITHDRAWN';
  await recordChange(tx, { ...subject, op, version: story.version + 1, note: publicNote, touches });
}

/** Takes back what a held story was scheduled for, before its moment: what readers see stays. */
export async function takeOffSchedule(
  ctx: Context,
  tx: Transaction,
  story: HeldStory,
  note: string | null,
): Promise<void> {
  await dropPending(tx, story.id, story.now);
  await queueText(tx, story.id);
  await move(tx, story, 'UNSCHEDULE', await stateWithoutSchedule(tx, story.id));
  await recordAudit(ctx, tx, { action: 'unschedule', subject: 'Article', subjectId: story.id, note });
}

async function stateWithoutSchedule(tx: Transaction, articleId: number): Promise<WorkflowState> {
  if (!(await openIntervalOf(tx, articleId))) return 'APPROVED';
  const corrections = await tx.read<{ id: number }>(
    sql`select id from correction where articleId = ${articleId} limit 1`,
  );
  return corrections.length > 0 ? 'CORRECTED' : 'PUBLISHED';
}

/** Whether readers or partners ever saw a story; some partners have it before its moment (`src/syndication/feed`). */
export async function wasSeen(tx: Transaction, { id, now }: HeldStory): Promise<boolean> {
  const begun = await tx.read<{ id: number }>(
    sql`select id from publication where articleId = ${id} and (visibleFrom <= ${now} or partnersFrom <= ${now})
        union all select articleId from partner_story where articleId = ${id} limit 1`,
  );
  return begun.length > 0;
}

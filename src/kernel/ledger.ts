import type { Context } from './context.js';
import type { Transaction } from './database.js';
import { AuditRow, ChangeRow, OutboxRow } from './ledger.rows.js';
import { sql } from './sql.js';
import { accountIdOf } from './viewer.js';
import { insertMany, nowIn } from './write.js';

/** When a job of the outbox is due that is not tried any more. */
export const never = 253_402_300_799_999;

export interface AuditEntry {
  action: string;
  subject: string;
  subjectId: number;
  note?: string | null | undefined;
  detail?: unknown;
  /** Who did it, when not the viewer. */
  accountId?: number;
}

/** Writes down who did what to what, in the transaction that does it. */
export async function recordAudit(ctx: Context, tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.manager.insert(AuditRow, {
    at: await nowIn(tx),
    accountId: entry.accountId ?? accountIdOf(ctx.viewer),
    action: entry.action,
    subject: entry.subject,
    subjectId: entry.subjectId,
    note: entry.note ?? null,
    detail: (entry.detail ?? null) as object,
  });
}

export interface ChangeEntry {
  op: string;
  subject: string;
  subjectId: number;
  version: number;
  publicationId?: number | null;
  note?: string | null | undefined;
  /** Tags of what else looks different from now on: lists, addresses, stories it stands beside. */
  touches?: readonly string[];
}

/**
 * Enters a change into the feed and into the outbox; gives its sequence. Call it last: from here to the commit,
 * everybody else who changes something waits, which is what makes sequence order commit order.
 */
export async function recordChange(tx: Transaction, entry: ChangeEntry): Promise<number> {
  const at = await nowIn(tx);
  tx.isFelt = true;
  await tx.run(sql`update counter set value = value + 1 where name = 'change'`);
  const [counter] = await tx.read<{ value: number }>(sql`select value from counter where name = 'change'`);
  const seq = counter!.value;
  const touches = (entry.touches ?? null) as object;
  const change = { ...entry, publicationId: entry.publicationId ?? null, note: entry.note ?? null, touches };
  await tx.manager.insert(ChangeRow, { ...change, seq, at });
  await queueJob(tx, 'change', { seq, op: entry.op, subject: entry.subject, subjectId: entry.subjectId });
  return seq;
}

/** Leaves a job for after the commit. */
export async function queueJob(tx: Transaction, topic: string, payload: object): Promise<void> {
  const now = await nowIn(tx);
  await tx.manager.insert(OutboxRow, {
    topic,
    payload,
    createdAt: now,
    availableAt: now,
    attempts: 0,
    lastError: null,
  });
}

/** Says that a story has another text, or will be seen at another moment, of which the feed of changes says nothing. */
export const queueText = (tx: Transaction, articleId: number): Promise<void> =>
  queueJob(tx, 'text', { subject: 'Article', subjectId: articleId });

/** As `queueText`, for many stories at once. */
export const queueTexts = (tx: Transaction, articleIds: readonly number[]): Promise<void> =>
  queueJob(tx, 'texts', { articleIds });

/**
 * Enters many changes into the feed, one sequence after the other; gives the first. Call it last, as `recordChange`;
 * what they reach is said by `touchEverything`, and what follows is left to `queueTexts`.
 */
export async function recordManyChanges(
  tx: Transaction,
  entries: readonly (Omit<ChangeEntry, 'touches' | 'note'> & { publicationId: number | null })[],
): Promise<number> {
  const at = await nowIn(tx);
  tx.isFelt = true;
  await tx.run(sql`update counter set value = value + ${entries.length} where name = 'change'`);
  const [counter] = await tx.read<{ value: number }>(sql`select value from counter where name = 'change'`);
  const first = counter!.value - entries.length + 1;
  await insertMany(
    tx,
    ChangeRow,
    entries.map((entry, i) => ({ ...entry, seq: first + i, at, note: null, touches: null })),
  );
  return first;
}

/** Says that anything may look different from now on: after what is brought in, or changes what stands on all pages. */
export async function touchEverything(tx: Transaction): Promise<void> {
  tx.isFelt = true;
  await tx.run(sql`update counter set value = value + 1 where name = 'everything'`);
}

/** Says that what begins by itself, or when, was changed. */
export async function touchSchedule(tx: Transaction): Promise<void> {
  tx.isFelt = true;
  await tx.run(sql`update counter set value = value + 1 where name = 'schedule'`);
}

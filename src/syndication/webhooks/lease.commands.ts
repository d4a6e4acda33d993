import { randomBytes } from 'node:crypto';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { recordAudit } from '../../kernel/ledger.js';
import { dayOf } from '../../kernel/scalars.js';
import { nothing, sql, type Sql } from '../../kernel/sql.js';
import { insertUnlessThere, nowIn } from '../../kernel/write.js';
import { addUsage } from '../usage/usage.commands.js';
import type { Due, DueLetter, HeldWebhook, Told } from './delivery.queries.js';
import type { Answer } from './send.js';
import { WebhookDeadLetterRow } from './webhook.rows.js';
import { mostDeadInRow } from './webhook.words.js';

/** An endpoint that is sent to by nobody else, for so long after each thing that was written down. */
export interface Lease {
  webhookId: number;
  token: string;
  ms: number;
}

/** What came of sending a change. */
export interface Outcome extends Pick<Answer, 'status' | 'error'> {
  /** The product of the story that was in it. */
  given: number | null;
}

/** Takes an endpoint to send to it, unless somebody else was faster. */
export async function takeLease(ctx: Context, due: Due, ms: number): Promise<Lease | null> {
  const token = randomBytes(16).toString('base64url');
  const taken = await ctx.database.transaction((tx) =>
    tx.run(
      sql`update webhook set lease = ${token}, leasedUntil = ${tx.now} + ${ms}
          where id = ${due.id} and state = 'ACTIVE' and leasedUntil = ${due.leasedUntil} and nextAt = ${due.nextAt}`,
    ),
  );
  return taken === 1 ? { webhookId: due.id, token, ms } : null;
}

export const giveBack = (ctx: Context, { webhookId, token }: Lease): Promise<number> =>
  ctx.database.transaction((tx) =>
    tx.run(sql`update webhook set lease = null, leasedUntil = 0 where id = ${webhookId} and lease = ${token}`),
  );

/**
 * Writes down what came of something, if the endpoint is still ours and as it was; that prolongs the lease. Says whether it
 * was.
 */
async function note(tx: Transaction, { webhookId, token, ms }: Lease, asItWas: Sql, values: Sql): Promise<boolean> {
  const held = sql`id = ${webhookId} and lease = ${token} and ${asItWas}`;
  return (await tx.run(sql`update webhook set ${values}, leasedUntil = ${tx.now} + ${ms} where ${held}`)) === 1;
}

/** An endpoint has taken a change, and does not want those that were passed over. */
export const noteTaken = (
  ctx: Context,
  lease: Lease,
  webhook: HeldWebhook,
  seq: number,
  { status, given }: Outcome,
): Promise<boolean> =>
  ctx.database.transaction(async (tx) => {
    const taken = sql`place = ${seq}, attempts = 0, nextAt = 0, deadInRow = 0, deliveredAt = ${tx.now},
                      lastStatus = ${status}, lastError = null`;
    if (!(await note(tx, lease, sql`place = ${webhook.place}`, taken))) return false;
    await countGiven(tx, webhook, given);
    return true;
  });

/** A story that was taken counts as given, on the day of it; no key of the partner's had a part in that. */
async function countGiven(
  tx: Transaction,
  { partnerId, now }: HeldWebhook,
  productId: Outcome['given'],
): Promise<void> {
  if (productId === null) return;
  await addUsage(tx, [{ partnerId, day: dayOf(now), keyId: 0, productId, requests: 0, stories: 1, cost: 0 }]);
}

/** An endpoint does not want what was passed over, unless somebody has changed what it wants meanwhile. */
export const notePassed = (
  ctx: Context,
  lease: Lease,
  { place, version }: HeldWebhook,
  seq: number,
): Promise<boolean> =>
  ctx.database.transaction((tx) =>
    note(tx, lease, sql`place = ${place} and version = ${version}`, sql`place = ${seq}`),
  );

/**
 * An endpoint has not taken a change: it is tried again after a wait, or given up; one that seems dead is paused. Where
 * somebody has changed it or resumed it meanwhile, that counts, and the try does not.
 */
export async function noteFailed(
  ctx: Context,
  lease: Lease,
  webhook: HeldWebhook,
  told: Told,
  { status, error }: Outcome,
  wait: number | null,
): Promise<void> {
  const attempts = webhook.attempts + 1;
  const asItWas = sql`version = ${webhook.version}`;
  const outcome = sql`lastStatus = ${status}, lastError = ${error}`;
  await ctx.database.transaction(async (tx) => {
    if (status === 410) {
      const because = 'It answered 410 Gone: nothing is to be sent there any more.';
      if (await note(tx, lease, asItWas, sql`${outcome}, attempts = ${attempts}${paused(because)}`)) {
        await auditPause(ctx, tx, webhook.id, because);
      }
      return;
    }
    if (wait !== null) {
      const later = sql`${outcome}, attempts = ${attempts}, nextAt = ${tx.now} + ${wait}`;
      await note(tx, lease, asItWas, later);
      return;
    }
    const deadInRow = webhook.deadInRow + 1;
    const isDead = deadInRow >= mostDeadInRow;
    const because = `It did not take ${deadInRow} changes in a row, each tried ${attempts} times in more than a day.`;
    const onward = sql`${outcome}, place = ${told.seq}, attempts = 0, nextAt = 0, deadInRow = ${deadInRow}`;
    if (!(await note(tx, lease, asItWas, sql`${onward}${isDead ? paused(because) : nothing}`))) return;
    await bury(tx, webhook.id, told, { attempts, status, error: error ?? '' });
    if (isDead) await auditPause(ctx, tx, webhook.id, because);
  });
}

const paused = (because: string): Sql => sql`, state = 'PAUSED', pausedBecause = ${because}`;

const auditPause = (ctx: Context, tx: Transaction, webhookId: number, note: string): Promise<void> =>
  recordAudit(ctx, tx, { action: 'pause', subject: 'Webhook', subjectId: webhookId, note });

/** Keeps a change that was given up; one that was given up before is still one. */
async function bury(
  tx: Transaction,
  webhookId: number,
  { seq, kind }: Told,
  outcome: { attempts: number; status: number | null; error: string },
): Promise<void> {
  const at = await nowIn(tx);
  if (await insertUnlessThere(tx, WebhookDeadLetterRow, { webhookId, seq, kind, at, dueAt: null, ...outcome })) return;
  await tx.manager.update(WebhookDeadLetterRow, { webhookId, seq }, { at, dueAt: null, ...outcome });
}

/** A change that was sent again on request was taken, or stays given up. */
export const noteLetter = (
  ctx: Context,
  lease: Lease,
  webhook: HeldWebhook,
  letter: DueLetter,
  { status, error, given }: Outcome,
): Promise<unknown> =>
  ctx.database.transaction(async (tx) => {
    const { webhookId, token, ms } = lease;
    const held = sql`id = ${webhookId} and lease = ${token}`;
    const isOurs = (await tx.run(sql`update webhook set leasedUntil = ${tx.now} + ${ms} where ${held}`)) === 1;
    if (!isOurs) return;
    if (error === null) {
      await tx.manager.delete(WebhookDeadLetterRow, { id: letter.id });
      await tx.run(sql`update webhook set deliveredAt = ${tx.now}, deadInRow = 0 where id = ${webhookId}`);
      await countGiven(tx, webhook, given);
      return;
    }
    const outcome = { at: await nowIn(tx), dueAt: null, attempts: letter.attempts + 1, status, error };
    await tx.manager.update(WebhookDeadLetterRow, { id: letter.id }, outcome);
  });

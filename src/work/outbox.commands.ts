import type { Context } from '../kernel/context.js';
import { never } from '../kernel/ledger.js';
import { OutboxRow } from '../kernel/ledger.rows.js';
import { type Sql, sql } from '../kernel/sql.js';
import { nowIn } from '../kernel/write.js';

/** What is to be done after a commit; what it throws is tried again later. It may be done twice. */
export type Handler = (payload: unknown) => Promise<void>;

/** Who follows up on which topic: each of them does, also when another fails; then all are asked again later. */
export type Handlers = Readonly<Record<string, readonly Handler[]>>;

/** How long somebody has a job to himself, and how often a job is tried before it is left for a human to look at. */
const leaseMs = 60_000;
const mostAttempts = 8;
const atOnce = 50;

interface Job {
  id: number;
  topic: string;
  payload: string;
  availableAt: number;
  attempts: number;
}

/**
 * Does what waits in the outbox, or the part of it that a condition names; a job is had by one worker at a time, by the
 * database's clock. Gives how many were done.
 */
export async function doJobs(ctx: Context, handlers: Handlers, part: Sql = sql`1 = 1`): Promise<number> {
  const due = await ctx.database.read<Job>(
    sql`select id, topic, payload, availableAt, attempts from outbox where availableAt <= ${ctx.database.now} and ${part}
        order by availableAt, id limit ${atOnce}`,
    'primary',
  );
  let done = 0;
  for (const job of due) if ((await claim(ctx, job)) && (await attempt(ctx, job, handlers))) done += 1;
  return done;
}

function claim(ctx: Context, { id, availableAt }: Job): Promise<boolean> {
  return ctx.database.transaction(async (tx) => {
    const lease = sql`availableAt = ${tx.now} + ${leaseMs}, attempts = attempts + 1`;
    return (await tx.run(sql`update outbox set ${lease} where id = ${id} and availableAt = ${availableAt}`)) === 1;
  });
}

async function attempt(ctx: Context, job: Job, handlers: Handlers): Promise<boolean> {
  try {
    await followUp(handlers[job.topic] ?? [], JSON.parse(job.payload));
  } catch (error) {
    await postpone(ctx, job, error);
    return false;
  }
  await ctx.database.transaction(async (tx) => {
    await tx.manager.delete(OutboxRow, { id: job.id });
  });
  return true;
}

async function followUp(handlers: readonly Handler[], payload: unknown): Promise<void> {
  const ended = await Promise.allSettled(handlers.map((handle) => handle(payload)));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

/** A job that failed is due again after 2, 4, 8… seconds; after eight tries it is left. */
async function postpone(ctx: Context, { id, attempts }: Job, error: unknown): Promise<void> {
  const tried = attempts + 1;
  await ctx.database.transaction(async (tx) => {
    const availableAt = tried >= mostAttempts ? never : (await nowIn(tx)) + 1_000 * 2 ** tried;
    const lastError = String(error).slice(0, 500);
    await tx.run(sql`update outbox set availableAt = ${availableAt}, lastError = ${lastError} where id = ${id}`);
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { enterDueFronts } from '../fronts/schedule.commands.js';
import type { Context } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import type { MakeBody } from '../syndication/webhooks/delivery.commands.js';
import { catchUp } from '../syndication/feed/catch-up.commands.js';
import type { Cdn } from './cdn.js';
import { runDeliveries } from './deliveries.js';
import { doJobs, type Handlers } from './outbox.commands.js';
import { enterPurge, purge, purgeChanged } from './purge.commands.js';
import { enterDue } from './schedule.commands.js';

export interface Worker {
  /** Finishes what it is at and stops. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  contextOf: () => Context;
  handlers: Handlers;
  /** Who keeps answers between us and readers, when somebody does. */
  cdn?: Cdn | undefined;
  /** Makes what partners' endpoints are sent; nothing is sent without it. */
  makeBody?: MakeBody | undefined;
  onError: (error: unknown) => void;
  /** How long it rests when there was nothing to do, in milliseconds. */
  rest?: number;
}

const answersKeptMs = 48 * 3_600_000;
const sweepEveryMs = 600_000;

/** Does what falls due, until it is stopped: what was scheduled, what waits in the outbox, what is kept long enough. */
export function startWorker(options: WorkerOptions): Worker {
  const { contextOf, handlers, cdn, makeBody, onError, rest = 1_000 } = options;
  const stopping = new AbortController();
  let swept = -Infinity;
  const round = async (): Promise<number> => {
    const ctx = contextOf();
    if (performance.now() - swept > sweepEveryMs) {
      swept = performance.now();
      await sweep(ctx);
    }
    const entered = (await enterDue(ctx)) + (await enterDueFronts(ctx));
    await catchUp(ctx);
    return entered + (await doJobs(ctx, handlers, cdn && sql`topic <> ${purge}`));
  };
  /** Beside the other work, which must not wait for somebody else's machines. */
  const purgeRound = async (to: Cdn): Promise<number> => {
    const ctx = contextOf();
    await enterPurge(ctx);
    return doJobs(ctx, { [purge]: [() => purgeChanged(ctx, to, stopping.signal)] }, sql`topic = ${purge}`);
  };
  const run = async (round: () => Promise<number>) => {
    while (!stopping.signal.aborted) {
      const done = await round().catch((error: unknown) => {
        onError(error);
        return 0;
      });
      if (done === 0) await sleep(rest, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const { signal } = stopping;
  const running = Promise.all([
    run(round),
    ...(cdn ? [run(() => purgeRound(cdn))] : []),
    ...(makeBody ? [runDeliveries({ contextOf, makeBody, onError, signal, rest })] : []),
  ]);
  return {
    stop: () => {
      stopping.abort();
      return running.then(() => undefined);
    },
  };
}

/** Forgets answers of mutations that nobody will ask for again. */
async function sweep(ctx: Context): Promise<void> {
  await ctx.database.transaction((tx) =>
    tx.run(sql`delete from idempotency where createdAt < ${tx.now} - ${answersKeptMs}`),
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../kernel/context.js';
import { catchUp } from '../syndication/feed/catch-up.commands.js';
import { deliver, type DeliveryOptions } from '../syndication/webhooks/delivery.commands.js';
import { dueWebhooks, type Due } from '../syndication/webhooks/delivery.queries.js';

/** How many endpoints a process sends to at once, and how many of these may be such that failed the last time. */
const atOnce = 16;
const failingAtOnce = atOnce / 2;
/** Of one partner, so that his slow endpoints keep nobody else waiting. */
const ofPartnerAtOnce = atOnce / 4;

interface Options extends Omit<DeliveryOptions, 'isStopping'> {
  contextOf: () => Context;
  signal: AbortSignal;
  /** How long it rests when there was nothing to do, in milliseconds. */
  rest: number;
}

/** Sends partners what they were told of, to many endpoints beside one another, until it is stopped. */
export async function runDeliveries({ contextOf, signal, rest, ...options }: Options): Promise<void> {
  const running = new Map<number, Due>();
  const begin = async ({ ...due }: Due): Promise<void> => {
    running.set(due.id, due);
    await deliver(contextOf(), due, { ...options, isStopping: () => signal.aborted }).catch(options.onError);
    running.delete(due.id);
  };
  while (!signal.aborted) {
    const among = (which: (due: Due) => boolean): number => [...running.values()].filter(which).length;
    let begun = 0;
    if (running.size < atOnce) {
      const due = await lookAround(contextOf()).catch((error: unknown) => {
        options.onError(error);
        return [];
      });
      for (const each of inAnyOrder(due)) {
        const hasRoom =
          running.size < atOnce &&
          (each.attempts === 0 || among(({ attempts }) => attempts > 0) < failingAtOnce) &&
          among(({ partnerId }) => partnerId === each.partnerId) < ofPartnerAtOnce;
        if (!hasRoom || running.has(each.id)) continue;
        void begin(each);
        begun += 1;
      }
    }
    const pause = begun === 0 && running.size === 0 ? rest : Math.min(rest, 100);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
  while (running.size > 0) await sleep(20);
}

/** Tells partners what there is to tell, then looks who is to be sent something. */
async function lookAround(ctx: Context): Promise<Due[]> {
  await catchUp(ctx);
  return dueWebhooks(ctx, 4 * atOnce);
}

/** In another order for each process, so that they seldom reach for the same endpoint. */
const inAnyOrder = (due: readonly Due[]): Due[] =>
  due
    .map((each) => ({ each, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each);

import type { GraphQLError } from 'graphql';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Meter } from './context.js';

/** Takes a cost from a quota, and waits while that is spent; says whether it is still wanted. */
export async function isPaid(meter: Meter, cost: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await meter.charge(cost);
      return true;
    } catch (error) {
      const { code, retryAfter } = (error as Partial<GraphQLError>).extensions ?? {};
      if (code !== 'RATE_LIMITED') throw error;
      await sleep(1_000 * Number(retryAfter), undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}

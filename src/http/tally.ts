import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { SharedRedis } from './redis.js';

/** What was counted under a name in the minute that began with the first. */
export interface Counted {
  points: number;
  /** Until it begins anew, in milliseconds. */
  msLeft: number;
}

/** Counts by the minute: for all nodes where there is a Redis, for this process alone where there is none. */
export interface Tally {
  /** Adds to what is counted, or takes away; says how much it is now. */
  count(name: string, points: number): Promise<Counted>;
}

const windowSeconds = 60;
/** What is allowed is for who counts to say. */
const allowed = { points: Number.MAX_SAFE_INTEGER, duration: windowSeconds, keyPrefix: 'newsgraph:tally' };

/** `nameOf` makes names that tell others at the same Redis nothing, and that no other newsroom has. */
export function openTally(nameOf: (name: string) => string, redis?: SharedRedis): Tally {
  const own = new RateLimiterMemory(allowed);
  const shared = redis && new RateLimiterRedis({ ...allowed, storeClient: redis.client });
  const countWith = async (limiter: RateLimiterAbstract, name: string, points: number): Promise<Counted> => {
    const { consumedPoints, msBeforeNext } = await limiter.penalty(name, points);
    return { points: consumedPoints, msLeft: Math.max(0, msBeforeNext) };
  };
  return {
    count: async (name, points) => {
      const key = nameOf(name);
      if (redis?.isThere) {
        try {
          return await redis.inTime(countWith(shared!, key, points));
        } catch (error) {
          redis.lost(error);
        }
      }
      return countWith(own, key, points);
    },
  };
}

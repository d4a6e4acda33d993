import type { FastifyReply } from 'fastify';
import type { Meter, QuotaLeft } from '../kernel/context.js';
import type { KnownPartner } from '../syndication/partners/key.queries.js';
import type { UsageCounters } from '../syndication/usage/usage.counters.js';
import { tooMany } from './retry-after.js';
import type { Counted, Tally } from './tally.js';

/** What a partner without quotas of his own may take in a minute. */
export interface Quotas {
  requests: number;
  cost: number;
}

interface MeterOptions {
  tally: Tally;
  counters: UsageCounters;
  quotas: Quotas;
  reply?: FastifyReply | undefined;
}

/** Counts a request that was let in, and makes what counts the rest of it; RATE_LIMITED when there were too many. */
export async function meterFor(
  { viewer, now, requestsPerMinute, costPerMinute }: KnownPartner,
  { tally, counters, quotas, reply }: MeterOptions,
): Promise<Meter> {
  const { partnerId, keyId } = viewer;
  const began = performance.now();
  /** Streams go on for days: what they tell counts on the day on which they do. */
  const own = () => ({ partnerId, keyId, at: now + performance.now() - began });
  const most = { requests: requestsPerMinute ?? quotas.requests, cost: costPerMinute ?? quotas.cost };
  const leftOf = (name: keyof Quotas, counted: Counted): QuotaLeft => ({
    limit: most[name],
    remaining: Math.max(0, most[name] - counted.points),
    resetIn: Math.ceil(counted.msLeft / 1_000),
  });
  const said: string[] = [];
  const say: typeof leftOf = (name, counted) => {
    const left = leftOf(name, counted);
    said.push(`"${name}";r=${left.remaining};t=${left.resetIn}`);
    reply
      ?.header('ratelimit-policy', `"requests";q=${most.requests};w=60, "cost";q=${most.cost};w=60`)
      .header('ratelimit', said.join(', '));
    return left;
  };

  const requests = await tally.count(`requests ${partnerId}`, 1);
  say('requests', requests);
  if (requests.points > most.requests) {
    throw tooMany(`You have made your ${most.requests} requests of this minute.`, requests.msLeft);
  }
  counters.add({ ...own(), productId: 0 }, { requests: 1 });

  const counting = (tell: typeof leftOf): Meter => {
    const given = new Set<string>();
    return {
      charge: async (cost) => {
        const counted = await tally.count(`cost ${partnerId}`, cost);
        if (counted.points > most.cost) {
          const before = await tally.count(`cost ${partnerId}`, -cost);
          const { remaining } = tell('cost', before);
          const message = `This costs ${cost}, and of your ${most.cost} of this minute ${remaining} are left.`;
          throw tooMany(message, counted.msLeft);
        }
        counters.add({ ...own(), productId: 0 }, { cost });
        return tell('cost', counted);
      },
      story: ({ productId, publicationId }) => {
        const name = `${productId} ${publicationId}`;
        if (given.has(name)) return;
        given.add(name);
        counters.add({ ...own(), productId }, { stories: 1 });
      },
      forEvent: () => counting(leftOf),
    };
  };
  return counting(say);
}

import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a server goes away without a reader noticing. */
export interface Drain {
  isDraining: () => boolean;
  /** Says so to load balancers, gives them so long to hear it, and lets what runs finish. */
  drain: (notice: number) => Promise<void>;
}

/** Whoever is not done after so many milliseconds is cut off. */
export function createDrain(server: FastifyInstance, longest = 10_000): Drain {
  let draining = false;
  server.addHook('onSend', async (_, reply) => {
    if (draining) reply.header('connection', 'close');
  });
  return {
    isDraining: () => draining,
    drain: async (notice) => {
      draining = true;
      await sleep(notice);
      const late = setTimeout(() => server.server.closeAllConnections(), longest - notice);
      await server.close().finally(() => clearTimeout(late));
    },
  };
}

import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';

const longest = 10_000;

/** How a server goes away without a reader noticing. */
export interface Drain {
  isDraining: () => boolean;
  /** Says so to load balancers, gives them so long to hear it, and lets what runs finish; takes at most 10 seconds. */
  drain: (notice: number) => Promise<void>;
}

export function createDrain(server: FastifyInstance): Drain {
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

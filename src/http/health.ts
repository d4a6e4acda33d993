import type { FastifyInstance } from 'fastify';
import type { Database } from '../kernel/database.js';
import { migrationStatus } from '../kernel/migrate.js';
import { raw } from '../kernel/sql.js';

const patienceMs = 1_000;

/** `/healthz` says that the process lives, `/readyz` that it can answer: database there, up to date, not going down. */
export function routeHealth(server: FastifyInstance, database: Database, isDraining: () => boolean): void {
  let upToDate = false;
  const checks: Record<string, () => Promise<boolean>> = {
    draining: async () => !isDraining(),
    database: async () => (await within(database.read(raw('select 1 as one')))) !== undefined,
    migrations: async () => {
      upToDate ||= (await within(migrationStatus(database)))?.every(({ done }) => done) ?? false;
      return upToDate;
    },
  };

  server.get('/healthz', async () => ({ status: 'ok' }));

  server.get('/readyz', async (_, reply) => {
    for (const [name, isFine] of Object.entries(checks)) {
      if (!(await isFine())) return reply.code(503).send({ status: 'not ready', because: name });
    }
    return { status: 'ready' };
  });
}

/** What a promise gives within a second, or nothing when it fails or takes longer. */
function within<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  return Promise.race([promise.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}

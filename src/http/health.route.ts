import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../kernel/database.js';
import { migrationStatus } from '../kernel/migrate.js';
import { raw } from '../kernel/sql.js';

const patience = 1_000;

/** `/healthz`: the process is alive. `/readyz`: it can answer, so send it readers; it says which check failed, not why. */
export function healthRoutes(server: FastifyInstance, database: Database, isDraining: () => boolean): void {
  const quiet = { logLevel: 'warn' } as const;
  const checks = {
    database: shared(() => database.read(raw('select 1 as one'), 'primary').then(() => true)),
    migrations: remembered(shared(() => allMigrated(database))),
    draining: async () => !isDraining(),
  };

  server.get('/healthz', quiet, async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  server.get('/readyz', quiet, async (_, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => ((await inTime(check)) ? [] : name)),
    );
    const failed = results.flat();
    return reply
      .code(failed.length === 0 ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(failed.length === 0 ? { status: 'ready' } : { status: 'unavailable', failed });
  });
}

type Check = () => Promise<boolean>;

async function allMigrated(database: Database): Promise<boolean> {
  return (await migrationStatus(database)).every(({ done }) => done);
}

async function inTime(check: Check): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(patience, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    timer.abort();
  }
}

/** While a check runs, whoever asks waits for that one: probes never pile up on a database that hangs. */
function shared(check: Check): Check {
  let running: Promise<boolean> | undefined;
  return () => (running ??= check().finally(() => (running = undefined)));
}

/** Once it was so, it is not asked again. */
function remembered(check: Check): Check {
  let passed = false;
  return async () => (passed ||= await check());
}

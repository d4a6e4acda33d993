import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config.js';
import { raw } from '../../../src/kernel/sql.js';
import { openStorage } from '../../../src/storage.js';
import { cpuMs } from '../meters.js';
import { startServer, stopAll } from '../processes.js';
import { askingFor } from '../requests.js';
import { baselineScript, environment } from '../sides.js';

/** What one cold start took until the first article page was answered, in seconds. */
export interface Start {
  cpu: number;
  wall: number;
}

export interface Starts {
  ours: Start[];
  'by hand': Start[];
}

/** Starts the service on a database that has the samples, and the endpoint by hand on the same, in turn. */
export async function starts(serve: readonly string[], times: number): Promise<Starts> {
  const folder = await mkdtemp(join(tmpdir(), 'newsgraph-start-'));
  const url = `sqlite:${join(folder, 'samples.sqlite')}`;
  const env = { ...environment(url), MEDIA_DIR: join(folder, 'media'), NODE_ENV: 'development' };
  try {
    await loadSamples(serve, env);
    const slug = await someSlug(url);
    const found: Starts = { ours: [], 'by hand': [] };
    for (let i = 0; i < times; i++) {
      found.ours.push(await startOnce(serve, env, (origin) => askingFor(origin, 'article', slug)));
      found['by hand'].push(await startOnce([baselineScript], env, (origin) => fetch(`${origin}/article/${slug}`)));
    }
    return found;
  } finally {
    await stopAll();
    await rm(folder, { recursive: true });
  }
}

async function startOnce(
  args: readonly string[],
  env: Record<string, string>,
  ask: (origin: string) => Promise<Response>,
): Promise<Start> {
  const began = performance.now();
  const { pid } = await startServer(args, env, ask);
  const start = { cpu: (cpuMs(pid) ?? NaN) / 1_000, wall: (performance.now() - began) / 1_000 };
  await stopAll();
  return start;
}

async function loadSamples(serve: readonly string[], env: Record<string, string>): Promise<void> {
  const args = [...serve.slice(0, -1), 'sample'];
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
}

async function someSlug(url: string): Promise<string> {
  const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  try {
    const [row] = await database.read<{ slug: string }>(raw('select slug from publication order by id limit 1'));
    return row!.slug;
  } finally {
    await database.close();
  }
}

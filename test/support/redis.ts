import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';

declare global {
  /** Whether Redis can be started here: set by the jest project. */
  var testRedis: boolean;
}

export const describeWithRedis = globalThis.testRedis ? describe : describe.skip;

/** A Redis of a test's own, which it may kill and freeze. */
export interface TestRedis {
  url: string;
  /** To look at what is in it, and to put something there. */
  client: Redis;
  /** What nodes left in it, by name. */
  answers(): Promise<string[]>;
  kill(): Promise<void>;
  /** Starts it again after it was killed, empty. */
  start(): Promise<void>;
  /** It takes connections and says nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export async function startRedis(password?: string): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-redis-'));
  const port = await freePort();
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder];
  const url = `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}/3`;
  let server: ChildProcess;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  const start = async () => {
    server = spawn('redis-server', [...settings, ...(password ? ['--requirepass', password] : [])], {
      stdio: 'ignore',
    });
    await (client.status === 'wait' ? client.connect().catch(() => undefined) : undefined);
    while (client.status !== 'ready') await sleep(5);
  };
  const kill = async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  await start();
  return {
    url,
    client,
    answers: () => client.keys('newsgraph:answer:*'),
    kill,
    start,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    stop: async () => {
      client.disconnect();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

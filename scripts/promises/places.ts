import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { readConfig } from '../../src/config.js';
import type { Database } from '../../src/kernel/database.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { openStorage } from '../../src/storage.js';
import { freePort } from '../bench/processes.js';

/** Where a promise is tried: a database of its own, which is gone afterwards. */
export interface Place {
  kind: 'SQLite' | 'MariaDB';
  url: string;
  open(): Promise<Database>;
  /** Kills the database's server and starts it again; nothing where there is none. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

export type PlaceKind = 'sqlite' | 'mariadb';

export const openPlace = (kind: PlaceKind): Promise<Place> => (kind === 'sqlite' ? sqlitePlace() : mariadbPlace());

const openAt = (url: string) => openStorage(readConfig({ DATABASE_URL: url }).database);

async function sqlitePlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-promises-'));
  const url = `sqlite:${join(folder, 'newsroom.sqlite')}`;
  return {
    kind: 'SQLite',
    url,
    open: () => openAt(url),
    crash: async () => undefined,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A MariaDB server of our own on a free port, with its data in a temporary folder. */
async function mariadbPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-promises-'));
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const options = ['--no-defaults', `--datadir=${join(folder, 'data')}`, ...user];
  try {
    execFileSync('mariadb-install-db', [...options, '--auth-root-authentication-method=normal'], { stdio: 'ignore' });
  } catch {
    throw new OperatorError('This wants MariaDB: install mariadb-server, or choose --on sqlite.');
  }
  const port = await freePort();
  const server = `mysql://root@127.0.0.1:${port}`;
  const listen = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's')}`];
  let running: ChildProcess;
  const start = async () => {
    running = spawn('mariadbd', [...options, ...listen], { stdio: 'ignore' });
    await answers(server);
  };
  const kill = async () => {
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  };
  process.once('exit', () => running.kill('SIGKILL'));
  await start();
  const connection = await createConnection(server);
  await connection.query('create database newsroom character set utf8mb4');
  await connection.end();
  const url = `${server}/newsroom`;
  return {
    kind: 'MariaDB',
    url,
    open: () => openAt(url),
    crash: async () => {
      await kill();
      await start();
    },
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(server: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const connection = await createConnection({ uri: server, connectTimeout: 2_000 }).catch(() => undefined);
    if (connection) return connection.end();
    if (tries === 300) throw new OperatorError('The private MariaDB did not start within a minute.');
    await sleep(200);
  }
}

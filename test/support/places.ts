import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseConfig } from '../../src/config.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import { openStorage } from '../../src/storage.js';

declare global {
  /** `sqlite`, or the address of a MariaDB server: set by the jest project. */
  var testDatabase: string;
}

/** Where a newsroom of a test has its database. */
export interface TestPlace {
  url: string;
  config: DatabaseConfig;
  release(): Promise<void>;
}

/** What the databases of one run of jest begin with. */
const run = process.env.TEST_RUN!;

export const onMariadb = globalThis.testDatabase !== 'sqlite';

/** A database without anything in it, or with the tables of a newsroom that nobody has written to. */
export function placeIn(folder: string, migrated: boolean): Promise<TestPlace> {
  return onMariadb ? (migrated ? borrowed() : bare()) : file(join(folder, 'newsroom.sqlite'), migrated);
}

/** How the database at a newsroom's address is opened once more. */
export const storageOf = (url: string): DatabaseConfig =>
  url.startsWith('sqlite:')
    ? { kind: 'sqlite', path: url.slice('sqlite:'.length) }
    : { kind: 'mysql', url, replicaUrls: [] };

/** A file of its own, copied from one that was migrated once in a run. */
async function file(path: string, migrated: boolean): Promise<TestPlace> {
  if (migrated) {
    const folder = join(tmpdir(), run);
    const seed = join(folder, 'seed.sqlite');
    if (!existsSync(seed)) {
      mkdirSync(folder, { recursive: true });
      const [made, whole] = [1, 2].map(() => join(folder, randomUUID())) as [string, string];
      await migrate({ kind: 'sqlite', path: made }, whole);
      renameSync(whole, seed);
    }
    copyFileSync(seed, path);
  }
  return { url: `sqlite:${path}`, config: { kind: 'sqlite', path }, release: async () => undefined };
}

async function migrate(config: DatabaseConfig, copy?: string): Promise<void> {
  const database = await openStorage(config);
  try {
    await migrateUp(database);
    if (copy) await database.primary.query(`vacuum into '${copy}'`);
  } finally {
    await database.close();
  }
}

const server = String(globalThis.testDatabase)
  .replace(/^mariadb:/, 'mysql:')
  .replace(/(:\/\/[^/]*)\/.*$/, '$1');
const placeAt = (name: string, release: () => Promise<void>): TestPlace => {
  const url = `${server}/${name}`;
  return { url, config: storageOf(url), release };
};
const ask = async (connection: Connection, statement: string) =>
  (await connection.query<RowDataPacket[]>(statement))[0];

async function bare(): Promise<TestPlace> {
  const name = `${run}_${randomUUID().slice(0, 8)}`;
  const connection = await createConnection({ uri: server });
  await connection.query(`create database ${name}`);
  return placeAt(name, async () => {
    await connection.query(`drop database ${name}`);
    await connection.end();
  });
}

/**
 * The first database of this run that no other test has: making some sixty tables takes MariaDB seconds, emptying them
 * far less. Who holds the lock of a name has the database.
 */
async function borrowed(): Promise<TestPlace> {
  const connection = await createConnection({ uri: server, multipleStatements: true });
  await connection.query('set foreign_key_checks = 0');
  const locked = async (name: string, seconds: number) =>
    (await ask(connection, `select get_lock('${name}', ${seconds}) as mine`))[0]!.mine === 1;
  const seed = `${run}_seed`;
  if (!(await locked(seed, 120))) throw new Error('Nobody finished the database that others are copied from.');
  if (!(await isThere(connection, seed))) {
    await connection.query(`create database ${seed}`);
    await migrate(storageOf(`${server}/${seed}`));
  }
  await connection.query(`select release_lock('${seed}')`);
  let name = '';
  for (let n = 1; name === '' || !(await locked(name, 0)); n++) name = `${run}_${n}`;
  if (!(await isLike(connection, name, seed))) {
    await connection.query(`drop database if exists ${name}`);
    await copyTables(connection, seed, name);
  }
  await empty(connection, name);
  for (const table of ['counter', 'migrations', 'migration_lease']) {
    await connection.query(`replace into ${name}.${table} select * from ${seed}.${table}`);
  }
  return placeAt(name, () => connection.end());
}

const isThere = async (connection: Connection, name: string): Promise<boolean> =>
  (await ask(connection, `show databases like '${name}'`)).length > 0;

const tablesOf = async (connection: Connection, name: string): Promise<string[]> =>
  (await ask(connection, `select table_name as name from information_schema.tables where table_schema = '${name}'`))
    .map((row) => String(row.name))
    .sort();

async function isLike(connection: Connection, name: string, seed: string): Promise<boolean> {
  const [mine, all] = [await tablesOf(connection, name), await tablesOf(connection, seed)];
  return mine.join() === all.join();
}

async function copyTables(connection: Connection, from: string, to: string): Promise<void> {
  const made = [];
  for (const table of await tablesOf(connection, from)) {
    made.push((await ask(connection, `show create table ${from}.${table}`))[0]!['Create Table']);
  }
  await connection.query(`create database ${to}; use ${to}; ${made.join('; ')}`);
}

/** Takes out what is in any table, and lets ids begin again; the full text index counts what it had, so it is made anew. */
async function empty(connection: Connection, name: string): Promise<void> {
  const tables = await ask(
    connection,
    `select table_name as name, auto_increment as next from information_schema.tables where table_schema = '${name}'`,
  );
  const there = tables.map(
    ({ name: table }) => `select '${table}' as name from dual where exists (select 1 from ${name}.${table})`,
  );
  const full = new Set((await ask(connection, there.join(' union all '))).map((row) => String(row.name)));
  for (const { name: table, next } of tables) {
    if (next > 1 || (full.has(table) && table === 'search_text'))
      await connection.query(`truncate table ${name}.${table}`);
    else if (full.has(table)) await connection.query(`delete from ${name}.${table}`);
  }
}

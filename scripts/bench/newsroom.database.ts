import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createConnection } from 'mysql2/promise';
import { readConfig } from '../../src/config.js';
import type { Database } from '../../src/kernel/database.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { migrateUp, migrationStatus } from '../../src/kernel/migrate.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { openStorage } from '../../src/storage.js';
import type { Slugs } from './compare.js';
import { entityOf, pictureOf, storyOf, type Scale } from './generate.js';
import { loadNewsroom } from './load.newsroom.js';

export interface Newsroom {
  /** Whether it was there already, with this very content. */
  reused: boolean;
  loadSeconds: number;
  slugs: Slugs;
  databaseVersion: string;
}

/** The table that says that a database is the bench's own, and what is in it. */
const marker = 'bench_newsroom';

/** Sees to it that the database at this address holds the generated newsroom; a database of anybody else is refused. */
export async function prepareNewsroom(
  url: string,
  scale: Scale,
  progress: (done: number, total: number) => void,
): Promise<Newsroom> {
  const wanted = contentOf(scale);
  await createDatabase(url);
  let database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  try {
    const there = await contentIn(database);
    const reused = there === wanted && (await migrationStatus(database)).every(({ done }) => done);
    const started = performance.now();
    if (!reused) {
      if (there !== undefined) {
        await database.close();
        await dropNewsroom(url);
        await createDatabase(url);
        database = await openStorage(readConfig({ DATABASE_URL: url }).database);
      }
      await setContent(database, 'loading');
      await migrateUp(database);
      await loadNewsroom(database, scale, progress);
      await setContent(database, wanted);
    }
    const slugs = async (table: string) =>
      (await database.read<{ slug: string }>(raw(`select slug from ${table} order by id`))).map((row) => row.slug);
    return {
      reused,
      loadSeconds: (performance.now() - started) / 1_000,
      slugs: { article: await slugs('article'), section: await slugs('section') },
      databaseVersion: await versionOf(database),
    };
  } finally {
    await database.close();
  }
}

/** Takes the generated newsroom away. Only for a database that `prepareNewsroom` accepted. */
export async function dropNewsroom(url: string): Promise<void> {
  const { database } = readConfig({ DATABASE_URL: url });
  if (database.kind === 'sqlite') {
    for (const end of ['', '-wal', '-shm']) await rm(database.path + end, { force: true });
  } else {
    await onServer(url, (name) => `drop database if exists ${name}`);
  }
}

async function createDatabase(url: string): Promise<void> {
  if (url.startsWith('sqlite:')) return;
  await onServer(url, (name) => `create database if not exists ${name} character set utf8mb4`);
}

async function onServer(url: string, statement: (name: string) => string): Promise<void> {
  const address = new URL(url.replace(/^mariadb:/, 'mysql:'));
  const name = decodeURIComponent(address.pathname.slice(1));
  if (!/^\w+$/.test(name)) throw new OperatorError(`"${name}" is no name for the bench's database: use letters and _.`);
  address.pathname = '';
  const connection = await createConnection(address.href);
  try {
    await connection.query(statement(`\`${name}\``));
  } finally {
    await connection.end();
  }
}

/** A print of what is generated: it changes with the size and with every change of the generator. */
function contentOf({ articles, entities, named, vocabulary }: Scale): string {
  const scale = { articles, entities, ...(named && { named }), ...(vocabulary !== undefined && { vocabulary }) };
  const some = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => [storyOf(id, scale), entityOf(id), pictureOf(id)]);
  return createHash('sha256')
    .update(JSON.stringify([scale, some]))
    .digest('base64url');
}

async function contentIn(database: Database): Promise<string | undefined> {
  const names =
    database.dialect === 'mysql'
      ? 'select table_name as name from information_schema.tables where table_schema = database()'
      : "select name from sqlite_master where type = 'table'";
  const tables = (await database.read<{ name: string }>(raw(names))).map((row) => row.name);
  if (tables.length === 0) return undefined;
  if (!tables.includes(marker)) {
    throw new OperatorError('That database has tables that are not the bench’s: give it an empty one, or none.');
  }
  const [row] = await database.read<{ content: string }>(raw(`select content from ${marker}`));
  return row?.content ?? '';
}

function setContent(database: Database, content: string): Promise<void> {
  return database.transaction(async (tx) => {
    await tx.run(raw(`create table if not exists ${marker} (content varchar(100) not null)`));
    await tx.run(raw(`delete from ${marker}`));
    await tx.run(sql`insert into ${raw(marker)} (content) values (${content})`);
  });
}

async function versionOf(database: Database): Promise<string> {
  const [text, name] = database.dialect === 'mysql' ? ['version()', ''] : ['sqlite_version()', 'SQLite '];
  const [row] = await database.read<{ version: string }>(raw(`select ${text} as version`));
  return name + row!.version;
}

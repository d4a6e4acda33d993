import Libsql from 'libsql';
import { LRUCache } from 'lru-cache';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseClock, Listeners, transactionOn, type Database } from './database.js';
import { withRetries } from './retry.js';
import type { Sql } from './sql.js';

type Shape = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/**
 * Opens an embedded database file, made when it is not there. TypeORM shares one connection between all transactions,
 * which loses acknowledged writes; so writers take turns at one connection, and readers have their own.
 */
export async function openSqlite(path: string, shape: Shape): Promise<Database> {
  mkdirSync(dirname(path), { recursive: true });
  const writer = await sqliteSource(path, shape).initialize();
  const reader = new Libsql(path);
  setUp(reader, ['query_only = 1']);
  const prepared = new LRUCache<string, Libsql.Statement>({ max: 500 });
  const rowsOf = <Row>({ text, values }: Sql): Row[] => {
    const statement = prepared.get(text) ?? reader.prepare(text);
    prepared.set(text, statement);
    return statement.all(...values) as Row[];
  };
  const listeners = new Listeners();
  const inTurn = turns();

  return {
    dialect: 'sqlite',
    now: databaseClock.sqlite,
    primary: writer,
    position: { value: 0 },
    read: <Row>(statement: Sql) => listeners.tell(statement.text, async () => rowsOf<Row>(statement)),
    snapshot: async (work) => {
      const own = await sqliteSource(path, shape).initialize();
      try {
        await own.query('pragma query_only = 1');
        await own.query('begin');
        return await work((statement) => own.query(statement.text, [...statement.values]));
      } finally {
        await own.destroy();
      }
    },
    transaction: (work) =>
      withRetries(() =>
        inTurn(async () => {
          const runner = writer.createQueryRunner();
          await runner.query('begin immediate');
          try {
            const result = await work(transactionOn(runner, 'sqlite', listeners));
            await runner.query('commit');
            return result;
          } catch (error) {
            await runner.query('rollback').catch(() => undefined);
            throw error;
          } finally {
            await runner.release();
          }
        }),
      ),
    listen: (listener) => listeners.add(listener),
    close: async () => {
      prepared.clear();
      reader.close();
      await writer.destroy();
    },
  };
}

/** A data source over one connection; write-ahead logging lets readers go on while somebody writes. */
export function sqliteSource(path: string, shape: Shape): DataSource {
  return new DataSource({ type: 'better-sqlite3', driver: Libsql, database: path, prepareDatabase: setUp, ...shape });
}

function setUp(connection: { exec(statement: string): void }, pragmas: string[] = []): void {
  for (const pragma of [...settings, ...pragmas]) connection.exec(`pragma ${pragma}`);
}

const settings = ['busy_timeout = 250', 'journal_mode = wal', 'synchronous = normal', 'foreign_keys = on'];

/** Work handed in is done one after the other; one that fails does not hold up the next. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

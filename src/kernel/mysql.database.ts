import type { Pool } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { databaseClock, Listeners, transactionOn, type Database, type ReadFrom } from './database.js';
import { OperatorError } from './errors.js';
import { connecting, openReads, pooled, putTogether, type ServerKind } from './mysql.reads.js';
import { withRetries } from './retry.js';
import type { Sql } from './sql.js';

type Shape = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/** Under the default, a transaction that has waited for a lock goes on reading what was there before it waited. */
const isolation = 'READ COMMITTED';

/** Opens MySQL or MariaDB: one primary, and replicas for reads where there are any. */
export async function openMysql(url: string, replicaUrls: readonly string[], shape: Shape): Promise<Database> {
  const primary = await mysqlSource(url, shape);
  await primary.initialize();
  const { pool } = primary.driver as unknown as { pool: Pool };
  pool.on('connection', (connection) => void connection.query(`set session ${putTogether}`));
  await primary.query(`set session ${putTogether}`); // on the one that is open already
  const listeners = new Listeners();
  const position = { value: 0 };
  const reads = openReads(primary.options.type as ServerKind, url, replicaUrls);

  return {
    dialect: 'mysql',
    now: databaseClock.mysql,
    primary,
    position,
    read: <Row>(statement: Sql, from: ReadFrom = 'replica') =>
      listeners.tell(statement.text, () =>
        from === 'primary' ? reads.primary<Row>(statement) : reads.any<Row>(statement, position.value),
      ),
    snapshot: (work) =>
      released(primary.createQueryRunner(), async (runner) => {
        await runner.startTransaction('REPEATABLE READ');
        try {
          return await work((statement) => runner.query(statement.text, [...statement.values]));
        } finally {
          await runner.commitTransaction();
        }
      }),
    transaction: (work) =>
      withRetries(() =>
        released(primary.createQueryRunner(), async (runner) => {
          await runner.startTransaction(isolation);
          try {
            const result = await work(transactionOn(runner, 'mysql', listeners));
            await runner.commitTransaction();
            return result;
          } catch (error) {
            await runner.rollbackTransaction().catch(() => undefined);
            throw error;
          }
        }),
      ),
    listen: (listener) => listeners.add(listener),
    close: async () => {
      await reads.close();
      await primary.destroy();
    },
  };
}

/** TypeORM's `mysql` type plans to drop JSON columns on MariaDB, and the other way round: the server says which it is. */
export async function mysqlSource(url: string, shape: Shape): Promise<DataSource> {
  return new DataSource({ type: await serverKind(url), url, ...connecting, poolSize: 10, extra: pooled, ...shape });
}

async function serverKind(url: string): Promise<ServerKind> {
  const connection = await createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), connectTimeout: 5_000 }).catch(
    (error: unknown) => {
      const { message, code } = error as { message?: string; code?: string };
      throw new OperatorError(
        `The database did not answer (${message || code}). Check DATABASE_URL, that the server runs, and that the database exists.`,
      );
    },
  );
  try {
    const [rows] = await connection.query('select version() as version');
    return String((rows as { version: string }[])[0]?.version).includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

async function released<T>(runner: QueryRunner, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

import { createConnection } from 'mysql2/promise';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { databaseClock, Listeners, transactionOn, type Database, type ReadFrom } from './database.js';
import { codedError, OperatorError } from './errors.js';
import { withRetries } from './retry.js';
import type { Sql } from './sql.js';

type Shape = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/** Under the default, a transaction that has waited for a lock goes on reading what was there before it waited. */
const isolation = 'READ COMMITTED';

/** Opens MySQL or MariaDB: one primary, and replicas for reads where there are any. */
export async function openMysql(url: string, replicaUrls: readonly string[], shape: Shape): Promise<Database> {
  const primary = await mysqlSource(url, replicaUrls, shape);
  await primary.initialize();
  const listeners = new Listeners();
  const position = { value: 0 };
  const replicas = new Map<string, number>();

  return {
    dialect: 'mysql',
    now: databaseClock.mysql,
    primary,
    position,
    read: <Row>(statement: Sql, from: ReadFrom = 'replica') =>
      listeners
        .tell<Row[]>(statement.text, () => {
          if (from === 'primary' || replicaUrls.length === 0) return runOn(primary, 'master', statement);
          return readReplica<Row>(primary, statement, { position: position.value, replicas }).catch(
            (error: unknown) => {
              if (!isConnectionError(error)) throw error;
              return runOn(primary, 'master', statement);
            },
          );
        })
        .catch((error: unknown) => {
          throw spoken(error);
        }),
    snapshot: (work) =>
      released(primary.createQueryRunner('master'), async (runner) => {
        await runner.startTransaction('REPEATABLE READ');
        try {
          return await work((statement) => runner.query(statement.text, [...statement.values]));
        } finally {
          await runner.commitTransaction();
        }
      }),
    transaction: (work) =>
      withRetries(() =>
        released(primary.createQueryRunner('master'), async (runner) => {
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
    close: () => primary.destroy(),
  };
}

/** TypeORM's `mysql` type plans to drop JSON columns on MariaDB, and the other way round: the server says which it is. */
export async function mysqlSource(url: string, replicaUrls: readonly string[], shape: Shape): Promise<DataSource> {
  const common = {
    type: await serverKind(url),
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: 10,
    connectTimeout: 5_000,
    extra: { jsonStrings: true, trace: false, queueLimit: 1_000, maxIdle: 10, idleTimeout: 60_000 },
    ...shape,
  };
  const replication = {
    master: { url },
    slaves: replicaUrls.map((replica) => ({ url: replica })),
    selector: 'RR' as const,
    canRetry: true,
    removeNodeErrorCount: 1,
    restoreNodeTimeout: 1_500,
  };
  return new DataSource(replicaUrls.length > 0 ? { ...common, replication } : { ...common, url });
}

async function serverKind(url: string): Promise<'mysql' | 'mariadb'> {
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

/** How long a read may take before the database gives it up. */
const longestReadMs = 2_000;

const bounded = ({ options }: DataSource, { text }: Sql): string =>
  options.type === 'mariadb'
    ? `set statement max_statement_time = ${longestReadMs / 1_000} for ${text}`
    : text.replace(/^select/, `select /*+ max_execution_time(${longestReadMs}) */`);

const runOn = <Rows>(source: DataSource, node: 'master' | 'slave', statement: Sql): Promise<Rows> =>
  released(
    source.createQueryRunner(node),
    (runner) => runner.query(bounded(source, statement), [...statement.values]) as Promise<Rows>,
  );

/** What a client is told when the database cannot answer: to come again, or to ask for less. */
function spoken(error: unknown): unknown {
  const { errno, message = '' } = error as { errno?: number; message?: string };
  if (errno === 1969 || errno === 3024) return codedError('TIMEOUT', 'That took too long: ask for less at once.');
  const isRefused = isConnectionError(error) || message.includes('Queue limit reached');
  return isRefused ? codedError('UNAVAILABLE', 'The database does not answer right now: try again shortly.') : error;
}

/**
 * Reads from a replica that has come as far as the primary is known to be, otherwise from the primary. `replicas` says
 * how far each one was when it was last asked.
 */
function readReplica<Row>(
  source: DataSource,
  statement: Sql,
  { position, replicas }: { position: number; replicas: Map<string, number> },
): Promise<Row[]> {
  return released(source.createQueryRunner('slave'), async (runner) => {
    const { config } = (await runner.connect()) as { config: { host: string; port: number; database: string } };
    const name = `${config.host}:${config.port}/${config.database}`;
    if ((replicas.get(name) ?? -1) < position) {
      const [row] = (await runner.query('select sum(value) as place from counter')) as { place: number | null }[];
      replicas.set(name, Number(row?.place ?? -1));
    }
    if (replicas.get(name)! < position) return runOn<Row[]>(source, 'master', statement);
    return runner.query(bounded(source, statement), [...statement.values]) as Promise<Row[]>;
  });
}

async function released<T>(runner: QueryRunner, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

function isConnectionError(error: unknown): boolean {
  const { code } = error as { code?: string };
  return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|PROTOCOL_CONNECTION_LOST|POOL_|ER_CON_COUNT|ER_ACCOUNT|ER_ACCESS_DENIED)/.test(
    code ?? '',
  );
}

import mysql2, { type Pool } from 'mysql2';
import { codedError } from './errors.js';
import { raw, type Sql, type SqlValue } from './sql.js';

export type ServerKind = 'mysql' | 'mariadb';

/** What is the same for connections that read and those that write. */
export const connecting = {
  charset: 'utf8mb4',
  timezone: 'Z',
  supportBigNumbers: true,
  bigNumberStrings: false,
  connectTimeout: 5_000,
} as const;

/** How many connections are open at most, and how many may wait for one. */
export const pooled = { jsonStrings: true, trace: false, queueLimit: 1_000, maxIdle: 10, idleTimeout: 60_000 } as const;

/** The statements that read, each given up after two seconds. They go past TypeORM, which takes as long as the driver. */
export interface Reads {
  primary<Row>(statement: Sql): Promise<Row[]>;
  /** From the next replica that has come as far as the primary was known to be, otherwise from the primary. */
  any<Row>(statement: Sql, position: number): Promise<Row[]>;
  close(): Promise<void>;
}

interface Replica {
  pool: Pool;
  /** How far it was when it was last asked. */
  place: number;
  /** One that did not answer is left out until then. */
  restsUntil: number;
}

const longestReadMs = 2_000;
/** How many bytes may be put together from several rows. */
const longestText = 4_000_000;
/** Has a connection put together so much. */
export const putTogether = `group_concat_max_len = ${longestText}`;
const restMs = 1_500;

export function openReads(kind: ServerKind, url: string, replicaUrls: readonly string[]): Reads {
  const primary = openPool(kind, url);
  const replicas = replicaUrls.map((each): Replica => ({ pool: openPool(kind, each), place: -1, restsUntil: 0 }));
  let turn = 0;

  const fromReplica = async <Row>(replica: Replica, statement: Sql, position: number): Promise<Row[]> => {
    try {
      if (replica.place < position) {
        const [row] = await rowsOf<{ place: number | null }>(replica.pool, placeNow);
        replica.place = Number(row?.place ?? -1);
      }
      if (replica.place >= position) return await rowsOf<Row>(replica.pool, statement);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      replica.restsUntil = performance.now() + restMs;
    }
    return rowsOf(primary, statement);
  };

  return {
    primary: <Row>(statement: Sql) => rowsOf<Row>(primary, statement).catch(speak),
    any: <Row>(statement: Sql, position: number) => {
      const now = performance.now();
      const awake = replicas.length === 0 ? [] : replicas.filter(({ restsUntil }) => restsUntil <= now);
      const replica = awake[turn++ % awake.length];
      return (replica ? fromReplica<Row>(replica, statement, position) : rowsOf<Row>(primary, statement)).catch(speak);
    },
    close: async () => {
      await Promise.all([primary, ...replicas.map(({ pool }) => pool)].map((pool) => pool.promise().end()));
    },
  };
}

/** As far as `Freshness` counts: other counters say nothing of what readers see. */
const placeNow = raw("select sum(value) as place from counter where name in ('change', 'everything', 'schedule')");

function openPool(kind: ServerKind, url: string): Pool {
  const uri = url.replace(/^mariadb:/, 'mysql:');
  const pool = mysql2.createPool({ uri, ...connecting, ...pooled, connectionLimit: 8, maxPreparedStatements: 100 });
  const bound =
    kind === 'mariadb'
      ? `set session max_statement_time = ${longestReadMs / 1_000}`
      : `set session max_execution_time = ${longestReadMs}`;
  pool.on('connection', (connection) => void connection.query(`${bound}, ${putTogether}`));
  return pool;
}

/** What the server says when all clients together have prepared as much as they may. */
const noMorePrepared = 1461;

const rowsOf = <Row>(pool: Pool, { text, values }: Sql): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const end = (error: (Error & { errno?: number }) | null, rows: unknown) =>
      error ? reject(error) : resolve(rows as Row[]);
    pool.execute(text, values.map(typed), (error, rows) => {
      if (error?.errno === noMorePrepared) pool.query(text, [...values], end);
      else end(error, rows);
    });
  });

/** Whole numbers are sent as such: the driver would send them as floating ones. */
const typed = (value: SqlValue) => (Number.isInteger(value) ? mysql2.TypedParameter.LONGLONG(value) : value);

/** What a client is told when the database cannot answer: to come again, or to ask for less. */
function speak(error: unknown): never {
  const { errno, message = '' } = error as { errno?: number; message?: string };
  if (errno === 1969 || errno === 3024) throw codedError('TIMEOUT', 'That took too long: ask for less at once.');
  const isRefused = isConnectionError(error) || message.includes('Queue limit reached');
  throw isRefused ? codedError('UNAVAILABLE', 'The database does not answer right now: try again shortly.') : error;
}

function isConnectionError(error: unknown): boolean {
  const { code } = error as { code?: string };
  return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|PROTOCOL_CONNECTION_LOST|POOL_|ER_CON_COUNT|ER_ACCOUNT|ER_ACCESS_DENIED)/.test(
    code ?? '',
  );
}

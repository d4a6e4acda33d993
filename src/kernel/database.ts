import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { raw, type Sql } from './sql.js';

export type Dialect = 'sqlite' | 'mysql';

/** Where a read may go: a replica, or the primary so that a writer sees his own writes. */
export type ReadFrom = 'replica' | 'primary';

/** What listens to every statement: tests count with it, `LOG_LEVEL=debug` prints with it. */
export type StatementListener = (statement: string, took: Promise<unknown>) => void;

/** The database as the rooms see it: reads, and transactions that are retried as a whole. */
export interface Database {
  readonly dialect: Dialect;
  /** The database's own clock, in milliseconds since 1970 UTC, as an SQL expression. */
  readonly now: Sql;
  /** The data source that migrations and TypeORM's tools use. */
  readonly primary: DataSource;
  /** How far along the primary is known to be: a replica that has not come as far is not read from. */
  readonly position: { value: number };
  read<Row>(statement: Sql, from?: ReadFrom): Promise<Row[]>;
  /** Reads of one moment, whatever others commit meanwhile; as long as they take. */
  snapshot<Result>(work: (read: <Row>(statement: Sql) => Promise<Row[]>) => Promise<Result>): Promise<Result>;
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  listen(listener: StatementListener): () => void;
  close(): Promise<void>;
}

/** One attempt at a transaction: everything in it happens, or nothing. */
export interface Transaction {
  readonly manager: EntityManager;
  readonly dialect: Dialect;
  readonly now: Sql;
  /** Whether readers may see something else afterwards. */
  isFelt: boolean;
  read<Row>(statement: Sql): Promise<Row[]>;
  /** Runs a write that is easier said in SQL; returns how many rows it changed. */
  run(statement: Sql): Promise<number>;
}

export const databaseClock: Record<Dialect, Sql> = {
  mysql: raw("timestampdiff(microsecond, '1970-01-01', utc_timestamp(3)) div 1000"),
  sqlite: raw("cast(unixepoch('subsec') * 1000 as integer)"),
};

/** The statement listeners of one database, and the wrapper that tells them. */
export class Listeners {
  private readonly listeners = new Set<StatementListener>();

  add(listener: StatementListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell<T>(statement: string, work: () => Promise<T>): Promise<T> {
    if (this.listeners.size === 0) return work();
    const took = work();
    for (const listener of this.listeners) listener(statement, took);
    return took;
  }
}

export function transactionOn(runner: QueryRunner, dialect: Dialect, listeners: Listeners): Transaction {
  return {
    manager: runner.manager,
    dialect,
    now: databaseClock[dialect],
    isFelt: false,
    read: (statement) => listeners.tell(statement.text, () => runner.query(statement.text, [...statement.values])),
    run: async (statement) => {
      const result: unknown = await listeners.tell(statement.text, () =>
        runner.query(statement.text, [...statement.values], true),
      );
      return (result as { affected?: number }).affected ?? 0;
    },
  };
}

import Libsql from 'libsql';
import { createPool } from 'mysql2/promise';
import { databaseClock } from '../../src/kernel/database.js';

/** Runs a prepared statement. */
export type Execute = <Row>(text: string, values: readonly (string | number)[]) => Promise<Row[]>;

export interface Reading {
  execute: Execute;
  /** What holds for rows of `publication` or `listing` that readers may see. */
  seen: (alias: string) => string;
}

/** Opens the database as one would by hand: mysql2 with prepared statements, or SQLite's driver itself. */
export function openReading(url: string): Reading {
  const sqlite = url.startsWith('sqlite:');
  const { text: now } = databaseClock[sqlite ? 'sqlite' : 'mysql'];
  const seen = (alias: string) => `${alias}.visibleFrom <= ${now} and ${alias}.visibleUntil > ${now}`;
  return { execute: sqlite ? onSqlite(url.slice('sqlite:'.length)) : onMysql(url), seen };
}

function onMysql(url: string): Execute {
  const pool = createPool({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    connectionLimit: 10,
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    jsonStrings: true,
    trace: false,
  } as Parameters<typeof createPool>[0]);
  return async <Row>(text: string, values: readonly (string | number)[]) =>
    (await pool.execute(text, [...values]))[0] as Row[];
}

function onSqlite(path: string): Execute {
  const database = new Libsql(path, { readonly: true });
  const prepared = new Map<string, Libsql.Statement<unknown[]>>();
  return <Row>(text: string, values: readonly (string | number)[]) => {
    const statement = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, statement);
    return Promise.resolve(statement.all(...values) as Row[]);
  };
}

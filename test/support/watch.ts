import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/kernel/database.js';
import type { Sql } from '../../src/kernel/sql.js';

export interface Watch {
  statements: string[];
  rounds: number;
}

/**
 * A database whose reads are written down. Each takes a little longer than it would, so that statements sent together
 * are seen to be together: a statement is one round behind the latest that was answered before it was sent.
 */
export function watched(database: Database) {
  const statements: string[] = [];
  let answered = 0;
  let latest = 0;
  const read = async <Row>(statement: Sql): Promise<Row[]> => {
    const round = answered + 1;
    latest = Math.max(latest, round);
    statements.push(statement.text);
    await sleep(25);
    const rows = await database.read<Row>(statement);
    await sleep(5);
    answered = Math.max(answered, round);
    return rows;
  };
  return { database: { ...database, read } as Database, statements, rounds: () => latest };
}

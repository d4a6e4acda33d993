import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/kernel/database.js';
import type { Sql } from '../../src/kernel/sql.js';

export interface Watch {
  statements: string[];
  rounds: number;
  /** The most rows that one statement brought. */
  mostRows: number;
}

/**
 * A database whose reads are written down, and whose answers are held back until nothing more is asked without them:
 * so a round is all that can be asked at once, however long each statement takes.
 */
export function watched(database: Database) {
  const statements: string[] = [];
  let rounds = 0;
  let mostRows = 0;
  let round: { open: number; release: () => void; released: Promise<void> } | undefined;

  const join = () => {
    if (!round) {
      rounds += 1;
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      round = { open: 0, release, released };
    }
    round.open += 1;
    return round;
  };

  const read = async <Row>(statement: Sql): Promise<Row[]> => {
    if (/from counter$/.test(statement.text)) return database.read<Row>(statement);
    const mine = join();
    statements.push(statement.text);
    const rows = await database.read<Row>(statement).finally(() => (mine.open -= 1));
    mostRows = Math.max(mostRows, rows.length);
    await sleep(10);
    if (mine.open === 0) {
      if (round === mine) round = undefined;
      mine.release();
    }
    await mine.released;
    return rows;
  };
  const restart = () => {
    statements.length = 0;
    rounds = 0;
    mostRows = 0;
  };
  return { database: { ...database, read }, statements, rounds: () => rounds, mostRows: () => mostRows, restart };
}

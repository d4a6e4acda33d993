import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 12;
const longestPauseMs = 500;

/** Deadlock, lock wait timeout, snapshot conflict, Galera not ready; SQLite's busy signals. */
const conflicts = new Set<unknown>([1213, 1205, 1020, 1047, 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED']);

/** Runs a whole transaction again when the database asks for that, at most 12 times, with growing random pauses. */
export async function withRetries<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === attempts || !isConflict(error)) throw error;
      await sleep(Math.random() * Math.min(longestPauseMs, 10 * 2 ** tried));
    }
  }
}

function isConflict(error: unknown): boolean {
  const { errno, code } = error as { errno?: unknown; code?: unknown };
  return conflicts.has(errno) || conflicts.has(code);
}

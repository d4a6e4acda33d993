import type { Database } from '../kernel/database.js';
import { writeUsage } from '../syndication/usage/usage.commands.js';
import { UsageCounters } from '../syndication/usage/usage.counters.js';

/** What this process counts of partners' requests, and writes down every few seconds. */
export interface Usage {
  counters: UsageCounters;
  /** Writes down what is counted and stops. */
  stop(): Promise<void>;
}

const everyMs = 5_000;

/** Counts usage; what a process has counted since it wrote last is lost when it is killed. */
export function keepUsage(database: Database, log: { warn(line: object, message: string): void }): Usage {
  const counters = new UsageCounters();
  let writing: Promise<void> | undefined;
  const write = (): Promise<void> =>
    (writing ??= writeUsage(database, counters)
      .catch((error: unknown) => log.warn({ err: error }, 'usage could not be written: it is tried again'))
      .finally(() => (writing = undefined)));
  const timer = setInterval(() => void write(), everyMs).unref();
  return {
    counters,
    stop: async () => {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}

import type { Logger } from 'typeorm';
import type { Database } from '../../src/kernel/database.js';

const quiet = () => undefined;

/** Hears of every statement before it is sent: what the rows' inserts send as well, and where transactions begin and end. */
export function onStatement(database: Database, hear: (statement: string) => void): void {
  const logger: Logger = {
    logQuery: hear,
    logQueryError: quiet,
    logQuerySlow: quiet,
    logSchemaBuild: quiet,
    logMigration: quiet,
    log: quiet,
  };
  database.primary.setOptions({ logger, logging: ['query'] });
}

import type { Context } from '../kernel/context.js';
import { raw, sql, type Sql } from '../kernel/sql.js';

/** The end of an interval that nothing ends: the last millisecond of the year 9999. */
export const forever = 253_402_300_799_999;

/**
 * Whether readers see a row of `publication` or `listing` now, by the database's clock. Every query that leads to an
 * article goes through this predicate; there is no other way in.
 */
export function visible({ database: { now } }: Context, alias: string): Sql {
  return sql`${raw(alias)}.visibleFrom <= ${now} and ${raw(alias)}.visibleUntil > ${now}`;
}

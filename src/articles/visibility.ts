import type { Reading } from '../kernel/context.js';
import { join, raw, sql, type Sql } from '../kernel/sql.js';
import type { Audience } from '../kernel/viewer.js';

/** The end of an interval that nothing ends: the last millisecond of the year 9999. */
export const forever = 253_402_300_799_999;

/** The interval in which each audience sees a publication, as columns of `publication` and `listing`. */
export const intervalOf: Record<Audience, { from: string; until: string }> = {
  PUBLIC: { from: 'visibleFrom', until: 'visibleUntil' },
  PARTNERS: { from: 'partnersFrom', until: 'partnersUntil' },
};

/**
 * Whether the viewer's audience sees a row of `publication` or `listing` now, by the database's clock. Every query that
 * leads to an article goes through this predicate; there is no other way in. With `at`, which wants a `publication`,
 * whether it saw it then: never what is still to come, and what was recalled only for editors of all sections.
 */
export function visible(reading: Reading, alias: string, at: number | null = null): Sql {
  const { now } = reading.database;
  const from = raw(`${alias}.${intervalOf[reading.audience].from}`);
  const until = raw(`${alias}.${intervalOf[reading.audience].until}`);
  if (at === null) return sql`${from} <= ${now} and ${until} > ${now}`;
  const then = sql`${from} <= ${at} and ${until} > ${at} and ${from} <= ${now}`;
  return reading.seesRecalled ? then : sql`${then} and ${raw(alias)}.recalledAt is null`;
}

/** Whether an interval that all see alike holds now, or held at a moment: never one that is still to come. */
export function holds({ database: { now } }: Pick<Reading, 'database'>, alias: string, at: number | null = null): Sql {
  const from = raw(`${alias}.visibleFrom`);
  const until = raw(`${alias}.visibleUntil`);
  return at === null
    ? sql`${from} <= ${now} and ${until} > ${now}`
    : sql`${from} <= ${at} and ${until} > ${at} and ${from} <= ${now}`;
}

const columns =
  'id, articleId, editionId, visibleFrom, visibleUntil, partnersFrom, partnersUntil, publishedAt, updatedAt, path, slug, recalledAt';

/** The table `publication` as the viewer sees it: in a preview, drafts stand in the place of what readers see. */
export function publications({ preview }: Reading): Sql {
  if (!preview || preview.drafts.length === 0) return raw('publication');
  const drafts = preview.drafts.map(
    (draft) =>
      sql`select ${-draft.articleId}, ${draft.articleId}, ${draft.editionId}, 0, ${forever}, 0, ${forever},
            ${draft.publishedAt}, ${draft.updatedAt}, ${draft.path}, ${draft.slug}, null`,
  );
  const ids = preview.drafts.map((draft) => draft.articleId);
  return sql`(select ${raw(columns)} from publication where articleId not in ${ids} union all ${join(drafts, ' union all ')})`;
}

import type { Schedule } from '../kernel/freshness.js';
import { sql, type Sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';

/**
 * Tags of what a change of stories reaches beside the stories themselves: the lists they are or were in, the addresses
 * they have, the texts they stand beside, the timelines they are in. Ask before ended publications leave their lists.
 */
export async function reachOf(
  from: { read<Row>(statement: Sql): Promise<Row[]> },
  articleIds: readonly number[],
): Promise<string[]> {
  const rows = await from.read<{ kind: string; name: string | number }>(
    sql`select 'list' as kind, l.list as name from publication p join listing l on l.publicationId = p.id
          where p.articleId in ${articleIds}
        union select 'slug', p.slug from publication p where p.articleId in ${articleIds}
        union select 'path', p.path from publication p where p.articleId in ${articleIds}
        union select 'related', concat(r.editionId, '') from related_story r join publication p on p.editionId = r.editionId
          where r.articleId in ${articleIds}
        union select 'timeline', concat(n.storylineId, '') from storyline_entry n where n.articleId in ${articleIds}`,
  );
  return rows.map(({ kind, name }) => tag(kind, name));
}

/** What readers will see by itself. */
export const publicationSchedule: Schedule = {
  next: (after) => sql`select min(visibleFrom) from publication where seq is null and visibleFrom > ${after}`,
  begun: async (database, after, until) => {
    const rows = await database.read<{ articleId: number }>(
      sql`select distinct articleId from publication
          where seq is null and visibleFrom > ${after} and visibleFrom <= ${until}`,
      'primary',
    );
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.articleId);
    const reached = await reachOf({ read: (statement) => database.read(statement, 'primary') }, ids);
    return [...ids.map((id) => tag('Article', id)), ...reached];
  },
};

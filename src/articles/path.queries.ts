import { read, type Reading } from '../kernel/context.js';
import { loadOne } from '../kernel/loader.js';
import { tag } from '../kernel/tags.js';
import { raw, sql, type Sql } from '../kernel/sql.js';
import { intervalOf, publications, visible } from './visibility.js';

/** What is known of a path that a story has or had. */
export interface PathView {
  path: string;
  articleId: number;
  /** Where readers find the story now; none when it is not to be seen. */
  currentPath: string | null;
  /** When it was last to be seen; none when it never was. */
  lastSeen: number | null;
  /** What the feed says of its last change: for a story that was taken down, what readers may be told. */
  reason: string | null;
}

/** Whether a path was ever shown: one that a story will only get is nobody's yet, one that was brought in had no text of ours. */
function wasShown({ audience, database }: Reading): Sql {
  const from = raw(intervalOf[audience].from);
  const there = sql`select 1 from publication o where o.articleId = s.articleId and o.path = s.path`;
  return sql`(not exists (${there}) or exists (${there} and o.${from} <= ${database.now}))`;
}

export const storyAtPath = loadOne(
  (reading: Reading, paths: readonly string[]) =>
    read<PathView>(
      reading,
      sql`select s.path, s.articleId, p.path as currentPath,
            (select max(case when e.visibleUntil <= ${reading.database.now} then e.visibleUntil end) from publication e
             where e.articleId = s.articleId and e.visibleFrom <= ${reading.database.now}) as lastSeen,
            (select w.note from content_change w where w.seq =
              (select max(c.seq) from content_change c where c.subject = 'Article' and c.subjectId = s.articleId)) as reason
          from path s
          left join ${publications(reading)} p on p.articleId = s.articleId and ${visible(reading, 'p')}
          where s.path in ${paths} and ${reading.preview ? sql`1 = 1` : wasShown(reading)}`,
    ),
  (row) => row.path,
  (found, path) => [found ? tag('Article', found.articleId) : tag('path', path)],
);

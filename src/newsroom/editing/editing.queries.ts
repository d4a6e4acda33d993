import { newsroomArticleById } from '../../articles/newsroom-article.queries.js';
import { read, type Context, type Reading } from '../../kernel/context.js';
import { loadMany } from '../../kernel/loader.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';

export interface EditingView {
  articleId: number;
  accountId: number;
  since: number;
  expiresAt: number;
}

/** The most that are shown. */
export const maxEditing = 500;

/** Who works on what now, under a condition on `ed`, who began first first. */
export const editingNow = (now: Sql, condition: Sql): Sql =>
  sql`select ed.articleId, ed.accountId, ed.since, ed.expiresAt from editing ed
      where ed.expiresAt > ${now} and ${condition}
      order by ed.articleId, ed.since, ed.accountId limit ${maxEditing}`;

export const editingByArticle = loadMany(
  (reading: Reading, ids: readonly number[]) =>
    read<EditingView>(reading, editingNow(reading.database.now, sql`ed.articleId in ${ids}`)),
  (editing) => editing.articleId,
  'unkept',
);

/** Who works on what now, of the stories that are the viewer's to see. */
export async function editingOfTheirs(ctx: Context): Promise<EditingView[]> {
  const now = await read<EditingView>(ctx, editingNow(ctx.database.now, raw('1 = 1')));
  const theirs = await Promise.all(now.map(({ articleId }) => newsroomArticleById(ctx, articleId)));
  return now.filter((_, i) => theirs[i] !== null);
}

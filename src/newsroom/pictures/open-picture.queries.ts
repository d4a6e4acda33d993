import { read, type Context } from '../../kernel/context.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';

/**
 * Whether everybody may fetch a picture's file: a banner shows it, or a text of a story that readers have seen and that
 * nobody took back. What only partners have yet, and what is still to come, is not open.
 */
export const isOpenFile = (file: Sql, now: Sql): Sql => sql`(
  exists (select 1 from picture fp join picture_use fu on fu.pictureId = fp.id join edition fe on fe.id = fu.editionId
          join publication fo on fo.articleId = fe.articleId and fo.editionId = fe.id
          where fp.file = ${file} and fo.visibleFrom <= ${now} and fo.recalledAt is null)
  or exists (select 1 from picture bp join banner fb on fb.pictureId = bp.id where bp.file = ${file}))`;

/** The files of a story's pictures that are not open to everybody. */
export async function closedFilesOf(ctx: Context, articleId: number): Promise<string[]> {
  const rows = await read<{ file: string }>(
    ctx,
    sql`select distinct p.file from edition e join picture_use u on u.editionId = e.id join picture p on p.id = u.pictureId
        where e.articleId = ${articleId} and p.file is not null and not ${isOpenFile(raw('p.file'), ctx.database.now)}`,
  );
  return rows.map(({ file }) => file);
}

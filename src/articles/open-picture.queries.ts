import { hasRole } from '../accounts/policy.js';
import { read, type Context } from '../kernel/context.js';
import { raw, sql, type Sql } from '../kernel/sql.js';

/**
 * Whether everybody may fetch a picture's file: a banner or a storyline shows it, or a text of a story that readers have seen and that
 * nobody took back. What only partners have yet, and what is still to come, is not open.
 */
export const isOpenFile = (file: Sql, now: Sql): Sql => sql`(
  exists (select 1 from picture fp join picture_use fu on fu.pictureId = fp.id join edition fe on fe.id = fu.editionId
          join publication fo on fo.articleId = fe.articleId and fo.editionId = fe.id
          where fp.file = ${file} and fo.visibleFrom <= ${now} and fo.recalledAt is null)
  or exists (select 1 from picture bp join banner fb on fb.pictureId = bp.id where bp.file = ${file})
  or exists (select 1 from picture sp join storyline fs on fs.pictureId = sp.id where sp.file = ${file} and fs.status <> 'DRAFT'))`;

/**
 * Whether a file was taken from everybody: a killed story showed it, and no other story does. Not even a key opens it.
 */
export const isKilledFile = (file: Sql): Sql => sql`(${usedBy(file, '=')} and not ${usedBy(file, '<>')})`;

const usedBy = (file: Sql, killed: '=' | '<>'): Sql => sql`exists (
  select 1 from picture kp join picture_use ku on ku.pictureId = kp.id join edition ke on ke.id = ku.editionId
  join article ka on ka.id = ke.articleId where kp.file = ${file} and ka.workflowState ${raw(killed)} 'KILLED')`;

/** Whether a picture `p` is the viewer's to show in stories: to contributors their own, and what readers see. */
export const isPictureForViewer = (ctx: Context, now: Sql): Sql =>
  hasRole(ctx, 'EDITOR') || ctx.viewer.kind !== 'account'
    ? raw('1 = 1')
    : sql`(p.uploadedBy = ${ctx.viewer.accountId} or ${isOpenFile(raw('p.file'), now)})`;

/** The files of a story's pictures that are not open to everybody. */
export async function closedFilesOf(ctx: Context, articleId: number): Promise<string[]> {
  const rows = await read<{ file: string }>(
    ctx,
    sql`select distinct p.file from edition e join picture_use u on u.editionId = e.id join picture p on p.id = u.pictureId
        where e.articleId = ${articleId} and p.file is not null and not ${isOpenFile(raw('p.file'), ctx.database.now)}`,
  );
  return rows.map(({ file }) => file);
}

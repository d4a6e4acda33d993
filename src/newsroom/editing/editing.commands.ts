import { EditingRow } from '../../articles/editing.rows.js';
import { isForViewer } from '../../articles/story.commands.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, type UserErrorView } from '../../kernel/errors.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { insertUnlessThere, nowIn } from '../../kernel/write.js';
import { editingNow, type EditingView } from './editing.queries.js';

export interface WhoEdits<Name extends string> {
  __typename: Name;
  editing: EditingView[];
}

const longest = 60;

/** Tells the others that the viewer works on a story, for so many minutes from now; again to go on. Keeps nobody from saving. */
export function startEditing(
  ctx: Context,
  input: CommandInput & { articleId: number; minutes: number },
): Promise<WhoEdits<'EditingStarted'> | UserErrorView> {
  return perform(ctx, 'startEditing', input, async (tx) => {
    const { articleId, minutes } = input;
    if (minutes < 1 || minutes > longest) throw badInput(`minutes is from 1 to ${longest}, not ${minutes}.`, 'minutes');
    const accountId = await editor(ctx, tx, articleId);
    const since = await nowIn(tx);
    const expiresAt = since + minutes * 60_000;
    await tx.run(sql`delete from editing where expiresAt <= ${since}`);
    const renewed = await tx.run(
      sql`update editing set expiresAt = ${expiresAt} where articleId = ${articleId} and accountId = ${accountId}`,
    );
    if (renewed === 0) await insertUnlessThere(tx, EditingRow, { articleId, accountId, since, expiresAt });
    return { __typename: 'EditingStarted', editing: await whoEdits(tx, articleId) };
  });
}

/** Tells the others that the viewer no longer works on a story. */
export function stopEditing(
  ctx: Context,
  input: CommandInput & { articleId: number },
): Promise<WhoEdits<'EditingStopped'> | UserErrorView> {
  return perform(ctx, 'stopEditing', input, async (tx) => {
    const { articleId } = input;
    const accountId = await editor(ctx, tx, articleId);
    await tx.run(sql`delete from editing where articleId = ${articleId} and accountId = ${accountId}`);
    return { __typename: 'EditingStopped', editing: await whoEdits(tx, articleId) };
  });
}

/** The viewer's account, if the story is his to work on; it is not held, so that nobody who saves has to wait. */
async function editor(ctx: Context, tx: Transaction, id: number): Promise<number> {
  const [story] = await tx.read<{ id: number; createdBy: number | null }>(
    sql`select id, createdBy from article where id = ${id}`,
  );
  if (!story || !(await isForViewer(ctx, tx, story))) throw missing('story', 'articleId');
  if (ctx.viewer.kind !== 'account') throw badInput('Only somebody with an account edits a story: sign in.');
  return ctx.viewer.accountId;
}

const whoEdits = (tx: Transaction, articleId: number): Promise<EditingView[]> =>
  tx.read<EditingView>(editingNow(tx.now, sql`ed.articleId = ${articleId}`));

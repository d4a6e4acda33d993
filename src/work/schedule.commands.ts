import { holdStory } from '../articles/story.commands.js';
import type { Context } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';

/** How many stories one round takes, and of how many that are due: so that workers seldom take the same ones. */
const atOnce = 50;
const ofThese = 4 * atOnce;

/**
 * Enters the publications whose moment has come into audit and feed; readers see them whether this runs or not. Many
 * may run it at once: each story is entered by the one that holds its row. Gives how many this one entered.
 */
export async function enterDue(ctx: Context): Promise<number> {
  const due = await ctx.database.read<{ articleId: number }>(
    sql`select articleId from publication where seq is null and visibleFrom <= ${ctx.database.now}
        order by visibleFrom limit ${ofThese}`,
    'primary',
  );
  let entered = 0;
  const mine = shuffled([...new Set(due.map((row) => row.articleId))]).slice(0, atOnce);
  for (const articleId of mine) {
    entered += await inTransaction(ctx, async (tx) => ((await holdStory(ctx, tx, articleId))?.settled ? 1 : 0));
  }
  return entered;
}

/** In another order for each worker, so that they do not wait for one another. */
function shuffled(ids: number[]): number[] {
  return ids
    .map((id) => ({ id, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ id }) => id);
}

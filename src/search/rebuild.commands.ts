import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import { insertUnlessThere } from '../kernel/write.js';
import { engineOf } from './engine.js';
import { indexStories } from './index.commands.js';
import { SearchRebuildRow } from './search.rows.js';

const atOnce = 50;
/** How long it leaves the database to others, in parts of the time it had it: on SQLite nobody else writes meanwhile. */
const rest = 0.25;

interface Stand {
  round: number;
  articleId: number;
}

/**
 * Fills the index anew while it is searched, story by story; gives how many it looked at. One that was stopped is gone on
 * with; beside another it does the same steps again, which changes nothing, until the round is at its end.
 */
export async function rebuildIndex(
  ctx: Context,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<number> {
  const engine = engineOf(ctx);
  let stand = await begin(ctx, engine.name);
  const [{ total, passed }] = (await ctx.database.read<{ total: number; passed: number }>(
    sql`select count(*) as total, count(case when id <= ${stand.articleId} then 1 end) as passed from article`,
    'primary',
  )) as [{ total: number; passed: number }];
  let done = 0;
  for (;;) {
    const ids = await storiesAfter(ctx, stand.articleId);
    if (ids.length === 0) break;
    const started = performance.now();
    await indexStories(ctx, ids);
    await sleep(rest * (performance.now() - started));
    progress(passed + (done += ids.length), Math.max(total, passed + done));
    const next = { round: stand.round, articleId: ids.at(-1)! };
    stand = (await move(ctx, engine.name, stand, next)) ? next : await standOf(ctx, engine.name);
    if (stand.round !== next.round || stand.articleId === 0) return done; // another one ended the round
  }
  if (await move(ctx, engine.name, stand, { round: stand.round, articleId: 0 })) await engine.endRebuild?.(ctx);
  return done;
}

/** Where to go on: after the story that a round came to that was stopped, or at the start of the next round. */
async function begin(ctx: Context, name: string): Promise<Stand> {
  await ctx.database.transaction(async (tx) => {
    const row = { engine: name, round: 0, articleId: 0 };
    const [there] = await tx.read(sql`select 1 from search_rebuild where engine = ${name}`);
    if (!there) await insertUnlessThere(tx, SearchRebuildRow, row);
  });
  const stand = await standOf(ctx, name);
  if (stand.articleId !== 0) return stand;
  const next = { round: stand.round + 1, articleId: 0 };
  if (!(await move(ctx, name, stand, next))) return standOf(ctx, name);
  await engineOf(ctx).beginRebuild?.(ctx);
  return next;
}

async function standOf({ database }: Context, name: string): Promise<Stand> {
  const [stand] = await database.read<Stand>(
    sql`select round, articleId from search_rebuild where engine = ${name}`,
    'primary',
  );
  return stand!;
}

/** Says how far a round has come, unless another one said something else meanwhile. */
const move = ({ database }: Context, name: string, from: Stand, to: Stand): Promise<boolean> =>
  database.transaction(
    async (tx) =>
      (await tx.run(
        sql`update search_rebuild set round = ${to.round}, articleId = ${to.articleId}
            where engine = ${name} and round = ${from.round} and articleId = ${from.articleId}`,
      )) === 1,
  );

const storiesAfter = async ({ database }: Context, id: number): Promise<number[]> =>
  (
    await database.read<{ id: number }>(
      sql`select id from article where id > ${id} order by id limit ${atOnce}`,
      'primary',
    )
  ).map((row) => row.id);

import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { recordChange } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { storylineReach } from './storyline.queries.js';

/** Reckons when the newest entry of a storyline was that readers see; says whether that is another moment than before. */
export async function reckonActivity(tx: Transaction, id: number): Promise<boolean> {
  const [newest] = await tx.read<{ moment: number | null }>(
    sql`select max(case when coalesce(n.at, p.publishedAt) <= ${tx.now} then coalesce(n.at, p.publishedAt) end) as moment
        from storyline_entry n
        left join publication p on p.articleId = n.articleId and p.visibleFrom <= ${tx.now} and p.visibleUntil > ${tx.now}
        where n.storylineId = ${id} and (n.articleId is null or p.id is not null)`,
  );
  const [{ activeAt: before, createdAt }] = (await tx.read<{ activeAt: number; createdAt: number }>(
    sql`select activeAt, createdAt from storyline where id = ${id}`,
  )) as [{ activeAt: number; createdAt: number }];
  const activeAt = newest?.moment ?? createdAt;
  if (activeAt === before) return false;
  await tx.run(sql`update storyline set activeAt = ${activeAt} where id = ${id}`);
  return true;
}

/** After a change of a story: puts the storylines it is in where they belong among the others. It may be done twice. */
export async function followStory(ctx: Context, change: unknown): Promise<void> {
  const { subject, subjectId } = change as { subject: string; subjectId: number };
  if (subject === 'Article') await followStories(ctx, { articleIds: [subjectId] });
}

/** As `followStory`, for many stories at once. */
export async function followStories(ctx: Context, job: unknown): Promise<void> {
  const storylines = await ctx.database.read<{ id: number }>(
    sql`select distinct storylineId as id from storyline_entry
        where articleId in ${(job as { articleIds: number[] }).articleIds}`,
    'primary',
  );
  for (const { id } of storylines) await inTransaction(ctx, (tx) => follow(tx, id));
}

async function follow(tx: Transaction, id: number): Promise<void> {
  await tx.run(sql`update storyline set version = version where id = ${id}`);
  const [held] = await tx.read<{ slug: string; version: number }>(
    sql`select slug, version from storyline where id = ${id}`,
  );
  if (!held || !(await reckonActivity(tx, id))) return;
  const entry = { op: 'STORYLINE_MOVED', subject: 'Storyline', subjectId: id, version: held.version };
  await recordChange(tx, { ...entry, touches: storylineReach(held, []) });
}

import type { Context } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import { documentsOf } from './document.queries.js';
import { engineOf } from './engine.js';

/** How many stories are read and written in one go. */
const atOnce = 100;

/** Brings what the search says of some stories up to what they are now; doing it again changes nothing. */
export async function indexStories(ctx: Context, articleIds: readonly number[]): Promise<void> {
  for (let i = 0; i < articleIds.length; i += atOnce) {
    const some = articleIds.slice(i, i + atOnce);
    await engineOf(ctx).write(ctx, some, (tx) => documentsOf(tx, some));
  }
}

/** What a job of the outbox says about a change. */
interface Change {
  subject: string;
  subjectId: number;
}

/** Follows what was brought in: many stories by one job. */
export const indexTexts = (ctx: Context, job: unknown): Promise<void> =>
  indexStories(ctx, (job as { articleIds: number[] }).articleIds);

const namedThings: readonly string[] = ['Person', 'Organisation', 'Place'];

/** Follows a change: of a story, or of the names of what stories name. */
export async function indexChange(ctx: Context, change: unknown): Promise<void> {
  const { subject, subjectId } = change as Change;
  if (subject === 'Article') return indexStories(ctx, [subjectId]);
  if (!namedThings.includes(subject)) return;
  for (let last = 0; ;) {
    const rows = await ctx.database.read<{ articleId: number }>(
      sql`select distinct e.articleId from mention m join edition e on e.id = m.editionId
          where m.entityId in (select id from entity where id = ${subjectId} or mergedInto = ${subjectId})
            and e.articleId > ${last} order by e.articleId limit ${atOnce}`,
      'primary',
    );
    if (rows.length === 0) return;
    await indexStories(
      ctx,
      rows.map(({ articleId }) => articleId),
    );
    last = rows.at(-1)!.articleId;
  }
}

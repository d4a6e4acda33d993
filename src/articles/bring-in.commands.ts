import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput } from '../kernel/errors.js';
import { recordAudit, touchEverything } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertUnlessThere } from '../kernel/write.js';
import { CorrectionRow } from './article.rows.js';
import { dropPending, enterPublication, openInterval, openIntervalOf } from './interval.commands.js';
import { holdStory, move } from './story.commands.js';

export interface PublishInput {
  articleId: number;
  editionId: number;
  /** The date it carries and, when the story was never seen before, from when on readers see it; now when absent. */
  publishedAt?: number | undefined;
}

/** Makes an edition of a story that was brought in what readers see, whatever its state; not of one that was taken down. */
export const publishEdition = (ctx: Context, input: PublishInput): Promise<{ changed: boolean }> =>
  inTransaction(ctx, (tx) => publishText(ctx, tx, input));

/** `publishEdition` within a transaction. */
export async function publishText(
  ctx: Context,
  tx: Transaction,
  { articleId, editionId, publishedAt: wanted }: PublishInput,
): Promise<{ changed: boolean }> {
  const story = await holdStory(ctx, tx, articleId);
  if (!story) throw badInput('There is no such edition of that story.');
  if (story.workflowState === 'WITHDRAWN' || story.workflowState === 'KILLED') {
    throw badInput('The story was taken down: an editor has to publish it again.');
  }
  await dropPending(tx, articleId, story.now);
  const open = await openIntervalOf(tx, articleId);
  if (open?.editionId === editionId && (wanted ?? open.publishedAt) === open.publishedAt) return { changed: false };
  const { now, slug } = story;
  if ((wanted ?? 0) > now) throw badInput('publishedAt lies in the future: schedule the story instead.');
  const publishedAt = wanted ?? open?.publishedAt ?? now;
  const seenBefore = story.firstPublishedAt !== null;
  const visibleFrom = seenBefore ? Math.max(now, (open?.visibleFrom ?? 0) + 1) : publishedAt;
  const moments = { visibleFrom, partnersFrom: visibleFrom, publishedAt };
  const { publicationId, touches } = await openInterval(tx, { articleId, slug, editionId, now }, moments);
  await move(tx, story, 'PUBLISH');
  if (!seenBefore) await tx.run(sql`update article set firstPublishedAt = ${visibleFrom} where id = ${articleId}`);
  await recordAudit(ctx, tx, {
    action: 'publish',
    subject: 'Article',
    subjectId: articleId,
    detail: { publicationId },
  });
  await enterPublication(tx, { articleId, publicationId, op: seenBefore ? 'UPDATED' : 'PUBLISHED', touches });
  return { changed: true };
}

/** Tells readers what was wrong; the same note of the same moment is kept once. */
export function issueCorrection(
  ctx: Context,
  { articleId, note, issuedAt }: { articleId: number; note: string; issuedAt: number },
): Promise<boolean> {
  const text = checkText('note', note, { min: 1, max: 1_000 });
  return inTransaction(ctx, async (tx) => {
    if (await insertUnlessThere(tx, CorrectionRow, { articleId, note: text, issuedAt })) {
      await touchEverything(tx);
      return true;
    }
    const [there] = await tx.read<{ note: string }>(
      sql`select note from correction where articleId = ${articleId} and issuedAt = ${issuedAt}`,
    );
    if (there?.note !== text) throw badInput('The story has another correction of that very moment.');
    return false;
  });
}

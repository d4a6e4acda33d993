import { previewOfStories } from '../articles/preview.queries.js';
import { read, type Context, type Preview } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import { frontContents } from './content.queries.js';
import { newsroomFrontById } from './newsroom-front.queries.js';

/**
 * What a preview of a front shows in the place of what readers see: its newest arrangement, and the newest texts of its
 * stories as far as they are the viewer's, who is whoever made it. `null` when it has expired, or is his no more.
 */
export async function previewOfFront(
  ctx: Context,
  { frontId, expiresAt }: { frontId: number; expiresAt: number },
): Promise<Preview | null> {
  const [clock] = await read<{ holds: number }>(
    ctx,
    sql`select case when ${ctx.database.now} < ${expiresAt} then 1 else 0 end as holds`,
  );
  const front = clock?.holds === 1 ? await newsroomFrontById(ctx, frontId) : null;
  if (!front) return null;
  const blocks = (await frontContents(ctx, [front.newestId])).get(front.newestId) ?? [];
  const pinned = blocks.flatMap(({ pins }) => pins.map(({ articleId }) => articleId));
  const { drafts } = (await previewOfStories(ctx, { articleIds: pinned, expiresAt })) ?? { drafts: [] };
  return { drafts, front: { frontId, editionId: front.newestId } };
}

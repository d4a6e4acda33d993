import type { Context, Preview } from '../kernel/context.js';
import { read } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import { isTheirs } from '../accounts/policy.js';
import { sectionTree } from '../sections/section.queries.js';
import { lineage } from '../sections/section.rules.js';
import { newsroomArticleOf, newsroomArticles } from './newsroom-article.queries.js';

/** How many stories away from the one that is previewed drafts are shown, and how many in all. */
const farthest = 3;
const most = 250;

/**
 * What a preview of a story shows in the place of what readers see: its newest text, and the newest texts of the
 * stories that these put beside themselves, as far as they are the viewer's, who is whoever made it. `null` when it has expired, by the database's clock, or the story was killed.
 */
export const previewOf = (
  ctx: Context,
  { articleId, expiresAt }: { articleId: number; expiresAt: number },
): Promise<Preview | null> => previewOfStories(ctx, { articleIds: [articleId], expiresAt });

/** `previewOf`, of several stories. */
export async function previewOfStories(
  ctx: Context,
  { articleIds, expiresAt }: { articleIds: readonly number[]; expiresAt: number },
): Promise<Preview | null> {
  const { now } = ctx.database;
  const beside = await read<{ articleId: number }>(
    ctx,
    sql`with recursive beside (articleId, distance) as (
          select a.id, 0 from article a where a.id in ${articleIds} and a.workflowState <> 'KILLED' and ${now} < ${expiresAt}
          union
          select r.articleId, b.distance + 1 from beside b
          join edition e on e.articleId = b.articleId
            and e.number = (select max(n.number) from edition n where n.articleId = b.articleId)
          join related_story r on r.editionId = e.id
          where b.distance < ${farthest})
        select articleId from beside group by articleId order by min(distance), articleId limit ${most}`,
  );
  if (beside.length === 0) return null;
  const ids = beside.map((story) => story.articleId);
  const rows = await read<object>(ctx, newsroomArticles(now, sql`a.id in ${ids} and a.workflowState <> 'KILLED'`));
  const { byId } = await sectionTree(ctx);
  const theirs = rows.map(newsroomArticleOf).filter(({ sectionId, createdBy }) => {
    const sectionIds = lineage(byId, sectionId).map((section) => section.id);
    return isTheirs(ctx, { sectionIds, createdBy });
  });
  const drafts = theirs.map((story) => ({
    articleId: story.id,
    editionId: story.editionId,
    slug: story.slug,
    path: story.path,
    publishedAt: story.publishedAt ?? story.scheduled?.at ?? null,
    updatedAt: story.savedAt,
  }));
  return { drafts };
}

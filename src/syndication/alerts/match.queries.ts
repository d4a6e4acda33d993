import type { Context } from '../../kernel/context.js';
import { sql } from '../../kernel/sql.js';
import { editionsMatching } from '../../search/match.queries.js';
import type { SavedSearchView } from './saved-search.queries.js';

/** A change of a partner's feed, as far as it says which story it is about. */
export interface About {
  seq: number;
  articleId: number | null;
}

/** How many texts are looked at, the newest first: a story that is rewritten all day is not analysed all day. */
const mostTexts = 200;

/**
 * Those of some changes of a partner's feed that a saved search is about: it finds a text of the story that he was told
 * of by then. So who heard of a story hears what becomes of it, also when its newest text is about something else, or
 * there is none any more. What is about no story is for everybody.
 */
export async function changesAbout<Change extends About>(
  ctx: Context,
  { partnerId, query, filter }: Pick<SavedSearchView, 'partnerId' | 'query' | 'filter'>,
  changes: readonly Change[],
): Promise<Change[]> {
  const articleIds = [...new Set(changes.flatMap(({ articleId }) => articleId ?? []))];
  const texts = await ctx.database.read<{ articleId: number; editionId: number; since: number }>(
    sql`select c.articleId, p.editionId, min(c.seq) as since
        from partner_change c join publication p on p.id = c.publicationId
        where c.articleId in ${articleIds} and c.partnerId = ${partnerId}
        group by c.articleId, p.editionId order by since desc limit ${mostTexts}`,
    'primary',
  );
  const found = await editionsMatching(
    ctx,
    { query, filter },
    texts.map(({ editionId }) => editionId),
  );
  const first = new Map<number, number>();
  for (const { articleId, editionId, since } of texts) {
    if (found.has(editionId)) first.set(articleId, Math.min(since, first.get(articleId) ?? Infinity));
  }
  return changes.filter(({ articleId, seq }) => articleId === null || (first.get(articleId) ?? Infinity) <= seq);
}

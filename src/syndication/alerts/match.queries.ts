import type { Context } from '../../kernel/context.js';
import { sql } from '../../kernel/sql.js';
import { editionsMatching } from '../../search/match.queries.js';
import type { SavedSearchView } from './saved-search.queries.js';

/** A change of a partner's feed, as far as it says which story it is about. */
export interface About {
  seq: number;
  articleId: number | null;
  publicationId: number | null;
}

/** How many texts of a story are looked at, its first and its newest: what is rewritten all day is not analysed all day. */
const mostTexts = 10;

/** How many changes a saved search looks into at once: of each as many texts. */
export const lookedIntoAtOnce = 10;

/** What a stream pays for each change that a saved search looks into. */
export const lookCost = 10;

/** Whether a saved search has to look into a change to know whether it is about it. */
export const isLookedInto = ({ publicationId }: Pick<About, 'publicationId'>): boolean => publicationId !== null;

/**
 * Those of some changes of a partner's feed that a saved search is about: it finds a text of the story that he was told
 * of by then. So who heard of a story hears what becomes of it, also when its newest text is about something else. What
 * brings no text is for everybody: a story that is taken down was perhaps found by words that are not asked for any more.
 */
export async function changesAbout<Change extends About>(
  ctx: Context,
  { partnerId, query, filter }: Pick<SavedSearchView, 'partnerId' | 'query' | 'filter'>,
  changes: readonly Change[],
): Promise<Change[]> {
  const withText = changes.filter(isLookedInto);
  const articleIds = [...new Set(withText.flatMap(({ articleId }) => articleId ?? []))];
  if (articleIds.length === 0) return [...changes];
  const texts = await ctx.database.read<{ articleId: number; editionId: number; since: number }>(
    sql`select articleId, editionId, since
        from (select articleId, editionId, since, row_number() over (partition by articleId order by since desc) as newest,
                row_number() over (partition by articleId order by since) as oldest
              from (select c.articleId, p.editionId, min(c.seq) as since
                    from partner_change c join publication p on p.id = c.publicationId
                    where c.articleId in ${articleIds} and c.partnerId = ${partnerId}
                    group by c.articleId, p.editionId) told) placed
        where newest < ${mostTexts} or oldest = 1`,
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
  const isFound = ({ articleId, seq }: About) => (first.get(articleId ?? 0) ?? Infinity) <= seq;
  return changes.filter((change) => !isLookedInto(change) || isFound(change));
}

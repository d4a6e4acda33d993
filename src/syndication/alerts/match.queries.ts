import type { Context } from '../../kernel/context.js';
import { sql } from '../../kernel/sql.js';
import { editionsMatching } from '../../search/match.queries.js';
import type { SavedSearchView } from './saved-search.queries.js';

/** A change of a feed, as far as it is about a story. */
export interface About {
  seq: number;
  articleId: number | null;
  publicationId: number | null;
}

/**
 * Those of some changes that a saved search is about: any text of the story that was out by then is found by it. So who
 * was told of a story hears what becomes of it, also when its newest text is about something else, or there is none any
 * more. What is about no story is for everybody.
 */
export async function changesAbout<Change extends About>(
  ctx: Context,
  search: Pick<SavedSearchView, 'query' | 'filter'>,
  changes: readonly Change[],
): Promise<Change[]> {
  const texts = await textsOf(ctx, changes);
  const found = await editionsMatching(ctx, search, [...new Set(texts.map(({ editionId }) => editionId))]);
  const articles = new Set<number>();
  const publications = new Set<number>();
  for (const { articleId, id, editionId, isOut } of texts) {
    if (!found.has(editionId)) continue;
    publications.add(id);
    if (isOut === 1) articles.add(articleId);
  }
  return changes.filter(
    ({ articleId, publicationId }) =>
      articleId === null || articles.has(articleId) || (publicationId !== null && publications.has(publicationId)),
  );
}

/** How many texts are looked at, the newest first: a story that is rewritten all day is not analysed all day. */
const mostTexts = 200;

/** The texts of the stories that changes are about: those that are out, and those that the changes themselves bring. */
function textsOf(ctx: Context, changes: readonly About[]) {
  const articleIds = [...new Set(changes.flatMap(({ articleId }) => articleId ?? []))];
  const publicationIds = changes.flatMap(({ publicationId }) => publicationId ?? []);
  return ctx.database.read<{ id: number; articleId: number; editionId: number; isOut: 0 | 1 }>(
    sql`select p.id, p.articleId, p.editionId,
          case when p.partnersFrom <= ${ctx.database.now} or p.visibleFrom <= ${ctx.database.now} then 1 else 0 end as isOut
        from publication p
        where p.articleId in ${articleIds} and (p.partnersFrom <= ${ctx.database.now}
          or p.visibleFrom <= ${ctx.database.now} or p.id in ${publicationIds})
        order by p.id desc limit ${mostTexts}`,
    'primary',
  );
}

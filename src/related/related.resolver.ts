import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ArticleView } from '../articles/article.queries.js';
import { Article } from '../articles/article.types.js';
import { maxRelated } from '../articles/edition.rows.js';
import type { Context } from '../kernel/context.js';
import { checkFirst, pageOf, parseCursor, type Connection } from '../kernel/page.js';
import { relatedByEdition, relatedCounts, relatedList, type RelatedView } from './related.queries.js';
import { RelatedArgs, RelatedStories } from './related.types.js';

@Resolver(() => Article)
export class ArticleRelated {
  @FieldResolver(() => RelatedStories.Connection, { description: 'Stories put beside it, in the order of the editor.' })
  async related(
    @Ctx() ctx: Context,
    @Root() article: ArticleView,
    @Args(() => RelatedArgs) page: RelatedArgs,
  ): Promise<Connection<RelatedView>> {
    const { editionId, asOf } = article;
    const [behind] = page.after == null ? [-1] : parseCursor<[number]>(relatedList(editionId), page.after, ['number']);
    const rows = await relatedByEdition(ctx, { first: checkFirst(page.first, maxRelated), behind, asOf }).load(
      editionId,
    );
    return pageOf(
      rows,
      page,
      (related) => related,
      async () =>
        page.after == null
          ? (rows[0]?.left ?? 0)
          : ((await relatedCounts(ctx, { asOf }).load(editionId))[0]?.total ?? 0),
    );
  }
}

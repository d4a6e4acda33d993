import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ArticleView } from '../articles/article.queries.js';
import { Article } from '../articles/article.types.js';
import { maxRelated } from '../articles/edition.rows.js';
import type { Context } from '../kernel/context.js';
import { checkFirst, PageArgs, pageOf, type Connection } from '../kernel/page.js';
import { relatedByEdition, relatedCounts, type RelatedView } from './related.queries.js';
import { RelatedStories } from './related.types.js';

@Resolver(() => Article)
export class ArticleRelated {
  @FieldResolver(() => RelatedStories.Connection, { description: 'Stories put beside it, in the order of the editor.' })
  async related(
    @Ctx() ctx: Context,
    @Root() article: ArticleView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RelatedView>> {
    const { first, after } = page;
    const rows = await relatedByEdition(ctx, { first: checkFirst(first, maxRelated), after }).load(article.editionId);
    return pageOf(
      rows,
      page,
      (related) => related,
      async () => (await relatedCounts(ctx).load(article.editionId))[0]?.total ?? 0,
    );
  }
}

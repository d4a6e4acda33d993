import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { colleagueOrNobody, type ColleagueView } from '../../accounts/colleague.queries.js';
import { bodyByEdition } from '../../articles/article.queries.js';
import type { BodyView } from '../../articles/body.resolver.js';
import { Body } from '../../articles/body.types.js';
import type { Change } from '../../articles/diff.rules.js';
import type { NewsroomArticleView } from '../../articles/newsroom-article.queries.js';
import { NewsroomArticle } from '../../articles/newsroom-article.types.js';
import { RevisionChange } from '../../articles/revision.types.js';
import type { Context } from '../../kernel/context.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { changesIn, compared } from './comparison.queries.js';
import { revisionOf, revisionsOf, type RevisionEdge, type RevisionView } from './revision.queries.js';
import { Revision, RevisionPages } from './revision.types.js';

@Resolver(() => Revision)
export class RevisionResolver {
  @FieldResolver()
  savedBy(@Ctx() ctx: Context, @Root() revision: RevisionView): Promise<ColleagueView | null> {
    return colleagueOrNobody(ctx, revision.savedBy);
  }

  @FieldResolver(() => Body)
  async body(@Ctx() ctx: Context, @Root() revision: RevisionView): Promise<BodyView> {
    return (await bodyByEdition(ctx).load(revision.editionId)) ?? { blocks: [] };
  }

  @FieldResolver(() => [RevisionChange], {
    description: 'What was changed in the text before it; nothing in the first.',
  })
  changes(@Ctx() ctx: Context, @Root() revision: RevisionView): Promise<Change[]> {
    return changesIn(ctx, revision);
  }
}

@Resolver(() => NewsroomArticle)
export class ArticleHistory {
  @FieldResolver(() => RevisionPages.Connection, { description: 'All its texts, newest first.' })
  revisions(
    @Ctx() ctx: Context,
    @Root() article: NewsroomArticleView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RevisionEdge>> {
    return revisionsOf(ctx, article.id, page);
  }

  @FieldResolver(() => Revision, { nullable: true, description: 'The text with this number.' })
  revision(
    @Ctx() ctx: Context,
    @Root() article: NewsroomArticleView,
    @Arg('number', () => Int) number: number,
  ): Promise<RevisionView | null> {
    return revisionOf(ctx, article.id, number);
  }

  @FieldResolver(() => [RevisionChange], {
    description: 'What has to be changed in one of its texts to make another of it.',
  })
  compare(
    @Ctx() ctx: Context,
    @Root() article: NewsroomArticleView,
    @Arg('from', () => Int, { description: 'The number of a revision.' }) from: number,
    @Arg('to', () => Int, { description: 'The number of a revision.' }) to: number,
  ): Promise<Change[]> {
    return compared(ctx, article.id, { from, to });
  }
}

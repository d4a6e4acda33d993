import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { hasRole } from '../../accounts/policy.js';
import { articleById, type ArticleView } from '../../articles/article.queries.js';
import { Article } from '../../articles/article.types.js';
import { maxRelated } from '../../articles/edition.rows.js';
import { newsroomArticleById, type NewsroomArticleView } from '../../articles/newsroom-article.queries.js';
import { AllowedTransition, NewsroomArticle } from '../../articles/newsroom-article.types.js';
import { leastFor, stepsFrom, workflowStates, type Step, type WorkflowState } from '../../articles/workflow.rules.js';
import type { Context } from '../../kernel/context.js';
import { parseGlobalIds } from '../../kernel/global-id.js';
import { checkFirst, PageArgs, type Connection } from '../../kernel/page.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { deskArticles, type DeskFilter, type NewsroomArticleEdge } from './article.queries.js';
import { NewsroomArticleFilter, NewsroomArticlePages, RelatedDrafts, WorkflowStep } from './article.types.js';
import { relatedDrafts, type RelatedDraftView } from './related.queries.js';

@Resolver(() => Newsroom)
export class DeskResolver {
  @FieldResolver(() => NewsroomArticle, {
    nullable: true,
    description: 'The story with this id, if it is yours to see.',
  })
  article(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<NewsroomArticleView | null> {
    return newsroomArticleById(ctx, parseGlobalIds([id], ['Article'])[0]!);
  }

  @FieldResolver(() => NewsroomArticlePages.Connection, {
    description: 'Stories that are yours to see, last changed first.',
  })
  articles(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NewsroomArticleFilter, { nullable: true }) filter?: DeskFilter | null,
  ): Promise<Connection<NewsroomArticleEdge>> {
    return deskArticles(ctx, filter ?? { mine: false }, page);
  }

  @FieldResolver(() => [WorkflowStep], { description: 'The whole workflow: every state, and what leads on from it.' })
  workflow(): { state: WorkflowState; transitions: Step[] }[] {
    return workflowStates.map((state) => ({ state, transitions: stepsFrom(state) }));
  }
}

@Resolver(() => NewsroomArticle)
export class NewsroomArticleResolver {
  @FieldResolver(() => Article, { nullable: true })
  live(@Ctx() ctx: Context, @Root() article: NewsroomArticleView): Promise<ArticleView | null> {
    return articleById(ctx).load(article.id);
  }

  @FieldResolver(() => [AllowedTransition], { description: 'What you can do with it in the state it is in.' })
  allowedTransitions(@Ctx() ctx: Context, @Root() article: NewsroomArticleView): Step[] {
    return stepsFrom(article.workflowState).filter(({ transition }) => hasRole(ctx, leastFor(transition)));
  }

  @FieldResolver(() => RelatedDrafts.Connection, { description: 'Stories its newest text puts beside itself.' })
  related(
    @Ctx() ctx: Context,
    @Root() article: NewsroomArticleView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RelatedDraftView>> {
    checkFirst(page.first, maxRelated);
    return relatedDrafts(ctx, article.editionId, page);
  }
}

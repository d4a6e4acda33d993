import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { colleagueById, type ColleagueView } from '../../accounts/colleague.queries.js';
import { newsroomArticleById, type NewsroomArticleView } from '../../articles/newsroom-article.queries.js';
import { NewsroomArticle } from '../../articles/newsroom-article.types.js';
import type { Context } from '../../kernel/context.js';
import type { UserErrorView } from '../../kernel/errors.js';
import { idIn } from '../../kernel/global-id.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { startEditing, stopEditing, type WhoEdits } from './editing.commands.js';
import { editingByArticle, editingOfTheirs, maxEditing, type EditingView } from './editing.queries.js';
import {
  Editing,
  StartEditingInput,
  StartEditingResult,
  StopEditingInput,
  StopEditingResult,
} from './editing.types.js';

@Resolver()
export class EditingMutations {
  @Mutation(() => StartEditingResult, {
    description: 'Tells the others that you work on a story; say it again to go on.',
  })
  startEditing(
    @Ctx() ctx: Context,
    @Arg('input', () => StartEditingInput) input: StartEditingInput,
  ): Promise<WhoEdits<'EditingStarted'> | UserErrorView> {
    return startEditing(ctx, { ...input, articleId: idIn('articleId', input.articleId, 'Article') });
  }

  @Mutation(() => StopEditingResult, { description: 'Tells the others that you no longer work on a story.' })
  stopEditing(
    @Ctx() ctx: Context,
    @Arg('input', () => StopEditingInput) input: StopEditingInput,
  ): Promise<WhoEdits<'EditingStopped'> | UserErrorView> {
    return stopEditing(ctx, { ...input, articleId: idIn('articleId', input.articleId, 'Article') });
  }
}

@Resolver(() => Editing)
export class EditingResolver {
  @FieldResolver()
  by(@Ctx() ctx: Context, @Root() editing: EditingView): Promise<ColleagueView | null> {
    return colleagueById(ctx).load(editing.accountId);
  }

  @FieldResolver()
  article(@Ctx() ctx: Context, @Root() editing: EditingView): Promise<NewsroomArticleView | null> {
    return newsroomArticleById(ctx, editing.articleId);
  }
}

@Resolver(() => NewsroomArticle)
export class ArticleEditing {
  @FieldResolver(() => [Editing], { description: 'Everybody who works on it now, who began first first.' })
  editing(@Ctx() ctx: Context, @Root() article: NewsroomArticleView): Promise<EditingView[]> {
    return editingByArticle(ctx).load(article.id);
  }
}

@Resolver(() => Newsroom)
export class EditingNow {
  @FieldResolver(() => [Editing], {
    description: `Who works on what now, of the stories that are yours to see; at most ${maxEditing}.`,
  })
  editing(@Ctx() ctx: Context): Promise<EditingView[]> {
    return editingOfTheirs(ctx);
  }
}

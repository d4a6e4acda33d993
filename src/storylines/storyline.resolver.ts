import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ArticleView } from '../articles/article.queries.js';
import { Article } from '../articles/article.types.js';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { checkFirst, FirstArg, PageArgs, type Connection } from '../kernel/page.js';
import { pictureById, type PictureView } from '../media/picture.queries.js';
import { Picture } from '../media/picture.types.js';
import {
  entriesByStoryline,
  mainOf,
  storylineBySlug,
  storylinesOf,
  storylinesOfStory,
  type EntryView,
  type StorylineEdge,
  type StorylineView,
} from './storyline.queries.js';
import type { StorylineStatus } from './storyline.rows.js';
import { maxEntries, maxMain, maxOfStory, storylinePath, storylineUrl } from './storyline.rules.js';
import { Storyline, StorylineEntity, StorylineEntry, StorylinePages, StorylineStatusEnum } from './storyline.types.js';

@Resolver(() => Storyline)
export class StorylineResolver {
  @Query(() => Storyline, { nullable: true, description: 'The storyline with this slug, if readers may see it.' })
  storyline(@Ctx() ctx: Context, @Arg('slug', () => String) slug: string): Promise<StorylineView | null> {
    return storylineBySlug(ctx).load(slug);
  }

  @Query(() => StorylinePages.Connection, { description: 'Storylines, those with the newest entries first.' })
  storylines(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('status', () => StorylineStatusEnum, {
      nullable: true,
      description: 'Only those that go on, or that are over.',
    })
    status?: StorylineStatus | null,
  ): Promise<Connection<StorylineEdge>> {
    return storylinesOf(ctx, status ?? null, page);
  }

  @FieldResolver(() => ID)
  id(@Root() storyline: StorylineView): string {
    return globalId('Storyline', storyline.id);
  }

  @FieldResolver(() => String, { description: 'Where it lives on the site, from the first slash.' })
  path(@Root() storyline: StorylineView): string {
    return storylinePath(storyline);
  }

  @FieldResolver(() => String, { description: 'Where readers find it.' })
  url(@Ctx() ctx: Context, @Root() storyline: StorylineView): string {
    return storylineUrl(ctx.addresses, storyline);
  }

  @FieldResolver(() => Picture, { nullable: true })
  async picture(@Ctx() ctx: Context, @Root() { pictureId }: StorylineView): Promise<PictureView | null> {
    return pictureId === null ? null : pictureById(ctx).load(pictureId);
  }

  @FieldResolver(() => [StorylineEntry], { description: 'Its timeline, from the first to the last.' })
  entries(
    @Ctx() ctx: Context,
    @Root() storyline: StorylineView,
    @FirstArg(50, maxEntries) first: number,
    @Arg('newestFirst', () => Boolean, { defaultValue: false, description: 'From the last to the first.' })
    newestFirst: boolean,
  ): Promise<EntryView[]> {
    return entriesByStoryline(ctx, { first: checkFirst(first, maxEntries), newestFirst }).load(storyline.id);
  }

  @FieldResolver(() => [StorylineEntity], { description: 'Whom and what its stories are most about.' })
  async mainEntities(
    @Ctx() ctx: Context,
    @Root() storyline: StorylineView,
    @FirstArg(10, maxMain) first: number,
  ): Promise<object[]> {
    const main = await mainOf(ctx, { first: checkFirst(first, maxMain) }).load(storyline.id);
    return main.map(({ entity, stories }) => ({ entity, articleCount: stories }));
  }
}

@Resolver(() => Article)
export class ArticleStorylines {
  @FieldResolver(() => [Storyline], { description: 'Storylines it is in, those with the newest entries first.' })
  async storylines(
    @Ctx() ctx: Context,
    @Root() article: ArticleView,
    @FirstArg(5, maxOfStory) first: number,
  ): Promise<StorylineView[]> {
    const found = await storylinesOfStory(ctx, { first: checkFirst(first, maxOfStory) }).load(article.id);
    return found.map(({ storyline }) => storyline);
  }
}

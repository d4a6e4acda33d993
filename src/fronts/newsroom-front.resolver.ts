import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { colleagueOrNobody, type ColleagueView } from '../accounts/colleague.queries.js';
import { newsroomArticleById, type NewsroomArticleView } from '../articles/newsroom-article.queries.js';
import { entityById, type EntityView } from '../entities/entity.queries.js';
import { Entity } from '../entities/entity.types.js';
import type { Context } from '../kernel/context.js';
import { globalId, parseGlobalIds } from '../kernel/global-id.js';
import { checkFirst, FirstArg, PageArgs, type Connection } from '../kernel/page.js';
import { sectionTree, type SectionView } from '../sections/section.queries.js';
import { Section } from '../sections/section.types.js';
import { frontContents } from './content.queries.js';
import { frontById, type FrontView } from './front.queries.js';
import { maxBlocks, maxSize, type Block, type Fill, type Pin } from './front.rules.js';
import { Front } from './front.types.js';
import {
  frontRevisionById,
  frontRevisions,
  newsroomFrontById,
  newsroomFrontsOf,
  scheduledFronts,
  type FrontRevisionEdge,
  type FrontRevisionView,
  type NewsroomFrontEdge,
  type NewsroomFrontView,
} from './newsroom-front.queries.js';
import {
  FrontFilter,
  FrontPin,
  FrontRevision,
  FrontRevisionBlock,
  FrontRevisionPages,
  NewsroomFront,
  NewsroomFrontPages,
  ScheduledFront,
} from './newsroom-front.types.js';
import { blocksNow, type FrontStoryView } from './page.queries.js';

@Resolver(() => NewsroomFront)
export class NewsroomFrontResolver {
  @Query(() => NewsroomFront, { nullable: true, description: 'The front with this id, if it is yours to arrange.' })
  newsroomFront(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<NewsroomFrontView | null> {
    return newsroomFrontById(ctx, parseGlobalIds([id], ['Front'])[0]!);
  }

  @Query(() => NewsroomFrontPages.Connection, { description: 'Fronts that are yours to arrange, by their slugs.' })
  newsroomFronts(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<NewsroomFrontEdge>> {
    return newsroomFrontsOf(ctx, page);
  }

  @FieldResolver(() => ID)
  frontId(@Root() front: NewsroomFrontView): string {
    return globalId('Front', front.id);
  }

  @FieldResolver(() => Section, { nullable: true, description: 'The section whose front it is.' })
  async section(@Ctx() ctx: Context, @Root() { sectionId }: NewsroomFrontView): Promise<SectionView | null> {
    return sectionId === null ? null : ((await sectionTree(ctx)).byId.get(sectionId) ?? null);
  }

  @FieldResolver(() => Front, { nullable: true, description: 'The front as readers see it.' })
  live(@Ctx() ctx: Context, @Root() front: NewsroomFrontView): Promise<FrontView | null> {
    return frontById(ctx).load(front.id);
  }

  @FieldResolver(() => FrontRevision, { description: 'Its newest arrangement.' })
  newest(@Ctx() ctx: Context, @Root() front: NewsroomFrontView): Promise<FrontRevisionView | null> {
    return frontRevisionById(ctx).load(front.newestId);
  }

  @FieldResolver(() => [ScheduledFront], { description: 'What readers will see, soonest first.' })
  async scheduled(
    @Ctx() ctx: Context,
    @Root() front: NewsroomFrontView,
    @FirstArg(10, 50) first: number,
  ): Promise<object[]> {
    const all = (await scheduledFronts(ctx).load(front.id)).slice(0, checkFirst(first, 50));
    return all.map(({ at, editionId }) => ({ at, editionId }));
  }

  @FieldResolver(() => FrontRevisionPages.Connection, { description: 'All its arrangements, newest first.' })
  revisions(
    @Ctx() ctx: Context,
    @Root() front: NewsroomFrontView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<FrontRevisionEdge>> {
    return frontRevisions(ctx, front.id, page);
  }
}

@Resolver(() => ScheduledFront)
export class ScheduledFrontResolver {
  @FieldResolver()
  revision(@Ctx() ctx: Context, @Root() scheduled: { editionId: number }): Promise<FrontRevisionView | null> {
    return frontRevisionById(ctx).load(scheduled.editionId);
  }
}

/** A block of an arrangement, and which of its blocks it is. */
type ArrangedBlock = Block & { editionId: number };

@Resolver(() => FrontRevision)
export class FrontRevisionResolver {
  @FieldResolver()
  savedBy(@Ctx() ctx: Context, @Root() revision: FrontRevisionView): Promise<ColleagueView | null> {
    return colleagueOrNobody(ctx, revision.savedBy);
  }

  @FieldResolver(() => [FrontRevisionBlock], { description: 'In their order.' })
  async blocks(
    @Ctx() ctx: Context,
    @Root() { editionId }: FrontRevisionView,
    @FirstArg(maxBlocks, maxBlocks) first: number,
  ): Promise<ArrangedBlock[]> {
    checkFirst(first, maxBlocks);
    const blocks = (await frontContents(ctx, [editionId])).get(editionId) ?? [];
    return blocks.slice(0, first).map((block) => ({ ...block, editionId }));
  }
}

@Resolver(() => FrontRevisionBlock)
export class FrontRevisionBlockResolver {
  @FieldResolver()
  filter(@Root() block: ArrangedBlock): Fill | null {
    return block.fill;
  }

  @FieldResolver(() => [FrontPin], { description: 'In the order of their places.' })
  pins(@Root() block: ArrangedBlock, @FirstArg(20, maxSize) first: number): readonly Pin[] {
    return block.pins.slice(0, checkFirst(first, maxSize));
  }

  @FieldResolver()
  async stories(
    @Ctx() ctx: Context,
    @Root() { editionId, key }: ArrangedBlock,
    @FirstArg(20, maxSize) first: number,
  ): Promise<FrontStoryView[]> {
    const shown = (await blocksNow(ctx, editionId)).find((block) => block.key === key)?.stories ?? [];
    return shown.slice(0, checkFirst(first, maxSize));
  }
}

@Resolver(() => FrontPin)
export class FrontPinResolver {
  @FieldResolver()
  articleId(@Root() pin: Pin): string {
    return globalId('Article', pin.articleId);
  }

  @FieldResolver()
  article(@Ctx() ctx: Context, @Root() pin: Pin): Promise<NewsroomArticleView | null> {
    return newsroomArticleById(ctx, pin.articleId);
  }
}

@Resolver(() => FrontFilter)
export class FrontFilterResolver {
  @FieldResolver(() => [Section], { nullable: true })
  async sections(@Ctx() ctx: Context, @Root() { sectionIds }: Fill): Promise<SectionView[] | null> {
    const { byId } = await sectionTree(ctx);
    return sectionIds?.flatMap((id) => byId.get(id) ?? []) ?? null;
  }

  @FieldResolver(() => [Entity], { nullable: true, description: 'People, organisations and places that are named.' })
  async entities(@Ctx() ctx: Context, @Root() { entityIds }: Fill): Promise<EntityView[] | null> {
    const entities = await Promise.all(entityIds?.map((id) => entityById(ctx).load(id)) ?? []);
    return entityIds ? entities.flatMap((entity) => entity ?? []) : null;
  }
}

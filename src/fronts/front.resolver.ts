import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { checkFirst, FirstArg, PageArgs, type Connection } from '../kernel/page.js';
import { DateTime } from '../kernel/scalars.js';
import { sectionTree, type SectionView } from '../sections/section.queries.js';
import { Section } from '../sections/section.types.js';
import { frontAsOf, frontBySlug, frontOfSection, frontsOf, type FrontEdge, type FrontView } from './front.queries.js';
import { maxBlocks, maxSize } from './front.rules.js';
import { Front, FrontBlock, FrontPages, FrontStory } from './front.types.js';
import { blocksOf, type FrontBlockView, type FrontStoryView } from './page.queries.js';

@Resolver(() => Front)
export class FrontResolver {
  @Query(() => Front, { nullable: true, description: 'The front with this slug, if readers may see it.' })
  front(
    @Ctx() ctx: Context,
    @Arg('slug', () => String) slug: string,
    @Arg('asOf', () => DateTime, {
      nullable: true,
      description:
        'As readers saw it at this moment; stories that were taken down since are not on it, and blocks are filled from the newest 5,000 texts before it.',
    })
    asOf?: number | null,
  ): Promise<FrontView | null> {
    return asOf == null ? frontBySlug(ctx).load(slug) : frontAsOf(ctx, slug, asOf);
  }

  @Query(() => FrontPages.Connection, { description: 'Fronts that readers see, by their slugs.' })
  fronts(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<FrontEdge>> {
    return frontsOf(ctx, page);
  }

  @FieldResolver(() => ID)
  id(@Root() front: FrontView): string {
    return globalId('Front', front.id);
  }

  @FieldResolver(() => Section, { nullable: true, description: 'The section whose front it is.' })
  async section(@Ctx() ctx: Context, @Root() { sectionId }: FrontView): Promise<SectionView | null> {
    return sectionId === null ? null : ((await sectionTree(ctx)).byId.get(sectionId) ?? null);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When it was last arranged anew; nothing in a preview.',
  })
  arrangedAt(@Root() { visibleFrom }: FrontView): number | null {
    return visibleFrom || null;
  }

  @FieldResolver(() => [FrontBlock], { description: 'In the order of the editor.' })
  async blocks(
    @Ctx() ctx: Context,
    @Root() front: FrontView,
    @FirstArg(maxBlocks, maxBlocks) first: number,
  ): Promise<FrontBlockView[]> {
    checkFirst(first, maxBlocks);
    return (await blocksOf(ctx, front)).slice(0, first);
  }
}

@Resolver(() => FrontBlock)
export class FrontBlockResolver {
  @FieldResolver(() => [FrontStory], { description: 'Pinned stories in their places, and the newest in all others.' })
  stories(@Root() block: FrontBlockView, @FirstArg(20, maxSize) first: number): FrontStoryView[] {
    return block.stories.slice(0, checkFirst(first, maxSize));
  }
}

@Resolver(() => Section)
export class SectionFront {
  @FieldResolver(() => Front, { nullable: true, description: 'The page that editors arrange for it, if there is one.' })
  front(@Ctx() ctx: Context, @Root() section: SectionView): Promise<FrontView | null> {
    return frontOfSection(ctx).load(section.id);
  }
}

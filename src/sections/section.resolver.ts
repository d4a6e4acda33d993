import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { checkFirst, FirstArg } from '../kernel/page.js';
import { maxSections, sectionTree, type SectionView } from './section.queries.js';
import { lineage } from './section.rules.js';
import { Section } from './section.types.js';

@Resolver(() => Section)
export class SectionResolver {
  @Query(() => Section, { nullable: true, description: 'The section with this slug.' })
  async section(@Ctx() ctx: Context, @Arg('slug', () => String) slug: string): Promise<SectionView | null> {
    return (await sectionTree(ctx)).bySlug.get(slug) ?? null;
  }

  @Query(() => [Section], { description: 'All sections, in the order of the paper.' })
  async sections(@Ctx() ctx: Context, @FirstArg(50, maxSections) first: number): Promise<SectionView[]> {
    return (await sectionTree(ctx)).all.slice(0, checkFirst(first, maxSections));
  }

  @FieldResolver(() => ID)
  id(@Root() section: SectionView): string {
    return globalId('Section', section.id);
  }

  @FieldResolver(() => String, { description: 'Where readers find it.' })
  url(@Ctx() ctx: Context, @Root() section: SectionView): string {
    return `${ctx.addresses.siteUrl}/${section.slug}`;
  }

  @FieldResolver(() => Section, { nullable: true, description: 'The section it is part of.' })
  async parent(@Ctx() ctx: Context, @Root() section: SectionView): Promise<SectionView | null> {
    return (await sectionTree(ctx)).byId.get(section.parentId ?? -1) ?? null;
  }

  @FieldResolver(() => [Section], { description: 'The sections it is part of, nearest first.' })
  async ancestors(@Ctx() ctx: Context, @Root() section: SectionView): Promise<SectionView[]> {
    return lineage((await sectionTree(ctx)).byId, section.parentId);
  }

  @FieldResolver(() => [Section], { description: 'The sections directly below it.' })
  async children(
    @Ctx() ctx: Context,
    @Root() section: SectionView,
    @FirstArg(50, maxSections) first: number,
  ): Promise<SectionView[]> {
    const below = (await sectionTree(ctx)).all.filter((other) => other.parentId === section.id);
    return below.slice(0, checkFirst(first, maxSections));
  }
}

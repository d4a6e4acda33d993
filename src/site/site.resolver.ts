import { Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ArticleView } from '../articles/article.queries.js';
import { Article } from '../articles/article.types.js';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { checkFirst, PageArgs, pageOf, type Connection } from '../kernel/page.js';
import { sectionTree, type SectionView } from '../sections/section.queries.js';
import { lineage } from '../sections/section.rules.js';
import { Section } from '../sections/section.types.js';
import { placementsFor } from './placement.rules.js';
import {
  allNewsletters,
  allPlacements,
  consentCategories,
  newsletterCursor,
  newslettersAfter,
  type ConsentCategoryView,
  type NewsletterView,
  type PlacementView,
} from './site.queries.js';
import { ConsentCategory, Newsletter, NewsletterPages, Placement } from './site.types.js';

@Resolver(() => Newsletter)
export class SiteResolver {
  @Query(() => NewsletterPages.Connection, { description: 'Newsletters readers can sign up for.' })
  async newsletters(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<{ cursor: string; node: NewsletterView }>> {
    const all = await allNewsletters(ctx);
    const rows = newslettersAfter(all, page.after).slice(0, checkFirst(page.first) + 1);
    const edge = (node: NewsletterView) => ({ cursor: newsletterCursor(node), node });
    return pageOf(rows, page, edge, async () => all.length);
  }

  @Query(() => [ConsentCategory], { description: 'What a cookie notice asks about.' })
  consentCategories(@Ctx() ctx: Context): Promise<ConsentCategoryView[]> {
    return consentCategories(ctx);
  }

  @FieldResolver(() => ID)
  id(@Root() newsletter: NewsletterView): string {
    return globalId('Newsletter', newsletter.id);
  }
}

@Resolver(() => Article)
export class ArticlePlacements {
  @FieldResolver(() => [Placement], { description: 'What its page shows beside it, by slot.' })
  placements(@Ctx() ctx: Context, @Root() article: ArticleView): Promise<PlacementView[]> {
    return placementsIn(ctx, article.sectionId);
  }
}

@Resolver(() => Section)
export class SectionPlacements {
  @FieldResolver(() => [Placement], { description: 'What its front shows beside the stories, by slot.' })
  placements(@Ctx() ctx: Context, @Root() section: SectionView): Promise<PlacementView[]> {
    return placementsIn(ctx, section.id);
  }
}

async function placementsIn(ctx: Context, sectionId: number): Promise<PlacementView[]> {
  const [all, sections] = await Promise.all([allPlacements(ctx), sectionTree(ctx)]);
  return placementsFor(
    all,
    lineage(sections.byId, sectionId).map((section) => section.id),
  );
}

import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { ArticleView } from '../articles/article.queries.js';
import { ArticleFilter } from '../articles/article.types.js';
import type { FilterInput } from '../articles/filter.rules.js';
import type { NewsroomArticleView } from '../articles/newsroom-article.queries.js';
import { newsroomArticleById } from '../articles/newsroom-article.queries.js';
import type { EntityView } from '../entities/entity.queries.js';
import { Entity } from '../entities/entity.types.js';
import type { Context } from '../kernel/context.js';
import { asksFor } from '../kernel/lookahead.js';
import { checkFirst, FirstArg, PageArgs } from '../kernel/page.js';
import { filterOf, ownOf } from './filter.queries.js';
import type { Range } from './highlight.rules.js';
import {
  articleNode,
  countsOf,
  entitiesNamed,
  entityCounts,
  search,
  sectionCounts,
  snippetFor,
  suggestionFor,
  titleRanges,
  type Hit,
  type Hits,
} from './search.queries.js';
import { NewsroomSearchPages, SearchEdge, SearchFacets, SearchPages, TextRange } from './search.types.js';

/** Whether something is asked for that all stories found are needed for, and not only the first page. */
const isWhole = (info: GraphQLResolveInfo): boolean =>
  ['totalCount', 'facets', 'suggestion'].some((field) => asksFor(field, info));

@Resolver(() => SearchPages.Connection)
export class SearchResolver {
  @Query(() => SearchPages.Connection, {
    description:
      'Finds stories by their words, newest and nearest first: `iran talks`, `"secret talks"`, `-doha`, `title:talks`, `section:mena`, `person:"Ali Bagheri"`, `entity:IAEA`. All words must be there; without words, what fits the filter is listed, newest first. Nothing that can be typed is an error. The first 16 words of 500 characters are read, and the best 1,000 stories found.',
  })
  async search(
    @Ctx() ctx: Context,
    @Arg('query', () => String) query: string,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => ArticleFilter, { nullable: true }) filter?: FilterInput | null,
  ): Promise<Hits<ArticleView>> {
    return search(
      ctx,
      { query, filter: await filterOf(ctx, filter), of: 'READERS', isWhole: isWhole(info) },
      page,
      articleNode,
    );
  }

  @Query(() => NewsroomSearchPages.Connection, {
    description:
      'Finds the newest texts of stories that are yours to see, drafts included; the query is read as by `search`.',
  })
  async newsroomSearch(
    @Ctx() ctx: Context,
    @Arg('query', () => String) query: string,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => ArticleFilter, { nullable: true }) filter?: FilterInput | null,
  ): Promise<Hits<NewsroomArticleView>> {
    const { facets, ...span } = await filterOf(ctx, filter);
    const own = { ...span, facets: [...facets, ...(await ownOf(ctx))] };
    return search(ctx, { query, filter: own, of: 'DESK', isWhole: isWhole(info) }, page, newsroomArticleById);
  }

  @FieldResolver(() => SearchFacets, { description: 'Of all stories found, not only of this page.' })
  async facets(@Ctx() ctx: Context, @Root() hits: Hits<ArticleView>): Promise<object> {
    const counts = countsOf(hits.facets);
    const [sections, entities] = await Promise.all([sectionCounts(ctx, counts), entityCounts(ctx, counts)]);
    return {
      sections,
      entities,
      kinds: (counts.get('k') ?? []).map(({ value, count }) => ({ kind: value.toUpperCase(), count })),
      years: (counts.get('y') ?? [])
        .map(({ value, count }) => ({ year: Number(value), count }))
        .sort((a, b) => b.year - a.year),
    };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What may have been meant, when hardly anything was found: the query spelt as published stories spell it.',
  })
  suggestion(@Ctx() ctx: Context, @Root() hits: Hits<ArticleView>): Promise<string | null> {
    return suggestionFor(ctx, hits);
  }

  @FieldResolver(() => [Entity], { description: 'People, organisations and places that the query names.' })
  async entities(
    @Ctx() ctx: Context,
    @Root() { asked }: Hits<ArticleView>,
    @FirstArg(5, 50) first: number,
  ): Promise<EntityView[]> {
    checkFirst(first, 50);
    return (await entitiesNamed(ctx, asked)).slice(0, first);
  }
}

@Resolver(() => SearchEdge)
export class SearchEdgeResolver {
  @FieldResolver(() => String, {
    description: 'The place of the story that says most of what was sought, as plain text.',
  })
  async highlight(@Ctx() ctx: Context, @Root() hit: Hit<ArticleView>): Promise<string> {
    return (await snippetFor(ctx, hit)).text;
  }

  @FieldResolver(() => [TextRange], { description: 'The words in `highlight` that were sought.' })
  async highlightRanges(@Ctx() ctx: Context, @Root() hit: Hit<ArticleView>): Promise<Range[]> {
    return (await snippetFor(ctx, hit)).ranges;
  }

  @FieldResolver(() => [TextRange], { description: 'The words in the title that were sought.' })
  titleRanges(@Root() hit: Hit<ArticleView>): Range[] {
    return titleRanges(hit);
  }
}

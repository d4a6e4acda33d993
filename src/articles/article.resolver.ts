import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { rolesByPerson, type EntityView, type RoleView } from '../entities/entity.queries.js';
import { Organisation, Person, Place } from '../entities/entity.types.js';
import { heldOn } from '../entities/role.rules.js';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { asksFor } from '../kernel/lookahead.js';
import { checkFirst, FirstArg, PageArgs, type Connection } from '../kernel/page.js';
import { DateTime, dayOf } from '../kernel/scalars.js';
import { sectionTree, type SectionView } from '../sections/section.queries.js';
import { Section } from '../sections/section.types.js';
import {
  articleAsOf,
  articleBySlug,
  bodyByEdition,
  correctionsOf,
  creditsByEdition,
  mentionsByEdition,
  type ArticleView,
  type CorrectionView,
  type CreditView,
  type MentionView,
  type StoryView,
} from './article.queries.js';
import {
  Article,
  ArticleFilter,
  ArticlePages,
  Correction,
  Credit,
  Mention,
  Publication,
  Seo,
  Story,
} from './article.types.js';
import type { BodyView } from './body.resolver.js';
import { maxCorrections, maxCredits, maxMentions } from './edition.rows.js';
import { readingMinutes } from './body.rules.js';
import { Body } from './body.types.js';
import { narrowingOf, type FilterInput } from './filter.rules.js';
import { filteredArticles, type ArticleEdge } from './list.queries.js';
import { namedIn } from './mention.rules.js';
import { articleUrl } from './path.rules.js';

interface PublicationView {
  visibleFrom: number;
  edition: { number: number; savedAt: number };
}

/** A mention together with the post its person held on the day of the story; where that was asked for. */
type MentionInStory = MentionView & { role?: RoleView | null };

@Resolver(() => Article)
export class ArticleResolver {
  @Query(() => Article, { nullable: true, description: 'The story with this slug, if readers may see it.' })
  article(
    @Ctx() ctx: Context,
    @Arg('slug', () => String) slug: string,
    @Arg('asOf', () => DateTime, {
      nullable: true,
      description: 'As readers saw it at this moment; what was taken down since is not shown.',
    })
    asOf?: number | null,
  ): Promise<ArticleView | null> {
    return asOf == null ? articleBySlug(ctx, slug) : articleAsOf(ctx, slug, asOf);
  }

  @Query(() => ArticlePages.Connection, { description: 'Stories, newest first.' })
  async articles(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ArticleFilter, { nullable: true }) filter?: FilterInput | null,
  ): Promise<Connection<ArticleEdge>> {
    const bySlug = filter?.sections ? (await sectionTree(ctx)).bySlug : new Map<string, SectionView>();
    return filteredArticles(ctx, narrowingOf(filter ?? {}, bySlug), page);
  }

  @FieldResolver(() => Publication, { nullable: true, description: 'Which of its texts readers see, and since when.' })
  publication(@Root() article: ArticleView): PublicationView | null {
    const { visibleFrom, editionNumber: number, savedAt, publishedAt } = article;
    return publishedAt === null ? null : { visibleFrom, edition: { number, savedAt } };
  }
}

@Resolver(() => Story)
export class StoryResolver {
  @FieldResolver(() => ID)
  id(@Root() article: StoryView): string {
    return globalId('Article', article.id);
  }

  @FieldResolver(() => String, { description: 'Where readers find it.' })
  url(@Ctx() ctx: Context, @Root() article: StoryView): string {
    return articleUrl(ctx.addresses, article);
  }

  @FieldResolver(() => Int, { description: 'Whole minutes, at 250 words a minute; at least one.' })
  readingMinutes(@Root() article: StoryView): number {
    return readingMinutes(article.wordCount);
  }

  @FieldResolver(() => Section, { nullable: true })
  async section(@Ctx() ctx: Context, @Root() article: StoryView): Promise<SectionView | null> {
    return (await sectionTree(ctx)).byId.get(article.sectionId) ?? null;
  }

  @FieldResolver(() => [Credit], { description: 'In the order of the byline.' })
  async credits(
    @Ctx() ctx: Context,
    @Root() article: StoryView,
    @FirstArg(10, maxCredits) first: number,
  ): Promise<CreditView[]> {
    return (await creditsByEdition(ctx).load(article.editionId)).slice(0, checkFirst(first, maxCredits));
  }

  @FieldResolver(() => Body)
  async body(@Ctx() ctx: Context, @Root() article: StoryView): Promise<BodyView> {
    return (await bodyByEdition(ctx).load(article.editionId)) ?? { blocks: [] };
  }

  @FieldResolver(() => [Mention], { description: 'Where the text names somebody or something, in its order.' })
  async mentions(
    @Ctx() ctx: Context,
    @Root() article: StoryView,
    @FirstArg(200, maxMentions) first: number,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MentionInStory[]> {
    const mentions = (await mentionsByEdition(ctx).load(article.editionId)).slice(0, checkFirst(first, maxMentions));
    return asksFor('role', info) ? withRoles(ctx, mentions, dayOf(article.publishedAt ?? article.savedAt)) : mentions;
  }

  @FieldResolver(() => [Person], { description: 'People named, those the story is most about first.' })
  people(
    @Ctx() ctx: Context,
    @Root() article: StoryView,
    @FirstArg(50, maxMentions) first: number,
  ): Promise<EntityView[]> {
    return named(ctx, article, 'Person', first);
  }

  @FieldResolver(() => [Organisation], { description: 'Organisations named, those it is most about first.' })
  organisations(
    @Ctx() ctx: Context,
    @Root() article: StoryView,
    @FirstArg(50, maxMentions) first: number,
  ): Promise<EntityView[]> {
    return named(ctx, article, 'Organisation', first);
  }

  @FieldResolver(() => [Place], { description: 'Places named, those the story is most about first.' })
  places(
    @Ctx() ctx: Context,
    @Root() article: StoryView,
    @FirstArg(50, maxMentions) first: number,
  ): Promise<EntityView[]> {
    return named(ctx, article, 'Place', first);
  }

  @FieldResolver(() => [Correction], { description: 'Notes to readers, newest first.' })
  async corrections(
    @Ctx() ctx: Context,
    @Root() article: StoryView,
    @FirstArg(20, maxCorrections) first: number,
  ): Promise<CorrectionView[]> {
    return (await correctionsOf(ctx, article)).slice(0, checkFirst(first, maxCorrections));
  }

  @FieldResolver(() => Seo, { description: 'What search engines and social networks are told.' })
  seo(@Root() article: StoryView): StoryView {
    return article;
  }
}

@Resolver(() => Credit)
export class CreditResolver {
  @FieldResolver(() => Person, { nullable: true })
  person(@Root() credit: CreditView): EntityView | null {
    return credit.entity?.__typename === 'Person' ? credit.entity : null;
  }

  @FieldResolver(() => Organisation, { nullable: true })
  organisation(@Root() credit: CreditView): EntityView | null {
    return credit.entity?.__typename === 'Organisation' ? credit.entity : null;
  }
}

@Resolver(() => Mention)
export class MentionResolver {
  @FieldResolver()
  role(@Root() mention: MentionInStory): RoleView | null {
    return mention.role ?? null;
  }
}

async function withRoles(ctx: Context, mentions: readonly MentionView[], day: string): Promise<MentionInStory[]> {
  const people = new Set(mentions.flatMap(({ entity }) => (entity.__typename === 'Person' ? entity.id : [])));
  const held = async (id: number) => [id, heldOn(await rolesByPerson(ctx).load(id), day)[0] ?? null] as const;
  const roles = new Map(await Promise.all([...people].map(held)));
  return mentions.map((mention) => ({ ...mention, role: roles.get(mention.entity.id) ?? null }));
}

async function named(
  ctx: Context,
  article: StoryView,
  kind: EntityView['__typename'],
  first: number,
): Promise<EntityView[]> {
  const mentions = await mentionsByEdition(ctx).load(article.editionId);
  return namedIn(mentions)
    .filter((entity) => entity.__typename === kind)
    .slice(0, checkFirst(first, maxMentions));
}

import 'reflect-metadata';
import {
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { ColleagueResolver } from './accounts/colleague.resolver.js';
import { AccountResolver } from './accounts/account.resolver.js';
import { AccountPages } from './accounts/account.types.js';
import { AccountSections, StaffResolver } from './newsroom/staff/staff.resolver.js';
import { checkRole, policy, type Least } from './accounts/policy.js';
import { ArticleResolver, CreditResolver, MentionResolver, StoryResolver } from './articles/article.resolver.js';
import { ArticlePages } from './articles/article.types.js';
import {
  BlockResolver,
  BodyResolver,
  ListItemResolver,
  PictureBlockResolver,
  TextBlockResolver,
} from './articles/body.resolver.js';
import {
  EmbedBlock,
  FactBoxBlock,
  HeadingBlock,
  ListBlock,
  ParagraphBlock,
  PictureBlock,
  QuoteBlock,
  TableBlock,
} from './articles/body.types.js';
import { CompanionResolver, EntityArticles, RoleSource, SectionArticles } from './articles/listing.resolver.js';
import { SeoResolver } from './articles/seo.resolver.js';
import { EntityResolver, PersonResolver } from './entities/entity.resolver.js';
import { ArrangeResolver } from './fronts/arrange.resolver.js';
import { FrontBlockResolver, FrontResolver, SectionFront } from './fronts/front.resolver.js';
import { FrontPages } from './fronts/front.types.js';
import {
  FrontFilterResolver,
  FrontPinResolver,
  FrontRevisionBlockResolver,
  FrontRevisionResolver,
  NewsroomFrontResolver,
  ScheduledFrontResolver,
} from './fronts/newsroom-front.resolver.js';
import { FrontRevisionPages, NewsroomFrontPages } from './fronts/newsroom-front.types.js';
import type { Context } from './kernel/context.js';
import { Refusal } from './kernel/errors.js';
import { PictureResolver } from './media/picture.resolver.js';
import { NewsroomResolver } from './newsroom/newsroom.resolver.js';
import { DraftResolver } from './newsroom/desk/draft.resolver.js';
import { PreviewResolver } from './newsroom/desk/preview.resolver.js';
import { PublishResolver } from './newsroom/desk/publish.resolver.js';
import { NewsroomPictureResolver, PictureLibrary } from './newsroom/pictures/picture.resolver.js';
import { NewsroomPicturePages } from './newsroom/pictures/picture.types.js';
import { FailedJobResolver, FailedJobsResolver } from './newsroom/jobs/job.resolver.js';
import { FailedJobPages } from './newsroom/jobs/job.types.js';
import { NewsroomArticlePages, RelatedDrafts } from './newsroom/desk/article.types.js';
import { DeskResolver, NewsroomArticleResolver } from './newsroom/desk/article.resolver.js';
import { ArticleEditing, EditingMutations, EditingNow, EditingResolver } from './newsroom/editing/editing.resolver.js';
import { ArticleAudit, AuditEntryResolver, AuditTrail } from './newsroom/history/audit.resolver.js';
import { AuditPages } from './newsroom/history/audit.types.js';
import { ArticleHistory, RevisionResolver } from './newsroom/history/revision.resolver.js';
import { RevisionPages } from './newsroom/history/revision.types.js';
import { ImportResolver } from './newsroom/import/import.resolver.js';
import { SuggestionResolver } from './newsroom/suggestions/suggestion.resolver.js';
import { EntityDeskResolver } from './newsroom/entities/entity-desk.resolver.js';
import { EntityMerges, EntityMergeResolver, MergeResolver } from './newsroom/entities/merge.resolver.js';
import { EntityMergePages } from './newsroom/entities/merge.types.js';
import { EntityFeeds, SectionFeeds, SiteFeeds } from './feeds/feed.resolver.js';
import { NodeResolver } from './node.resolver.js';
import { PathResolver } from './path.resolver.js';
import { ArticleRelated } from './related/related.resolver.js';
import { RelatedStories } from './related/related.types.js';
import { SearchEdgeResolver, SearchResolver } from './search/search.resolver.js';
import { NewsroomSearchPages, SearchPages } from './search/search.types.js';
import { SectionResolver } from './sections/section.resolver.js';
import { ArticlePlacements, SectionPlacements, SiteResolver } from './site/site.resolver.js';
import { ChangedEntityResolver, ChangeResolver, PartnerChanges } from './syndication/feed/change.resolver.js';
import { ChangePages } from './syndication/feed/change.types.js';
import { FeedSubscriptions } from './syndication/feed/subscription.resolver.js';
import { StoryDocuments } from './syndication/documents/document.resolver.js';
import {
  PartnerStory,
  SyndicatedCreditResolver,
  SyndicatedEntityResolver,
  SyndicatedRelatedResolver,
  SyndicatedStoryResolver,
} from './syndication/story/story.resolver.js';
import { SyndicatedOrganisation, SyndicatedPerson, SyndicatedPlace } from './syndication/story/story.types.js';
import {
  OwnPartner,
  PartnerDesk,
  PartnerKeyResolver,
  PartnerResolver,
} from './syndication/partners/partner.resolver.js';
import { PartnerPages } from './syndication/partners/partner.types.js';
import { ProductDesk, ProductResolver } from './syndication/partners/product.resolver.js';
import { ProductPages } from './syndication/partners/product.types.js';
import {
  OwnUsage,
  PartnerUsage,
  UsageOfKeyResolver,
  UsageOfProductResolver,
} from './syndication/usage/usage.resolver.js';
import { SyndicationResolver } from './syndication/syndication.resolver.js';
import {
  PartnerSearches,
  SavedSearchDeletedResolver,
  SavedSearchResolver,
} from './syndication/alerts/saved-search.resolver.js';
import {
  DeadLetterResolver,
  PartnerWebhooks,
  WebhookDeletedResolver,
  WebhookMutations,
  WebhookResolver,
} from './syndication/webhooks/webhook.resolver.js';
import { DeadLetterPages } from './syndication/webhooks/webhook.types.js';
import { NewsletterPages } from './site/site.types.js';
import {
  NewsroomStorylineEntryResolver,
  NewsroomStorylineResolver,
  StorylineMutations,
} from './storylines/newsroom-storyline.resolver.js';
import { ArticleStorylines, StorylineResolver } from './storylines/storyline.resolver.js';
import { NewsroomStorylinePages, StorylinePages } from './storylines/storyline.types.js';

const resolvers: NonEmptyArray<new () => object> = [
  NodeResolver,
  SectionResolver,
  PictureResolver,
  EntityResolver,
  PersonResolver,
  ArticleResolver,
  StoryResolver,
  CreditResolver,
  MentionResolver,
  SeoResolver,
  BodyResolver,
  BlockResolver,
  TextBlockResolver,
  ListItemResolver,
  PictureBlockResolver,
  SectionArticles,
  EntityArticles,
  CompanionResolver,
  RoleSource,
  PathResolver,
  ArticleRelated,
  SiteFeeds,
  SectionFeeds,
  EntityFeeds,
  NewsroomResolver,
  DeskResolver,
  NewsroomArticleResolver,
  DraftResolver,
  PublishResolver,
  PreviewResolver,
  AccountResolver,
  StaffResolver,
  AccountSections,
  PictureLibrary,
  NewsroomPictureResolver,
  FailedJobsResolver,
  FailedJobResolver,
  ColleagueResolver,
  AuditTrail,
  ArticleAudit,
  AuditEntryResolver,
  ArticleHistory,
  RevisionResolver,
  EditingNow,
  EditingMutations,
  ArticleEditing,
  EditingResolver,
  SuggestionResolver,
  ImportResolver,
  EntityDeskResolver,
  MergeResolver,
  EntityMerges,
  EntityMergeResolver,
  SiteResolver,
  ArticlePlacements,
  SectionPlacements,
  ArticlePages.ConnectionResolver,
  RelatedStories.ConnectionResolver,
  RelatedDrafts.ConnectionResolver,
  NewsroomArticlePages.ConnectionResolver,
  FailedJobPages.ConnectionResolver,
  NewsroomPicturePages.ConnectionResolver,
  AccountPages.ConnectionResolver,
  NewsletterPages.ConnectionResolver,
  AuditPages.ConnectionResolver,
  RevisionPages.ConnectionResolver,
  EntityMergePages.ConnectionResolver,
  SyndicationResolver,
  OwnPartner,
  PartnerResolver,
  PartnerWebhooks,
  WebhookResolver,
  DeadLetterResolver,
  WebhookDeletedResolver,
  WebhookMutations,
  DeadLetterPages.ConnectionResolver,
  PartnerSearches,
  SavedSearchResolver,
  SavedSearchDeletedResolver,
  PartnerChanges,
  FeedSubscriptions,
  ChangeResolver,
  ChangedEntityResolver,
  ChangePages.ConnectionResolver,
  PartnerStory,
  StoryDocuments,
  SyndicatedStoryResolver,
  SyndicatedEntityResolver,
  SyndicatedCreditResolver,
  SyndicatedRelatedResolver,
  PartnerKeyResolver,
  PartnerDesk,
  PartnerPages.ConnectionResolver,
  ProductResolver,
  ProductDesk,
  ProductPages.ConnectionResolver,
  OwnUsage,
  PartnerUsage,
  UsageOfKeyResolver,
  UsageOfProductResolver,
  SearchResolver,
  SearchEdgeResolver,
  SearchPages.ConnectionResolver,
  NewsroomSearchPages.ConnectionResolver,
  FrontResolver,
  FrontBlockResolver,
  SectionFront,
  FrontPages.ConnectionResolver,
  NewsroomFrontResolver,
  NewsroomFrontPages.ConnectionResolver,
  FrontRevisionPages.ConnectionResolver,
  ScheduledFrontResolver,
  FrontRevisionResolver,
  FrontRevisionBlockResolver,
  FrontPinResolver,
  FrontFilterResolver,
  ArrangeResolver,
  StorylineResolver,
  ArticleStorylines,
  StorylinePages.ConnectionResolver,
  NewsroomStorylineResolver,
  NewsroomStorylineEntryResolver,
  NewsroomStorylinePages.ConnectionResolver,
  StorylineMutations,
];

let made: GraphQLSchema | undefined;

/** The whole graph, made once in a process. */
export const createSchema = (): GraphQLSchema => (made ??= makeSchema());

/** Types of one interface or union are told apart by the `__typename` that every view carries. */
function makeSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers,
    orphanedTypes: [
      ParagraphBlock,
      HeadingBlock,
      QuoteBlock,
      ListBlock,
      PictureBlock,
      EmbedBlock,
      TableBlock,
      FactBoxBlock,
      SyndicatedPerson,
      SyndicatedOrganisation,
      SyndicatedPlace,
    ],
    validate: false,
    pubSub: nobodysTopics,
  });
  guard(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (view: { __typename: string }) => view.__typename;
  }
  return schema;
}

/** Each subscription has a source of its own: what happens is in the database, not in a process. */
const nobodysTopics = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('no subscription has topics');
  },
};

/** Puts the policy before every field it speaks of; a field without a line in it is a mistake that shows at the start. */
function guard(schema: GraphQLSchema): void {
  for (const [typeName, rules] of Object.entries(policy)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      const least = (rules as Record<string, Least | undefined>)[name];
      if (least === undefined) throw new Error(`The policy does not say who may ask for ${typeName}.${name}.`);
      const { resolve, subscribe } = field;
      if (subscribe && least !== 'EVERYONE') {
        field.subscribe = (source, args, ctx: Context, info) => {
          checkRole(ctx, least);
          return subscribe(source, args, ctx, info);
        };
      }
      if (!resolve) continue;
      if (typeName === 'Mutation') field.resolve = answering(resolve);
      const allowed = field.resolve!;
      if (least === 'EVERYONE') continue;
      field.resolve = (source, args, ctx: Context, info) => {
        checkRole(ctx, least);
        return allowed(source, args, ctx, info);
      };
    }
  }
}

/** A mutation that is refused before it begins answers as one that is refused on its way. */
function answering(resolve: Resolve): Resolve {
  return async (source, args, ctx, info) => {
    try {
      return await resolve(source, args, ctx, info);
    } catch (error) {
      if (error instanceof Refusal) return error.view;
      throw error;
    }
  };
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

/** The text of `schema.graphql`. */
export const schemaText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

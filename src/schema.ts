import 'reflect-metadata';
import { type GraphQLSchema, isAbstractType, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { ArticleResolver, CreditResolver, MentionResolver } from './articles/article.resolver.js';
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
import { PathResolver } from './articles/path.resolver.js';
import { SeoResolver } from './articles/seo.resolver.js';
import { EntityResolver, PersonResolver } from './entities/entity.resolver.js';
import { PictureResolver } from './media/picture.resolver.js';
import { NodeResolver } from './node.resolver.js';
import { ArticleRelated } from './related/related.resolver.js';
import { RelatedStories } from './related/related.types.js';
import { SectionResolver } from './sections/section.resolver.js';
import { ArticlePlacements, SectionPlacements, SiteResolver } from './site/site.resolver.js';
import { NewsletterPages } from './site/site.types.js';

const resolvers: NonEmptyArray<new () => object> = [
  NodeResolver,
  SectionResolver,
  PictureResolver,
  EntityResolver,
  PersonResolver,
  ArticleResolver,
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
  SiteResolver,
  ArticlePlacements,
  SectionPlacements,
  ArticlePages.ConnectionResolver,
  RelatedStories.ConnectionResolver,
  NewsletterPages.ConnectionResolver,
];

/** The whole graph. Types of one interface or union are told apart by the `__typename` that every view carries. */
export function createSchema(): GraphQLSchema {
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
    ],
    validate: false,
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (view: { __typename: string }) => view.__typename;
  }
  return schema;
}

/** The text of `schema.graphql`. */
export const schemaText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

import { Field, Float, ID, InputType, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Organisation, Person, Role } from '../entities/entity.types.js';
import { Node } from '../kernel/node.types.js';
import { connectionTypes } from '../kernel/page.js';
import { DateTime } from '../kernel/scalars.js';
import { Picture } from '../media/picture.types.js';
import { articleKinds, creditRoles, relationKinds, type ArticleKind, type CreditRole } from './edition.rows.js';
import { mostCounted } from './list.rules.js';

/** Words as GraphQL's enumerations want them. */
export const enumOf = <Word extends string>(words: readonly Word[]) =>
  Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>;

export const ArticleKindEnum = enumOf(articleKinds);
registerEnumType(ArticleKindEnum, { name: 'ArticleKind', description: 'What sort of story it is.' });

export const RelationKindEnum = enumOf(relationKinds);
registerEnumType(RelationKindEnum, { name: 'RelationKind', description: 'Why a story stands beside another.' });

export const CreditRoleEnum = enumOf(creditRoles);
registerEnumType(CreditRoleEnum, { name: 'CreditRole', description: 'What somebody did for a story.' });

@InterfaceType({ implements: Node, description: 'What a story is made of, whoever looks at it.' })
export abstract class Story extends Node {
  @Field(() => String, { description: 'Its name in addresses, unique among stories.' })
  slug: string;

  @Field(() => String, { description: 'Where it lives on the site, from the first slash.' })
  path: string;

  @Field(() => ArticleKindEnum)
  kind: ArticleKind;

  @Field(() => String, { description: 'A language tag (BCP 47), such as `en` or `fa`.' })
  language: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'The sentence under the headline; may be empty.' })
  standfirst: string;

  @Field(() => Int)
  wordCount: number;

  @Field(() => DateTime, { nullable: true, description: 'When readers first saw it: never changes.' })
  firstPublishedAt?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'The date it carries: what lists are ordered by.' })
  publishedAt?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When readers got this text of it.' })
  updatedAt?: number | null;

  @Field(() => Picture, { nullable: true })
  leadPicture?: Picture | null;
}

@ObjectType({ simpleResolvers: true, implements: [Node, Story], description: 'A story, as readers see it.' })
export class Article extends Story {}

@ObjectType({ simpleResolvers: true, description: 'One text of a story; it never changes, every save makes another.' })
export class Edition {
  @Field(() => Int, { description: 'From 1 on, within its story.' })
  number: number;

  @Field(() => DateTime)
  savedAt: number;
}

@ObjectType({ simpleResolvers: true, description: 'An edition that readers see, from a moment on.' })
export class Publication {
  @Field(() => DateTime)
  visibleFrom: number;

  @Field(() => Edition)
  edition: Edition;
}

@ObjectType({ simpleResolvers: true, description: 'Who wrote, photographed, edited or supplied it.' })
export class Credit {
  @Field(() => CreditRoleEnum)
  role: CreditRole;

  @Field(() => String, { description: 'As the byline has it.' })
  text: string;

  @Field(() => Person, { nullable: true })
  person?: unknown;

  @Field(() => Organisation, { nullable: true })
  organisation?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'Where the text names somebody, an organisation or a place.' })
export class Mention {
  @Field(() => Entity)
  entity: unknown;

  @Field(() => String, { description: 'The name as the text has it.' })
  surface: string;

  @Field(() => String, { description: 'The block it is in; `title` and `standfirst` are blocks too.' })
  blockKey: string;

  @Field(() => Int, { description: 'Where it begins in the text of the block, in UTF-16 units.' })
  start: number;

  @Field(() => Int, { description: 'Where it ends: the first unit behind it.' })
  end: number;

  @Field(() => Float, { description: 'How much the story is about what is named, from 0 to 1.' })
  salience: number;

  @Field(() => Role, { nullable: true, description: 'The post the person held when the story was published.' })
  role?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'A note to readers that something was wrong.' })
export class Correction {
  @Field(() => String)
  note: string;

  @Field(() => DateTime)
  issuedAt: number;
}

@ObjectType({ simpleResolvers: true, description: 'What search engines and social networks are told.' })
export class Seo {
  @Field(() => String)
  title: string;

  @Field(() => String)
  description: string;

  @Field(() => String)
  canonicalUrl: string;
}

@ObjectType({ simpleResolvers: true, description: 'Who or what appears beside somebody.' })
export class Companion {
  @Field(() => Entity)
  entity: unknown;

  @Field(() => Int, { description: 'In how many of the newest 200 stories.' })
  articleCount: number;
}

@InputType({ description: 'Narrows a list: within a field any value will do, all fields given must hold.' })
export class ArticleFilter {
  @Field(() => [String], { nullable: true, description: 'Slugs; a section includes those below it.' })
  sections?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of people, organisations or places that are named.' })
  entities?: string[] | null;

  @Field(() => [ArticleKindEnum], { nullable: true })
  kinds?: ArticleKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Language tags.' })
  languages?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'From this moment on.' })
  publishedAfter?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  publishedBefore?: number | null;
}

export const ArticlePages = connectionTypes(Article, 'Article', 'articles, newest first', mostCounted);

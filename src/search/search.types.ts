import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Article, ArticleKindEnum } from '../articles/article.types.js';
import { NewsroomArticle } from '../articles/newsroom-article.types.js';
import type { ArticleKind } from '../articles/edition.rows.js';
import { Entity } from '../entities/entity.types.js';
import { connectionOver } from '../kernel/page.js';
import { Section } from '../sections/section.types.js';

@ObjectType({ simpleResolvers: true, description: 'A stretch of a text.' })
export class TextRange {
  @Field(() => Int, { description: 'Where it begins, in UTF-16 units.' })
  start: number;

  @Field(() => Int, { description: 'Where it ends: the first unit behind it.' })
  end: number;
}

@ObjectType({ simpleResolvers: true, description: 'A story that a search found.' })
export class SearchEdge {
  @Field(() => String, { description: 'Hand this to `after` to start behind this one.' })
  cursor: string;

  @Field(() => Float, { description: 'How well it fits and how new it is; to be compared within one answer only.' })
  score: number;

  @Field(() => Article)
  node: Article;
}

@ObjectType({ simpleResolvers: true, description: 'The stories found in a section and those below it.' })
export class SectionCount {
  @Field(() => Section)
  section: Section;

  @Field(() => Int)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'The stories found that name somebody or something.' })
export class EntityCount {
  @Field(() => Entity)
  entity: unknown;

  @Field(() => Int)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'The stories found of a kind.' })
export class KindCount {
  @Field(() => ArticleKindEnum)
  kind: ArticleKind;

  @Field(() => Int)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'The stories found of a year.' })
export class YearCount {
  @Field(() => Int)
  year: number;

  @Field(() => Int)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'How the stories found divide, the 20 largest parts of each sort.' })
export class SearchFacets {
  @Field(() => [SectionCount])
  sections: SectionCount[];

  @Field(() => [EntityCount])
  entities: EntityCount[];

  @Field(() => [KindCount])
  kinds: KindCount[];

  @Field(() => [YearCount], { description: 'Newest first.' })
  years: YearCount[];
}

export const SearchPages = connectionOver(SearchEdge, Article, 'Search', 'what a search found, best first');

@ObjectType({ simpleResolvers: true, description: 'A story of the newsroom that a search found.' })
export class NewsroomSearchEdge {
  @Field(() => String, { description: 'Hand this to `after` to start behind this one.' })
  cursor: string;

  @Field(() => Float, { description: 'How well it fits and how new it is; to be compared within one answer only.' })
  score: number;

  @Field(() => NewsroomArticle)
  node: NewsroomArticle;
}

export const NewsroomSearchPages = connectionOver(
  NewsroomSearchEdge,
  NewsroomArticle,
  'NewsroomSearch',
  'newest texts that a search found, best first',
);

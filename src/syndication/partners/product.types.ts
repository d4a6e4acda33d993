import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ArticleKindEnum } from '../../articles/article.types.js';
import type { ArticleKind } from '../../articles/edition.rows.js';
import { Node } from '../../kernel/node.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import { documentFormats, picturesPassed, type DocumentFormat, type PicturesPassed } from './partner.words.js';

const enumOf = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, word]));

export const DocumentFormatEnum = enumOf(documentFormats);
registerEnumType(DocumentFormatEnum, {
  name: 'DocumentFormat',
  description: 'A form of document that stories come in.',
});

export const PicturesPassedEnum = enumOf(picturesPassed);
registerEnumType(PicturesPassedEnum, {
  name: 'PicturesPassed',
  description: 'Which pictures go with the stories of a product.',
  valuesConfig: {
    NONE: { description: 'None.' },
    LICENSED: { description: 'Those whose licence lets us pass them on.' },
    ALL: { description: 'All.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'Which stories a product has: of each kind of condition that is given, one has to hold.',
})
export class ProductFilter {
  @Field(() => [String], { nullable: true, description: 'Slugs of sections; those below them included.' })
  sections?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of people, organisations and places that stories name.' })
  entities?: string[] | null;

  @Field(() => [ArticleKindEnum], { nullable: true })
  kinds?: ArticleKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Language tags; `en` takes in `en-GB`.' })
  languages?: string[] | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'What partners buy: which stories, and what may be done with them.',
})
export class Product extends Node {
  @Field(() => String, { description: 'What the command line knows it by.' })
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => ProductFilter, { description: 'Which stories it has; all where nothing is in it.' })
  filter: ProductFilter;

  @Field(() => Int, {
    description: 'By how many minutes its stories come later than to other partners; earlier when negative.',
  })
  delayMinutes: number;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many days a story may be kept after it was first published; none is without end.',
  })
  keepDays?: number | null;

  @Field(() => PicturesPassedEnum)
  pictures: PicturesPassed;

  @Field(() => [DocumentFormatEnum])
  formats: DocumentFormat[];

  @Field(() => [String], {
    description: 'Countries that its stories may be shown in, by two letters of ISO 3166-1; none is all.',
  })
  territories: string[];

  @Field(() => String, { nullable: true, description: 'What else holds for its stories, in words.' })
  usageTerms?: string | null;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw as `expectedVersion`.' })
  version: number;

  @Field(() => DateTime)
  createdAt: number;
}

export const ProductPages = connectionTypes(Product, 'Product', 'products, oldest first');

@InputType({
  description:
    'Which stories a product has: of each kind of condition that is given, one has to hold. 1 to 50 values each.',
})
export class ProductFilterInput {
  @Field(() => [String], { nullable: true, description: 'Slugs of sections; those below them included.' })
  sections?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of people, organisations and places that stories name.' })
  entities?: string[] | null;

  @Field(() => [ArticleKindEnum], { nullable: true })
  kinds?: ArticleKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Language tags; `en` takes in `en-GB`.' })
  languages?: string[] | null;
}

/** What a product has besides its name. */
@InputType()
class RightsInput {
  @Field(() => ProductFilterInput, { nullable: true, description: 'All stories where it is empty.' })
  filter?: ProductFilterInput | null;

  @Field(() => Int, { nullable: true, description: 'Minutes later than other partners; earlier when negative.' })
  delayMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days that a story may be kept; `null` is without end.' })
  keepDays?: number | null;

  @Field(() => PicturesPassedEnum, { nullable: true, description: '`LICENSED` for a new product.' })
  pictures?: PicturesPassed | null;

  @Field(() => [DocumentFormatEnum], { nullable: true, description: 'All for a new product.' })
  formats?: DocumentFormat[] | null;

  @Field(() => [String], { nullable: true, description: 'Two letters of ISO 3166-1 each; an empty list is all.' })
  territories?: string[] | null;

  @Field(() => String, { nullable: true, description: 'At most 1,000 characters.' })
  usageTerms?: string | null;

  @Field(() => String, { nullable: true, description: 'The same mutation with the same key is done once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Something for partners to buy.' })
export class CreateProductInput extends RightsInput {
  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true, description: 'Made from the name where it is not given.' })
  slug?: string | null;
}

@InputType({ description: 'What is to be different; what is absent stays.' })
export class SaveProductInput extends RightsInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the product that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The product is as it should be.' })
export class ProductSaved {
  @Field(() => Product)
  product: Product;
}

export const SaveProductResult = resultOf('SaveProductResult', ProductSaved, StaleVersion);

import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { ArticleKindEnum } from '../../articles/article.types.js';
import type { ArticleKind } from '../../articles/edition.rows.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf } from '../../kernel/user-error.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';
import { outcomes, type Outcome } from './story-text.rules.js';

const ImportOutcomeEnum = Object.fromEntries(outcomes.map((outcome) => [outcome, outcome])) as Record<Outcome, Outcome>;
registerEnumType(ImportOutcomeEnum, {
  name: 'ImportOutcome',
  description: 'What became of a story that was to be brought in.',
  valuesConfig: {
    WRITTEN: { description: 'It is new here.' },
    UPDATED: { description: 'It was here, and got another text.' },
    UNCHANGED: { description: 'It is here as it is.' },
    SKIPPED: { description: 'It was left as it is here; `reason` says why.' },
    FAILED: { description: 'It could not be taken; `reason` says why.' },
  },
});

@InputType({ description: 'The text of a story that is brought in: exactly one of these.' })
export class ImportBodyInput {
  @Field(() => String, { nullable: true, description: 'Of the markup, only what our blocks can hold is kept.' })
  html?: string | null;

  @Field(() => String, { nullable: true })
  markdown?: string | null;

  @Field(() => String, { nullable: true, description: 'Plain text; empty lines part its paragraphs.' })
  text?: string | null;
}

@InputType({ description: 'A picture of a story that is brought in: its words are kept, the picture is not fetched.' })
export class ImportPictureInput {
  @Field(() => String, { description: 'Its address where it comes from.' })
  url: string;

  @Field(() => String, { nullable: true })
  alt?: string | null;

  @Field(() => String, { nullable: true })
  caption?: string | null;

  @Field(() => String, { nullable: true })
  credit?: string | null;
}

@InputType({ description: 'A story of another system.' })
export class ImportArticleInput {
  @Field(() => String, { description: 'What it is called there: the same again is the same story.' })
  externalId: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where readers found it: its path leads to the story from now on.',
  })
  url?: string | null;

  @Field(() => String, { nullable: true })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  standfirst?: string | null;

  @Field(() => ImportBodyInput, { nullable: true })
  body?: ImportBodyInput | null;

  @Field(() => ArticleKindEnum, { nullable: true })
  kind?: ArticleKind | null;

  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47); `en` when absent.' })
  language?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When readers got it there; the moment of the import when absent.',
  })
  publishedAt?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it stays a draft.' })
  draft: boolean;

  @Field(() => [String], {
    nullable: true,
    description: 'Names or slugs of sections: the first that is one of ours is taken.',
  })
  categories?: string[] | null;

  @Field(() => [String], { nullable: true })
  authors?: string[] | null;

  @Field(() => ImportPictureInput, { nullable: true })
  picture?: ImportPictureInput | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Addresses or external ids of stories that belong beside it, those in its text aside.',
  })
  related?: string[] | null;
}

@InputType({ description: 'Stories of another system, at most a hundred.' })
export class ImportArticlesInput extends MutationInput {
  @Field(() => String, { description: 'What the system is called: external ids are unique in it.' })
  source: string;

  @Field(() => [ImportArticleInput])
  items: ImportArticleInput[];

  @Field(() => String, { description: 'The slug of the section of stories whose categories have none.' })
  section: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of one story.' })
export class ImportedItem {
  @Field(() => String)
  externalId: string;

  @Field(() => ImportOutcomeEnum)
  outcome: Outcome;

  @Field(() => ID, { nullable: true, description: 'The story, when it is here.' })
  articleId: string | null;

  @Field(() => String, { nullable: true })
  slug: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was left as it is, or could not be taken.' })
  reason: string | null;

  @Field(() => [String], { description: 'What was guessed, changed or left out.' })
  notes: string[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of each story, in the order they were given.' })
export class ArticlesImported {
  @Field(() => [ImportedItem])
  items: ImportedItem[];
}

export const ImportArticlesResult = resultOf('ImportArticlesResult', ArticlesImported);

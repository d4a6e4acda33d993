import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Article, RelationKindEnum } from '../../articles/article.types.js';
import type { RelationKind } from '../../articles/edition.rows.js';
import { Entity } from '../../entities/entity.types.js';
import { Warning } from '../../kernel/user-error.types.js';
import { guesses, type Guess } from './unknown.rules.js';

const GuessEnum = Object.fromEntries(guesses.map((guess) => [guess, guess]));
registerEnumType(GuessEnum, { name: 'NameGuess', description: 'What an unknown name seems to be.' });

@ObjectType({ simpleResolvers: true, description: 'Who else a name could mean.' })
export class OtherMeaning {
  @Field(() => Entity)
  entity: unknown;

  @Field(() => Float, { description: 'How likely it is meant, from 0 to 1.' })
  confidence: number;
}

@ObjectType({ simpleResolvers: true, description: 'Somebody or something the text seems to name.' })
export class SuggestedMention {
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

  @Field(() => String, {
    description:
      'The words it stands in: with article and titles before and what it is of behind, as “the Elm regime”.',
  })
  phrase: string;

  @Field(() => Float, { description: 'How likely it is meant, from 0 to 1; namesakes share it by what else is named.' })
  confidence: number;

  @Field(() => [OtherMeaning], { description: 'Namesakes, most likely first; at most five.' })
  alternatives: OtherMeaning[];
}

@ObjectType({ simpleResolvers: true, description: 'Where a text has a name.' })
export class NamePlace {
  @Field(() => String, { description: 'The name as the text has it there.' })
  surface: string;

  @Field(() => String)
  blockKey: string;

  @Field(() => Int)
  start: number;

  @Field(() => Int)
  end: number;

  @Field(() => String, {
    description:
      'The words it stands in: with article and titles before and what it is of behind, as “the Elm regime”.',
  })
  phrase: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A name that nobody here has an entry for, where its fullest form first stands.',
})
export class UnknownName {
  @Field(() => String)
  surface: string;

  @Field(() => String)
  blockKey: string;

  @Field(() => Int)
  start: number;

  @Field(() => Int)
  end: number;

  @Field(() => String, {
    description:
      'The words it stands in: with article and titles before and what it is of behind, as “the Elm regime”.',
  })
  phrase: string;

  @Field(() => GuessEnum, { nullable: true, description: 'What the words around it say it is.' })
  guess?: Guess | null;

  @Field(() => Float, {
    description: 'How likely it is the whole name of a person, an organisation or a place, from 0 to 1.',
  })
  confidence: number;

  @Field(() => [NamePlace], {
    description: 'Where else it stands, shorter forms and initials included, in the order of the text; at most 200.',
  })
  elsewhere: NamePlace[];
}

@ObjectType({ simpleResolvers: true, description: 'A published story that may belong beside this one.' })
export class SuggestedStory {
  @Field(() => Article)
  article: Article;

  @Field(() => RelationKindEnum)
  kind: RelationKind;

  @Field(() => String, { description: 'Why, in words.' })
  reason: string;

  @Field(() => Float, { description: 'How near it is, from 0 to 1.' })
  score: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the desk would otherwise type by hand, for the newest text.' })
export class Suggestions {
  @Field(() => [SuggestedMention], { description: 'In the order of the text.' })
  mentions: SuggestedMention[];

  @Field(() => [UnknownName])
  unknownNames: UnknownName[];

  @Field(() => [SuggestedStory], { description: 'Nearest first, at most ten; not those that stand beside it already.' })
  related: SuggestedStory[];

  @Field(() => [Warning], {
    description:
      'Where the text calls somebody by a post not held on its day, and which story says the same word for word.',
  })
  warnings: Warning[];
}

import { Field, ID, InputType, Int } from 'type-graphql';
import { MarkTypeEnum } from './body.types.js';
import type { Mark } from './body.rules.js';

@InputType({ description: 'A stretch of a text that is emphasised or leads somewhere.' })
export class MarkInput {
  @Field(() => MarkTypeEnum)
  type: Mark['type'];

  @Field(() => Int, { description: 'Where it begins, in UTF-16 units.' })
  start: number;

  @Field(() => Int, { description: 'Where it ends: the first unit behind it.' })
  end: number;

  @Field(() => String, { nullable: true, description: 'Where a link leads: to the web or a mail address.' })
  href?: string | null;
}

@InputType({ description: 'Running text with its marks.' })
export class RichTextInput {
  @Field(() => String)
  text: string;

  @Field(() => [MarkInput], { nullable: true })
  marks?: MarkInput[] | null;
}

@InputType()
export class HeadingInput extends RichTextInput {
  @Field(() => Int, { description: 'From 2 to 4; the headline of the story is 1.' })
  level: number;
}

@InputType()
export class QuoteInput extends RichTextInput {
  @Field(() => String, { nullable: true, description: 'Who said it.' })
  attribution?: string | null;
}

@InputType()
export class ListInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Whether the items are numbered.' })
  ordered: boolean;

  @Field(() => [RichTextInput])
  items: RichTextInput[];
}

@InputType()
export class PictureBlockInput {
  @Field(() => ID)
  picture: string;

  @Field(() => String, { nullable: true, description: 'Said here in place of the caption of the picture.' })
  caption?: string | null;
}

@InputType()
export class EmbedInput {
  @Field(() => String)
  url: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { nullable: true, description: 'Whose it is: YouTube, Datawrapper.' })
  provider?: string | null;
}

@InputType()
export class TableInput {
  @Field(() => String, { nullable: true })
  caption?: string | null;

  @Field(() => [String])
  header: string[];

  @Field(() => [[String]])
  rows: string[][];
}

@InputType({ description: 'What a fact box can hold: exactly one field.' })
export class FactBoxBlockInput {
  @Field(() => String, { nullable: true, description: 'Its name within the body; made when absent.' })
  key?: string | null;

  @Field(() => RichTextInput, { nullable: true })
  paragraph?: RichTextInput | null;

  @Field(() => ListInput, { nullable: true })
  list?: ListInput | null;
}

@InputType()
export class FactBoxInput {
  @Field(() => String)
  title: string;

  @Field(() => [FactBoxBlockInput])
  blocks: FactBoxBlockInput[];
}

@InputType({ description: 'A piece of a body: a key if it has one, and exactly one of the other fields.' })
export class BlockInput extends FactBoxBlockInput {
  @Field(() => HeadingInput, { nullable: true })
  heading?: HeadingInput | null;

  @Field(() => QuoteInput, { nullable: true })
  quote?: QuoteInput | null;

  @Field(() => PictureBlockInput, { nullable: true })
  picture?: PictureBlockInput | null;

  @Field(() => EmbedInput, { nullable: true })
  embed?: EmbedInput | null;

  @Field(() => TableInput, { nullable: true })
  table?: TableInput | null;

  @Field(() => FactBoxInput, { nullable: true })
  factBox?: FactBoxInput | null;
}

@InputType({ description: 'The text of a story, in one of three forms.' })
export class BodyInput {
  @Field(() => String, {
    nullable: true,
    description: 'CommonMark with tables. A picture is `![caption](picture:ID)`; HTML in it is text.',
  })
  markdown?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'HTML; what a story cannot hold is left out. A picture is `<img data-picture="ID" alt="caption">`.',
  })
  html?: string | null;

  @Field(() => [BlockInput], { nullable: true })
  blocks?: BlockInput[] | null;
}

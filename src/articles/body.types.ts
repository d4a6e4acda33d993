import { createUnionType, Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';

export const MarkTypeEnum = { STRONG: 'STRONG', EMPHASIS: 'EMPHASIS', LINK: 'LINK' } as const;
registerEnumType(MarkTypeEnum, { name: 'MarkType', description: 'What a stretch of a text is.' });

@ObjectType({ simpleResolvers: true, description: 'A stretch of a text that is emphasised or leads somewhere.' })
export class TextMark {
  @Field(() => MarkTypeEnum)
  type: 'STRONG' | 'EMPHASIS' | 'LINK';

  @Field(() => Int, { description: 'Where it begins, in UTF-16 units.' })
  start: number;

  @Field(() => Int, { description: 'Where it ends: the first unit behind it.' })
  end: number;

  @Field(() => String, { nullable: true, description: 'Where a link leads.' })
  href?: string | null;
}

@InterfaceType({ description: 'A piece of a body.' })
export abstract class Block {
  @Field(() => String, { description: 'Its name within this body: mentions refer to it.' })
  key: string;

  @Field(() => String, { description: 'Its text, as mentions count it; items and cells are parted by line breaks.' })
  text: string;
}

/** What all blocks of running text have in common. */
@InterfaceType({ implements: Block, description: 'A block of running text.' })
export abstract class TextBlock extends Block {}

@ObjectType({ simpleResolvers: true, implements: [Block, TextBlock] })
export class ParagraphBlock extends TextBlock {}

@ObjectType({ simpleResolvers: true, implements: [Block, TextBlock] })
export class HeadingBlock extends TextBlock {
  @Field(() => Int, { description: 'From 2 to 4; the headline of the story is 1.' })
  level: number;
}

@ObjectType({ simpleResolvers: true, implements: [Block, TextBlock] })
export class QuoteBlock extends TextBlock {
  @Field(() => String, { nullable: true, description: 'Who said it.' })
  attribution?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class ListItem {
  @Field(() => String)
  text: string;
}

@ObjectType({ simpleResolvers: true, implements: Block })
export class ListBlock extends Block {
  @Field(() => Boolean, { description: 'Whether the items are numbered.' })
  ordered: boolean;

  @Field(() => [ListItem])
  items: ListItem[];
}

@ObjectType({ simpleResolvers: true, implements: Block })
export class PictureBlock extends Block {
  @Field(() => String, { nullable: true, description: 'Said here in place of the caption of the picture.' })
  caption?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Block,
  description: 'Something from elsewhere, shown by its address.',
})
export class EmbedBlock extends Block {
  @Field(() => String)
  url: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { nullable: true, description: 'Whose it is: YouTube, Datawrapper.' })
  provider?: string | null;
}

@ObjectType({ simpleResolvers: true, implements: Block })
export class TableBlock extends Block {
  @Field(() => String, { nullable: true })
  caption?: string | null;

  @Field(() => [String])
  header: string[];

  @Field(() => [[String]])
  rows: string[][];
}

export const FactBoxContent = createUnionType({
  name: 'FactBoxContent',
  description: 'What a fact box can hold.',
  types: () => [ParagraphBlock, ListBlock] as const,
});

@ObjectType({ simpleResolvers: true, implements: Block, description: 'Facts beside the story.' })
export class FactBoxBlock extends Block {
  @Field(() => String)
  title: string;

  @Field(() => [FactBoxContent])
  blocks: (typeof FactBoxContent)[];
}

@ObjectType({ simpleResolvers: true, description: 'The text of an edition; blocks, HTML and plain text say the same.' })
export class Body {
  @Field(() => [Block])
  blocks: Block[];
}

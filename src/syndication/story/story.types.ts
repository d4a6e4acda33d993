import { Field, Float, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { ArticleKindEnum, CreditRoleEnum, RelationKindEnum } from '../../articles/article.types.js';
import type { ArticleKind, CreditRole, RelationKind } from '../../articles/edition.rows.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType({
  simpleResolvers: true,
  description: 'The text of a story, without what you may not have; both say the same.',
})
export class SyndicatedBody {
  @Field(() => String, { description: 'As HTML, safe to put into a page as it is.' })
  html: string;

  @Field(() => String, { description: 'As plain text, blocks parted by an empty line.' })
  text: string;
}

@ObjectType({ simpleResolvers: true, description: 'A section of our paper.' })
export class SyndicatedSection {
  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;
}

@InterfaceType({ description: 'Somebody or something that a story names.' })
export abstract class SyndicatedEntity {
  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'Who or what it is, in one line.' })
  description: string;

  @Field(() => String, { description: 'Our page about it; it stays the same as long as its name does.' })
  uri: string;

  @Field(() => [String], { description: 'Where else the web knows it: Wikidata, its own site.' })
  sameAs: string[];

  @Field(() => Float, { description: 'How much the story is about it, from 0 to 1.' })
  salience: number;
}

@ObjectType({ simpleResolvers: true, implements: SyndicatedEntity })
export class SyndicatedPerson extends SyndicatedEntity {}

@ObjectType({ simpleResolvers: true, implements: SyndicatedEntity })
export class SyndicatedOrganisation extends SyndicatedEntity {}

@ObjectType({ simpleResolvers: true, implements: SyndicatedEntity })
export class SyndicatedPlace extends SyndicatedEntity {
  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  longitude?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'Who wrote, photographed, edited or supplied it.' })
export class SyndicatedCredit {
  @Field(() => CreditRoleEnum)
  role: CreditRole;

  @Field(() => String, { description: 'As the byline has it.' })
  name: string;
}

@ObjectType({ simpleResolvers: true, description: 'A picture that you may show, with what must be said and kept.' })
export class SyndicatedPicture {
  @Field(() => String, {
    nullable: true,
    description:
      'In the largest size we give; none while we have no file. While the story is under an embargo it holds for twelve hours: ask again.',
  })
  url?: string | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  height?: number | null;

  @Field(() => String, { description: 'What it shows, for those who cannot see it.' })
  alt: string;

  @Field(() => String)
  caption: string;

  @Field(() => String, { description: 'Who made it: always shown beside it.' })
  credit: string;

  @Field(() => String, { nullable: true, description: 'An SPDX name where it has one, such as `CC-BY-4.0`.' })
  licence?: string | null;

  @Field(() => String, { nullable: true, description: 'What may be done with it, in words.' })
  usageTerms?: string | null;

  @Field(() => Boolean, { description: 'Whether it stands above the story; the others stand in its text.' })
  isLead: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What was wrong in a story, as we told readers.' })
export class SyndicatedCorrection {
  @Field(() => String)
  note: string;

  @Field(() => DateTime)
  issuedAt: number;
}

@ObjectType({ simpleResolvers: true, description: 'A story that we put beside another, and that you have too.' })
export class SyndicatedRelated {
  @Field(() => ID, { description: 'Its id in your feed.' })
  storyId: string;

  @Field(() => String)
  uri: string;

  @Field(() => RelationKindEnum)
  kind: RelationKind;

  @Field(() => String)
  title: string;
}

@ObjectType({ simpleResolvers: true, description: 'Something of a story that you do not get.' })
export class Redaction {
  @Field(() => String, {
    description: 'Names it: `leadPicture`, `body.` and the name of a block, or a form such as `newsml`.',
  })
  path: string;

  @Field(() => String)
  reason: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A text of a story that you were sent, as your product lets you have it. It has no way back into our graph.',
})
export class SyndicatedStory {
  @Field(() => ID, { description: 'What your feed calls the story; the same through all its versions.' })
  id: string;

  @Field(() => String, { description: 'A URN, the same through all its versions: its name in ninjs and NewsML-G2.' })
  uri: string;

  @Field(() => Int, { description: 'Goes up with every change of the story.' })
  version: number;

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

  @Field(() => DateTime, { nullable: true, description: 'The date it carries.' })
  publishedAt?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When readers got this text of it.' })
  updatedAt?: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Do not publish it before this moment; none when readers have it already.',
  })
  embargoedUntil?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Do not keep it after this moment; none when you may.' })
  expiresAt?: number | null;
}

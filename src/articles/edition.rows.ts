import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Fraction, Id, Instant, Json, Reference, Text, Whole } from '../kernel/columns.js';

export const articleKinds = ['NEWS', 'ANALYSIS', 'OPINION', 'INTERVIEW', 'FEATURE', 'EXPLAINER', 'LIVE'] as const;
export type ArticleKind = (typeof articleKinds)[number];

export const creditRoles = ['AUTHOR', 'PHOTOGRAPHER', 'ILLUSTRATOR', 'EDITOR', 'AGENCY'] as const;
export type CreditRole = (typeof creditRoles)[number];

/** The most that one edition can carry of each. */
export const maxMentions = 500;
export const maxCredits = 50;
export const maxRelated = 50;
/** The most corrections of a story that are shown. */
export const maxCorrections = 100;

export const relationKinds = ['RELATED', 'FOLLOW_UP', 'BACKGROUND', 'SAME_EVENT'] as const;
export type RelationKind = (typeof relationKinds)[number];

/** One text of a story. Never changed: every save makes another. */
@Entity('edition')
@Index('edition_number', ['articleId', 'number'], { unique: true })
@Index('edition_title', ['title'])
export class EditionRow {
  @Id() id: number;
  @Reference('article') articleId: number;
  @Whole() number: number;
  @Text(16) kind: ArticleKind;
  @Text(35) language: string;
  @Text(300) title: string;
  @Text(1000) standfirst: string;
  @Json() body: unknown;
  @Whole() wordCount: number;
  @Reference('section') sectionId: number;
  @Reference('picture', { nullable: true }) leadPictureId: number | null;
  @Text(1000, { nullable: true }) leadPictureCaption: string | null;
  @Text(300, { nullable: true }) seoTitle: string | null;
  @Text(500, { nullable: true }) seoDescription: string | null;
  /** Whether partners may have it: what is not ours to pass on is withheld from all of them. */
  @Text(10, { default: 'ALLOWED' }) passingOn: 'ALLOWED' | 'WITHHELD';
  /** What they have to keep to with it, besides the terms of their product. */
  @Text(1000, { nullable: true }) passingOnTerms: string | null;
  /** A print of all that the edition says: saving the same again makes no other. */
  @Text(43) contentHash: string;
  @Instant() savedAt: number;
  /** The account that saved it; none when it was brought in. */
  @Whole({ nullable: true }) savedBy: number | null;
  /** What its editor said about the change. */
  @Text(500, { nullable: true }) note: string | null;
}

/** A picture that an edition shows, as its lead or in its body. */
@Entity('picture_use')
@Index('picture_use_picture', ['pictureId'])
export class PictureUseRow {
  @PrimaryColumn('int') editionId: number;
  @PrimaryColumn('int') pictureId: number;
}

/** Where an edition's text names an entity. */
@Entity('mention')
@Index('mention_position', ['editionId', 'position'], { unique: true })
@Index('mention_entity', ['entityId', 'editionId'])
export class MentionRow {
  @Id() id: number;
  @Reference('edition') editionId: number;
  @Whole() position: number;
  @Reference('entity') entityId: number;
  @Text(40) blockKey: string;
  @Whole() startOffset: number;
  @Whole() endOffset: number;
  @Text(255) surface: string;
  /** How much the story is about the entity, from 0 to 1: the same on all its mentions in an edition. */
  @Fraction() salience: number;
}

/** Who wrote, photographed, edited or supplied an edition, in the order of the byline. */
@Entity('credit')
@Index('credit_position', ['editionId', 'position'], { unique: true })
export class CreditRow {
  @Id() id: number;
  @Reference('edition') editionId: number;
  @Whole() position: number;
  @Text(16) role: CreditRole;
  @Text(255) text: string;
  @Reference('entity', { nullable: true }) entityId: number | null;
}

/** A story that an edition puts beside itself, in the editor's order. */
@Entity('related_story')
@Index('related_story_position', ['editionId', 'position'], { unique: true })
@Index('related_story_target', ['editionId', 'articleId'], { unique: true })
@Index('related_story_article', ['articleId'])
export class RelatedStoryRow {
  @Id() id: number;
  @Reference('edition') editionId: number;
  @Whole() position: number;
  /** The story that is put beside it. */
  @Reference('article') articleId: number;
  @Text(16) kind: RelationKind;
  @Text(80, { nullable: true }) kicker: string | null;
  @Text(300, { nullable: true }) title: string | null;
  @Text(300, { nullable: true }) reason: string | null;
}

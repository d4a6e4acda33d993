import { Entity, Index } from 'typeorm';
import { Id, Reference, Text, Whole } from '../kernel/columns.js';

export const relationKinds = ['RELATED', 'FOLLOW_UP', 'BACKGROUND', 'SAME_EVENT'] as const;
export type RelationKind = (typeof relationKinds)[number];

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

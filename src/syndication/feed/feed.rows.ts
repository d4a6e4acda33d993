import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Instant, Text, Whole } from '../../kernel/columns.js';
import type { ChangeKind, DueKind, StoryState } from './change.words.js';

/** A change that a partner was told of: its sequence is its place in his feed, and it stays for good. */
@Entity('partner_change')
@Index('partner_change_article', ['articleId', 'partnerId', 'publicationId', 'version'])
export class PartnerChangeRow {
  @PrimaryColumn('int') partnerId: number;
  @PrimaryColumn('bigint') seq: number;
  @Text(20) kind: ChangeKind;
  @Instant() at: number;
  /** The story it is about; none when it is about an entity. */
  @Whole({ nullable: true }) articleId: number | null;
  /** The text it brings; none when it brings none. */
  @Whole({ nullable: true }) publicationId: number | null;
  /** The product that it came by. */
  @Whole({ nullable: true }) productId: number | null;
  /** The entity that took the place of another. */
  @Whole({ nullable: true }) entityId: number | null;
  /** The one whose place was taken. */
  @Whole({ nullable: true }) formerEntityId: number | null;
  @Whole() version: number;
  @Text(1000, { nullable: true }) note: string | null;
  /** Before which moment he shows it to nobody; none when he may at once. */
  @Instant({ nullable: true }) liftAt: number | null;
}

/** What a partner has, or had, of a story: who has to hear of a kill follows from it. */
@Entity('partner_story')
@Index('partner_story_article', ['articleId', 'partnerId'])
@Index('partner_story_publication', ['publicationId', 'partnerId'])
@Index('partner_story_lift', ['liftAt'])
export class PartnerStoryRow {
  @PrimaryColumn('int') partnerId: number;
  @PrimaryColumn('int') articleId: number;
  @Text(10) state: StoryState;
  /** The text he has, or had last. */
  @Whole() publicationId: number;
  @Whole() productId: number;
  /** The place of the newest change of it in his feed. */
  @Instant() seq: number;
  /** When readers will see it, while he has it before them. */
  @Instant({ nullable: true }) liftAt: number | null;
}

/** What will be told to a partner at a moment that no change of ours marks. */
@Entity('partner_due')
@Index('partner_due_moment', ['dueAt'])
@Index('partner_due_article', ['articleId', 'partnerId'])
export class PartnerDueRow {
  @PrimaryColumn('int') partnerId: number;
  @PrimaryColumn('int') publicationId: number;
  @PrimaryColumn('varchar', { length: 10 }) kind: DueKind;
  @Whole() articleId: number;
  @Whole() productId: number;
  @Instant() dueAt: number;
  /** The change of ours that it follows; none when that has no place in our feed yet. */
  @Instant({ nullable: true }) source: number | null;
}

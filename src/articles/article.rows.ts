import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, Reference, Text, Whole } from '../kernel/columns.js';
import type { WorkflowState } from './workflow.rules.js';

/** What a story is through all its texts: its identity, its address, its lock. */
@Entity('article')
@Index('article_source', ['source', 'externalId'], { unique: true })
@Index('article_slug', ['slug'], { unique: true })
@Index('article_changed', ['changedAt', 'id'])
@Index('article_state', ['workflowState', 'changedAt', 'id'])
@Index('article_creator', ['createdBy', 'changedAt', 'id'])
export class ArticleRow {
  @Id() id: number;
  @Text(160) slug: string;
  /** Goes up with every change; an editor hands back the one he saw. */
  @Whole() version: number;
  @Instant({ nullable: true }) firstPublishedAt: number | null;
  /** Where it was imported from, and what it is called there: importing it twice makes one. */
  @Text(40, { nullable: true }) source: string | null;
  @Text(191, { nullable: true }) externalId: string | null;
  @Instant() createdAt: number;
  @Text(16, { default: 'DRAFT' }) workflowState: WorkflowState;
  /** The account that began it; none when it was brought in. */
  @Whole({ nullable: true }) createdBy: number | null;
  /** When its version last went up: what lists of the desk are ordered by. */
  @Instant({ default: 0 }) changedAt: number;
}

/** Every slug a story ever had, so that no other gets it. */
@Entity('slug_claim')
@Index('slug_claim_article', ['articleId'])
export class SlugClaimRow {
  @PrimaryColumn('varchar', { length: 160 }) slug: string;
  @Reference('article') articleId: number;
}

/** A note to readers that something was wrong. */
@Entity('correction')
@Index('correction_article', ['articleId', 'issuedAt'], { unique: true })
export class CorrectionRow {
  @Id() id: number;
  @Reference('article') articleId: number;
  @Text(1000) note: string;
  @Instant() issuedAt: number;
}

/** An edition that readers see from a moment to a moment; an article never has two at once. */
@Entity('publication')
@Index('publication_start', ['articleId', 'visibleFrom'], { unique: true })
@Index('publication_slug', ['slug'])
@Index('publication_pending', ['seq', 'visibleFrom'])
@Index('publication_date', ['publishedAt', 'articleId'])
export class PublicationRow {
  @Id() id: number;
  @Reference('article') articleId: number;
  @Reference('edition') editionId: number;
  @Instant() visibleFrom: number;
  /** `forever` while nothing ends it. */
  @Instant() visibleUntil: number;
  /** The date the story carries and lists sort by. */
  @Instant() publishedAt: number;
  /** When readers got this text. */
  @Instant() updatedAt: number;
  @Text(255) path: string;
  @Text(160, { default: '' }) slug: string;
  /** The interval as partners see it. */
  @Instant({ default: 0 }) partnersFrom: number;
  @Instant({ default: 0 }) partnersUntil: number;
  /** Its place in the delta feed; none until its moment has come and somebody has entered it. */
  @Instant({ nullable: true }) seq: number | null;
  /** When it was taken back: then nobody outside is shown it any more, not even as what was seen at some time. */
  @Instant({ nullable: true }) recalledAt: number | null;
}

/** One row for each list a publication appears in: a page of any list is one range of this table's key. */
@Entity('listing', { withoutRowid: true })
@Index('listing_publication', ['publicationId', 'list'])
export class ListingRow {
  @PrimaryColumn('varchar', { length: 24 }) list: string;
  @PrimaryColumn('bigint') publishedAt: number;
  @PrimaryColumn('int') articleId: number;
  @PrimaryColumn('int') publicationId: number;
  @Instant() visibleFrom: number;
  @Instant() visibleUntil: number;
  @Instant({ default: 0 }) partnersFrom: number;
  @Instant({ default: 0 }) partnersUntil: number;
}

/** Every path a story ever had; its visible publication says which one is current. */
@Entity('path')
@Index('path_article', ['articleId'])
export class PathRow {
  @PrimaryColumn('varchar', { length: 255 }) path: string;
  @Reference('article') articleId: number;
  @Instant() createdAt: number;
}

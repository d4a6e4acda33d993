import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, Reference, Text, Whole } from '../kernel/columns.js';

/** What a story is through all its texts: its identity, its address, its lock. */
@Entity('article')
@Index('article_source', ['source', 'externalId'], { unique: true })
@Index('article_slug', ['slug'], { unique: true })
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
}

/** Every path a story ever had; its visible publication says which one is current. */
@Entity('path')
@Index('path_article', ['articleId'])
export class PathRow {
  @PrimaryColumn('varchar', { length: 255 }) path: string;
  @Reference('article') articleId: number;
  @Instant() createdAt: number;
}

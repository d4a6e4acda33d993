import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Reference, Text, Whole } from '../kernel/columns.js';

/** A page that editors arrange: what it is through all its editions. */
@Entity('front')
@Index('front_slug', ['slug'], { unique: true })
@Index('front_section', ['sectionId'], { unique: true })
export class FrontRow {
  @Id() id: number;
  @Text(160) slug: string;
  /** The section whose front it is: who works there may change it. None for a front of the whole paper. */
  @Reference('section', { nullable: true }) sectionId: number | null;
  /** Goes up with every change; an editor hands back the one he saw. */
  @Whole() version: number;
  @Instant() createdAt: number;
  @Instant() changedAt: number;
}

/** One arrangement of a front. Never changed: every save makes another. */
@Entity('front_edition')
@Index('front_edition_number', ['frontId', 'number'], { unique: true })
export class FrontEditionRow {
  @Id() id: number;
  @Reference('front') frontId: number;
  @Whole() number: number;
  @Text(200) title: string;
  @Text(500) description: string;
  /** A print of all that it says: saving the same again makes no other. */
  @Text(43) contentHash: string;
  @Instant() savedAt: number;
  /** The account that saved it; none when it was brought in. */
  @Whole({ nullable: true }) savedBy: number | null;
  @Text(500, { nullable: true }) note: string | null;
}

/** A part of an arrangement: pinned stories, and what fills the places between and behind them. */
@Entity('front_block')
@Index('front_block_position', ['editionId', 'position'], { unique: true })
export class FrontBlockRow {
  @Id() id: number;
  @Reference('front_edition') editionId: number;
  @Whole() position: number;
  @Text(40) blockKey: string;
  @Text(200) title: string;
  @Text(40, { nullable: true }) layout: string | null;
  /** How many stories it shows. */
  @Whole() size: number;
  /** What fills it, as `Fill`; without it only the pinned stories are shown. */
  @Json({ nullable: true }) fill: unknown;
}

/** A story that an editor put into a block. */
@Entity('front_pin')
@Index('front_pin_position', ['blockId', 'position'], { unique: true })
@Index('front_pin_article', ['articleId'])
export class FrontPinRow {
  @Id() id: number;
  @Reference('front_block') blockId: number;
  /** Its place in the block, from 1. */
  @Whole() position: number;
  @Reference('article') articleId: number;
  @Text(80, { nullable: true }) kicker: string | null;
  @Text(300, { nullable: true }) title: string | null;
  @Text(1000, { nullable: true }) standfirst: string | null;
}

/** An arrangement that readers see from a moment to a moment; a front never has two at once. */
@Entity('front_publication')
@Index('front_publication_start', ['frontId', 'visibleFrom'], { unique: true })
@Index('front_publication_pending', ['seq', 'visibleFrom'])
export class FrontPublicationRow {
  @Id() id: number;
  @Reference('front') frontId: number;
  @Reference('front_edition') editionId: number;
  @Instant() visibleFrom: number;
  /** `forever` while nothing ends it. */
  @Instant() visibleUntil: number;
  /** Its place in the feed of changes; none until its moment has come and somebody has entered it. */
  @Instant({ nullable: true }) seq: number | null;
}

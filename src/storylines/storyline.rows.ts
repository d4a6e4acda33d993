import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Flag, Id, Instant, Reference, Text, Whole } from '../kernel/columns.js';

export const storylineStatuses = ['DRAFT', 'OPEN', 'CLOSED'] as const;
export type StorylineStatus = (typeof storylineStatuses)[number];

/** An event that stories tell of as it goes on. */
@Entity('storyline')
@Index('storyline_slug', ['slug'], { unique: true })
@Index('storyline_active', ['activeAt', 'id'])
@Index('storyline_changed', ['changedAt', 'id'])
@Index('storyline_picture', ['pictureId'])
export class StorylineRow {
  @Id() id: number;
  @Text(160) slug: string;
  @Text(200) title: string;
  @Text(1000) summary: string;
  /** Readers see it unless it is a draft. */
  @Text(8) status: StorylineStatus;
  @Reference('picture', { nullable: true }) pictureId: number | null;
  /** Goes up with every change; an editor hands back the one he saw. */
  @Whole() version: number;
  @Instant() createdAt: number;
  @Instant() changedAt: number;
  /** The moment of its newest entry that readers see, as it was last reckoned: what lists are ordered by. */
  @Instant() activeAt: number;
}

/** Every slug a storyline ever had, so that no other gets it. */
@Entity('storyline_slug_claim')
@Index('storyline_slug_claim_storyline', ['storylineId'])
export class StorylineSlugClaimRow {
  @PrimaryColumn('varchar', { length: 160 }) slug: string;
  @Reference('storyline') storylineId: number;
}

/** A story of the timeline, or something that happened and has none. */
@Entity('storyline_entry')
@Index('storyline_entry_position', ['storylineId', 'position'], { unique: true })
@Index('storyline_entry_article', ['articleId', 'storylineId'], { unique: true })
export class StorylineEntryRow {
  @Id() id: number;
  @Reference('storyline') storylineId: number;
  /** As the editor gave them: what decides between entries of one moment. */
  @Whole() position: number;
  @Reference('article', { nullable: true }) articleId: number | null;
  /** When it happened; the date of the story when absent. */
  @Instant({ nullable: true }) at: number | null;
  @Text(300, { nullable: true }) title: string | null;
  @Text(1000, { nullable: true }) text: string | null;
  @Flag() isTurningPoint: boolean;
}

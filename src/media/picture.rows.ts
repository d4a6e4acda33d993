import { Entity, Index } from 'typeorm';
import { Fraction, Id, Instant, Text, Whole } from '../kernel/columns.js';

/** A picture and what may be done with it: its rights travel with it. */
@Entity('picture')
@Index('picture_external_id', ['externalId'], { unique: true })
@Index('picture_file', ['file'])
export class PictureRow {
  @Id() id: number;
  /** Who we have it from and what it is called there: bringing it in twice makes one. */
  @Text(191, { nullable: true }) externalId: string | null;
  /** Hash of the original, which names its file in the media folder; none while only the words about it are known. */
  @Text(255, { nullable: true }) file: string | null;
  /** In pixels; unknown while we have no file. */
  @Whole({ nullable: true }) width: number | null;
  @Whole({ nullable: true }) height: number | null;
  @Text(500) alt: string;
  @Text(1000) caption: string;
  @Text(255) credit: string;
  @Text(80, { nullable: true }) licence: string | null;
  @Text(500, { nullable: true }) usageTerms: string | null;
  @Fraction() focalX: number;
  @Fraction() focalY: number;
  @Instant() createdAt: number;
  @Whole({ default: 1 }) version: number;
  /** The account that uploaded it; none when it was brought in. */
  @Whole({ nullable: true }) uploadedBy: number | null;
}

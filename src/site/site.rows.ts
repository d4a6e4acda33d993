import { Entity, Index } from 'typeorm';
import { Flag, Id, Reference, Text, Whole } from '../kernel/columns.js';

/** Something the site shows beside stories: a house notice, an advertisement. */
@Entity('banner')
@Index('banner_name', ['name'], { unique: true })
export class BannerRow {
  @Id() id: number;
  @Text(120) name: string;
  @Text(200) title: string;
  @Text(500) url: string;
  @Reference('picture', { nullable: true }) pictureId: number | null;
}

/** Where a banner stands: a slot, on the pages of a section and those below it, or everywhere. */
@Entity('placement')
@Index('placement_position', ['slot', 'sectionId', 'position'], { unique: true })
@Index('placement_section', ['sectionId', 'slot', 'position'])
export class PlacementRow {
  @Id() id: number;
  @Text(60) slot: string;
  @Reference('section', { nullable: true }) sectionId: number | null;
  @Reference('banner') bannerId: number;
  @Whole() position: number;
}

@Entity('newsletter')
@Index('newsletter_slug', ['slug'], { unique: true })
export class NewsletterRow {
  @Id() id: number;
  @Text(80) slug: string;
  @Text(120) name: string;
  @Text(500) description: string;
  @Whole() position: number;
}

/** A purpose that readers are asked to agree to. */
@Entity('consent_category')
@Index('consent_category_code', ['code'], { unique: true })
export class ConsentCategoryRow {
  @Id() id: number;
  @Text(60) code: string;
  @Text(120) name: string;
  @Text(1000) description: string;
  @Flag() required: boolean;
  @Whole() position: number;
}

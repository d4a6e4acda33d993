import { Entity, Index } from 'typeorm';
import { Id, Reference, Text, Whole } from '../kernel/columns.js';

/** A section of the paper; sections are a tree. */
@Entity('section')
@Index('section_slug', ['slug'], { unique: true })
export class SectionRow {
  @Id() id: number;
  @Text(80) slug: string;
  @Text(120) name: string;
  @Text(500) description: string;
  @Reference('section', { nullable: true }) parentId: number | null;
  @Whole() position: number;
}

import { Entity, Index } from 'typeorm';
import type { FilterInput } from '../../articles/filter.rules.js';
import { Id, Instant, Json, Reference, Text, Whole } from '../../kernel/columns.js';

/** What a partner looks for in the stories of his feed. */
@Entity('saved_search')
@Index('saved_search_name', ['partnerId', 'name'], { unique: true })
export class SavedSearchRow {
  @Id() id: number;
  @Reference('partner') partnerId: number;
  @Text(120) name: string;
  /** Words as they are typed into a search; empty is none. */
  @Text(500) query: string;
  @Json() filter: FilterInput;
  @Whole() version: number;
  @Instant() createdAt: number;
}

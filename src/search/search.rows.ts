import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Text, Whole } from '../kernel/columns.js';

/** A word of headlines, standfirsts and names that readers see, and in how many stories: what spelling is corrected to. */
@Entity('search_word')
@Index('search_word_tail', ['tail'])
export class SearchWordRow {
  @PrimaryColumn('varchar', { length: 40 }) word: string;
  /** Its last three letters, for words whose beginning is misspelt. */
  @Text(6) tail: string;
  @Whole() stories: number;
}

/** How far the rebuilding of an index has come; the story after which to go on is 0 while nobody is at it. */
@Entity('search_rebuild')
export class SearchRebuildRow {
  @PrimaryColumn('varchar', { length: 40 }) engine: string;
  @Whole() round: number;
  @Whole() articleId: number;
}

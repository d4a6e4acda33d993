import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Fraction, Text, Whole } from '../../kernel/columns.js';
import { shelfLength } from './shelf.rules.js';
import { packedLength } from './wording.rules.js';

/** How a text is worded that readers see or will see: what stories are compared by. Made of the edition, and never changed. */
@Entity('wording')
@Index('wording_article', ['articleId'])
export class WordingRow {
  @PrimaryColumn('int') editionId: number;
  @Whole() articleId: number;
  /** Its telling terms with what is known of each, six bytes each, in Base64. */
  @Text(packedLength) terms: string;
  /** A sample of its runs of words, four bytes each, in Base64: what tells that a text is another one once more. */
  @Text(400) runs: string;
  /** The length of its terms as a vector, by how rare they were when it was made. */
  @Fraction() length: number;
}

/** Which editions say a term, of some that follow one another. */
@Entity('wording_term', { withoutRowid: true })
export class WordingTermRow {
  @PrimaryColumn('int') term: number;
  @PrimaryColumn('int') shelf: number;
  /** Each with the part of its text that the term is, three bytes in Base64. */
  @Text(shelfLength) editions: string;
}

/** In how many texts a term stands; term 0 stands in every one. */
@Entity('wording_count')
export class WordingCountRow {
  @PrimaryColumn('int') term: number;
  @Whole() texts: number;
}

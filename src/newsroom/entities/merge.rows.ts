import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, Reference, Text, Whole } from '../../kernel/columns.js';

/** That one entity took the place of another, until it is undone. */
@Entity('entity_merge')
@Index('entity_merge_from', ['fromId'])
@Index('entity_merge_into', ['intoId'])
export class EntityMergeRow {
  @Id() id: number;
  @Reference('entity') fromId: number;
  @Reference('entity') intoId: number;
  @Text(1000, { nullable: true }) note: string | null;
  /** The Wikidata id that went over to the survivor, which had none. */
  @Text(20, { nullable: true }) wikidataId: string | null;
  @Instant() at: number;
  @Whole({ nullable: true }) accountId: number | null;
  @Instant({ nullable: true }) undoneAt: number | null;
}

/** A row that a merge moved over to the survivor: exactly these go back when it is undone. */
@Entity('entity_merge_move')
export class EntityMergeMoveRow {
  @PrimaryColumn('int') mergeId: number;
  /** The reference that was moved, such as `mention.entityId`. */
  @PrimaryColumn('varchar', { length: 24 }) what: string;
  @PrimaryColumn('int') rowId: number;
}

import { Entity, PrimaryColumn } from 'typeorm';
import { Instant } from '../kernel/columns.js';

/** Somebody has a story open to work on it: a word to the others, which keeps nobody from saving. */
@Entity('editing')
export class EditingRow {
  @PrimaryColumn('int') articleId: number;
  @PrimaryColumn('int') accountId: number;
  @Instant() since: number;
  @Instant() expiresAt: number;
}

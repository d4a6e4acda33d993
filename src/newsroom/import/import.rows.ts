import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Instant, Reference, Text, Whole } from '../../kernel/columns.js';

/** What a story looked like when it was last brought in: the same again is not looked at any further. */
@Entity('import_item')
export class ImportItemRow {
  @PrimaryColumn('int') articleId: number;
  /** A print of the item as it was read and of what was to be done with it. */
  @Text(43) print: string;
  /** The text the import made; when the newest is another, somebody has worked on the story since. */
  @Whole() editionId: number;
  /** Which version of the item that was, where there may be several. */
  @Instant({ nullable: true }) version: number | null;
}

/** An address or a name that other stories may call a story by. */
@Entity('import_address')
@Index('import_address_article', ['articleId'])
export class ImportAddressRow {
  @PrimaryColumn('varchar', { length: 191 }) address: string;
  @Reference('article') articleId: number;
}

/** What a story that was brought in leads to, whether that is here already or not. */
@Entity('import_link')
@Index('import_link_target', ['target'])
export class ImportLinkRow {
  @PrimaryColumn('int') articleId: number;
  @PrimaryColumn('int') position: number;
  @Text(191) target: string;
}

/** What a source cancelled: no version up to that one is brought in later. */
@Entity('import_cancelled')
export class ImportCancelledRow {
  @PrimaryColumn('varchar', { length: 40 }) source: string;
  @PrimaryColumn('varchar', { length: 191 }) externalId: string;
  /** Nothing when all versions were. */
  @Instant({ nullable: true }) version: number | null;
}

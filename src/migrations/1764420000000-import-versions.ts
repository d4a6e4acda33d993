import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, instant, optional } from './table.js';

/** Which version of an item a story was last brought in from, so that an earlier one does not take its place. */
export class ImportVersions1764420000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'import_item', { version: optional(instant) });
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'import_item', ['version']);
  }
}

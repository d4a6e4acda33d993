import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, instant, key, optional, text } from './table.js';

/** What a source cancelled, so that an earlier version of it that comes later stays out. */
export class ImportCancelled1764430000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'import_cancelled', {
      columns: { source: key(text(40)), externalId: key(text(191)), version: optional(instant) },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('import_cancelled', true);
  }
}

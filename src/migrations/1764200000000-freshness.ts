import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, json, optional } from './table.js';

/** What tells the answers that are kept when they are not true any more. */
export class Freshness1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'content_change', { touches: optional(json) });
    const ignore = runner.connection.options.type === 'better-sqlite3' ? 'or ignore' : 'ignore';
    await runner.query(`insert ${ignore} into counter (name, value) values ('everything', 0), ('schedule', 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'content_change', ['touches']);
    if (await runner.hasTable('counter')) {
      await runner.query("delete from counter where name in ('everything', 'schedule')");
    }
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex } from './table.js';

/** What a search without words goes through, newest first. */
const indexes = {
  search_text_readers: ['isForReaders', 'date', 'articleId'],
  search_text_newest: ['isNewest', 'date', 'articleId'],
};

export class NewestFound1764335000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(indexes)) await addIndex(runner, 'search_text', name, columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    const known = (await runner.getTable('search_text'))?.indices ?? [];
    const of = runner.connection.options.type === 'better-sqlite3' ? '' : ' on search_text';
    for (const { name } of known) {
      if (name !== undefined && name in indexes) await runner.query(`drop index ${name}${of}`);
    }
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, int, key, ref, text } from './table.js';

const tables = {
  import_item: { columns: { articleId: key(int), print: text(43), editionId: int } },
  import_address: {
    columns: { address: key(text(191)), articleId: ref('article') },
    index: { import_address_article: ['articleId'] },
  },
  import_link: {
    columns: { articleId: key(int), position: key(int), target: text(191) },
    index: { import_link_target: ['target'] },
  },
};

/** What is remembered of stories that were brought in, so that bringing them in again finds them and their links. */
export class Import1764310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, double, int, key, text } from './table.js';

/** How texts are worded, so that stories are found that belong beside one another. */
export class Beside1764340000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'wording', {
      columns: { editionId: key(int), articleId: int, terms: text(4_000), runs: text(400), length: double },
      index: { wording_article: ['articleId'] },
    });
    await createTable(runner, 'wording_term', {
      columns: { term: key(int), shelf: key(int), editions: text(8_192) },
      withoutRowid: true,
    });
    await createTable(runner, 'wording_count', { columns: { term: key(int), texts: int } });
    await runner.query(fillLater);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['wording', 'wording_term', 'wording_count'])
      await runner.query(`drop table if exists ${table}`);
  }
}

/** A worker makes them of what is there already. */
const fillLater = `insert into outbox (topic, payload, createdAt, availableAt, attempts)
  select 'rebuild', '{}', 0, 0, 0 from (select max(id) as id from article) newest
  where newest.id is not null and not exists (select 1 from wording) and not exists (select 1 from outbox where topic = 'rebuild')`;

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, int, key, text } from './table.js';

/** The index of all texts, in the form that each database searches, and what goes with it. */
export class Search1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'search_word', {
      columns: { word: key(text(40)), tail: text(6), stories: int },
      index: { search_word_tail: ['tail'] },
    });
    await createTable(runner, 'search_rebuild', {
      columns: { engine: key(text(40)), round: int, articleId: int },
    });
    for (const statement of isSqlite(runner) ? onSqlite : onMysql) await runner.query(statement);
    await runner.query(fillLater);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (await runner.hasTable('outbox')) await runner.query("delete from outbox where topic in ('rebuild', 'text')");
    for (const table of ['search_index', 'search_text', 'search_rebuild', 'search_word']) {
      await runner.query(`drop table if exists ${table}`);
    }
  }
}

/** A worker fills the index with what is there already. */
const fillLater = `insert into outbox (topic, payload, createdAt, availableAt, attempts)
  select 'rebuild', '{}', 0, 0, 0 from (select max(id) as id from article) newest
  where newest.id is not null and not exists (select 1 from search_text) and not exists (select 1 from outbox where topic = 'rebuild')`;

const isSqlite = (runner: QueryRunner): boolean => runner.connection.options.type === 'better-sqlite3';

const onSqlite = [
  `create table if not exists search_text (
     id integer primary key, articleId integer not null, editionId integer not null, isForReaders integer not null,
     isNewest integer not null, date bigint not null, size integer not null, print varchar(43) not null,
     facets text not null)`,
  'create unique index if not exists search_text_edition on search_text (articleId, editionId)',
  `create virtual table if not exists search_index using fts5 (terms, words unindexed, tokenize = 'ascii')`,
];

const onMysql = [
  `create table if not exists search_text (
     id int not null auto_increment primary key, articleId int not null, editionId int not null,
     isForReaders tinyint not null, isNewest tinyint not null, date bigint not null, size int not null,
     print varchar(43) character set ascii collate ascii_bin not null,
     facets varchar(2000) character set ascii collate ascii_bin not null,
     words mediumtext character set utf8mb4 collate utf8mb4_bin not null,
     terms mediumtext character set ascii collate ascii_bin not null,
     unique key search_text_edition (articleId, editionId), fulltext key search_text_terms (terms)) engine = InnoDB`,
];

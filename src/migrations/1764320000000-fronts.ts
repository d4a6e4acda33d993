import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, createTable, id, instant, int, json, optional, ref, text } from './table.js';

const tables = {
  front: {
    columns: {
      id,
      slug: text(160),
      sectionId: optional(ref('section')),
      version: int,
      createdAt: instant,
      changedAt: instant,
    },
    unique: { front_slug: ['slug'], front_section: ['sectionId'] },
  },
  front_edition: {
    columns: {
      id,
      frontId: ref('front'),
      number: int,
      title: text(200),
      description: text(500),
      contentHash: text(43),
      savedAt: instant,
      savedBy: optional(int),
      note: optional(text(500)),
    },
    unique: { front_edition_number: ['frontId', 'number'] },
  },
  front_block: {
    columns: {
      id,
      editionId: ref('front_edition'),
      position: int,
      blockKey: text(40),
      title: text(200),
      layout: optional(text(40)),
      size: int,
      fill: optional(json),
    },
    unique: { front_block_position: ['editionId', 'position'] },
  },
  front_pin: {
    columns: {
      id,
      blockId: ref('front_block'),
      position: int,
      articleId: ref('article'),
      kicker: optional(text(80)),
      title: optional(text(300)),
      standfirst: optional(text(1000)),
    },
    unique: { front_pin_position: ['blockId', 'position'] },
    index: { front_pin_article: ['articleId'] },
  },
  front_publication: {
    columns: {
      id,
      frontId: ref('front'),
      editionId: ref('front_edition'),
      visibleFrom: instant,
      visibleUntil: instant,
      seq: optional(instant),
    },
    unique: { front_publication_start: ['frontId', 'visibleFrom'] },
    index: { front_publication_pending: ['seq', 'visibleFrom'] },
  },
};

const byDate = 'publication_date';

/** Fronts that editors arrange; and the stories of a moment in the past in the order of their dates, which fill them then. */
export class Fronts1764320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
    await addIndex(runner, 'publication', byDate, ['publishedAt', 'articleId']);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
    await runner.query(
      `drop index ${byDate}${runner.connection.options.type === 'better-sqlite3' ? '' : ' on publication'}`,
    );
  }
}

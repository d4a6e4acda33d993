import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, int, key, optional, ref, text } from './table.js';

const tables = {
  storyline: {
    columns: {
      id,
      slug: text(160),
      title: text(200),
      summary: text(1000),
      status: text(8),
      pictureId: optional(ref('picture')),
      version: int,
      createdAt: instant,
      changedAt: instant,
      activeAt: instant,
    },
    unique: { storyline_slug: ['slug'] },
    index: {
      storyline_active: ['activeAt', 'id'],
      storyline_changed: ['changedAt', 'id'],
      storyline_picture: ['pictureId'],
    },
  },
  storyline_slug_claim: {
    columns: { slug: key(text(160)), storylineId: ref('storyline') },
    index: { storyline_slug_claim_storyline: ['storylineId'] },
  },
  storyline_entry: {
    columns: {
      id,
      storylineId: ref('storyline'),
      position: int,
      articleId: optional(ref('article')),
      at: optional(instant),
      title: optional(text(300)),
      text: optional(text(1000)),
      isTurningPoint: flag,
    },
    unique: {
      storyline_entry_position: ['storylineId', 'position'],
      storyline_entry_article: ['articleId', 'storylineId'],
    },
  },
};

/** Events with their timelines. */
export class Storylines1764325000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, flag, id, instant, int, json, key, optional, ref, text } from './table.js';

const tables = {
  partner: {
    columns: {
      id,
      slug: text(80),
      name: text(200),
      isActive: flag,
      requestsPerMinute: optional(int),
      costPerMinute: optional(int),
      version: int,
      createdAt: instant,
    },
    unique: { partner_slug: ['slug'] },
  },
  partner_key: {
    columns: {
      id,
      partnerId: ref('partner'),
      slot: optional(int),
      name: text(80),
      hash: text(43),
      scopes: json,
      createdAt: instant,
      expiresAt: instant,
      lastUsedAt: optional(instant),
      revokedAt: optional(instant),
    },
    unique: { partner_key_slot: ['partnerId', 'slot'] },
  },
  product: {
    columns: {
      id,
      slug: text(80),
      name: text(200),
      version: int,
      filter: json,
      dimensions: int,
      shift: instant,
      keepDays: optional(int),
      pictures: text(10),
      formats: json,
      territories: json,
      usageTerms: optional(text(1000)),
      createdAt: instant,
    },
    unique: { product_slug: ['slug'] },
  },
  product_list: {
    columns: { productId: key(int), dimension: key(text(10)), list: key(text(24)) },
    index: { product_list_list: ['list', 'productId'] },
  },
  partner_product: {
    columns: { partnerId: key(int), productId: key(int) },
    index: { partner_product_product: ['productId', 'partnerId'] },
  },
  partner_usage: {
    columns: {
      partnerId: key(int),
      day: key(day),
      keyId: key(int),
      productId: key(int),
      requests: int,
      stories: int,
      cost: instant,
    },
  },
  partner_change: {
    columns: {
      partnerId: key(int),
      seq: key(instant),
      kind: text(20),
      at: instant,
      articleId: optional(int),
      publicationId: optional(int),
      productId: optional(int),
      entityId: optional(int),
      formerEntityId: optional(int),
      version: int,
      note: optional(text(1000)),
      liftAt: optional(instant),
    },
    index: { partner_change_article: ['articleId', 'partnerId', 'publicationId', 'version'] },
    withoutRowid: true,
  },
  partner_story: {
    columns: {
      partnerId: key(int),
      articleId: key(int),
      state: text(10),
      publicationId: int,
      productId: int,
      seq: instant,
      liftAt: optional(instant),
    },
    index: {
      partner_story_article: ['articleId', 'partnerId'],
      partner_story_publication: ['publicationId', 'partnerId'],
      partner_story_lift: ['liftAt'],
    },
    withoutRowid: true,
  },
  partner_due: {
    columns: {
      partnerId: key(int),
      publicationId: key(int),
      kind: key(text(10)),
      articleId: int,
      productId: int,
      dueAt: instant,
      source: optional(instant),
    },
    index: { partner_due_moment: ['dueAt'], partner_due_article: ['articleId', 'partnerId'] },
  },
};

/** Who takes our stories, what of them, and what each was told. */
export class Syndication1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
    const ignore = runner.connection.options.type === 'better-sqlite3' ? 'or ignore' : 'ignore';
    await runner.query(
      `insert ${ignore} into counter (name, value) select 'syndication', 0 union all select 'syndicated-schedule', -1 union all
       select 'syndicated', coalesce(max(seq), 0) from content_change`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    if (await runner.hasTable('counter')) {
      await runner.query("delete from counter where name in ('syndication', 'syndicated', 'syndicated-schedule')");
    }
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
  }
}

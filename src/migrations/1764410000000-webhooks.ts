import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, int, json, optional, ref, text } from './table.js';

const tables = {
  saved_search: {
    columns: {
      id,
      partnerId: ref('partner'),
      name: text(120),
      query: text(500),
      filter: json,
      version: int,
      createdAt: instant,
    },
    unique: { saved_search_name: ['partnerId', 'name'] },
  },
  webhook: {
    columns: {
      id,
      partnerId: ref('partner'),
      url: text(1000),
      description: text(200),
      state: text(10),
      pausedBecause: optional(text(300)),
      kinds: optional(json),
      savedSearchId: optional(ref('saved_search')),
      secret: text(200),
      formerSecret: optional(text(500)),
      formerUntil: optional(instant),
      version: int,
      createdAt: instant,
      place: instant,
      lease: optional(text(22)),
      leasedUntil: instant,
      attempts: int,
      nextAt: instant,
      deadInRow: int,
      deliveredAt: optional(instant),
      lastStatus: optional(int),
      lastError: optional(text(300)),
      testedAt: optional(instant),
    },
    index: { webhook_partner: ['partnerId'], webhook_search: ['savedSearchId'], webhook_due: ['state', 'nextAt'] },
  },
  webhook_dead_letter: {
    columns: {
      id,
      webhookId: ref('webhook'),
      seq: instant,
      kind: text(20),
      at: instant,
      attempts: int,
      status: optional(int),
      error: text(300),
      dueAt: optional(instant),
    },
    unique: { webhook_dead_letter_seq: ['webhookId', 'seq'] },
    index: { webhook_dead_letter_due: ['dueAt'] },
  },
};

/** Where partners have their changes sent, and what they look for. */
export class Webhooks1764410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
  }
}

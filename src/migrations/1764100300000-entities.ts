import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, addIndex, createTable, dropColumns, id, instant, int, key, optional, ref, text } from './table.js';

const tables = {
  entity_slug_claim: {
    columns: { kind: key(text(12)), slug: key(text(160)), entityId: ref('entity') },
    index: { entity_slug_claim_entity: ['entityId'] },
  },
  entity_merge: {
    columns: {
      id,
      fromId: ref('entity'),
      intoId: ref('entity'),
      note: optional(text(1000)),
      wikidataId: optional(text(20)),
      at: instant,
      accountId: optional(int),
      undoneAt: optional(instant),
    },
    index: { entity_merge_from: ['fromId'], entity_merge_into: ['intoId'] },
  },
  entity_merge_move: { columns: { mergeId: key(int), what: key(text(24)), rowId: key(int) } },
};

/** The slugs that people, organisations and places had, and the merges of those that are one and the same. */
export class Entities1764100300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'entity', { mergedInto: optional(int) });
    await addIndex(runner, 'entity', 'entity_merged_into', ['mergedInto']);
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
    const ignore = runner.connection.options.type === 'better-sqlite3' ? 'or ignore' : 'ignore';
    await runner.query(
      `insert ${ignore} into entity_slug_claim (kind, slug, entityId) select kind, slug, id from entity`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
    await runner.dropIndex('entity', 'entity_merged_into').catch(() => undefined);
    await dropColumns(runner, 'entity', ['mergedInto']);
  }
}

import type { Database, Transaction } from '../../src/kernel/database.js';
import { raw, sql } from '../../src/kernel/sql.js';
import * as newsroom from './generate.js';
import { entityCount, pictureCount, type Scale } from './generate.js';
import { entityRows, furnitureRows, pictureRows, roleRows, storyIdentity, storyRows, type Rows } from './rows.js';

const storiesAtOnce = 500;

/** Writes the whole generated newsroom into empty tables, some stories at a time, so that memory stays flat. */
export async function loadNewsroom(
  database: Database,
  scale: Scale,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const now = Date.now();
  const total = pictureCount(scale) + 2 * entityCount(scale) + 2 * scale.articles;
  let done = 0;
  const writeMany = async (count: number, rowsOf: (id: number) => Rows) => {
    for (let first = 1; first <= count; first += storiesAtOnce) {
      const ids = Array.from({ length: Math.min(storiesAtOnce, count - first + 1) }, (_, i) => first + i);
      await bulk(database, merged(ids.map(rowsOf)));
      progress((done += ids.length), total);
    }
  };
  const { section, ...furniture } = furnitureRows();
  await database.transaction((tx) => insertRows(tx, { section: section! }));
  await writeMany(pictureCount(scale), (id) => pictureRows(id, now));
  await writeMany(entityCount(scale), (id) => entityRows(id, now));
  await writeMany(entityCount(scale), (id) => roleRows(id, scale));
  await writeMany(scale.articles, (id) => storyIdentity(id, scale));
  await writeMany(scale.articles, (id) => storyRows(id, scale));
  await database.transaction((tx) => insertRows(tx, furniture));
  const counters = { change: scale.articles, everything: broughtIn(scale) };
  for (const [name, value] of Object.entries(counters)) {
    await database.transaction((tx) => tx.run(sql`update counter set value = ${value} where name = ${name}`));
  }
  await analyze(database);
}

/** How many commands touch everything when a newsroom is brought in. */
function broughtIn(scale: Scale): number {
  const stories = Array.from({ length: scale.articles }, (_, i) => newsroom.storyOf(i + 1, scale));
  return [newsroom.sections, newsroom.banners, newsroom.newsletters, newsroom.consentCategories].reduce(
    (sum, { length }) => sum + length,
    pictureCount(scale) + 2 * entityCount(scale) + stories.reduce((sum, story) => sum + story.corrections.length, 0),
  );
}

function merged(parts: readonly Rows[]): Rows {
  const rows: Rows = {};
  for (const part of parts) for (const [table, more] of Object.entries(part)) (rows[table] ??= []).push(...more);
  return rows;
}

/** Writes rows that are known to fit together: MySQL need not look up for each row what it refers to. */
const bulk = (database: Database, rows: Rows): Promise<void> =>
  database.transaction(async (tx) => {
    if (tx.dialect !== 'mysql') return insertRows(tx, rows);
    await tx.run(raw('set foreign_key_checks = 0, unique_checks = 0'));
    try {
      await insertRows(tx, rows);
    } finally {
      await tx.run(raw('set foreign_key_checks = 1, unique_checks = 1'));
    }
  });

/** How many values one statement may carry: SQLite takes 32,766. */
const valuesAtOnce = 30_000;

async function insertRows(tx: Transaction, tables: Rows): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const atOnce = Math.floor(valuesAtOnce / columns.length);
    for (let i = 0; i < rows.length; i += atOnce) {
      const some = rows.slice(i, i + atOnce);
      const places = some.map(() => `(${columns.map(() => '?').join(',')})`).join(',');
      const text = `insert into ${table} (${columns.map((column) => quoted(tx, column)).join(',')}) values ${places}`;
      const values = some.flatMap((row) => columns.map((column) => flat(row[column])));
      await tx.run({ text, values });
    }
  }
}

const quoted = (tx: Transaction, column: string): string => (tx.dialect === 'mysql' ? `\`${column}\`` : `"${column}"`);

const flat = (value: Rows[string][number][string] | undefined) =>
  typeof value === 'boolean' ? Number(value) : (value ?? null);

/** Has the database count its rows now, so that both sides are planned from the same figures. */
async function analyze(database: Database): Promise<void> {
  const tables = database.primary.entityMetadatas.map((table) => table.tableName);
  const statement = database.dialect === 'mysql' ? `analyze table ${tables.join(', ')}` : 'analyze';
  await database.transaction((tx) => tx.read(raw(statement)));
}

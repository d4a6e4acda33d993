import { createHash } from 'node:crypto';
import { raw } from '../../src/kernel/sql.js';
import type { TestNewsroom } from './newsroom.js';

/** What every table holds: how many rows, and a print of all their values. Two are equal only if nothing has changed. */
export async function fingerprintOf({ database }: TestNewsroom): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const { tableName } of database.primary.entityMetadatas) {
    const rows = await database.read<object>(raw(`select * from ${tableName}`), 'primary');
    const texts = rows.map((row) => JSON.stringify(row)).sort();
    prints[tableName] = `${rows.length} ${createHash('sha256').update(texts.join('\n')).digest('base64url')}`;
  }
  return prints;
}

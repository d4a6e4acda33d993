import type { Transaction } from '../kernel/database.js';
import { missing } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import { held } from '../kernel/write.js';

/**
 * Tells which entity stands for an id: itself, or the one it was merged into. None of them is merged or
 * deleted until the transaction ends; one that is gone already is `Missing`.
 */
export async function survivorsOf(tx: Transaction, ids: readonly number[]): Promise<(id: number) => number> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return (id) => id;
  const merged = new Map<number, number>();
  for (let i = 0; i < distinct.length; i += 500) {
    const rows = await tx.read<{ id: number; mergedInto: number | null }>(
      sql`select id, mergedInto from entity where id in ${distinct.slice(i, i + 500)} order by id ${held(tx)}`,
    );
    if (rows.length < Math.min(500, distinct.length - i)) throw missing('person, organisation or place', 'entity');
    for (const { id, mergedInto } of rows) if (mergedInto !== null) merged.set(id, mergedInto);
  }
  return (id) => merged.get(id) ?? id;
}

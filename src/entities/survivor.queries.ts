import type { Transaction } from '../kernel/database.js';
import { sql } from '../kernel/sql.js';
import { held } from '../kernel/write.js';

/** Tells which entity stands for an id: itself, or the one it was merged into. None of them is merged until the transaction ends. */
export async function survivorsOf(tx: Transaction, ids: readonly number[]): Promise<(id: number) => number> {
  const standing = await standingFor(tx, ids);
  return (id) => standing.get(id) ?? id;
}

/** Which entities stand for ids; those that are there are neither merged nor deleted until the transaction ends. */
export async function standingFor(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const distinct = [...new Set(ids)];
  const standing = new Map<number, number>();
  for (let i = 0; i < distinct.length; i += 500) {
    const rows = await tx.read<{ id: number; mergedInto: number | null }>(
      sql`select id, mergedInto from entity where id in ${distinct.slice(i, i + 500)} order by id ${held(tx)}`,
    );
    for (const { id, mergedInto } of rows) standing.set(id, mergedInto ?? id);
  }
  return standing;
}

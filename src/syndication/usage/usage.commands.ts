import type { Database, Transaction } from '../../kernel/database.js';
import { IdempotencyRow } from '../../kernel/ledger.rows.js';
import { join, raw, sql } from '../../kernel/sql.js';
import { insertUnlessThere, nowIn } from '../../kernel/write.js';
import type { UsageBatch, UsageCount, UsageCounters } from './usage.counters.js';

/**
 * Adds what a process has counted to what all have; a batch is added once, however often it is tried. Throws when the
 * database cannot be written to: then the same batch is tried next time.
 */
export async function writeUsage(database: Database, counters: UsageCounters): Promise<void> {
  for (let batch = counters.next(); batch; batch = counters.next()) {
    await database.transaction((tx) => write(tx, batch));
    counters.written(batch);
  }
}

async function write(tx: Transaction, { id, previous, counts, lastUsed }: UsageBatch): Promise<void> {
  const receipt = { id, fingerprint: 'usage', answer: null, createdAt: await nowIn(tx) };
  if (!(await insertUnlessThere(tx, IdempotencyRow, receipt))) return;
  if (previous !== null) await tx.manager.delete(IdempotencyRow, { id: previous });
  const inOrder = [...counts].sort(
    (a, b) => a.partnerId - b.partnerId || a.keyId - b.keyId || a.productId - b.productId,
  );
  for (let i = 0; i < inOrder.length; i += 500) await addUsage(tx, inOrder.slice(i, i + 500));
  for (const [keyId, minute] of [...lastUsed].sort(([a], [b]) => a - b)) {
    const isLater = sql`(lastUsedAt is null or lastUsedAt < ${minute})`;
    await tx.run(sql`update partner_key set lastUsedAt = ${minute} where id = ${keyId} and ${isLater}`);
  }
}

/** Adds to what was counted, within a transaction. */
export async function addUsage(tx: Transaction, counts: readonly UsageCount[]): Promise<void> {
  const rows = counts.map(
    ({ partnerId, day, keyId, productId, requests, stories, cost }) =>
      sql`(${partnerId}, ${day}, ${keyId}, ${productId}, ${requests}, ${stories}, ${cost})`,
  );
  const [onSame, added] =
    tx.dialect === 'mysql'
      ? [raw('on duplicate key update'), (column: string) => raw(`${column} = ${column} + values(${column})`)]
      : [
          raw('on conflict (partnerId, day, keyId, productId) do update set'),
          (column: string) => raw(`${column} = ${column} + excluded.${column}`),
        ];
  await tx.run(
    sql`insert into partner_usage (partnerId, day, keyId, productId, requests, stories, cost)
        values ${join(rows, ', ')} ${onSame} ${join(['requests', 'stories', 'cost'].map(added), ', ')}`,
  );
}

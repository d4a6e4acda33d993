import type { Database } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';

/** Which of some keys may be used now. */
export async function keysInOrder(database: Database, keyIds: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await database.read<{ id: number }>(
    sql`select k.id from partner_key k join partner p on p.id = k.partnerId and p.isActive = 1
        where k.id in ${keyIds} and k.revokedAt is null and k.expiresAt > ${database.now}`,
    'primary',
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether a partner gets anything at all. */
export async function isActive(database: Database, partnerId: number): Promise<boolean> {
  const rows = await database.read(sql`select id from partner where id = ${partnerId} and isActive = 1`, 'primary');
  return rows.length > 0;
}

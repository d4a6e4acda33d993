import type { Context } from './context.js';
import type { Transaction } from './database.js';

/**
 * Runs a command's writes as one transaction, retried as a whole on conflicts: so nothing in it may reach outside the
 * database. Afterwards the request reads from the primary and with fresh loaders, so that it sees what it wrote.
 */
export async function inTransaction<Result>(ctx: Context, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const result = await ctx.database.transaction(work);
  ctx.loaders.clear();
  ctx.readFrom = 'primary';
  return result;
}

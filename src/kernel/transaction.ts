import type { Context } from './context.js';
import type { Transaction } from './database.js';
import { freshForMs } from './freshness.js';

/**
 * Runs a command's writes as one transaction, retried as a whole on conflicts: so nothing in it may reach outside the
 * database. Afterwards the request reads from the primary and with fresh loaders, so that it sees what it wrote.
 */
export async function inTransaction<Result>(ctx: Context, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  let isFelt = false;
  const result = await ctx.database.transaction(async (tx) => {
    const done = await work(tx);
    ({ isFelt } = tx);
    return done;
  });
  ctx.loaders.clear();
  ctx.readFrom = 'primary';
  if (isFelt) {
    ctx.freshness?.expire();
    ctx.felt.until = performance.now() + freshForMs;
  }
  return result;
}

import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';

/** Tells partners what they may have from now on and what not any more, after their products were changed in this transaction. */
export async function fitPartners(_ctx: Context, _tx: Transaction, _partnerIds: readonly number[]): Promise<void> {
  // the feed brings it
}

import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { takeTurn } from './books.commands.js';
import { tellAllChanges } from './changes.commands.js';
import { fitHere } from './fit-partner.commands.js';
import { noteScheduled } from './schedule.commands.js';

/**
 * After a change of what partners may have, in its very transaction: each is told of what he gets by it, oldest first,
 * and of what he loses, and that he may do something else with what he keeps by a product whose rights have changed. What
 * was changed before it is told before.
 */
export async function fitPartners(
  _: Context,
  tx: Transaction,
  partnerIds: readonly number[],
  changedProductId?: number,
): Promise<void> {
  const place = await takeTurn(tx);
  await tellAllChanges(tx, place);
  await noteScheduled(tx, place);
  for (const partnerId of [...new Set(partnerIds)].sort((a, b) => a - b)) {
    await fitHere(tx, place, { partnerId, changedProductId });
  }
}

import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing } from '../../kernel/errors.js';
import { sql } from '../../kernel/sql.js';

/** Holds a partner until the end of the transaction: the one who asks, or whom the desk names. */
export async function holdPartner(
  { viewer }: Context,
  tx: Transaction,
  partnerId: number | null | undefined,
): Promise<number> {
  const id = viewer.kind === 'partner' ? viewer.partnerId : partnerId;
  if (id == null) throw badInput('Say which partner it is for.', 'partnerId');
  if (viewer.kind === 'partner' && partnerId != null && partnerId !== id) throw missing('partner', 'partnerId');
  await tx.run(sql`update partner set version = version where id = ${id}`);
  const [partner] = await tx.read<{ id: number }>(sql`select id from partner where id = ${id}`);
  if (!partner) throw missing('partner', 'partnerId');
  return id;
}

/** Whether something of a partner is the viewer's to look after: the partner's own, and all of them the desk's. */
export const isTheirOwn = ({ viewer }: Context, partnerId: number): boolean =>
  viewer.kind !== 'partner' || viewer.partnerId === partnerId;

export interface HeldEndpoint {
  id: number;
  partnerId: number;
  version: number;
  url: string;
  secret: string;
  formerSecret: string | null;
  formerUntil: number | null;
  now: number;
}

/** Holds an endpoint of the viewer's until the end of the transaction. */
export async function holdWebhook(
  ctx: Context,
  tx: Transaction,
  id: number,
  absent = missing('webhook', 'webhookId'),
): Promise<HeldEndpoint> {
  await tx.run(sql`update webhook set version = version where id = ${id}`);
  const [row] = await tx.read<HeldEndpoint>(
    sql`select id, partnerId, version, url, secret, formerSecret, formerUntil, ${tx.now} as now from webhook where id = ${id}`,
  );
  if (!row || !isTheirOwn(ctx, row.partnerId)) throw absent;
  return row;
}

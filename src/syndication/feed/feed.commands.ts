import type { Context } from '../../kernel/context.js';
import { badInput, codedError } from '../../kernel/errors.js';
import { withPatience } from '../../kernel/patience.js';
import { checkFirst, type Connection } from '../../kernel/page.js';
import { catchUp } from './catch-up.commands.js';
import { changesAfter, pageOfChanges, type ChangeEdge } from './change.queries.js';
import { placeIn } from './change.rules.js';
import { notAtPresent } from '../partners/partner.words.js';
import { isActive, keysInOrder } from './standing.queries.js';
import { watchOf } from './watch.queries.js';

/** How long an answer may be held back for something new, in seconds: load balancers hang up after thirty or sixty. */
export const longestWait = 25;

/** How many requests of a partner may wait at once, in each process. */
const mostWaiting = 10;

interface Asked {
  partnerId: number;
  first: number;
  after: string | null | undefined;
  wait: number | null | undefined;
}

/** A page of a partner's feed, with all that has been committed until now; on wish it waits until there is something. */
export async function feedOf(ctx: Context, asked: Asked): Promise<Connection<ChangeEdge>> {
  const { partnerId, wait, after } = asked;
  const first = checkFirst(asked.first);
  const seq = placeIn(partnerId, after);
  if (wait != null && (wait < 1 || wait > longestWait)) {
    throw badInput(`\`wait\` is from 1 to ${longestWait} seconds, not ${wait}.`);
  }
  await catchUp(ctx);
  const read = () => changesAfter(ctx, { partnerId, seq, limit: first + 1 });
  const edges = await read();
  if (edges.length > 0 || wait == null || first === 0) return pageOfChanges(ctx, edges, { partnerId, first, after });
  const isNew = await waitFor(ctx, { partnerId, seq, wait });
  await checkKey(ctx);
  return pageOfChanges(ctx, isNew ? await read() : [], { partnerId, first, after });
}

/** What was revoked while somebody waited gives nothing more. */
async function checkKey({ database, viewer }: Context): Promise<void> {
  if (viewer.kind !== 'partner' || (await keysInOrder(database, [viewer.keyId])).has(viewer.keyId)) return;
  if (!(await isActive(database, viewer.partnerId))) throw codedError('FORBIDDEN', notAtPresent);
  throw codedError('UNAUTHENTICATED', 'Your key has been revoked or has expired while you waited.');
}

async function waitFor(
  { database, gone }: Context,
  { partnerId, seq, wait }: { partnerId: number; seq: number; wait: number },
): Promise<boolean> {
  const watch = watchOf(database);
  if (watch.requestsOf(partnerId) >= mostWaiting) {
    throw codedError(
      'RATE_LIMITED',
      `${mostWaiting} of your requests wait already: wait with one, and ask on with it.`,
      { retryAfter: 1 },
    );
  }
  return withPatience(wait * 1_000, gone, (signal) => watch.news({ partnerId, seq, isRequest: true }, signal));
}

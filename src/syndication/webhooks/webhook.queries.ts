import { read, type Context, type Reading } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { loadMany, loadManyWith, loadOne } from '../../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';
import type { ChangeKind } from '../feed/change.words.js';
import type { WebhookState } from './webhook.words.js';

export interface WebhookView {
  __typename: 'Webhook';
  id: number;
  partnerId: number;
  url: string;
  description: string;
  state: WebhookState;
  pausedBecause: string | null;
  kinds: ChangeKind[] | null;
  savedSearchId: number | null;
  formerSecretUntil: number | null;
  version: number;
  createdAt: number;
  place: number;
  attempts: number;
  nextAt: number;
  deliveredAt: number | null;
  lastStatus: number | null;
  lastError: string | null;
}

const columns = raw(
  `w.id, w.partnerId, w.url, w.description, w.state, w.pausedBecause, w.kinds, w.savedSearchId, w.formerUntil as formerSecretUntil, w.version,
   w.createdAt, w.place, w.attempts, w.nextAt, w.deliveredAt, w.lastStatus, w.lastError`,
);

const webhooksWhere = (condition: Sql): Sql => sql`select ${columns} from webhook w where ${condition} order by w.id`;

const viewOf = (row: Omit<WebhookView, '__typename' | 'kinds'> & { kinds: string | null }): WebhookView => ({
  __typename: 'Webhook',
  ...row,
  kinds: row.kinds === null ? null : (JSON.parse(row.kinds) as ChangeKind[] | null),
});

type Row = Parameters<typeof viewOf>[0];

/** An endpoint as a transaction sees it. */
export async function webhookIn(tx: Transaction, id: number): Promise<WebhookView> {
  return viewOf((await tx.read<Row>(webhooksWhere(sql`w.id = ${id}`)))[0]!);
}

export const webhooksOfPartner = loadMany(
  async (reading: Reading, partnerIds: readonly number[]) =>
    (await read<Row>(reading, webhooksWhere(sql`w.partnerId in ${partnerIds}`))).map(viewOf),
  (webhook) => webhook.partnerId,
  'unkept',
);

export interface DeadLetterView {
  id: number;
  webhookId: number;
  seq: number;
  kind: ChangeKind;
  at: number;
  attempts: number;
  status: number | null;
  error: string;
  dueAt: number | null;
}

export interface DeadLetterEdge {
  cursor: string;
  node: DeadLetterView;
}

interface Behind {
  behind: number;
  first: number;
}

const lettersBehind = loadManyWith(
  (reading: Reading, { behind, first }: Behind, webhookIds: readonly number[]) =>
    read<DeadLetterView>(
      reading,
      sql`select id, webhookId, seq, kind, at, attempts, status, error, dueAt from
            (select d.*, row_number() over (partition by d.webhookId order by d.seq) as place from webhook_dead_letter d
             where d.webhookId in ${webhookIds} and d.seq > ${behind}) n
          where n.place <= ${first} order by webhookId, seq`,
    ),
  (letter) => letter.webhookId,
  'unkept',
);

const letterCount = loadOne(
  (reading: Reading, webhookIds: readonly number[]) =>
    read<{ webhookId: number; total: number }>(
      reading,
      sql`select webhookId, count(*) as total from webhook_dead_letter where webhookId in ${webhookIds} group by webhookId`,
    ),
  ({ webhookId }) => webhookId,
  'unkept',
);

/** Changes that an endpoint did not take and that were given up, in the order of the feed. */
export async function deadLetters(
  ctx: Context,
  webhookId: number,
  page: PageArgs,
): Promise<Connection<DeadLetterEdge>> {
  const cursor = cursorsOf('dead-letters');
  const [behind] = page.after == null ? [0] : parseCursor<[number]>('dead-letters', page.after, ['number']);
  const rows = await lettersBehind(ctx, { behind, first: checkFirst(page.first) + 1 }).load(webhookId);
  const count = async () => (await letterCount(ctx).load(webhookId))?.total ?? 0;
  return pageOf(rows, page, (node) => ({ cursor: cursor([node.seq]), node }), count);
}

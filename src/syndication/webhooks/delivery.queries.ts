import type { Context } from '../../kernel/context.js';
import { sql } from '../../kernel/sql.js';
import type { ChangeKind } from '../feed/change.words.js';

/** An endpoint with something to be sent to it. */
export interface Due {
  id: number;
  partnerId: number;
  /** How often what is next was tried. */
  attempts: number;
  nextAt: number;
  leasedUntil: number;
}

/**
 * Endpoints that somebody has to send to now, those that have waited longest first; also of those who are no partners any
 * more: they get no text, but hear what they have to take down. What was given up and is asked for again waits for nothing.
 */
export function dueWebhooks(ctx: Context, first: number): Promise<Due[]> {
  return ctx.database.read<Due>(
    sql`select w.id, w.partnerId, w.attempts, w.nextAt, w.leasedUntil
        from webhook w
        where w.state = 'ACTIVE' and w.leasedUntil <= ${ctx.database.now}
          and ((w.nextAt <= ${ctx.database.now}
                and exists (select 1 from partner_change c where c.partnerId = w.partnerId and c.seq > w.place))
            or exists (select 1 from webhook_dead_letter d where d.webhookId = w.id and d.dueAt is not null))
        order by w.nextAt, w.deliveredAt, w.id limit ${first}`,
    'primary',
  );
}

/** An endpoint as somebody has it who sends to it. */
export interface HeldWebhook {
  id: number;
  partnerId: number;
  partnerName: string;
  url: string;
  kinds: string | null;
  savedSearchId: number | null;
  secret: string;
  formerSecret: string | null;
  formerUntil: number | null;
  version: number;
  place: number;
  attempts: number;
  nextAt: number;
  deadInRow: number;
  now: number;
}

/** An endpoint as it is now, for whoever holds it with this lease; nothing when it is not his, or not sent to any more. */
export async function heldWebhook(ctx: Context, id: number, lease: string): Promise<HeldWebhook | undefined> {
  const [row] = await ctx.database.read<HeldWebhook>(
    sql`select w.id, w.partnerId, p.name as partnerName, w.url, w.kinds, w.savedSearchId, w.secret, w.formerSecret,
          w.formerUntil, w.version, w.place, w.attempts, w.nextAt, w.deadInRow, ${ctx.database.now} as now
        from webhook w join partner p on p.id = w.partnerId
        where w.id = ${id} and w.lease = ${lease} and w.state = 'ACTIVE'`,
    'primary',
  );
  return row;
}

/** A change as far as it decides whether an endpoint wants it. */
export interface Told {
  seq: number;
  kind: ChangeKind;
  articleId: number | null;
  publicationId: number | null;
  /** The product that its story comes by. */
  productId: number | null;
}

/** What comes next in a partner's feed. */
export function toldAfter(ctx: Context, partnerId: number, place: number, first: number): Promise<Told[]> {
  return ctx.database.read<Told>(
    sql`select seq, kind, articleId, publicationId, productId from partner_change where partnerId = ${partnerId} and seq > ${place}
        order by seq limit ${first}`,
    'primary',
  );
}

/** A change that was given up and is to be sent again. */
export interface DueLetter extends Pick<Told, 'seq' | 'productId'> {
  id: number;
  attempts: number;
}

/** The oldest change that was given up and is asked to be sent again. */
export async function dueLetter(ctx: Context, { id, partnerId }: HeldWebhook): Promise<DueLetter | undefined> {
  const [letter] = await ctx.database.read<DueLetter>(
    sql`select d.id, d.seq, d.attempts, c.productId
        from webhook_dead_letter d join partner_change c on c.partnerId = ${partnerId} and c.seq = d.seq
        where d.webhookId = ${id} and d.dueAt is not null order by d.dueAt, d.id limit 1`,
    'primary',
  );
  return letter;
}

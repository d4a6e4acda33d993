import { setTimeout as sleep } from 'node:timers/promises';
import { closedFilesOf } from '../articles/open-picture.queries.js';
import type { Context } from '../kernel/context.js';
import type { Database, Transaction } from '../kernel/database.js';
import { freshForMs } from '../kernel/freshness.js';
import { never } from '../kernel/ledger.js';
import { OutboxRow } from '../kernel/ledger.rows.js';
import { raw, sql } from '../kernel/sql.js';
import { everyAnswer } from '../kernel/tags.js';
import { nowIn } from '../kernel/write.js';
import type { Cdn } from './cdn.js';
import { takenBack } from './media.commands.js';

/** Jobs that tell a CDN what to forget. */
export const purge = 'purge';

const mostChanges = 1_000;

/** How far the feed has come, and how far the CDN has been told of it. */
interface Places {
  change: number;
  everything: number;
  toldChange: number | null;
  toldEverything: number | null;
}

/**
 * Enters a job when there is something that the CDN was not told of and nobody is about to: one for all that has changed
 * meanwhile, however much that is.
 */
export async function enterPurge(ctx: Context): Promise<void> {
  if (isTold(await placesIn(ctx.database))) return;
  await ctx.database.transaction(async (tx) => {
    await beginTelling(tx);
    await tx.run(sql`update counter set value = value where name = 'told change'`); // one worker at a time
    const [waiting] = await tx.read(
      sql`select 1 from outbox where topic = ${purge} and availableAt < ${never} limit 1`,
    );
    if (waiting) return;
    const now = await nowIn(tx);
    const job = { topic: purge, payload: {}, createdAt: now, availableAt: now, attempts: 0, lastError: null };
    await tx.manager.insert(OutboxRow, job);
  });
}

/** Tells the CDN of all that has changed since it was told last; then it is known to be told. */
export async function purgeChanged(ctx: Context, cdn: Cdn, signal: AbortSignal): Promise<void> {
  const places = await placesIn(ctx.database);
  if (isTold(places)) return;
  await sleep(freshForMs); // from now on no node answers as before
  const { changed, gone } = await tagsBetween(ctx, places);
  await cdn.forget(gone, 'GONE', signal);
  await cdn.forget(changed, 'CHANGED', signal);
  await ctx.database.transaction(async (tx) => {
    await beginTelling(tx);
    for (const name of ['change', 'everything'] as const) {
      await tx.run(
        sql`update counter set value = ${places[name]} where name = ${`told ${name}`} and value < ${places[name]}`,
      );
    }
  });
}

async function placesIn(database: Database): Promise<Places> {
  const rows = await database.read<{ name: string; value: number }>(sql`select name, value from counter`, 'primary');
  const valueOf = (name: string) => rows.find((row) => row.name === name)?.value ?? null;
  return {
    change: valueOf('change') ?? 0,
    everything: valueOf('everything') ?? 0,
    toldChange: valueOf('told change'),
    toldEverything: valueOf('told everything'),
  };
}

const isTold = ({ change, everything, toldChange, toldEverything }: Places): boolean =>
  (toldChange ?? -1) >= change && (toldEverything ?? -1) >= everything;

/** What a CDN holds that was never told of anything is not known: all of it goes first. */
async function beginTelling(tx: Transaction): Promise<void> {
  const ignore = raw(tx.dialect === 'mysql' ? 'ignore' : 'or ignore');
  await tx.run(sql`insert ${ignore} into counter (name, value) values ('told change', -1), ('told everything', -1)`);
}

async function tagsBetween(ctx: Context, places: Places): Promise<Record<'changed' | 'gone', string[]>> {
  if (places.toldChange === null || places.toldChange < 0) return { changed: [], gone: [everyAnswer] };
  const changes = await ctx.database.read<{ op: string; subject: string; subjectId: number; touches: string | null }>(
    sql`select op, subject, subjectId, touches from content_change
        where seq > ${places.toldChange} and seq <= ${places.change} order by seq limit ${mostChanges + 1}`,
    'primary',
  );
  if (changes.length > mostChanges) return { changed: [], gone: [everyAnswer] };
  const changed = new Set<string>(places.everything <= places.toldEverything! ? [] : [everyAnswer]);
  const gone = new Set<string>();
  for (const { op, subject, subjectId, touches } of changes) {
    const isGone = subject === 'Article' && takenBack.includes(op);
    const to = isGone ? gone : changed;
    to.add(`${subject}:${subjectId}`);
    for (const each of (touches === null ? [] : JSON.parse(touches)) as string[]) to.add(each);
    if (isGone) for (const file of await closedFilesOf(ctx, subjectId)) gone.add(`media-${file}`);
  }
  return { changed: [...changed].filter((each) => !gone.has(each)), gone: [...gone] };
}

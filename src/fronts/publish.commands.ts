import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing, type UserErrorView } from '../kernel/errors.js';
import { recordAudit, recordChange, touchSchedule } from '../kernel/ledger.js';
import type { CommandInput } from '../kernel/perform.js';
import { sql } from '../kernel/sql.js';
import { checkText } from '../kernel/write.js';
import { storedArrangement } from './edition.commands.js';
import { performOnFront } from './front.commands.js';
import { frontReach } from './front.queries.js';
import { raiseVersion, takeFront, type FrontTarget, type HeldFront } from './hold.commands.js';
import { dropFrontInterval, enterFront, intervalsFrom, openFrontInterval } from './interval.commands.js';
import { newsroomFrontIn, type NewsroomFrontView } from './newsroom-front.queries.js';

type FrontInput = CommandInput & FrontTarget & { note?: string | null };

interface FrontAnswer<Name extends string> {
  __typename: Name;
  front: NewsroomFrontView;
}

type Answer<Name extends string, More = object> = Promise<(FrontAnswer<Name> & More) | UserErrorView>;

/** Shows an arrangement to readers from now on, until the next that is scheduled: the newest, unless another is named. */
export function publishFront(ctx: Context, input: FrontInput & { revision?: number | null }): Answer<'FrontPublished'> {
  return performOnFront(ctx, 'publishFront', input, async (tx) => {
    const front = await takeFront(ctx, tx, input);
    const { editionId, number } = await storedArrangement(tx, front.id, input.revision ?? 'newest');
    const from = await nextFreeMoment(tx, front);
    const publicationId = await openFrontInterval(tx, { frontId: front.id, editionId, from });
    await raiseVersion(tx, front);
    const note = noteOf(input);
    const detail = { revision: number, publicationId };
    await recordAudit(ctx, tx, { action: 'publish', subject: 'Front', subjectId: front.id, note, detail });
    await enterFront(tx, { ...front, version: front.version + 1 }, { publicationId, note: null });
    return { __typename: 'FrontPublished', front: await newsroomFrontIn(tx, front.id) };
  });
}

/** Now, or the first millisecond after at which nothing of the front begins. */
async function nextFreeMoment(tx: Transaction, { id, now }: HeldFront): Promise<number> {
  const rows = await tx.read<{ visibleFrom: number }>(
    sql`select visibleFrom from front_publication where frontId = ${id} and visibleFrom >= ${now} order by visibleFrom`,
  );
  const begun = new Set(rows.map(({ visibleFrom }) => visibleFrom));
  let moment = now;
  while (begun.has(moment)) moment += 1;
  return moment;
}

const longestAhead = 10 * 366 * 86_400_000;
/** How many changes of a front may wait for their moments. */
const mostScheduled = 50;

/** Has an arrangement appear at a moment, whatever is saved until then; others that are scheduled stay. */
export function scheduleFront(
  ctx: Context,
  input: FrontInput & { revision?: number | null; at: number },
): Answer<'FrontScheduled', { at: number; revision: number }> {
  return performOnFront(ctx, 'scheduleFront', input, async (tx) => {
    const front = await takeFront(ctx, tx, input);
    const { at } = input;
    if (at <= front.now) throw badInput('The moment has passed: publish the front, or choose one to come.', 'at');
    if (at > front.now + longestAhead) throw badInput('The moment is more than ten years ahead.', 'at');
    const pending = (await intervalsFrom(tx, front.id, front.now)).filter(({ visibleFrom }) => visibleFrom > front.now);
    if (pending.length >= mostScheduled) throw badInput(`At most ${mostScheduled} changes can be scheduled.`, 'at');
    const there = pending.find(({ visibleFrom }) => visibleFrom === at);
    if (there) await dropFrontInterval(tx, front.id, there);
    const { editionId, number } = await storedArrangement(tx, front.id, input.revision ?? 'newest');
    await openFrontInterval(tx, { frontId: front.id, editionId, from: at });
    await raiseVersion(tx, front);
    await touchSchedule(tx);
    const detail = { at, revision: number };
    const note = noteOf(input);
    await recordAudit(ctx, tx, { action: 'schedule', subject: 'Front', subjectId: front.id, note, detail });
    return { __typename: 'FrontScheduled', front: await newsroomFrontIn(tx, front.id), at, revision: number };
  });
}

/** Takes back what was scheduled for a moment, before it comes. */
export function unscheduleFront(ctx: Context, input: FrontInput & { at: number }): Answer<'FrontUnscheduled'> {
  return performOnFront(ctx, 'unscheduleFront', input, async (tx) => {
    const front = await takeFront(ctx, tx, input);
    const intervals = await intervalsFrom(tx, front.id, front.now);
    const dropped = intervals.find(({ visibleFrom }) => visibleFrom === input.at && visibleFrom > front.now);
    if (!dropped) throw missing('change scheduled for that moment', 'at');
    await dropFrontInterval(tx, front.id, dropped);
    await raiseVersion(tx, front);
    await touchSchedule(tx);
    const detail = { at: input.at };
    const note = noteOf(input);
    await recordAudit(ctx, tx, { action: 'unschedule', subject: 'Front', subjectId: front.id, note, detail });
    return { __typename: 'FrontUnscheduled', front: await newsroomFrontIn(tx, front.id) };
  });
}

/** Takes a front from readers, with all that is scheduled for it. It can be published again. */
export function withdrawFront(ctx: Context, input: FrontInput): Answer<'FrontWithdrawn'> {
  return performOnFront(ctx, 'withdrawFront', input, async (tx) => {
    const front = await takeFront(ctx, tx, input);
    const intervals = await intervalsFrom(tx, front.id, front.now);
    if (intervals.length === 0) throw badInput('Readers do not see the front.', 'id');
    for (const each of intervals.toReversed()) {
      if (each.visibleFrom > front.now) await dropFrontInterval(tx, front.id, each);
    }
    await tx.run(
      sql`update front_publication set visibleUntil = ${front.now} where frontId = ${front.id} and visibleUntil > ${front.now}`,
    );
    await raiseVersion(tx, front);
    await touchSchedule(tx);
    const note = noteOf(input);
    await recordAudit(ctx, tx, { action: 'withdraw', subject: 'Front', subjectId: front.id, note });
    const entry = { op: 'FRONT_WITHDRAWN', subject: 'Front', subjectId: front.id, version: front.version + 1 };
    await recordChange(tx, { ...entry, touches: frontReach(front) });
    return { __typename: 'FrontWithdrawn', front: await newsroomFrontIn(tx, front.id) };
  });
}

const noteOf = ({ note }: FrontInput): string | null => (note == null ? null : checkText('note', note, { max: 1_000 }));

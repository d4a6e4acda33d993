import { forever } from '../articles/visibility.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { recordAudit, recordChange } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { FrontPublicationRow } from './front.rows.js';
import { frontReach, type FrontView } from './front.queries.js';

interface Interval {
  id: number;
  editionId: number;
  visibleFrom: number;
  visibleUntil: number;
}

/** The intervals of a front that have not ended, in their order. */
export const intervalsFrom = (tx: Transaction, frontId: number, now: number): Promise<Interval[]> =>
  tx.read(
    sql`select id, editionId, visibleFrom, visibleUntil from front_publication
        where frontId = ${frontId} and visibleUntil > ${now} order by visibleFrom`,
  );

/** Has an arrangement seen from a moment on, until the next that is scheduled. Gives its id. */
export async function openFrontInterval(
  tx: Transaction,
  { frontId, editionId, from }: { frontId: number; editionId: number; from: number },
): Promise<number> {
  const intervals = await intervalsFrom(tx, frontId, from);
  const before = intervals.find(({ visibleFrom }) => visibleFrom < from);
  if (before) await tx.run(sql`update front_publication set visibleUntil = ${from} where id = ${before.id}`);
  const next = intervals.find(({ visibleFrom }) => visibleFrom > from);
  const visibleUntil = next?.visibleFrom ?? forever;
  const row = { frontId, editionId, visibleFrom: from, visibleUntil };
  return ((await tx.manager.insert(FrontPublicationRow, row)).identifiers[0] as { id: number }).id;
}

/** Takes back what was scheduled for a moment: what stands before goes on in its place. */
export async function dropFrontInterval(tx: Transaction, frontId: number, dropped: Interval): Promise<void> {
  await tx.manager.delete(FrontPublicationRow, { id: dropped.id });
  await tx.run(
    sql`update front_publication set visibleUntil = ${dropped.visibleUntil}
        where frontId = ${frontId} and visibleUntil = ${dropped.visibleFrom}`,
  );
}

/** Enters an arrangement that has begun into the feed of changes, once. */
export async function enterFront(
  tx: Transaction,
  front: Pick<FrontView, 'id' | 'slug' | 'sectionId'> & { version: number },
  { publicationId, note }: { publicationId: number; note: string | null },
): Promise<void> {
  const { id: subjectId, version } = front;
  const entry = { op: 'FRONT_PUBLISHED', subject: 'Front', subjectId, version, note, touches: frontReach(front) };
  const seq = await recordChange(tx, entry);
  await tx.run(sql`update front_publication set seq = ${seq} where id = ${publicationId}`);
}

/** Enters what was scheduled for a front and whose moment has come: into audit and feed. Gives how many it entered. */
export async function settleFront(
  ctx: Context,
  tx: Transaction,
  front: Pick<FrontView, 'id' | 'slug' | 'sectionId'> & { version: number },
  now: number,
): Promise<number> {
  const due = await tx.read<{ id: number; number: number }>(
    sql`select p.id, e.number from front_publication p join front_edition e on e.id = p.editionId
        where p.frontId = ${front.id} and p.seq is null and p.visibleFrom <= ${now} order by p.visibleFrom`,
  );
  for (const { id: publicationId, number } of due) {
    const detail = { publicationId, revision: number };
    await recordAudit(ctx, tx, { action: 'appear', subject: 'Front', subjectId: front.id, detail });
    await enterFront(tx, front, { publicationId, note: null });
  }
  return due.length;
}

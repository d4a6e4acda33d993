import { isTheirSection } from '../accounts/policy.js';
import { sectionLines } from '../articles/story.commands.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { missing, staleVersion } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import { nowIn } from '../kernel/write.js';
import { settleFront } from './interval.commands.js';

/** A front whose row this transaction holds: nobody else changes it until the commit. */
export interface HeldFront {
  id: number;
  slug: string;
  sectionId: number | null;
  version: number;
  /** The database's clock, in milliseconds. */
  now: number;
  /** How many arrangements have just been entered, as their moments had come. */
  settled: number;
}

export interface FrontTarget {
  frontId: number;
  expectedVersion: number;
}

/** Holds a front, with what was scheduled entered if its moment has come; `null` when there is none. */
export async function holdFront(ctx: Context, tx: Transaction, frontId: number): Promise<HeldFront | null> {
  await tx.run(sql`update front set version = version where id = ${frontId}`);
  const [row] = await tx.read<Omit<HeldFront, 'now' | 'settled'>>(
    sql`select id, slug, sectionId, version from front where id = ${frontId}`,
  );
  if (!row) return null;
  const now = await nowIn(tx);
  return { ...row, now, settled: await settleFront(ctx, tx, row, now) };
}

/** Holds a front for something the viewer does to it: his to arrange, at the version he saw. */
export async function takeFront(ctx: Context, tx: Transaction, target: FrontTarget): Promise<HeldFront> {
  const front = await holdFront(ctx, tx, target.frontId);
  if (!front || !(await isTheirFront(ctx, tx, front.sectionId))) throw missing('front', 'id');
  if (front.version !== target.expectedVersion) throw staleVersion('front', target.expectedVersion, front.version);
  return front;
}

/** Whether a front is the viewer's to arrange: of a section that he works in; one of the whole paper, when he works in all. */
export async function isTheirFront(ctx: Context, tx: Transaction, sectionId: number | null): Promise<boolean> {
  return isTheirSection(ctx, sectionId === null ? [] : (await sectionLines(tx))(sectionId));
}

/** Takes a held front one version up. */
export const raiseVersion = (tx: Transaction, { id, now }: HeldFront): Promise<number> =>
  tx.run(sql`update front set version = version + 1, changedAt = ${now} where id = ${id}`);

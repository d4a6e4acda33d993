import type { Context } from '../kernel/context.js';
import type { Schedule } from '../kernel/freshness.js';
import { sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';
import { inTransaction } from '../kernel/transaction.js';
import { frontReach } from './front.queries.js';
import { holdFront } from './hold.commands.js';

/** Arrangements of fronts that will be seen by themselves. */
export const frontSchedule: Schedule = {
  next: (after) => sql`select min(visibleFrom) from front_publication where seq is null and visibleFrom > ${after}`,
  begun: async (database, after, until) => {
    const fronts = await database.read<{ id: number; slug: string; sectionId: number | null }>(
      sql`select distinct f.id, f.slug, f.sectionId from front_publication p join front f on f.id = p.frontId
          where p.seq is null and p.visibleFrom > ${after} and p.visibleFrom <= ${until}`,
      'primary',
    );
    return fronts.flatMap((front) => [tag('Front', front.id), ...frontReach(front)]);
  },
};

const atOnce = 50;

/** Enters arrangements whose moment has come into audit and feed; readers see them whether this runs or not. Gives how many. */
export async function enterDueFronts(ctx: Context): Promise<number> {
  const due = await ctx.database.read<{ frontId: number }>(
    sql`select distinct frontId from front_publication
        where seq is null and visibleFrom <= ${ctx.database.now} limit ${atOnce}`,
    'primary',
  );
  let entered = 0;
  for (const { frontId } of due) {
    entered += await inTransaction(ctx, async (tx) => (await holdFront(ctx, tx, frontId))?.settled ?? 0);
  }
  return entered;
}

import { read, type Reading } from '../kernel/context.js';
import { hold } from '../kernel/hold.js';
import { sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';

interface Standing {
  id: number;
}

/** Who stands for people, organisations and places: themselves, or whoever they were merged into. */
export const standingEntities = hold({
  select: async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<{ askedAs: number; id: number }>(
      reading,
      sql`select id as askedAs, coalesce(mergedInto, id) as id from entity where id in ${ids}`,
    );
    return new Map(rows.map(({ askedAs, id }): [number, Standing] => [askedAs, { id }]));
  },
  touches: ({ id }, asked) => standingTags(asked, id),
  most: 5_000,
});

/** Tags of who stands for somebody. */
export const standingTags = (asked: number, standing: number): string[] => [
  tag('Entity', asked),
  tag('Entity', standing),
];

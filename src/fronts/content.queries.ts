import { read, type Reading } from '../kernel/context.js';
import { hold } from '../kernel/hold.js';
import { sql } from '../kernel/sql.js';
import type { Block, Fill, Pin } from './front.rules.js';

export interface Row {
  editionId: number;
  blockId: number;
  blockKey: string;
  title: string;
  layout: string | null;
  size: number;
  fill: string | null;
  pinPosition: number | null;
  articleId: number;
  kicker: string | null;
  pinTitle: string | null;
  standfirst: string | null;
}

/** The blocks of arrangements with their pinned stories, in their order. */
export const blockRows = (editionIds: readonly number[]) =>
  sql`select b.editionId, b.id as blockId, b.blockKey, b.title, b.layout, b.size, b.fill, n.position as pinPosition, n.articleId,
             n.kicker, n.title as pinTitle, n.standfirst
      from front_block b left join front_pin n on n.blockId = b.id
      where b.editionId in ${editionIds} order by b.editionId, b.position, n.position`;

/** The blocks that rows of `blockRows` are of, by their arrangements. */
export function blocksIn(rows: readonly Row[]): Map<number, Block[]> {
  const editions = new Map<number, Block[]>();
  const pinsOf = new Map<number, Pin[]>();
  for (const row of rows) {
    let pins = pinsOf.get(row.blockId);
    if (!pins) {
      pinsOf.set(row.blockId, (pins = []));
      const { blockKey: key, title, layout, size } = row;
      const fill = row.fill === null ? null : fillIn(row.fill);
      const blocks = editions.get(row.editionId) ?? [];
      editions.set(row.editionId, [...blocks, { key, title, layout, size, fill, pins }]);
    }
    const { pinPosition: position, articleId, kicker, pinTitle, standfirst } = row;
    if (position !== null) pins.push({ position, articleId, kicker, title: pinTitle, standfirst });
  }
  return editions;
}

/** A filter as it was stored, its fields in the order in which they were saved: databases may change it. */
function fillIn(json: string): Fill {
  const { sectionIds, entityIds, kinds, languages, publishedAfter, publishedBefore } = JSON.parse(json) as Fill;
  return { sectionIds, entityIds, kinds, languages, publishedAfter, publishedBefore };
}

/** What arrangements say, by their ids: they never change. One without blocks is not among them. */
export const frontContents = hold({
  select: async (reading: Reading, editionIds: readonly number[]) =>
    blocksIn(await read<Row>(reading, blockRows(editionIds))),
  touches: () => [],
  most: 500,
});

import type { ArticleKind } from '../articles/edition.rows.js';
import { badInput } from '../kernel/errors.js';

/** The most that one front can have: blocks, stories in a block, stories in all, and values in the filters of all blocks. */
export const maxBlocks = 30;
export const maxSize = 50;
export const maxStories = 500;
export const maxFilterValues = 200;

/** What fills a block: the filter of lists of stories, as it is stored. */
export interface Fill {
  sectionIds?: readonly number[] | undefined;
  entityIds?: readonly number[] | undefined;
  kinds?: readonly ArticleKind[] | undefined;
  languages?: readonly string[] | undefined;
  publishedAfter?: number | undefined;
  publishedBefore?: number | undefined;
}

export interface Pin {
  /** Its place in the block, from 1. */
  position: number;
  articleId: number;
  kicker: string | null;
  title: string | null;
  standfirst: string | null;
}

export interface Block {
  key: string;
  title: string;
  layout: string | null;
  /** How many stories it shows. */
  size: number;
  fill: Fill | null;
  /** In the order of their places. */
  pins: readonly Pin[];
}

/** An arrangement, as an editor saves it. */
export interface FrontText {
  title: string;
  description: string;
  blocks: readonly Block[];
}

/** Refuses an arrangement that is too large, or that puts a story in two places. */
export function checkArrangement({ blocks }: FrontText): void {
  if (blocks.length > maxBlocks)
    throw badInput(`A front has at most ${maxBlocks} blocks, not ${blocks.length}.`, 'blocks');
  const keys = new Set<string>();
  const placeOf = new Map<number, string>();
  blocks.forEach(({ key, size, pins }, i) => {
    if (keys.has(key)) throw badInput(`Two blocks have the key "${key}".`, `blocks.${i}.key`);
    keys.add(key);
    if (size < 1 || size > maxSize) throw badInput(`A block shows from 1 to ${maxSize} stories.`, `blocks.${i}.size`);
    let last = 0;
    pins.forEach(({ position, articleId }, j) => {
      const path = `blocks.${i}.pins.${j}`;
      if (position > size)
        throw badInput(`The block shows ${size} stories: there is no place ${position}.`, `${path}.position`);
      if (position <= last)
        throw badInput(
          'Pinned stories are given in the order of their places, from 1, one in each.',
          `${path}.position`,
        );
      last = position;
      const other = placeOf.get(articleId);
      if (other !== undefined)
        throw badInput(`The story is pinned in ${other} already: a page shows it once.`, `${path}.article`);
      placeOf.set(articleId, `block ${i + 1}`);
    });
  });
  const stories = blocks.reduce((sum, { size }) => sum + size, 0);
  if (stories > maxStories) throw badInput(`A front shows at most ${maxStories} stories, not ${stories}.`, 'blocks');
  const values = blocks.reduce((sum, { fill }) => sum + valuesIn(fill), 0);
  if (values > maxFilterValues) {
    throw badInput(`The filters of a front have at most ${maxFilterValues} values, not ${values}.`, 'blocks');
  }
}

const valuesIn = (fill: Fill | null): number =>
  [fill?.sectionIds, fill?.entityIds, fill?.kinds, fill?.languages].reduce((sum, some) => sum + (some?.length ?? 0), 0);

/**
 * How many of the newest stories of its filter each block may need, so that it is full whatever of them stands elsewhere:
 * as many as all blocks up to it show, and as are pinned behind it.
 */
export function wantedFor(blocks: readonly Block[]): number[] {
  let shown = 0;
  let pinned = blocks.reduce((sum, { pins }) => sum + pins.length, 0);
  return blocks.map(({ size, pins }) => {
    shown += size;
    pinned -= pins.length;
    return shown + pinned;
  });
}

/** A story in its place; pinned ones with what the editor said of it. */
export interface Placed {
  articleId: number;
  pin: Pin | null;
}

/**
 * Which stories stand in each block. A pinned story stands in its block alone, and among those that fill, a story stands
 * in the first block it would be in. Where a pinned story is not to be seen, what stands behind it moves up.
 */
export function arranged(
  blocks: readonly Block[],
  fills: readonly (readonly number[])[],
  isSeen: (articleId: number) => boolean,
): Placed[][] {
  const used = new Set(blocks.flatMap(({ pins }) => pins.map(({ articleId }) => articleId)).filter(isSeen));
  return blocks.map(({ size, pins }, i) => {
    const places = placesOf(pins, isSeen);
    const fresh = (fills[i] ?? []).filter((articleId) => !used.has(articleId));
    const filling = fresh.slice(0, size - places.length);
    for (const articleId of filling) used.add(articleId);
    return merged(places, filling);
  });
}

/** The pinned stories that are seen, each moved up by those before it that are not. */
function placesOf(pins: readonly Pin[], isSeen: (articleId: number) => boolean): { place: number; pin: Pin }[] {
  let hidden = 0;
  return pins.flatMap((pin) => {
    if (isSeen(pin.articleId)) return [{ place: pin.position - hidden, pin }];
    hidden += 1;
    return [];
  });
}

function merged(places: readonly { place: number; pin: Pin }[], filling: readonly number[]): Placed[] {
  const placed: Placed[] = [];
  let filled = 0;
  for (const { place, pin } of places) {
    while (placed.length < place - 1 && filled < filling.length)
      placed.push({ articleId: filling[filled++]!, pin: null });
    placed.push({ articleId: pin.articleId, pin });
  }
  while (filled < filling.length) placed.push({ articleId: filling[filled++]!, pin: null });
  return placed;
}

import { withInner, type Block, type ListBlock, type ParagraphBlock } from './body.rules.js';

/** A block that may not have its key yet. */
export type Keyless<B extends Block> = B extends Block ? Omit<B, 'key'> & { key?: string | null | undefined } : never;

/**
 * Gives every block a key: its own, else that of the same block before, else that of the block of its kind that stood
 * behind the same neighbour, else a new one. The same bodies give the same keys.
 */
export function withKeys(next: readonly Keyless<Block>[], previous: readonly Block[]): Block[] {
  const taken = new Set(withInner(next as readonly Block[]).flatMap(({ key }) => key ?? []));
  const free = previous.filter(({ key }) => !taken.has(key));
  const byContent = new Map<string, Block[]>();
  for (const block of free) byContent.set(contentOf(block), [...(byContent.get(contentOf(block)) ?? []), block]);

  const keys = next.map((block) => block.key ?? byContent.get(contentOf(block))?.shift()?.key ?? null);
  const used = new Set([...taken, ...keys.filter((key) => key !== null)]);
  const placeOf = new Map(previous.map(({ key }, i) => [key, i]));
  next.forEach((block, i) => {
    if (keys[i] !== null) return;
    const behind = i === 0 ? -1 : placeOf.get(keys[i - 1] ?? '');
    const stood = behind === undefined ? undefined : previous[behind + 1];
    if (stood && stood.kind === block.kind && !used.has(stood.key)) {
      keys[i] = stood.key;
      used.add(stood.key);
    }
  });

  const ever = new Set([...used, ...withInner(previous).map(({ key }) => key)]);
  let count = 0;
  const fresh = (): string => {
    do count += 1;
    while (ever.has(`b${count}`));
    ever.add(`b${count}`);
    return `b${count}`;
  };
  return next.map((block, i) => {
    const keyed = { ...block, key: keys[i] ?? fresh() };
    if (keyed.kind !== 'FactBox') return keyed;
    const before = previous.find(({ key }) => key === keyed.key);
    return { ...keyed, blocks: innerKeys(keyed.blocks, before?.kind === 'FactBox' ? before.blocks : [], fresh) };
  });
}

/** Blocks inside a box keep their keys by their place. */
function innerKeys(
  blocks: readonly Keyless<ParagraphBlock | ListBlock>[],
  before: readonly Block[],
  fresh: () => string,
): (ParagraphBlock | ListBlock)[] {
  return blocks.map((block, i) => {
    const stood = before[i]?.kind === block.kind ? before[i].key : undefined;
    return { ...block, key: block.key ?? stood ?? fresh() };
  });
}

/** What a block says, its key aside; blocks that say the same are the same block. */
function contentOf(block: Keyless<Block>): string {
  return JSON.stringify(block, (name, value: unknown) => {
    if (name === 'key' || name === '__typename') return undefined;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

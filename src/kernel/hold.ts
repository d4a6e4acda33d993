import { LRUCache } from 'lru-cache';
import type { Reading } from './context.js';
import type { Freshness } from './freshness.js';
import { largestBatch } from './loader.js';

interface Held<Value> {
  version: number;
  value: Value;
  tags: readonly string[];
}

/** Gives the values of keys; they are shared, so nobody changes them. */
export type Hold<Key, Value> = (reading: Reading, keys: Iterable<Key>) => Promise<Map<Key, Value>>;

interface HoldOptions<Key, Value> {
  /** Reads what is not held, for everybody: nothing that depends on who asks or on the moment. */
  select: (reading: Reading, keys: readonly Key[]) => Promise<Map<Key, Value>>;
  /** Tags of what a value depends on. */
  touches: (value: Value, key: Key) => readonly string[];
  /** How many values a process holds, the least asked for forgotten first. */
  most: number;
}

/**
 * Holds in memory what is small, changes rarely and is asked for again and again, until it is touched. Where freshness is
 * not known all is read.
 */
export function hold<Key extends number | string, Value extends object>({
  select,
  touches,
  most,
}: HoldOptions<Key, Value>): Hold<Key, Value> {
  const heldBy = new WeakMap<Freshness, LRUCache<Key, Held<Value>>>();
  const heldWith = (freshness: Freshness): LRUCache<Key, Held<Value>> => {
    const held = heldBy.get(freshness) ?? new LRUCache<Key, Held<Value>>({ max: most });
    heldBy.set(freshness, held);
    return held;
  };

  return async (reading, keys) => {
    const { freshness } = reading;
    const asked = new Set(keys);
    if (asked.size === 0) return new Map();
    if (!freshness) return inParts(select, reading, [...asked]);
    const now = freshAt(reading, freshness);
    const version = typeof now === 'number' ? now : await now;
    const held = heldWith(freshness);
    const found = new Map<Key, Value>();
    for (const key of asked) {
      const known = held.get(key);
      if (!known || (known.version !== version && !freshness.holds(known.version, known.tags))) continue;
      known.version = version;
      found.set(key, known.value);
      asked.delete(key);
    }
    if (asked.size === 0) return found;
    for (const [key, value] of await inParts(select, reading, [...asked])) {
      held.set(key, { version, value, tags: touches(value, key) });
      found.set(key, value);
    }
    return found;
  };
}

/** The version a request may be answered at: who only reads has looked when he came, who may have written looks again. */
export const freshAt = ({ readFrom }: Reading, freshness: Freshness): number | Promise<number> =>
  readFrom === 'replica' ? freshness.latest() : freshness.now();

async function inParts<Key, Value>(
  select: HoldOptions<Key, Value>['select'],
  reading: Reading,
  keys: readonly Key[],
): Promise<Map<Key, Value>> {
  const parts = Array.from({ length: Math.ceil(keys.length / largestBatch) }, (_, i) =>
    select(reading, keys.slice(i * largestBatch, (i + 1) * largestBatch)),
  );
  return parts.length === 1 ? parts[0]! : new Map((await Promise.all(parts)).flatMap((each) => [...each]));
}

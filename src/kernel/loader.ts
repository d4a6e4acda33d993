import DataLoader from 'dataloader';
import { commonReading, type Context, type Reading } from './context.js';
import type { Freshness } from './freshness.js';
import { Gathering } from './gathering.js';
import type { Trace } from './tags.js';

/** How many keys one statement may carry. */
export const largestBatch = 500;

/** An edge of the graph: keys are gathered and read in one statement; in a request each key is read once. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
  prime(key: Key, value: Value): unknown;
}

/** Reads distinct keys; tells the value of each. */
type Fetch<Args, Key, Value> = (reading: Reading, args: Args, keys: readonly Key[]) => Promise<(key: Key) => Value>;

/**
 * Tags of what a value depends on, and of what would have to come for there to be one; they are those that changes
 * touch. `unkept` where readers never come: an answer that has it is not kept.
 */
export type Touches<Key, Value> = ((value: Value, key: Key) => readonly string[]) | 'unkept';

/** What was written once and is never changed. */
export const untouched = (): readonly string[] => [];

/**
 * An edge to one thing; a key without a row gives `null`. `select` gets at most 500 distinct keys, `keyOf` says which key
 * a row answers. What it reads depends on the `Reading` alone, so requests of readers share statements.
 */
export function loadOne<Key extends string | number, Value>(
  select: (reading: Reading, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  touches: Touches<Key, Value | null>,
  maxBatchSize = largestBatch,
): (ctx: Context) => Loader<Key, Value | null> {
  const load = loadWith<undefined, Key, Value | null>(
    async (reading, _, keys) => {
      const found = new Map((await select(reading, keys)).map((value) => [keyOf(value), value]));
      return (key) => found.get(key) ?? null;
    },
    touches,
    maxBatchSize,
  );
  return (ctx) => load(ctx, undefined);
}

/** An edge to many things: as `loadOne`, each key gives its list, in the order the rows came. */
export function loadMany<Key extends string | number, Value>(
  select: (reading: Reading, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  touches: Touches<Key, Value[]>,
  maxBatchSize = largestBatch,
): (ctx: Context) => Loader<Key, Value[]> {
  const load = loadManyWith<undefined, Key, Value>(
    (reading, _, keys) => select(reading, keys),
    keyOf,
    touches,
    maxBatchSize,
  );
  return (ctx) => load(ctx, undefined);
}

/** As `loadMany`, for an edge with arguments: equal arguments share a statement. */
export function loadManyWith<Args, Key extends string | number, Value>(
  select: (reading: Reading, args: Args, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  touches: Touches<Key, Value[]>,
  maxBatchSize = largestBatch,
): (ctx: Context, args: Args) => Loader<Key, Value[]> {
  return loadWith(
    async (reading, args, keys) => {
      const lists = new Map<Key, Value[]>(keys.map((key) => [key, []]));
      for (const value of await select(reading, args, keys)) lists.get(keyOf(value))?.push(value);
      return (key) => lists.get(key) ?? [];
    },
    touches,
    maxBatchSize,
  );
}

interface Held<Value> {
  version: number;
  value: Promise<Value>;
  /** What it depends on, once it is there. */
  tags?: readonly string[];
}

/** Something read whole: a small table. Where freshness is known, readers share it until it is touched. */
export function loadAll<Value>(
  select: (reading: Reading) => Promise<Value>,
  touches: (value: Value) => readonly string[],
): (ctx: Context) => Promise<Value> {
  const load = loadWith<undefined, 'all', Value>(async (reading) => {
    const value = await select(reading);
    return () => value;
  }, touches);
  const heldBy = new WeakMap<Reading, Held<Value>>();

  const holdFor = async (reading: Reading, freshness: Freshness): Promise<Held<Value>> => {
    const now = freshness.latest();
    const version = typeof now === 'number' ? now : await now;
    const known = heldBy.get(reading);
    if (known && (known.version === version || (known.tags && freshness.holds(known.version, known.tags))))
      return known;
    const made: Held<Value> = { version, value: select(reading) };
    heldBy.set(reading, made);
    made.value.then(
      (value) => (made.tags = touches(value)),
      () => heldBy.get(reading) === made && heldBy.delete(reading),
    );
    return made;
  };
  return async (ctx) => {
    const common = commonReading(ctx);
    if (!common?.freshness) return load(ctx, undefined).load('all');
    const held = await holdFor(common, common.freshness);
    const value = await held.value;
    ctx.trace?.add(held.tags ?? touches(value));
    return value;
  };
}

function loadWith<Args, Key extends string | number, Value>(
  fetch: Fetch<Args, Key, Value>,
  touches: Touches<Key, Value>,
  maxBatchSize = largestBatch,
): (ctx: Context, args: Args) => Loader<Key, Value> {
  const open = new WeakMap<Reading, Map<string, Gathering<Key, Value>>>();

  /** Where all requests with this reading ask. */
  const gathering = (reading: Reading, args: Args, name: string): Gathering<Key, Value> => {
    const gatherings = open.get(reading) ?? new Map<string, Gathering<Key, Value>>();
    open.set(reading, gatherings);
    const known = gatherings.get(name);
    if (known) return known;
    const made = new Gathering<Key, Value>({
      fetch: (keys) => fetch(reading, args, keys),
      most: maxBatchSize,
      onIdle: () => gatherings.delete(name),
    });
    gatherings.set(name, made);
    return made;
  };

  const byArguments = onContext(() => new Map<string, Loader<Key, Value>>());
  return (ctx, args) => {
    const name = args === undefined ? '' : JSON.stringify(args);
    const loaders = byArguments(ctx);
    const known = loaders.get(name);
    if (known) return known;
    const common = commonReading(ctx);
    const made = common
      ? remembering<Key, Value>((key) => traced(ctx.trace, touches, key, gathering(common, args, name).ask(key)))
      : new DataLoader<Key, Value>(
          async (keys) => {
            const valueOf = await fetch(ctx, args, keys);
            return keys.map(valueOf);
          },
          { maxBatchSize },
        );
    loaders.set(name, made);
    return made;
  };
}

/** Writes down what a value depends on before anybody has it. */
function traced<Key, Value>(
  trace: Trace | null,
  touches: Touches<Key, Value>,
  key: Key,
  asked: Promise<Value>,
): Promise<Value> {
  if (!trace) return asked;
  if (touches === 'unkept') {
    trace.isWhole = false;
    return asked;
  }
  return asked.then((value) => {
    trace.add(touches(value, key));
    return value;
  });
}

function remembering<Key, Value>(ask: (key: Key) => Promise<Value>): Loader<Key, Value> {
  const known = new Map<Key, Promise<Value>>();
  return {
    load: (key) => {
      const answer = known.get(key) ?? ask(key);
      known.set(key, answer);
      return answer;
    },
    prime: (key, value) => known.has(key) || known.set(key, Promise.resolve(value)),
  };
}

/** Makes a thing once a request, when it is first asked for. */
function onContext<Thing>(make: (ctx: Context) => Thing): (ctx: Context) => Thing {
  return (ctx) => {
    if (!ctx.loaders.has(make)) ctx.loaders.set(make, make(ctx));
    return ctx.loaders.get(make) as Thing;
  };
}

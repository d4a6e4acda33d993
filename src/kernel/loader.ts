import DataLoader from 'dataloader';
import { commonReading, type Context, type Reading } from './context.js';
import { gather, type Gathering } from './gathering.js';

/** How many keys one statement may carry. */
const largestBatch = 500;

/** An edge of the graph: keys are gathered and read in one statement; in a request each key is read once. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
  prime(key: Key, value: Value): unknown;
}

/** Reads distinct keys; tells the value of each. */
type Fetch<Args, Key, Value> = (reading: Reading, args: Args, keys: readonly Key[]) => Promise<(key: Key) => Value>;

/**
 * An edge to one thing; a key without a row gives `null`. `select` gets at most 500 distinct keys, `keyOf` says which key
 * a row answers. What it reads depends on the `Reading` alone, so requests of readers share statements.
 */
export function loadOne<Key extends string | number, Value>(
  select: (reading: Reading, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
): (ctx: Context) => Loader<Key, Value | null> {
  const load = loadWith<undefined, Key, Value | null>(async (reading, _, keys) => {
    const found = new Map((await select(reading, keys)).map((value) => [keyOf(value), value]));
    return (key) => found.get(key) ?? null;
  });
  return (ctx) => load(ctx, undefined);
}

/** An edge to many things: as `loadOne`, each key gives its list, in the order the rows came. */
export function loadMany<Key extends string | number, Value>(
  select: (reading: Reading, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  maxBatchSize = largestBatch,
): (ctx: Context) => Loader<Key, Value[]> {
  const load = loadManyWith<undefined, Key, Value>((reading, _, keys) => select(reading, keys), keyOf, maxBatchSize);
  return (ctx) => load(ctx, undefined);
}

/** As `loadMany`, for an edge with arguments: equal arguments share a statement. */
export function loadManyWith<Args, Key extends string | number, Value>(
  select: (reading: Reading, args: Args, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  maxBatchSize = largestBatch,
): (ctx: Context, args: Args) => Loader<Key, Value[]> {
  return loadWith(async (reading, args, keys) => {
    const lists = new Map<Key, Value[]>(keys.map((key) => [key, []]));
    for (const value of await select(reading, args, keys)) lists.get(keyOf(value))?.push(value);
    return (key) => lists.get(key) ?? [];
  }, maxBatchSize);
}

/** Something read whole, once a request: a small table. */
export function loadAll<Value>(select: (reading: Reading) => Promise<Value>): (ctx: Context) => Promise<Value> {
  const load = loadWith<undefined, 'all', Value>(async (reading) => {
    const value = await select(reading);
    return () => value;
  });
  return (ctx) => load(ctx, undefined).load('all');
}

function loadWith<Args, Key extends string | number, Value>(
  fetch: Fetch<Args, Key, Value>,
  maxBatchSize = largestBatch,
): (ctx: Context, args: Args) => Loader<Key, Value> {
  const open = new WeakMap<Reading, Map<string, Gathering<Key, Value>>>();

  /** What all requests with this reading ask for in this turn of the event loop. */
  const gathering = (reading: Reading, args: Args, name: string): Gathering<Key, Value> => {
    const gatherings = open.get(reading) ?? new Map<string, Gathering<Key, Value>>();
    open.set(reading, gatherings);
    const known = gatherings.get(name);
    if (known) return known;
    const made = gather<Key, Value>((keys) => fetch(reading, args, keys), {
      most: maxBatchSize,
      onClose: () => gatherings.delete(name),
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
      ? remembering<Key, Value>((key) => gathering(common, args, name)(key))
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

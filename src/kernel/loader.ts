import DataLoader from 'dataloader';
import type { Context } from './context.js';

/** How many keys one statement may carry. */
const largestBatch = 500;

/**
 * An edge to one thing: keys of a request are gathered and read in one statement; a key without a row gives `null`.
 * `select` gets at most 500 distinct keys, `keyOf` says which key a row answers.
 */
export function loadOne<Key extends string | number, Value>(
  select: (ctx: Context, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
): (ctx: Context) => DataLoader<Key, Value | null> {
  return onContext((ctx) => {
    return new DataLoader<Key, Value | null>(
      async (keys) => {
        const found = new Map((await select(ctx, keys)).map((value) => [keyOf(value), value]));
        return keys.map((key) => found.get(key) ?? null);
      },
      { maxBatchSize: largestBatch },
    );
  });
}

/** An edge to many things: as `loadOne`, each key gives its list, in the order the rows came. */
export function loadMany<Key extends string | number, Value>(
  select: (ctx: Context, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  maxBatchSize = largestBatch,
): (ctx: Context) => DataLoader<Key, Value[]> {
  return onContext((ctx) => {
    return new DataLoader<Key, Value[]>(
      async (keys) => {
        const lists = new Map<Key, Value[]>(keys.map((key) => [key, []]));
        for (const value of await select(ctx, keys)) lists.get(keyOf(value))?.push(value);
        return keys.map((key) => lists.get(key) ?? []);
      },
      { maxBatchSize },
    );
  });
}

/** As `loadMany`, for an edge with arguments: equal arguments share a loader. */
export function loadManyWith<Args, Key extends string | number, Value>(
  select: (ctx: Context, args: Args, keys: readonly Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => Key,
  maxBatchSize = largestBatch,
): (ctx: Context, args: Args) => DataLoader<Key, Value[]> {
  const byArguments = onContext(() => new Map<string, (ctx: Context) => DataLoader<Key, Value[]>>());
  return (ctx, args) => {
    const made = byArguments(ctx);
    const name = JSON.stringify(args);
    const known = made.get(name) ?? loadMany<Key, Value>((c, keys) => select(c, args, keys), keyOf, maxBatchSize);
    made.set(name, known);
    return known(ctx);
  };
}

/** Something read whole, once a request: a small table. */
export function loadAll<Value>(select: (ctx: Context) => Promise<Value>): (ctx: Context) => Promise<Value> {
  return onContext(select);
}

/** Makes a thing once a request, when it is first asked for. */
function onContext<Thing>(make: (ctx: Context) => Thing): (ctx: Context) => Thing {
  return (ctx) => {
    if (!ctx.loaders.has(make)) ctx.loaders.set(make, make(ctx));
    return ctx.loaders.get(make) as Thing;
  };
}

import { GraphQLError } from 'graphql';

/** Asks for a key; whoever asks for it before the gathering closes gets the same answer. */
export type Gathering<Key, Value> = (key: Key) => Promise<Value>;

interface Answer<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers the keys that are asked for until the event loop's turn ends, whoever asks, then closes and reads them, at most
 * so many in one go. Nothing is kept. When a read fails its keys are tried in halves, so that a key that fails does so alone.
 */
export function gather<Key, Value>(
  fetch: (keys: readonly Key[]) => Promise<(key: Key) => Value>,
  { most, onClose }: { most: number; onClose: () => void },
): Gathering<Key, Value> {
  const asked = new Map<Key, Answer<Value>>();
  const answer = async (keys: readonly Key[]): Promise<void> => {
    try {
      const valueOf = await fetch(keys);
      for (const key of keys) asked.get(key)!.resolve(valueOf(key));
    } catch (error) {
      const half = Math.ceil(keys.length / 2);
      if (keys.length === 1 || isForAll(error)) for (const key of keys) asked.get(key)!.reject(error);
      else await Promise.all([answer(keys.slice(0, half)), answer(keys.slice(half))]);
    }
  };
  setImmediate(() => {
    onClose();
    const keys = [...asked.keys()];
    for (let i = 0; i < keys.length; i += most) void answer(keys.slice(i, i + most));
  });
  return (key) => {
    const known = asked.get(key) ?? answerToCome<Value>();
    asked.set(key, known);
    return known.promise;
  };
}

/** Whether asking again for fewer keys is of no use. */
const isForAll = (error: unknown): boolean => error instanceof GraphQLError && error.extensions.code === 'UNAVAILABLE';

function answerToCome<Value>(): Answer<Value> {
  const answer = {} as Answer<Value>;
  answer.promise = new Promise((resolve, reject) => Object.assign(answer, { resolve, reject }));
  return answer;
}

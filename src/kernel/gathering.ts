import { GraphQLError } from 'graphql';

interface Answer<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

interface GatheringOptions<Key, Value> {
  /** Reads keys in one go. */
  fetch: (keys: readonly Key[]) => Promise<(key: Key) => Value>;
  /** How many keys are read in one go at most. */
  most: number;
  /** Told when nothing is asked for and nothing under way. */
  onIdle: () => void;
}

/** For how long keys wait, in milliseconds, while what was asked before them is under way. */
const patienceMs = 3;

/**
 * Gathers the keys that are asked for, whoever asks, and reads them together: at the end of the event loop's turn, or
 * when what is under way has come, so that the more is asked at once the fewer statements it takes. Nothing is kept. When
 * a read fails its keys are tried in halves, so that a key that fails does so alone.
 */
export class Gathering<Key, Value> {
  private asked = new Map<Key, Answer<Value>>();
  private underWay = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: GatheringOptions<Key, Value>) {}

  /** The value of a key; whoever asks for it before it is read gets the same answer. */
  ask(key: Key): Promise<Value> {
    const known = this.asked.get(key);
    if (known) return known.promise;
    if (this.asked.size === 0) setImmediate(() => this.endTurn());
    const answer = answerToCome<Value>();
    this.asked.set(key, answer);
    return answer.promise;
  }

  private endTurn(): void {
    if (this.underWay === 0) this.read();
    else this.timer = setTimeout(() => this.read(), patienceMs);
  }

  private read(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { asked } = this;
    this.asked = new Map();
    const keys = [...asked.keys()];
    for (let i = 0; i < keys.length; i += this.options.most) {
      this.underWay += 1;
      void this.answer(asked, keys.slice(i, i + this.options.most)).then(() => this.land());
    }
  }

  private land(): void {
    this.underWay -= 1;
    if (this.underWay > 0) return;
    if (this.timer) this.read();
    else if (this.asked.size === 0) this.options.onIdle();
  }

  private async answer(asked: ReadonlyMap<Key, Answer<Value>>, keys: readonly Key[]): Promise<void> {
    try {
      const valueOf = await this.options.fetch(keys);
      for (const key of keys) asked.get(key)!.resolve(valueOf(key));
    } catch (error) {
      const half = Math.ceil(keys.length / 2);
      if (keys.length === 1 || isForAll(error)) for (const key of keys) asked.get(key)!.reject(error);
      else await Promise.all([this.answer(asked, keys.slice(0, half)), this.answer(asked, keys.slice(half))]);
    }
  }
}

/** Whether asking again for fewer keys would only make it worse: the database is slow, or is not there. */
const isForAll = (error: unknown): boolean =>
  error instanceof GraphQLError && ['UNAVAILABLE', 'TIMEOUT'].includes(error.extensions.code as string);

function answerToCome<Value>(): Answer<Value> {
  const answer = {} as Answer<Value>;
  answer.promise = new Promise((resolve, reject) => Object.assign(answer, { resolve, reject }));
  return answer;
}

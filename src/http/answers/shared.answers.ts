import { Redis } from 'ioredis';
import { createSeal, type SharedAnswer } from './shared.seal.js';

/** Where processes leave answers for one another. Whatever goes wrong there is as if nothing had been left. */
export interface SharedAnswers {
  /** Settled once it is known whether others can be reached. */
  readonly started: Promise<void>;
  /** What was left under a question; whether it still holds is the asker's to judge. */
  find(question: string): Promise<SharedAnswer | null>;
  /** Leaves an answer; nobody waits for it. */
  leave(question: string, answer: SharedAnswer): void;
  close(): void;
}

interface Options {
  /** What only nodes know that may share answers. */
  secretKey: string;
  /** What answers depend on beside the question and the database's content. */
  madeBy: () => string;
  log: { warn(line: object, message: string): void; info(message: string): void };
}

/** How long a request may wait for Redis, and how long what nobody waits for may take, in milliseconds. */
const patience = { request: 50, other: 1_000 };
const tryAgainMs = 500;
const largestBytes = 1_000_000;
const keptSeconds = 86_400;

/**
 * Opens a Redis that holds answers. A connection counts only after it took something; when one fails it is dropped, and
 * nothing is asked until the next counts. So one that is dead or frozen is waited for once.
 */
export function openSharedAnswers(url: string, { secretKey, madeBy, log }: Options): SharedAnswers {
  const seal = createSeal(secretKey);
  const redis = new Redis(url, {
    connectTimeout: patience.other,
    disconnectTimeout: patience.request,
    retryStrategy: () => tryAgainMs,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    disableClientInfo: true,
  });
  let isThere: boolean | undefined;
  let isClosed = false;
  let start: () => void;
  const started = new Promise<void>((resolve) => (start = resolve));

  const came = (): void => {
    if (isThere === false) log.info('Redis answers again: known answers are shared');
    isThere = true;
    start();
  };
  const lost = (error: unknown): void => {
    if (isClosed) return;
    if (isThere !== false) log.warn({ reason: reasonOf(error) }, 'Redis does not answer: known answers are not shared');
    isThere = false;
    start();
    if (redis.status === 'ready') redis.disconnect(true);
  };
  redis.on('error', lost);
  redis.on('close', () => lost(new Error('the connection was closed')));
  redis.on('ready', () => void inTime(redis.set('newsgraph:probe', '', 'EX', 60), patience.other).then(came, lost));

  const nameFor = (question: string): string => seal.nameOf(`${madeBy()}\n${question}`);
  return {
    started,
    find: async (question) => {
      if (!isThere) return null;
      const name = nameFor(question);
      try {
        return seal.open(name, await inTime(redis.getrangeBuffer(name, 0, largestBytes), patience.request));
      } catch (error) {
        if (!isReply(error)) lost(error); // something else of that name is no answer
        return null;
      }
    },
    leave: (question, answer) => {
      if (!isThere) return;
      const name = nameFor(question);
      const bytes = seal.seal(name, answer);
      if (bytes.length > largestBytes) return;
      inTime(redis.set(name, bytes, 'EX', keptSeconds), patience.other).catch(lost);
    },
    close: () => {
      isClosed = true;
      redis.disconnect();
    },
  };
}

/** Gives up in time; not because we ourselves were too busy to read what is there. */
function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => setImmediate(() => reject(new Error('no answer in time'))), ms);
    asked.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

const isReply = (error: unknown): boolean => (error as Error).name === 'ReplyError';

/** Of an error only what it says: the commands that failed have the password in them. */
const reasonOf = (error: unknown): string | undefined =>
  (error as Error).message || (error as NodeJS.ErrnoException).code;

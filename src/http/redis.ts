import { Redis } from 'ioredis';

/** A Redis that may go away at any time: whatever needs it has to do without. */
export interface SharedRedis {
  readonly client: Redis;
  /** Settled once it is known whether it can be reached. */
  readonly started: Promise<void>;
  /** Whether it is worth asking. */
  readonly isThere: boolean;
  /** Gives up on what is asked in time: as long as somebody waits for it, or longer where nobody does. */
  inTime<T>(asked: Promise<T>, wait?: keyof typeof patience): Promise<T>;
  /** Says that it did not answer as it should: it is not asked until it is known to be back. */
  lost(error: unknown): void;
  close(): void;
}

interface Log {
  warn(line: object, message: string): void;
  info(message: string): void;
}

/** How long a request may wait for Redis, and how long what nobody waits for may take, in milliseconds. */
const patience = { request: 50, other: 1_000 };
const tryAgainMs = 500;

/**
 * Opens a Redis. A connection counts only after it took something; when one fails it is dropped, and nothing is asked
 * until the next counts. So one that is dead or frozen is waited for once.
 */
export function openRedis(url: string, log: Log): SharedRedis {
  const client = new Redis(url, {
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
    if (isThere === false) log.info('Redis answers again: known answers and quotas are shared');
    isThere = true;
    start();
  };
  const lost = (error: unknown): void => {
    if (isClosed) return;
    if (isThere !== false)
      log.warn({ reason: reasonOf(error) }, 'Redis does not answer: known answers and quotas are not shared');
    isThere = false;
    start();
    if (client.status === 'ready') client.disconnect(true);
  };
  client.on('error', lost);
  client.on('close', () => lost(new Error('the connection was closed')));
  client.on('ready', () => void inTime(client.set('newsgraph:probe', '', 'EX', 60), 'other').then(came, lost));

  return {
    client,
    started,
    get isThere() {
      return isThere === true;
    },
    inTime,
    lost,
    close: () => {
      isClosed = true;
      client.disconnect();
    },
  };
}

/** Gives up in time; not because we ourselves were too busy to read what is there. */
function inTime<T>(asked: Promise<T>, wait: keyof typeof patience = 'request'): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => setImmediate(() => reject(new Error('no answer in time'))), patience[wait]);
    asked.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

/** Of an error only what it says: the commands that failed have the password in them. */
const reasonOf = (error: unknown): string | undefined =>
  (error as Error).message || (error as NodeJS.ErrnoException).code;

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type Server } from '../bench/processes.js';
import { email, type Outcome } from './desk.js';
import type { Place } from './places.js';

const serve = [join(import.meta.dirname, '../../src/main.js'), 'serve'];
export const password = 'for a promise on loopback';

/** How long something lives: from, and up to so many milliseconds more. */
type Life = readonly [least: number, more: number];

/** Something that is killed at random and comes again, until it is told that it is enough. */
export interface Dying<One> {
  now: () => One;
  killed: () => number;
  /** Lets the last one live. */
  cease: () => Promise<void>;
}

/** Kills something and starts it again, again and again. */
export async function dying<One>(
  start: () => Promise<One>,
  kill: (one: One) => Promise<void> | void,
  [least, more]: Life,
): Promise<Dying<One>> {
  let one = await start();
  let killed = 0;
  const enough = new AbortController();
  const { signal } = enough;
  const fire = async () => {
    for (;;) {
      await sleep(least + Math.random() * more, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await kill(one);
      killed += 1;
      one = await start();
    }
  };
  const burning = fire();
  return {
    now: () => one,
    killed: () => killed,
    cease: () => {
      enough.abort();
      return burning;
    },
  };
}

/** As `dying`, of a process. */
export const dyingProcess = <One extends { pid: number }>(start: () => Promise<One>, life: Life): Promise<Dying<One>> =>
  dying(start, ({ pid }) => void process.kill(pid, 'SIGKILL'), life);

/** A service that is killed at random, with its database, until it is told that it is enough. */
export interface Fire {
  server: () => Server;
  killed: () => number;
  crashed: () => number;
  /** Lets the last one live. */
  cease: () => Promise<void>;
}

interface Pace {
  service: Life;
  database: Life;
}

const usual: Pace = { service: [200, 2_500], database: [2_000, 6_000] };

/** Starts the service and kills it, and its database, again and again. */
export async function openFire(place: Place, env: Record<string, string> = {}, pace: Pace = usual): Promise<Fire> {
  const service = await dyingProcess(() => start(place, env), pace.service);
  const database =
    place.kind === 'SQLite'
      ? null
      : await dying(
          async () => place,
          () => place.crash(),
          pace.database,
        );
  return {
    server: service.now,
    killed: service.killed,
    crashed: () => database?.killed() ?? 0,
    cease: async () => {
      await Promise.all([service.cease(), database?.cease()]);
    },
  };
}

/** Starts the service, again and again while its database is down. */
async function start(place: Place, env: Record<string, string>): Promise<Server> {
  for (let tries = 0; ; tries++) {
    try {
      return await startServer(serve, { DATABASE_URL: place.url, LOG_LEVEL: 'silent', ...env });
    } catch (error) {
      if (tries === 30) throw error;
      await sleep(200);
    }
  }
}

/** Asks a service as somebody with a token or a key; throws when it does not answer, or with errors. */
export async function ask<Data = Record<string, Outcome>>(
  { port }: Server,
  token: string | null,
  query: string,
  variables: object,
): Promise<Data> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown[] };
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** Signs in whom `openDesk` made with the password. */
export async function signIn(server: Server): Promise<string> {
  const document = `mutation($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { token } } }`;
  const { signIn } = await ask(server, null, document, { input: { email, password } });
  return (signIn as unknown as { token: string }).token;
}

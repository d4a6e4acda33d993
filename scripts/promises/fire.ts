import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type Server } from '../bench/processes.js';
import { email, type Outcome } from './desk.js';
import type { Place } from './places.js';

const serve = [join(import.meta.dirname, '../../src/main.js'), 'serve'];
export const password = 'for a promise on loopback';

/** A service that is killed at random, with its database, until it is told that it is enough. */
export interface Fire {
  server: () => Server;
  killed: () => number;
  crashed: () => number;
  /** Lets the last one live. */
  cease(): Promise<void>;
}

/** How long the service, and its database, live: from, and up to so many milliseconds more. */
interface Pace {
  service: readonly [least: number, more: number];
  database: readonly [least: number, more: number];
}

const usual: Pace = { service: [200, 2_500], database: [2_000, 6_000] };

/** Starts the service and kills it, and its database, again and again. */
export async function openFire(place: Place, env: Record<string, string> = {}, pace: Pace = usual): Promise<Fire> {
  let server = await start(place, env);
  let killed = 0;
  let crashed = 0;
  let done = false;
  const pause = ([least, more]: readonly [number, number]) => sleep(least + Math.random() * more);
  const killService = async () => {
    for (;;) {
      await pause(pace.service);
      if (done) return;
      process.kill(server.pid, 'SIGKILL');
      killed += 1;
      server = await start(place, env);
    }
  };
  const crashDatabase = async () => {
    for (;;) {
      await pause(pace.database);
      if (done || place.kind === 'SQLite') return;
      await place.crash();
      crashed += 1;
    }
  };
  const fire = Promise.all([killService(), crashDatabase()]);
  return {
    server: () => server,
    killed: () => killed,
    crashed: () => crashed,
    cease: async () => {
      done = true;
      await fire;
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

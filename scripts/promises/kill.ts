import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { raw } from '../../src/kernel/sql.js';
import { startServer, type Server } from '../bench/processes.js';
import { documentOf, email, openDesk, type Desk, type Outcome } from './desk.js';
import type { Findings } from './editors.js';
import { violations } from './invariants.js';
import { live, untruths, type Life } from './life.js';
import type { Place } from './places.js';

const serve = [join(import.meta.dirname, '../../src/main.js'), 'serve'];
const password = 'for a promise on loopback';
const clients = 12;

/** Publishes stories over HTTP while the service and its database are killed at random, then compares all there is. */
export async function publishesUnderFire(place: Place, { stories }: { stories: number }): Promise<Findings> {
  const setUp = await place.open();
  await openDesk(setUp, password);
  await setUp.close();
  let server = await start(place);
  const token = await signIn(server);
  const desk: Desk = (name, input) => ask(server, token, documentOf(name), { input }).then((data) => data[name]!);

  let killed = 0;
  let crashed = 0;
  let done = false;
  const killService = async () => {
    for (;;) {
      await sleep(200 + Math.random() * 2_500);
      if (done) return;
      process.kill(server.pid, 'SIGKILL');
      killed += 1;
      server = await start(place);
    }
  };
  const crashDatabase = async () => {
    for (;;) {
      await sleep(2_000 + Math.random() * 6_000);
      if (done || place.kind === 'SQLite') return;
      await place.crash();
      crashed += 1;
    }
  };
  const lives: Life[] = [];
  const broken: string[] = [];
  let next = 0;
  const client = async () => {
    while (next < stories) {
      const n = next++;
      await live(desk, n).then(
        (life) => lives.push(life),
        (error: unknown) => broken.push(`story ${n}: ${String(error)}`),
      );
    }
  };
  const started = performance.now();
  const fire = Promise.all([killService(), crashDatabase()]);
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1_000;
  done = true;
  await fire;

  const database = await place.open();
  try {
    await allAppeared(database);
    broken.push(...(await untruths(database, lives)), ...(await violations(database)));
    const [{ total }] = (await database.read<{ total: number }>(
      raw('select count(*) as total from article'),
      'primary',
    )) as [{ total: number }];
    if (total !== stories) broken.push(`${stories} stories were begun, ${total} are there`);
    const figures = {
      stories,
      'kills of the service': killed,
      'kills of the database': crashed,
      'half-published or untrue': broken.length,
      seconds: seconds.toFixed(0),
    };
    return { figures, broken };
  } finally {
    await database.close();
  }
}

/** Waits until the service has entered what was scheduled. */
export async function allAppeared(database: Awaited<ReturnType<Place['open']>>): Promise<void> {
  for (let tries = 0; tries < 900; tries++) {
    const [{ waiting }] = (await database.read<{ waiting: number }>(
      raw('select count(*) as waiting from publication where seq is null'),
      'primary',
    )) as [{ waiting: number }];
    if (waiting === 0) return;
    await sleep(100);
  }
}

/** Starts the service, again and again while its database is down. */
async function start(place: Place): Promise<Server> {
  for (let tries = 0; ; tries++) {
    try {
      return await startServer(serve, { DATABASE_URL: place.url, LOG_LEVEL: 'silent' });
    } catch (error) {
      if (tries === 30) throw error;
      await sleep(200);
    }
  }
}

async function ask(
  { port }: Server,
  token: string | null,
  query: string,
  variables: object,
): Promise<Record<string, Outcome>> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, Outcome>; errors?: unknown[] };
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

async function signIn(server: Server): Promise<string> {
  const document = `mutation($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { token } } }`;
  const { signIn } = await ask(server, null, document, { input: { email, password } });
  return (signIn as unknown as { token: string }).token;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { raw } from '../../src/kernel/sql.js';
import { documentOf, openDesk, type Desk } from './desk.js';
import type { Findings } from './editors.js';
import { ask, openFire, password, signIn } from './fire.js';
import { violations } from './invariants.js';
import { live, untruths, type Life } from './life.js';
import type { Place } from './places.js';

const clients = 12;

/** Publishes stories over HTTP while the service and its database are killed at random, then compares all there is. */
export async function publishesUnderFire(place: Place, { stories }: { stories: number }): Promise<Findings> {
  const setUp = await place.open();
  await openDesk(setUp, password);
  await setUp.close();
  const fire = await openFire(place);
  const token = await signIn(fire.server());
  const desk: Desk = (name, input) =>
    ask(fire.server(), token, documentOf(name), { input }).then((data) => data[name]!);

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
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1_000;
  await fire.cease();

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
      'kills of the service': fire.killed(),
      'kills of the database': fire.crashed(),
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

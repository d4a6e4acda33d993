import { join } from 'node:path';
import { createContext } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { globalId } from '../../src/kernel/global-id.js';
import { createSigner } from '../../src/kernel/signing.js';
import { raw } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { startProcess } from '../bench/processes.js';
import { documentOf, openDesk, type Desk } from './desk.js';
import type { Findings } from './editors.js';
import { unlike, type Order } from './entitled.js';
import { ask, dyingProcess, openFire, password, signIn } from './fire.js';
import { violations } from './invariants.js';
import { partnersFor } from './partners.js';
import type { Place } from './places.js';
import { pull } from './pull.js';
import { openEndpoints } from './push.js';
import { openPartnerMachine, type Receipt } from './receiver.js';
import { write, type WrittenStory } from './stories.js';

/** What serves and works lives long enough to be of use, and not for long. */
const pace = { service: [8_000, 16_000], worker: [10_000, 20_000], database: [20_000, 20_000] } as const;
const secretKey = 'for a promise on loopback, 0123456789';
const addresses = { siteUrl: 'https://news.example', mediaUrl: 'https://news.example/media', siteName: 'Promises' };
const worker = join(import.meta.dirname, 'partners.process.js');

/**
 * Writers publish, schedule, update, correct, withdraw and kill while the service, its workers, its database and the
 * partners' machine are killed. By pull and by push, each partner ends with exactly what he is entitled to, in order.
 */
export async function everyPartnerIsTold(
  place: Place,
  { changes, writers }: { changes: number; writers: number },
): Promise<Findings> {
  const database = await place.open();
  const machine = await openPartnerMachine();
  try {
    await openDesk(database, password);
    const ctx = createContext(database, addresses, { viewer: operator, signer: createSigner(secretKey) });
    const { partners, person } = await partnersFor(ctx);
    const endpoints = await openEndpoints(ctx, machine, partners);
    const env = { SECRET_KEY: secretKey, SITE_URL: addresses.siteUrl };
    const startWorker = () => startProcess(worker, { ...env, DATABASE_URL: place.url });
    const workers = [await dyingProcess(startWorker, pace.worker), await dyingProcess(startWorker, pace.worker)];
    const fire = await openFire(place, { ...env, WORKER: 'false' }, pace);
    const killedWorkers = () => workers.reduce((sum, { killed }) => sum + killed(), 0);
    const token = await signIn(fire.server());
    const desk: Desk = (name, input) =>
      ask(fire.server(), token, documentOf(name), { input }).then((data) => data[name]!);
    const pulling = partners.map(({ key }) => pull({ key, server: fire.server }));

    const started = performance.now();
    const secondsSoFar = () => ((performance.now() - started) / 1_000).toFixed(0);
    const stories: WrittenStory[] = [];
    const broken: string[] = [];
    let made = 0;
    let next = 0;
    let rotating: Promise<void> | undefined;
    const count = () => {
      made += 1;
      if (made * 2 >= changes) rotating ??= endpoints.rotate(ctx);
    };
    const writer = async () => {
      while (made < changes) {
        const n = next++;
        await write(desk, n, { person, count }).then(
          (story) => stories.push(story),
          (error: unknown) => broken.push(`story ${n}: ${String(error)}`),
        );
      }
    };
    const say = (what: string) => process.stderr.write(`${secondsSoFar()} s: ${what}\n`);
    const progress = setInterval(() => {
      void endpoints
        .left(database)
        .catch(() => 'some')
        .then((left) => say(`${made} of ${changes} changes made, ${left} to be sent`));
    }, 10_000);
    await Promise.all(Array.from({ length: writers }, writer));
    clearInterval(progress);
    const wrote = secondsSoFar();
    await fire.cease();
    await rotating;
    let told = performance.now();
    const sent = await endpoints.settled(database, (left) => {
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      say(`all changes made, ${left} to be sent`);
    });
    broken.push(...sent);
    const seconds = secondsSoFar();
    await Promise.all([...workers.map((each) => each.cease()), machine.cease()]);
    say('all sent; comparing');

    const order = await orderOf(database);
    let [pulled, pushed, twice, lifted] = [0, 0, 0, 0];
    for (const [i, partner] of partners.entries()) {
      const byPull = await pulling[i]!.end();
      const received = machine.takenAt(endpoints.pathOf(partner));
      const byPush = firstOfEach(received);
      pulled += byPull.length;
      lifted += byPull.filter(({ kind }) => kind === 'EMBARGO_LIFTED').length;
      pushed += received.length;
      twice += received.length - byPush.length;
      const isSame = byPush.every(({ cursor }, k) => cursor === byPull[k]?.cursor);
      if (!isSame) broken.push(`${partner.name}: by push it came in another order than by pull`);
      for (const [way, taken] of [['pull', byPull] as const, ['push', byPush] as const]) {
        const wrong = unlike(partner, { stories, order }, taken);
        broken.push(...wrong.slice(0, 10).map((what) => `${partner.name} by ${way}: ${what}`));
      }
    }
    if (twice > 0.05 * pushed) broken.push(`${twice} of ${pushed} came twice`);
    if (machine.count('unsigned') > 0) broken.push(`${machine.count('unsigned')} were not signed`);
    broken.push(...(await violations(database)));
    const figures = {
      changes: made,
      stories: stories.length,
      scheduled: stories.filter(({ acts }) => acts[0]?.at != null).length,
      partners: partners.length,
      'embargoes lifted': lifted,
      'told by pull': pulled,
      'told by push': pushed - twice,
      'came twice by push': `${twice} (${((100 * twice) / pushed).toFixed(1)} %)`,
      'refused by 503': machine.count('refused'),
      'taken, then reset': machine.count('reset'),
      'kills of the service': fire.killed(),
      'of the database': fire.crashed(),
      'of two workers': killedWorkers(),
      'of the partners’ machine': machine.killed(),
      'missing, out of order or in a wrong hand': broken.length,
      seconds: `${seconds}, ${wrote} of them writing`,
    };
    return { figures, broken };
  } finally {
    machine.remove();
    await database.close();
  }
}

/** What came, each once: what comes again is known by its id. */
function firstOfEach(received: readonly Receipt[]): Receipt[] {
  const seen = new Set<string>();
  return received.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** The order in which all was committed. */
const orderOf = async (database: Database): Promise<Order> => {
  const rows = await database.read<{ articleId: number; version: number }>(
    raw(`select subjectId as articleId, version from content_change where subject = 'Article' order by seq`),
    'primary',
  );
  return rows.map(({ articleId, version }) => ({ storyId: globalId('Article', articleId), version }));
};

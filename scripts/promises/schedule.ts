import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/kernel/database.js';
import { raw } from '../../src/kernel/sql.js';
import { startServer, type Server } from '../bench/processes.js';
import { approvedStory, deskOn, openDesk, storyOf, type Held } from './desk.js';
import type { Findings } from './editors.js';
import { violations } from './invariants.js';
import { allAppeared } from './kill.js';
import type { Place } from './places.js';

const serve = [join(import.meta.dirname, '../../src/main.js'), 'serve'];
const worker = join(import.meta.dirname, 'worker.process.js');
const tenMinutes = 600_000;

/** Has a process think that it is another time. */
const clockOff = (ms: number): string =>
  `--import=data:text/javascript,${encodeURIComponent(
    `const Right = Date; globalThis.Date = class extends Right {
      constructor(...given) { given.length ? super(...given) : super(Right.now() + ${ms}); }
      static now() { return Right.now() + ${ms}; } };`,
  )}`;

/**
 * Stories appear at their minute by the database's clock on two nodes whose own clocks are ten minutes off, at first
 * without any worker; then three workers, killed at random, two of them with clocks that are off, enter each once.
 */
export async function scheduleIsKept(
  place: Place,
  { stories, seconds }: { stories: number; seconds: number },
): Promise<Findings> {
  const database = await place.open();
  try {
    const desk = deskOn(database, await openDesk(database));
    const approved = await inParallel(stories, (n) => approvedStory(desk, `Story ${n}`));
    const readers: Server[] = [];
    for (const off of [tenMinutes, -tenMinutes]) {
      readers.push(
        await startServer([clockOff(off), ...serve], { DATABASE_URL: place.url, WORKER: 'false', LOG_LEVEL: 'silent' }),
      );
    }
    const begin = Date.now() + 3_000 + stories * 12;
    const momentOf = (n: number) => begin + Math.floor((n / stories) * seconds * 1_000);
    await inParallel(stories, async (n) => {
      const at = new Date(momentOf(n)).toISOString();
      storyOf(await desk('schedulePublication', { ...(approved[n] as Held), at }));
    });
    if (Date.now() > begin) throw new Error('Scheduling took too long: ask for fewer stories.');

    const sampled = Array.from({ length: 50 }, (_, i) => Math.floor((i / 50) * stories));
    const watched = Promise.all(
      sampled.map((n, i) => watch(database, readers[i % readers.length]!, { slug: `story-${n}`, at: momentOf(n) })),
    );
    await sleep(begin + seconds * 250 - Date.now());
    const workersFrom = Date.now();
    const workers = startWorkers(place.url);
    const broken = (await watched).flat();
    await allAppeared(database);
    const kills = workers.stop();

    const counted = await database.read<{ articleId: number; state: string; changes: number; lines: number }>(
      raw(`select a.id as articleId, a.workflowState as state,
          (select count(*) from content_change c where c.subject = 'Article' and c.subjectId = a.id and c.op = 'PUBLISHED') as changes,
          (select count(*) from audit u where u.subject = 'Article' and u.subjectId = a.id and u.action = 'appear') as \`lines\`
        from article a`),
      'primary',
    );
    const other = counted.filter(({ state, changes, lines }) => state !== 'PUBLISHED' || changes !== 1 || lines !== 1);
    broken.push(...other.slice(0, 5).map((row) => `other than once: ${JSON.stringify(row)}`));
    broken.push(...(await violations(database)));
    const late = (
      await database.read<{ late: number }>(
        raw(`select c.at - p.visibleFrom as late from publication p join content_change c on c.publicationId = p.id
          where p.visibleFrom > ${workersFrom + 2_000} order by late`),
        'primary',
      )
    ).map((row) => row.late);
    const share = (part: number) => `${late[Math.floor(part * (late.length - 1))] ?? '?'} ms`;
    return {
      figures: {
        stories,
        once: counted.length - other.length,
        'kills of workers': kills,
        'watched by readers': sampled.length,
        'entered after p50': share(0.5),
        p99: share(0.99),
      },
      broken,
    };
  } finally {
    await database.close();
  }
}

/** Reads a story until it is there: never before its moment by the database's clock, and always from then on. */
async function watch(
  database: Database,
  { port }: Server,
  { slug, at }: { slug: string; at: number },
): Promise<string[]> {
  const clock = async () => {
    const [row] = await database.read<{ now: number }>(raw(`select ${database.now.text} as now`), 'primary');
    return row!.now;
  };
  await sleep(Math.max(0, at - 1_500 - (await clock())));
  for (;;) {
    const before = await clock();
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ article(slug: "${slug}") { id } }` }),
    });
    const { data } = (await response.json()) as { data: { article: object | null } };
    if (data.article) return (await clock()) < at ? [`${slug} was there early`] : [];
    if (before >= at) return [`${slug} was not there at its moment`];
    await sleep(40);
  }
}

/** Three workers; now and then one is killed and another takes its place. */
function startWorkers(url: string): { stop(): number } {
  const clocks = [tenMinutes, 0, -tenMinutes];
  const start = (i: number): ChildProcess =>
    fork(worker, { execArgv: [clockOff(clocks[i]!)], env: { PATH: process.env.PATH, DATABASE_URL: url } });
  const running = clocks.map((_, i) => start(i));
  let kills = 0;
  const fire = setInterval(() => {
    const i = Math.floor(Math.random() * running.length);
    running[i]!.kill('SIGKILL');
    running[i] = start(i);
    kills += 1;
  }, 2_000);
  const stop = () => {
    clearInterval(fire);
    for (const child of running) child.kill('SIGKILL');
    return kills;
  };
  process.once('exit', stop);
  return { stop };
}

async function inParallel<Result>(count: number, work: (n: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const run = async () => {
    while (next < count) {
      const n = next++;
      results[n] = await work(n);
    }
  };
  await Promise.all(Array.from({ length: 8 }, run));
  return results;
}

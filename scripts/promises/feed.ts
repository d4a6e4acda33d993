import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/kernel/database.js';
import { raw, sql } from '../../src/kernel/sql.js';
import type { AccountViewer } from '../../src/kernel/viewer.js';
import { approvedStory, deskOn } from './desk.js';
import type { Findings } from './editors.js';
import { violations } from './invariants.js';

/** Somebody who reads a table from where he was, for ever. */
interface Follower {
  seen: number[];
  stop(): Promise<void>;
}

/**
 * Writers publish on nodes of their own and commit when they like; whoever reads the feed by its sequence misses
 * nothing, has everything once and in its order. Beside it, what one would miss who read by a number given at insert.
 */
export async function feedIsRead(
  nodes: readonly Database[],
  reading: Database,
  viewer: AccountViewer,
  { writers, stories }: { writers: number; stories: number },
): Promise<Findings> {
  const feed = follow(reading, 'select seq as place from content_change where seq > ');
  const naive = follow(reading, 'select id as place from audit where id > ');
  const write = async (writer: number) => {
    const desk = deskOn(lingering(nodes[writer % nodes.length]!), viewer);
    for (let n = 0; n < stories; n++) {
      await sleep(Math.random() * 10);
      await desk('publishArticle', { ...(await approvedStory(desk, `Story ${n} of writer ${writer}`)) });
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const seconds = (performance.now() - started) / 1_000;
  await Promise.all([feed.stop(), naive.stop()]);

  const written = await placesIn(reading, 'select seq as place from content_change order by seq');
  const audited = await placesIn(reading, 'select id as place from audit order by id');
  const broken: string[] = [];
  const missed = written.length - new Set(feed.seen).size;
  if (written.length !== writers * stories) broken.push(`${writers * stories} publishes, ${written.length} changes`);
  if (missed !== 0) broken.push(`${missed} changes were missed`);
  if (feed.seen.some((seq, i) => seq !== i + 1)) broken.push('the feed was read with gaps, twice or out of order');
  broken.push(...(await violations(reading)));
  const missedNaively = audited.length - new Set(naive.seen).size;
  return {
    figures: {
      writers,
      changes: written.length,
      missed,
      missedByInsertOrder: missedNaively,
      seconds: seconds.toFixed(1),
    },
    broken,
  };
}

/** Keeps its transactions open a little before they commit, each for another time. */
function lingering(database: Database): Database {
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (tx) => {
        const result = await work(tx);
        await sleep(Math.random() * 8);
        return result;
      }),
  };
}

function follow(database: Database, from: string): Follower {
  const seen: number[] = [];
  let stopped = false;
  const more = async () => {
    const rows = await database.read<{ place: number }>(sql`${raw(from)} ${seen.at(-1) ?? 0} order by 1 limit 200`);
    seen.push(...rows.map(({ place }) => place));
    return rows.length;
  };
  const run = async () => {
    while (!stopped) if ((await more()) === 0) await sleep(2);
    while ((await more()) > 0);
  };
  const running = run();
  return {
    seen,
    stop: () => {
      stopped = true;
      return running;
    },
  };
}

const placesIn = async (database: Database, statement: string): Promise<number[]> =>
  (await database.read<{ place: number }>(raw(statement), 'primary')).map(({ place }) => place);

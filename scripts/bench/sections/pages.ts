import { withProgress } from '../../../src/command-line/progress.js';
import { refuseDifference, type Slugs } from '../compare.js';
import { countOf, measure, type Measured, type Plan, type Statements } from '../measure.js';
import { databasePid, othersAtWork } from '../meters.js';
import { stopAll } from '../processes.js';
import { bytesOf, startConstant, startKnowing, startLoad, startSides, type Bytes } from '../sides.js';
import { countStatements } from '../statements.js';

export type How = Pick<Plan, 'rounds' | 'seconds' | 'warmUp' | 'documents' | 'connections'> & {
  /** What serves our side. */
  serve: readonly string[];
  /** How many ask at once while statements are counted, when not as many as otherwise. */
  countedAt?: readonly number[];
};

export interface Pages {
  measured: Measured[];
  bytes: Bytes;
  statements: Statements;
  /** CPU milliseconds a second that the database spent on others before. */
  databaseOfOthers: number;
}

/** Measures pages against the same pages by hand, and known answers against a constant, after their answers were compared. */
export async function pages(url: string, slugs: Slugs, how: How): Promise<Pages> {
  const { statements, bytes } = await check(url, slugs, how);
  await stopAll();
  const [sides, known, constant] = await Promise.all([
    startSides(how.serve, url),
    startKnowing(how.serve, url),
    startConstant(bytes),
  ]);
  const pid = await databasePid(url);
  const databaseOfOthers = await othersAtWork(pid, Math.min(1, how.seconds));
  const plan = {
    ...how,
    slugs,
    statements,
    targets: { ...sides, known, constant },
    load: startLoad(),
    databasePid: pid,
  };
  const measured = await withProgress('Rounds', (progress) => measure({ ...plan, progress }));
  await stopAll();
  return { measured, bytes, statements, databaseOfOthers };
}

/** Sees that both sides answer the same, and counts their statements, behind a counter that the timed servers do not have. */
async function check(url: string, slugs: Slugs, how: How) {
  const { serve, documents, connections, countedAt = connections, warmUp } = how;
  const counter = url.startsWith('sqlite:') ? undefined : await countStatements(url);
  try {
    // without the worker, which looks for work by the clock
    const targets = await startSides(serve, counter?.url ?? url, { WORKER: 'false' });
    const compared = await refuseDifference(targets.ours, targets['by hand'], slugs);
    process.stdout.write(`Compared      ${compared} answers: they are equal\n`);
    const load = startLoad();
    const bytes = await bytesOf(targets['by hand'], slugs, load);
    const requests = Math.min(200, Math.round(slugs.article.length / 5));
    const counting = { targets, slugs, load, documents, connections: countedAt, warmUp };
    const statements = counter ? await countOf(counting, requests, counter.counted) : new Map<string, number>();
    return { statements, bytes };
  } finally {
    counter?.close();
  }
}

import { withProgress } from '../../../src/command-line/progress.js';
import type { Slugs } from '../compare.js';
import { measure, type Measured } from '../measure.js';
import { databasePid } from '../meters.js';
import { stopAll } from '../processes.js';
import { startKnowing, startLoad, startUnknowing } from '../sides.js';
import type { How } from './pages.js';

/** Measures the service as two processes behind one port against the service as one, with answers made and known. */
export async function workers(url: string, slugs: Slugs, how: How): Promise<Measured[]> {
  const two = { WORKERS: '2' };
  const [ours, known, oursByTwo, knownByTwo] = await Promise.all([
    startUnknowing(how.serve, url),
    startKnowing(how.serve, url),
    startUnknowing(how.serve, url, two),
    startKnowing(how.serve, url, two),
  ]);
  const plan = {
    ...how,
    documents: ['article'] as const,
    connections: [16],
    slugs,
    statements: new Map<string, number>(),
    targets: { ours, known, 'ours, 2 workers': oursByTwo, 'known, 2 workers': knownByTwo },
    load: startLoad(),
    databasePid: await databasePid(url),
    warmUp: 2 * how.warmUp,
  };
  const measured = await withProgress('Workers', (progress) => measure({ ...plan, progress }));
  await stopAll();
  return measured;
}

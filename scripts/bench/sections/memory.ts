import { withProgress } from '../../../src/command-line/progress.js';
import type { Slugs } from '../compare.js';
import { mostKnown } from '../measure.js';
import { residentMb } from '../meters.js';
import { stopAll } from '../processes.js';
import { graphqlShape } from '../requests.js';
import { startKnowing, startLoad } from '../sides.js';

/** Memory that the service holds after so many requests. */
export interface Memory {
  requests: number;
  mb: number;
}

/** Asks the service as it is by default, half for answers that it knows and half at random; tells its memory on the way. */
export async function memory(
  url: string,
  slugs: Slugs,
  { serve, requests }: { serve: readonly string[]; requests: number },
): Promise<Memory[]> {
  const { port, pid, shapes } = await startKnowing(serve, url);
  const load = startLoad();
  const made = await graphqlShape('article');
  const steps = 20;
  const found: Memory[] = [];
  await withProgress('Memory', async (progress) => {
    for (let step = 1; step <= steps; step++) {
      const stretch = { port, connections: 16, requests: Math.ceil(requests / steps / 2), seed: `memory ${step}` };
      await load({ ...stretch, shape: shapes.article, slugs: slugs.article.slice(0, mostKnown) });
      await load({ ...stretch, shape: made, slugs: slugs.article });
      found.push({ requests: 2 * stretch.requests * step, mb: residentMb(pid) ?? NaN });
      progress(step, steps);
    }
  });
  await stopAll();
  return found;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateUp } from '../../src/kernel/migrate.js';
import { unlike, writeArchive } from './archive.js';
import type { Findings } from './editors.js';
import { violations } from './invariants.js';
import type { Place } from './places.js';

const newsgraph = join(import.meta.dirname, '../../src/main.js');

/** Brings an archive in by the command line, which is killed again and again, and compares what is there with the archive. */
export async function importIsKilled(
  place: Place,
  { stories, kills }: { stories: number; kills: number },
): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-archive-'));
  const file = join(folder, 'archive.jsonl');
  try {
    await writeArchive(file, stories);
    const setUp = await place.open();
    await migrateUp(setUp);
    await setUp.close();
    let killed = 0;
    const started = performance.now();
    let longest = 0;
    for (;;) {
      const child = spawn(process.execPath, [newsgraph, 'import', 'jsonl', file, '--report', join(folder, 'report')], {
        env: { ...process.env, DATABASE_URL: place.url },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let errors = '';
      child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-2_000)));
      const ended = once(child, 'exit') as Promise<[number | null]>;
      const begun = performance.now();
      const isDone = await Promise.race([ended, killed < kills ? sleep(1_500 + Math.random() * 4_000) : ended]);
      if (!isDone) {
        child.kill('SIGKILL');
        await ended;
        killed += 1;
        continue;
      }
      longest = performance.now() - begun;
      if (isDone[0] !== 0 && killed >= kills)
        return { figures: {}, broken: [`the import ended with ${isDone[0]}: ${errors}`] };
      if (killed >= kills || isDone[0] === 0) break;
    }
    const seconds = (performance.now() - started) / 1_000;
    const database = await place.open();
    try {
      const broken = [...(await unlike(database, stories)), ...(await violations(database))];
      const figures = {
        stories,
        kills: killed,
        'lost or doubled': broken.length,
        seconds: seconds.toFixed(0),
        'last run, seconds': (longest / 1_000).toFixed(1),
        'memory of the last run, MB': megabytesIn(join(folder, 'report')),
      };
      return { figures, broken };
    } finally {
      await database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a report says of the memory that the import had at most. */
function megabytesIn(report: string): number {
  const last = readFileSync(report, 'utf8').trimEnd().split('\n').at(-1)!;
  return (JSON.parse(last) as { summary: { megabytes: number } }).summary.megabytes;
}

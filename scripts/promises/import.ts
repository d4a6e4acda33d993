import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/kernel/database.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import { raw } from '../../src/kernel/sql.js';
import { randomOf } from '../bench/random.js';
import type { Findings } from './editors.js';
import { violations } from './invariants.js';
import type { Place } from './places.js';

const newsgraph = join(import.meta.dirname, '../../src/main.js');

/** Brings an archive in by the command line, which is killed again and again, and compares what is there with the archive. */
export async function importIsKilled(place: Place, { stories, kills }: { stories: number; kills: number }): Promise<Findings> {
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
      if (isDone[0] !== 0 && killed >= kills) return { figures: {}, broken: [`the import ended with ${isDone[0]}: ${errors}`] };
      if (killed >= kills || isDone[0] === 0) break;
    }
    const seconds = (performance.now() - started) / 1_000;
    const database = await place.open();
    try {
      const broken = [...(await unlike(database, stories)), ...(await violations(database))];
      const figures = { stories, kills: killed, 'lost or doubled': broken.length, seconds: seconds.toFixed(0), 'last run, seconds': (longest / 1_000).toFixed(1) };
      return { figures, broken };
    } finally {
      await database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const words = 'harbour council minister river talks budget strike border school winter train vote court farmers island'.split(' ');

/** An archive of made-up stories, about 300 words each. */
export async function writeArchive(path: string, stories: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let from = 0; from < stories; from += 1_000) {
      const rows = Array.from({ length: Math.min(1_000, stories - from) }, (_, i) => archiveRow(from + i));
      await file.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    }
  } finally {
    await file.close();
  }
}

/** One made-up story of an archive. */
export function archiveRow(n: number): Record<string, unknown> {
  const chance = randomOf(`archive ${n}`);
  const sentence = () => Array.from({ length: 15 }, () => chance.pick(words)).join(' ');
  const paragraph = () => Array.from({ length: 4 }, sentence).join('. ');
  return {
    id: `story-${n}`,
    url: `https://archive.example/${2000 + (n % 25)}/${n}`,
    title: `${sentence().slice(0, 60)} ${n}`,
    body: Array.from({ length: 5 }, paragraph).join('.\n\n'),
    section: ['World', 'Sport', 'Culture'][n % 3],
    authors: [{ name: `Writer ${n % 40}` }],
    publishedAt: new Date(Date.UTC(2000, 0, 1) + n * 3_600_000).toISOString(),
    links: n > 0 && n % 5 === 0 ? [`story-${Math.floor(n / 2)}`] : [],
  };
}

/** What the archive has and the newsroom has not, or has twice. */
export async function unlike(database: Database, stories: number): Promise<string[]> {
  const count = async (what: string) => {
    const rows = await database.transaction((tx) => tx.read<{ count: number }>(raw(`select count(*) as count from ${what}`)));
    return [what, Number(rows[0]!.count)] as const;
  };
  const counted = await Promise.all(
    ['article', 'edition', 'publication', 'import_item', "content_change where op = 'PUBLISHED'", "audit where action = 'publish'", '(select distinct title from edition) t'].map(count),
  );
  const links = await count("related_story");
  const wanted = Math.max(0, Math.ceil(stories / 5) - 1);
  return [
    ...counted.filter(([, found]) => found !== stories).map(([what, found]) => `${found} rows of ${what}, not ${stories}`),
    ...(links[1] === wanted ? [] : [`${links[1]} related stories, not ${wanted}`]),
  ];
}

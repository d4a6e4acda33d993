import { open } from 'node:fs/promises';
import type { Database } from '../../src/kernel/database.js';
import { raw } from '../../src/kernel/sql.js';
import { randomOf } from '../bench/random.js';

const words =
  'harbour council minister river talks budget strike border school winter train vote court farmers island'.split(' ');

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
    const rows = await database.transaction((tx) =>
      tx.read<{ count: number }>(raw(`select count(*) as count from ${what}`)),
    );
    return [what, Number(rows[0]!.count)] as const;
  };
  const counted = await Promise.all(
    [
      'article',
      'edition',
      'publication',
      'import_item',
      "content_change where op = 'PUBLISHED'",
      "audit where action = 'publish'",
      '(select distinct title from edition) t',
    ].map(count),
  );
  const links = await count('related_story');
  const wanted = Math.max(0, Math.ceil(stories / 5) - 1);
  return [
    ...counted
      .filter(([, found]) => found !== stories)
      .map(([what, found]) => `${found} rows of ${what}, not ${stories}`),
    ...(links[1] === wanted ? [] : [`${links[1]} related stories, not ${wanted}`]),
  ];
}

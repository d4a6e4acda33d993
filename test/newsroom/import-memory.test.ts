import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { operator } from '../../src/kernel/viewer.js';
import { importMany } from '../../src/newsroom/import/import-many.commands.js';
import { readers, type Format } from '../../src/newsroom/import/readers.js';
import type { ReadItem } from '../../src/newsroom/import/story.types.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [few, many] = [2_000, 20_000];
/** In bytes: less than 100 for each of the stories in between. */
const leeway = 1_750_000;

const upTo = (stories: number) => Array.from({ length: stories }, (_, n) => n);
const address = (n: number) => `https://old.example/a-rather-long-path-to-the-story/${n}`;

const archives: Record<'jsonl' | 'csv' | 'wxr', (numbers: readonly number[]) => string> = {
  jsonl: (numbers) =>
    numbers
      .map((n) =>
        JSON.stringify({
          id: `story-${n}`,
          url: address(n),
          title: `Story ${n}`,
          body: `Words ${n}.`,
          links: [address(n + 1)],
        }),
      )
      .join('\n'),
  csv: (numbers) =>
    ['id,url,title,body', ...numbers.map((n) => `story-${n},${address(n)},Story ${n},Words ${n}.`)].join('\n'),
  wxr: (numbers) => {
    const items = numbers.flatMap((n) => [
      `<item><title>Story ${n}</title><link>${address(n)}</link><wp:post_id>${2 * n}</wp:post_id><wp:status>publish</wp:status>
       <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>${2 * n + 1}</wp:meta_value></wp:postmeta>
       <content:encoded>Words ${n}.</content:encoded></item>`,
      `<item><wp:post_id>${2 * n + 1}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
       <wp:attachment_url>https://old.example/wp-content/uploads/${n}.jpg</wp:attachment_url></item>`,
    ]);
    return `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>${items.join('')}</channel></rss>`;
  },
};

describe('the memory of an import', () => {
  let newsroom: TestNewsroom;
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-memory-'));
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(async () => {
    await newsroom.close();
    rmSync(folder, { recursive: true });
  });

  /** What an archive of so many stories is read into, one item after the other. */
  const itemsOf = (format: Format & keyof typeof archives, stories: number): AsyncIterable<ReadItem> => {
    const path = join(folder, `archive.${format}`);
    writeFileSync(path, archives[format](upTo(stories)));
    return readers[format].read({ paths: [path], totalBytes: statSync(path).size, bytesRead: 0 }, { now: Date.now() });
  };

  /** Gives items on, and what is held in bytes after some of the stories. */
  const watching = (items: AsyncIterable<ReadItem>, ...at: readonly number[]) => {
    const held: number[] = [];
    async function* watched() {
      let stories = 0;
      for await (const item of items) {
        yield item;
        if (!('story' in item) || !at.includes((stories += 1))) continue;
        collect();
        held.push(process.memoryUsage().heapUsed);
      }
    }
    return { held, items: watched() };
  };

  test('is no more after 20,000 stories than after 2,000', async () => {
    const { held, items } = watching(itemsOf('jsonl', many + 400), few, many);
    const summary = await importMany(newsroom.contextAs(operator), items, { source: 'memory' }, () => undefined);
    expect(summary).toMatchObject({ written: many + 400, failed: 0 });
    expect(held[1]! - held[0]!).toBeLessThan(leeway);
  }, 180_000);

  test.each([
    ['a table', 'csv'],
    ['a WordPress export with its pictures', 'wxr'],
  ] as const)(
    'nor is what reading %s of 20,000 holds',
    async (_, format) => {
      const heldIn = async (stories: number): Promise<number> => {
        const { held, items } = watching(itemsOf(format, stories), few);
        for await (const item of items) if (held.length > 0 && 'story' in item) break;
        return held[0]!;
      };
      const before = await heldIn(few + 1);
      let more = (await heldIn(many)) - before;
      if (more >= leeway) more = Math.min(more, (await heldIn(many)) - before); // other things in the process only add
      expect(more).toBeLessThan(leeway);
    },
    60_000,
  );
});

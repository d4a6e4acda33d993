import { sql } from '../../src/kernel/sql.js';
import { openStorage } from '../../src/storage.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

(onMariadb ? describe : describe.skip)('replicas', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
  });
  afterAll(() => newsroom.close());

  const open = (replicaUrls: string[]) => openStorage({ kind: 'mysql', url: newsroom.url, replicaUrls });
  const count = sql`select count(*) as stories from article`;

  test('answer reads', async () => {
    const database = await open([newsroom.url, newsroom.url]);
    try {
      const rows = await Promise.all(Array.from({ length: 20 }, () => database.read<{ stories: number }>(count)));
      for (const [row] of rows) expect(row!.stories).toBeGreaterThan(40);
    } finally {
      await database.close();
    }
  });

  test('that do not answer are left out: the primary reads instead, and nobody sees an error', async () => {
    const database = await open(['mysql://nobody@127.0.0.1:1/none']);
    try {
      for (let i = 0; i < 10; i++) {
        const [row] = await database.read<{ stories: number }>(count);
        expect(row!.stories).toBeGreaterThan(40);
      }
    } finally {
      await database.close();
    }
  });

  test('a read that takes too long is given up, and said to have been', async () => {
    await expect(newsroom.database.read(sql`select sleep(10) as slept`)).rejects.toMatchObject({
      extensions: { code: 'TIMEOUT' },
    });
  });
});

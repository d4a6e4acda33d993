import { randomUUID } from 'node:crypto';
import { sql } from '../../src/kernel/sql.js';
import { NewsletterRow } from '../../src/site/site.rows.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('transactions', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(() => newsroom.close());

  const newsletter = (slug: string) => ({ slug, name: slug, description: '', position: 0 });
  const slugs = async () =>
    (await newsroom.database.read<{ slug: string }>(sql`select slug from newsletter`)).map((row) => row.slug);

  test('200 at once, every tenth undone, keep exactly what they acknowledged', async () => {
    let seenUncommitted = 0;
    const watching = setInterval(() => {
      void slugs().then((seen) => {
        seenUncommitted += seen.filter((slug) => slug.startsWith('undone')).length;
      });
    }, 5);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) =>
        newsroom.database.transaction(async (tx) => {
          const slug = `${i % 10 === 0 ? 'undone' : 'kept'}-${i}`;
          await tx.manager.insert(NewsletterRow, newsletter(`${slug}-a`));
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
          await tx.manager.insert(NewsletterRow, newsletter(`${slug}-b`));
          if (i % 10 === 0) throw new Error('undo');
          return slug;
        }),
      ),
    );
    clearInterval(watching);
    const acknowledged = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(acknowledged).toHaveLength(180);
    expect((await slugs()).sort()).toEqual(acknowledged.flatMap((slug) => [`${slug}-a`, `${slug}-b`]).sort());
    expect(seenUncommitted).toBe(0);
  });

  test('that read and then write the same row lose nothing', async () => {
    const slug = randomUUID();
    await newsroom.database.transaction((tx) => tx.manager.insert(NewsletterRow, newsletter(slug)));
    await Promise.all(
      Array.from({ length: 50 }, () =>
        newsroom.database.transaction(async (tx) => {
          await tx.run(sql`update newsletter set description = description where slug = ${slug}`);
          const [row] = await tx.read<{ position: number }>(sql`select position from newsletter where slug = ${slug}`);
          await tx.run(sql`update newsletter set position = ${row!.position + 1} where slug = ${slug}`);
        }),
      ),
    );
    const [row] = await newsroom.database.read<{ position: number }>(
      sql`select position from newsletter where slug = ${slug}`,
    );
    expect(row!.position).toBe(50);
  });

  test('that cross each other’s rows all come through', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await newsroom.database.transaction(async (tx) => {
      await tx.manager.insert(NewsletterRow, [newsletter(a), newsletter(b)]);
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        newsroom.database.transaction(async (tx) => {
          for (const slug of i % 2 === 0 ? [a, b] : [b, a]) {
            await tx.run(sql`update newsletter set position = position + 1 where slug = ${slug}`);
          }
        }),
      ),
    );
    const rows = await newsroom.database.read<{ position: number }>(
      sql`select position from newsletter where slug in ${[a, b]}`,
    );
    expect(rows.map((row) => row.position)).toEqual([30, 30]);
  });
});

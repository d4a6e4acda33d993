import { createConnection, type Connection } from 'mysql2/promise';
import { freshForMs } from '../../src/kernel/freshness.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { openStorage } from '../../src/storage.js';
import { deskOf } from '../support/desk.js';
import { startNode, type Node } from '../support/node.js';
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

(onMariadb ? describe : describe.skip)('a replica that lags', () => {
  let newsroom: TestNewsroom;
  let node: Node;
  let admin: Connection;
  let replica: string;

  /** Brings the replica up to date, but for a word by which its answers are known. */
  const catchUp = async () => {
    const primary = new URL(newsroom.url).pathname.slice(1);
    await admin.query('set foreign_key_checks = 0');
    const [tables] = await admin.query(`show tables from ${primary}`);
    for (const table of (tables as object[]).map((row) => String(Object.values(row)[0]))) {
      await admin.query(`drop table if exists ${replica}.${table}`);
      await admin.query(`create table ${replica}.${table} like ${primary}.${table}`);
      await admin.query(`insert into ${replica}.${table} select * from ${primary}.${table}`);
    }
    await admin.query(`update ${replica}.edition set standfirst = 'read at the replica'`);
  };

  beforeAll(async () => {
    newsroom = await openNewsroom();
    await deskOf(newsroom).publish({ slug: 'one', title: '1', paragraphs: ['A text.'] });
    await newsroom.database.transaction((tx) =>
      // counters of what a CDN was told say nothing of how far a replica is
      tx.run(raw("insert into counter (name, value) values ('told change', 1000), ('told everything', 1000)")),
    );
    replica = `${new URL(newsroom.url).pathname.slice(1)}_replica`;
    admin = await createConnection({ uri: newsroom.url });
    await admin.query(`create database ${replica}`);
    await catchUp();
    node = await startNode(newsroom, { DATABASE_REPLICA_URLS: `${newsroom.url}_replica` });
  });
  afterAll(async () => {
    await node.stop();
    await admin.query(`drop database ${replica}`);
    await admin.end();
    await newsroom.close();
  });

  let times = 0;
  /** Reads what nobody has asked for yet in just these words. */
  const read = async () => {
    const data = (await node.read(`{ a${times++}: __typename article(slug: "one") { title standfirst } }`)) as {
      article: { title: string; standfirst: string };
    };
    return data.article;
  };
  const known = async () =>
    ((await node.read('{ article(slug: "one") { title } }')) as { article: { title: string } }).article.title;

  test('is read from while it has all that is known, and never shows or leaves behind what was before', async () => {
    expect(await read()).toEqual({ title: '1', standfirst: 'read at the replica' });
    for (const title of ['2', '3', '4']) {
      expect(await known()).toBe(String(Number(title) - 1));
      await deskOf(newsroom).publish({ slug: 'one', title, paragraphs: ['A text.'] });
      await new Promise((resolve) => setTimeout(resolve, freshForMs + 1));
      const answers = await Promise.all(Array.from({ length: 10 }, read));
      expect(answers).toEqual(answers.map(() => ({ title, standfirst: '' })));
      expect(await known()).toBe(title);
    }
    await catchUp();
    expect(await known()).toBe('4');
    expect(await read()).toEqual({ title: '4', standfirst: 'read at the replica' });
  });
});

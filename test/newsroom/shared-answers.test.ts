import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadFrom } from '../../src/kernel/database.js';
import type { Sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { freshForMs } from '../../src/kernel/freshness.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { schedulePublication } from '../../src/articles/publish.commands.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.js';

const page = `query ($slug: String!) { article(slug: $slug) { title section { name } body { text }
  related(first: 5) { nodes { title } } } }`;
const front = '{ section(slug: "mena") { name articles(first: 5) { totalCount nodes { title } } } }';
const secret = { SECRET_KEY: 'a key that all nodes of this newsroom know' };

describeWithRedis('answers that nodes share', () => {
  let newsroom: TestNewsroom;
  let redis: TestRedis;
  let nodes: Node[];
  let desk: ReturnType<typeof deskOf>;
  let sectionId: number;
  const as = () => newsroom.contextAs(operator);

  const start = async (env: NodeJS.ProcessEnv = {}): Promise<Node> => {
    const node = await startNode(newsroom, { REDIS_URL: redis.url, ...secret, ...env });
    nodes.push(node);
    return node;
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.client.flushdb();
    newsroom = await openNewsroom();
    nodes = [];
    desk = deskOf(newsroom);
    sectionId = await desk.section('mena');
    await publish('one');
    await publish('two');
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await newsroom.close();
  });

  const publish = (slug: string, more: object = {}) =>
    desk.publish({ slug, sectionId, paragraphs: ['A text.'], ...more });
  const titleAt = async (node: Node, slug = 'one') =>
    ((await node.read(page, { slug })) as { article: { title: string } | null }).article?.title;
  /** How many statements a question takes at a node, and whether what it says is so. */
  const cost = async (node: Node, question = page, variables: Record<string, unknown> = { slug: 'one' }) => {
    let answer: unknown;
    const statements = await node.statements(async () => (answer = await node.read(question, variables)));
    expect(answer).toEqual((await newsroom.ask(question, variables)).data);
    return statements.length;
  };
  /** Whoever left something did not wait for it to be there. */
  const left = async (count: number) => {
    for (let tries = 0; (await redis.answers()).length < count && tries < 100; tries++) await sleep(5);
    expect(await redis.answers()).toHaveLength(count);
  };

  test('are made by one and given by another without a statement, the same to the byte', async () => {
    const [one, other] = [await start(), await start()];
    expect(await cost(one)).toBeGreaterThan(2);
    expect(await cost(one, front)).toBeGreaterThan(1);
    await left(2);
    expect([await cost(other), await cost(other, front)]).toEqual([0, 0]);
    const responses = await Promise.all([one, other].map((node) => node.get(page, { slug: 'one' })));
    const [made, given] = responses.map(({ headers }) =>
      ['etag', 'content-type', 'surrogate-key', 'cache-tag', 'vary'].map((name) => headers.get(name)),
    );
    expect(given).toEqual(made);
  });

  test('go when a change is made, at whichever node, and the new one is shared at once', async () => {
    const [one, other] = [await start(), await start()];
    for (const title of ['2', '3', '4']) {
      expect(await cost(one)).toBeLessThan(20);
      expect(await cost(other)).toBe(0);
      await publish('one', { title });
      await sleep(freshForMs + 1);
      const [first, second] = title === '3' ? [one, other] : [other, one];
      expect(await titleAt(first)).toBe(title);
      await sleep(20);
      expect(await cost(second)).toBe(0);
      expect(await titleAt(second)).toBe(title);
    }
  });

  test('of what was not touched are given still by a node that looked before the change', async () => {
    const [one, other] = [await start(), await start()];
    await titleAt(other, 'two');
    await publish('two', { title: 'Another' });
    await sleep(freshForMs + 1);
    expect(await cost(one)).toBeGreaterThan(0);
    await left(2);
    expect(await cost(other)).toBe(0);
  });

  test('made while a change happens are not taken for those that were made after it', async () => {
    const [one, other] = [await start(), await start()];
    await titleAt(one, 'two');
    const { database } = one.app;
    const read = database.read.bind(database);
    let isHeld: () => void;
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    let release: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    database.read = async <Row>(statement: Sql, from?: ReadFrom): Promise<Row[]> => {
      const rows = await read<Row>(statement, from);
      if (from !== 'primary') {
        isHeld();
        await released;
      }
      return rows;
    };
    const under = titleAt(one);
    await held;
    await publish('one', { title: 'The second text' });
    await sleep(freshForMs + 1);
    await titleAt(one, 'two'); // it is known here by now that something changed
    release!();
    expect(await under).toBe('The headline of one');
    await left(2);
    expect(await titleAt(other)).toBe('The second text');
  });

  test('are there for a node that starts again, but for what was changed while it was away', async () => {
    const one = await start();
    const questions = [{ slug: 'one' }, { slug: 'two' }, { slug: 'later' }];
    for (const variables of questions) await cost(one, page, variables);
    await left(3);
    await one.stop();
    await publish('two', { title: 'Another' });
    await publish('later');
    const again = await start();
    expect(await cost(again, page, questions[0])).toBe(0);
    expect(await cost(again, page, questions[1])).toBeGreaterThan(0);
    expect(await cost(again, page, questions[2])).toBeGreaterThan(0);
  });

  test('are all gone after what touches everything', async () => {
    const one = await start();
    await cost(one);
    await left(1);
    const other = await start();
    const rename = { slug: 'mena', name: 'Middle East', description: '', position: 0 };
    await saveSection(as(), rename);
    expect(await cost(await start())).toBeGreaterThan(0);
    await sleep(freshForMs + 1);
    await sleep(20);
    expect(await cost(other)).toBe(0); // what the third left
    await saveSection(as(), { ...rename, name: 'Mena' });
    await sleep(freshForMs + 1);
    expect(await cost(one)).toBeGreaterThan(0);
  });

  test('end at the moment for which something was scheduled, entered or not, also for a node that starts later', async () => {
    const { articleId } = await publish('one');
    await desk.draft({ slug: 'one', sectionId, title: 'The second text', paragraphs: ['Another.'] });
    const [row] = await newsroom.database.read<{ version: number }>({
      text: "select version from article where slug = 'one'",
      values: [],
    });
    const one = await start();
    const at = Date.now() + 1_000;
    const set = await schedulePublication(as(), { articleId, expectedVersion: row!.version, at });
    expect(set.__typename).toBe('PublicationScheduled');
    expect(await titleAt(one)).toBe('The headline of one');
    await left(1);
    await sleep(at - Date.now() + 30);
    const late = await start();
    expect(await titleAt(late)).toBe('The second text');
    expect(await titleAt(one)).toBe('The second text');
    await enterDue(as());
    const later = await start();
    expect(await titleAt(later)).toBe('The second text');
  });

  test('are asked for once and made once, however many ask', async () => {
    const [one, other] = [await start(), await start()];
    await titleAt(one, 'two');
    await titleAt(other, 'two');
    const asked = async () => {
      const stats = await redis.client.info('commandstats');
      return Number(/cmdstat_getrange:calls=(\d+)/.exec(stats)?.[1] ?? 0);
    };
    const before = await asked();
    const alone = await cost(one, page, { slug: 'nobody' });
    const many = async (node: Node) => {
      const statements = await node.statements(() =>
        Promise.all(Array.from({ length: 1_000 }, () => node.read(page, { slug: 'nobody-else' }))),
      );
      return statements.length;
    };
    expect(await many(one)).toBe(alone);
    await left(3);
    expect(await many(other)).toBe(0);
    expect((await asked()) - before).toBe(3);
  });

  test.each([
    ['another address', { SITE_URL: 'https://other.example' }],
    ['other limits', { LIMIT_COST: '9000' }],
    ['another key', { SECRET_KEY: 'a key that nobody else of this newsroom has' }],
    ['another name', { SITE_NAME: 'Another paper' }],
    ['other origins', { CORS_ORIGINS: 'https://www.news.example' }],
  ])('are not for nodes with %s', async (_, env) => {
    await cost(await start());
    await left(1);
    expect(await cost(await start(env))).toBeGreaterThan(0);
    await left(2);
  });

  const broken: Record<string, (good: Buffer) => Buffer> = {
    'of nothing': () => Buffer.alloc(0),
    'of somebody else': () => Buffer.from('{"title":"Not ours"}'),
    'cut short': (good) => good.subarray(0, -1),
    'with another text in it': (good) => Buffer.from(good.toString('latin1').replace('A text', 'A lie!'), 'latin1'),
    'too long': (good) => Buffer.concat([good, Buffer.alloc(2_000_000)]),
  };
  test.each(Object.entries(broken))('%s are no answers, and the right one takes their place', async (_, breaking) => {
    const [one, other] = [await start(), await start()];
    await cost(one);
    await left(1);
    const [name] = await redis.answers();
    const good = (await redis.client.getBuffer(name!))!;
    await redis.client.set(name!, breaking(good));
    expect(await cost(other)).toBeGreaterThan(0);
    await sleep(20);
    expect(await cost(await start())).toBe(0);
  });

  test('are known by their names: one in the place of another, or something that is no text, is none', async () => {
    const one = await start();
    await cost(one);
    await left(1);
    const [name] = await redis.answers();
    await cost(one, page, { slug: 'two' });
    await left(2);
    const second = (await redis.answers()).find((each) => each !== name)!;
    await redis.client.set(second, (await redis.client.getBuffer(name!))!);
    await redis.client.del(name!);
    await redis.client.rpush(name!, 'a list');
    const other = await start();
    expect(await cost(other)).toBeGreaterThan(0);
    expect(await cost(other, page, { slug: 'two' })).toBeGreaterThan(0);
    await left(2);
  });

  test('go after a day, and answers with errors or of those who may see more are not among them', async () => {
    const node = await start();
    await node.get('{ nodes(ids: ["x"]) { id } }');
    await node.get(page, { slug: 'one' }, { authorization: 'Bearer x' });
    await cost(node);
    await left(1);
    const [name] = await redis.answers();
    expect(await redis.client.ttl(name!)).toBeGreaterThan(86_390);
  });
});

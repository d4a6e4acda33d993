import { createContext, type Context } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { revokePartnerKey } from '../../src/syndication/partners/key.commands.js';
import { deskOf } from '../support/desk.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';
import { syndicationOf } from '../support/partners.js';
import { describeWithRedis, startRedis } from '../support/redis.js';

const secret = { SECRET_KEY: 'a key that all nodes of this newsroom know' };
const whoAmI = '{ syndication { partner { name } } }';

const at = (node: Node, key: string) => node.get(whoAmI, {}, { 'x-api-key': key, 'content-type': 'application/json' });

jest.setTimeout(90_000); // each starts nodes on a database of its own

describe('partners at several nodes', () => {
  let newsroom: TestNewsroom;
  let nodes: Node[];
  const ctx = (): Context =>
    createContext(newsroom.database, addresses, { viewer: operator, signer: createSigner(secret.SECRET_KEY) });
  const desk = syndicationOf(ctx);
  const start = async (count: number, env: NodeJS.ProcessEnv = {}) => {
    for (let i = 0; i < count; i++) nodes.push(await startNode(newsroom, { ...secret, ...env }));
  };
  beforeEach(async () => {
    newsroom = await openNewsroom();
    nodes = [];
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await newsroom.close();
  });

  test('are counted exactly once they have drained', async () => {
    await start(2);
    const { key, secret: own } = await desk.key(await desk.partner('The Lake Post'));
    const each = 40;
    const statuses = await Promise.all(
      Array.from({ length: 2 * each }, async (_, i) => (await at(nodes[i % 2]!, own)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    await Promise.all(nodes.splice(0).map((node) => node.stop()));
    const counted = await newsroom.database.read(
      sql`select keyId, productId, sum(requests) as requests, sum(stories) as stories, sum(cost) as cost
          from partner_usage group by keyId, productId`,
      'primary',
    );
    expect(
      counted.map(
        (row) =>
          JSON.parse(
            JSON.stringify(row, (_, value: unknown) => (typeof value === 'string' ? Number(value) : value)),
          ) as object,
      ),
    ).toEqual([{ keyId: key.id, productId: 0, requests: 2 * each, stories: 0, cost: 2 * each * 2 }]);
  });

  test('have each story counted once in a request, by the product it came by', async () => {
    await start(1);
    const [partner, product] = [await desk.partner('The Lake Post'), await desk.product('Everything')];
    await desk.grant(partner, product);
    for (const slug of ['one', 'two']) await deskOf(newsroom).publish({ slug, paragraphs: ['A text.'] });
    const { secret: own } = await desk.key(partner);
    const headers = { 'x-api-key': own, 'content-type': 'application/json' };
    const query = `{ syndication { a: changes { nodes { story { title } } } b: changes { nodes { story { title } } } } }`;
    const { data } = (await (await nodes[0]!.get(query, {}, headers)).json()) as {
      data: { syndication: { a: { nodes: { story: object | null }[] } } };
    };
    expect(data.syndication.a.nodes.map(({ story }) => story !== null)).toEqual([true, true]);
    await nodes.pop()!.stop();
    const counted = await newsroom.database.read<{ productId: number; stories: number }>(
      sql`select productId, stories from partner_usage order by productId`,
      'primary',
    );
    expect(counted).toEqual([
      { productId: 0, stories: 0 },
      { productId: product.id, stories: 2 },
    ]);
  });

  test('are refused at each from the moment that their key is revoked at one', async () => {
    await start(2);
    const { key, secret: own } = await desk.key(await desk.partner('The Lake Post'));
    for (const node of nodes) expect((await at(node, own)).status).toBe(200);
    await revokePartnerKey(ctx(), { id: key.id });
    for (const node of nodes) expect((await at(node, own)).status).toBe(401);
  });

  describeWithRedis('that share a Redis', () => {
    test('have one quota, and while Redis is away each node keeps its own', async () => {
      const redis = await startRedis();
      try {
        await start(2, { REDIS_URL: redis.url });
        const { secret: own } = await desk.key(await desk.partner('The Lake Post', { requestsPerMinute: 6 }));
        const statuses = async (count: number) => {
          const given: number[] = [];
          for (let i = 0; i < count; i++) given.push((await at(nodes[i % 2]!, own)).status);
          return given;
        };
        expect(await statuses(8)).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
        expect((await redis.client.keys('*')).join(' ')).not.toMatch(/requests|cost|Lake/);
        await redis.kill();
        expect(await statuses(14)).toEqual([...Array<number>(12).fill(200), 429, 429]);
        await redis.start();
      } finally {
        await redis.stop();
      }
    });
  });
});

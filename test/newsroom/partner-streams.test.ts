import { createClient as createSse } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { readConfig } from '../../src/config.js';
import { rememberCosts } from '../../src/http/cost.memory.js';
import { meterFor } from '../../src/http/partner.meter.js';
import { begin, operationOf } from '../../src/http/streams/operation.js';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { operator, type PartnerViewer } from '../../src/kernel/viewer.js';
import { saveSearch } from '../../src/syndication/alerts/saved-search.commands.js';
import { UsageCounters } from '../../src/syndication/usage/usage.counters.js';
import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';
import { syndicationOf } from '../support/partners.js';

const secretKey = 'a key that all nodes of this newsroom know';
const query =
  'subscription ($savedSearchId: ID) { syndicationChanges(savedSearchId: $savedSearchId) { cursor node { kind story { title } } } }';
const cost = 3; // the edge, the change, the story
const look = 10; // a saved search into a change

jest.setTimeout(90_000); // each starts a node on a database of its own

describe('what streams take', () => {
  let newsroom: TestNewsroom;
  let feed: ReturnType<typeof feedOf>;
  beforeEach(async () => {
    newsroom = await openNewsroom();
    feed = feedOf(newsroom);
    await deskOf(newsroom).section('mena');
  });
  afterEach(() => newsroom.close());

  /** A story and a correction of it, which brings the same text. */
  const twoChanges = async () => feed.correct(await feed.published('A quay gives way', 'mena'), 'It was at one.');

  describe('counts', () => {
    let node: Node;
    let key: string;
    let keyId: number;
    let productId: number;
    beforeEach(async () => {
      const ctx = () =>
        createContext(newsroom.database, addresses, { viewer: operator, signer: createSigner(secretKey) });
      const desk = syndicationOf(ctx);
      const [partner, product] = [await desk.partner('The Lake Post'), await desk.product('Everything')];
      await desk.grant(partner, product);
      const made = await desk.key(partner);
      [key, keyId, productId] = [made.secret, made.key.id, product.id];
      await twoChanges();
      node = await startNode(newsroom, { SECRET_KEY: secretKey });
    });
    const used = async () => {
      await node.stop();
      const rows = await newsroom.database.read<Record<string, unknown>>(
        sql`select keyId, productId, requests, stories, cost from partner_usage order by productId`,
        'primary',
      );
      return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])));
    };
    const two = async (subscribe: (next: () => void) => () => void) => {
      let count = 0;
      const stop = subscribe(() => void (count += 1));
      for (let tries = 0; tries < 800 && count < 2; tries++) await sleep(25);
      stop();
      expect(count).toBe(2);
    };
    const none = { complete: () => undefined, error: () => undefined };

    test('its opening and each event, by server-sent events', async () => {
      const client = createSse({
        ...{ url: `${node.url}/graphql/stream`, headers: { 'x-api-key': key }, retryAttempts: 0 },
      });
      await two((next) => client.subscribe({ query }, { next, ...none }));
      expect(await used()).toEqual([
        { keyId, productId: 0, requests: 1, stories: 0, cost: 3 * cost },
        { keyId, productId, requests: 0, stories: 2, cost: 0 },
      ]);
    });

    test('the opening of each and all events, over one WebSocket', async () => {
      const client = createSocket({
        ...{ url: `${node.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
        ...{ connectionParams: { 'x-api-key': key }, lazyCloseTimeout: 20_000 },
      });
      await two((next) => client.subscribe({ query }, { next, ...none }));
      await two((next) => client.subscribe({ query }, { next, ...none }));
      await client.dispose();
      expect(await used()).toEqual([
        { keyId, productId: 0, requests: 2, stories: 0, cost: 6 * cost },
        { keyId, productId, requests: 0, stories: 4, cost: 0 },
      ]);
    });
  });

  describe('is kept within the quota', () => {
    const opened = async (costPerMinute: number, sought?: string) => {
      const viewer = await feed.partner('The Lake Post', await feed.product('everything'));
      const savedSearchId = sought === undefined ? null : await searchFor(viewer, sought);
      const story = await twoChanges();
      const points = new Map<string, number>();
      const tally = {
        count: async (name: string, more: number) => {
          points.set(name, (points.get(name) ?? 0) + more);
          return { points: points.get(name)!, msLeft: 700 };
        },
      };
      const known = { viewer, now: Date.now(), lastUsedAt: null, requestsPerMinute: null, costPerMinute };
      const quotas = { requests: 10, cost: 10 };
      const meter = await meterFor(known, { tally, counters: new UsageCounters(), quotas });
      const { schema } = newsroom;
      const { limits } = readConfig({});
      const parts = {
        schema,
        costs: rememberCosts(schema),
        limits,
        formatError: (shown: { message: string }) => shown,
      };
      const ctx = { ...newsroom.contextAs(viewer), meter };
      const stream = await begin(operationOf({ query, variables: { savedSearchId } }, parts), ctx, parts);
      return { stream, story, nextMinute: () => points.clear() };
    };
    const searchFor = async (viewer: PartnerViewer, query: string) => {
      const saved = await saveSearch(newsroom.contextAs(viewer), { name: 'A search', query });
      if (!('savedSearch' in saved)) throw new Error(JSON.stringify(saved));
      return globalId('SavedSearch', saved.savedSearch.id);
    };
    const kindOf = ({ value }: IteratorResult<{ data?: unknown }>) =>
      (value as { data: { syndicationChanges: { node: { kind: string } } } }).data.syndicationChanges.node.kind;

    test('by waiting for the next minute: nothing is lost', async () => {
      const { stream, nextMinute } = await opened(2 * cost);
      expect(kindOf(await stream.next())).toBe('PUBLISHED');
      const second = stream.next();
      expect(await Promise.race([second, sleep(1_500, 'nothing')])).toBe('nothing');
      nextMinute();
      expect(kindOf(await second)).toBe('CORRECTED');
      await stream.return!();
    });

    test('but not when a story is to be taken down: that costs nothing', async () => {
      const { stream, story, nextMinute } = await opened(3 * cost);
      for (const kind of ['PUBLISHED', 'CORRECTED']) expect(kindOf(await stream.next())).toBe(kind);
      await feed.withdraw(story);
      expect(await Promise.race([stream.next().then(kindOf), sleep(1_500, 'nothing')])).toBe('WITHDRAWN');
      const again = stream.next();
      await feed.publishAgain(story);
      expect(await Promise.race([again, sleep(1_500, 'nothing')])).toBe('nothing');
      nextMinute();
      expect(kindOf(await again)).toBe('PUBLISHED');
      await feed.withdraw(story, null, true);
      expect(kindOf(await stream.next())).toBe('KILLED');
      await stream.return!();
    });

    test('and ends while it waits when nobody wants it any more', async () => {
      const { stream } = await opened(2 * cost);
      await stream.next();
      const second = stream.next();
      await sleep(100);
      await stream.return!();
      expect(await second).toEqual({ done: true, value: undefined });
    });

    test('also for changes that a saved search looks into and passes over', async () => {
      const { stream, nextMinute } = await opened(cost + 2 * look, 'drought');
      const first = stream.next();
      await sleep(200);
      await feed.published('A drought', 'mena');
      expect(await Promise.race([first, sleep(1_500, 'nothing')])).toBe('nothing');
      nextMinute();
      expect(kindOf(await first)).toBe('PUBLISHED');
      await stream.return!();
    });

    test('and is not opened by a saved search when to look into a change is dearer than what is left', async () => {
      await expect(opened(cost + look - 1, 'quay')).rejects.toMatchObject({
        message: 'This costs 10, and of your 12 of this minute 9 are left. Try again in 1 seconds.',
        extensions: { code: 'RATE_LIMITED', retryAfter: 1 },
      });
    });

    test('and is not opened at all when an event is dearer than what is left', async () => {
      await expect(opened(cost - 1)).rejects.toMatchObject({
        message: expect.stringMatching(
          /^This costs 3, and of your 2 of this minute 2 are left\. Try again in 1 seconds\.$/,
        ),
        extensions: { code: 'RATE_LIMITED', retryAfter: 1 },
      });
    });
  });
});

import { createClient as createSse, type Client as SseClient } from 'graphql-sse';
import { createClient as createSocket, type Client as SocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { revokePartnerKey } from '../../src/syndication/partners/key.commands.js';
import { watchOf } from '../../src/syndication/feed/watch.queries.js';
import { deskOf } from '../support/desk.js';
import { hasShared, shared } from '../support/contract.js';
import { addresses, type TestNewsroom } from '../support/newsroom.js';
import { syndicationOf } from '../support/partners.js';
import { startService, type Service } from './service.js';

const secretKey = 'for streams in tests, 0123456789abcdef';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of any shape
type Event = any;

/** What a stream brought, and how it ended: a test waits for what it expects. */
function listen(client: SseClient | SocketClient, query: string, variables: Record<string, unknown> = {}) {
  const events: Event[] = [];
  let ended: unknown;
  const stop = client.subscribe(
    { query, variables },
    {
      next: (event: Event) => void events.push(event),
      error: (error: unknown) => (ended = error),
      complete: () => (ended ??= 'complete'),
    },
  );
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 600 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  };
  return {
    events,
    stop,
    came: async (count: number) => {
      await until(() => events.length >= count || ended !== undefined);
      return events;
    },
    end: async () => {
      await until(() => ended !== undefined);
      return ended;
    },
  };
}

const changes = `subscription ($after: String) { syndicationChanges(after: $after) {
  cursor node { kind action story { title } } } }`;
const published = 'subscription ($sections: [String!]) { articlePublished(sections: $sections) { slug } }';

describe('streams', () => {
  let service: Service;
  let desk: ReturnType<typeof deskOf>;
  let key: string;
  let keyId: number;
  let world: number;
  let count = 0;
  const ctx = () =>
    createContext(service.app.database, addresses, { viewer: operator, signer: createSigner(secretKey) });

  beforeEach(async () => {
    service = await startService({ env: { SECRET_KEY: secretKey, LOG_LEVEL: 'fatal' } });
    desk = deskOf({ database: service.app.database, context: ctx } as TestNewsroom);
    world = await desk.section('world');
    await desk.section('lake', 'world');
    await desk.section('business');
    const syndication = syndicationOf(ctx);
    const partner = await syndication.partner('The Lake Post');
    await syndication.grant(partner, await syndication.product('Everything'));
    const made = await syndication.key(partner);
    [key, keyId] = [made.secret, made.key.id];
  });
  afterEach(() => service.stop());

  const listening = async (many: number) => {
    for (let i = 0; i < 400 && watchOf(service.app.database).listening < many; i++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    await new Promise((resolve) => setTimeout(resolve, 100)); // and one look, so that it is known what was before
  };
  const publish = async (slug: string, sectionId = world) => {
    count += 1;
    return desk.publish({ slug, sectionId, paragraphs: [`Ships ${count}.`] });
  };
  const sse = (headers: Record<string, string> = {}) =>
    createSse({ url: `${service.url}/graphql/stream`, headers, retryAttempts: 0 });
  const socket = (connectionParams: Record<string, unknown> = {}, more = {}) =>
    createSocket({
      ...{ url: service.url.replace('http', 'ws') + '/graphql', webSocketImpl: WebSocket },
      ...{ connectionParams, retryAttempts: 0, lazy: true, ...more },
    });
  const clients: [string, () => SseClient | SocketClient][] = [
    ['server-sent events', () => sse({ authorization: `Bearer ${key}` })],
    ['a WebSocket', () => socket({ authorization: `Bearer ${key}` })],
  ];
  const titles = (events: Event[]) => events.map(({ data }) => data.syndicationChanges.node.story?.title);

  test.each(clients)('a partner gets his feed by %s: what was, what comes, and on from a cursor', async (_, open) => {
    await publish('first');
    const client = open();
    const all = listen(client, changes);
    expect(titles(await all.came(1))).toEqual(['The headline of first']);
    await publish('second');
    expect(titles(await all.came(2))).toEqual(['The headline of first', 'The headline of second']);
    expect(all.events[1]).toEqual({
      data: {
        syndicationChanges: {
          cursor: expect.any(String) as string,
          node: { kind: 'PUBLISHED', action: 'PUBLISH', story: { title: 'The headline of second' } },
        },
      },
    });
    all.stop();
    await publish('third');
    const on = listen(client, changes, { after: all.events[0].data.syndicationChanges.cursor });
    expect(titles(await on.came(2))).toEqual(['The headline of second', 'The headline of third']);
    on.stop();
    await client.dispose();
  });

  test.each(clients)('readers hear of new stories of the sections they name by %s', async (_, open) => {
    const client = open();
    const lake = listen(client, published, { sections: ['world'] });
    const business = listen(client, published, { sections: ['business'] });
    await listening(2);
    await publish('at-the-lake', await desk.section('lake', 'world'));
    await publish('a-deal', await desk.section('business'));
    expect(await lake.came(1)).toEqual([{ data: { articlePublished: { slug: 'at-the-lake' } } }]);
    expect(await business.came(1)).toEqual([{ data: { articlePublished: { slug: 'a-deal' } } }]);
    lake.stop();
    business.stop();
    await client.dispose();
  });

  (hasShared ? test : test.skip)('the web’s own document runs unchanged', async () => {
    const client = sse();
    const heard = listen(client, shared('contract/web/article-published.graphql'), { sections: ['world'] });
    await listening(1);
    await publish('at-the-lake');
    expect((await heard.came(1))[0].data.articlePublished).toMatchObject({
      slug: 'at-the-lake',
      section: { slug: 'world' },
    });
    heard.stop();
  });

  test.each([
    ['server-sent events', () => sse()],
    ['a WebSocket', () => socket()],
  ])('who is no partner does not get a feed by %s, and only subscriptions are answered', async (_, open) => {
    const client = open();
    const codes = async (query: string) => {
      const heard = listen(client, query);
      await heard.end();
      const errors = heard.events[0]?.errors ?? (await heard.end());
      return (errors as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
    };
    expect(await codes(changes)).toEqual(['UNAUTHENTICATED']);
    expect(await codes('{ sections { name } }')).toEqual(['BAD_USER_INPUT']);
    expect(await codes('subscription { articlePublished(sections: ["nowhere"]) { slug } }')).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(await codes('subscription { nothing }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const deep = `subscription { articlePublished { ${'section { parent { '.repeat(12)} name ${'} }'.repeat(12)} } }`;
    expect(await codes(deep)).toEqual(['DOCUMENT_LIMIT']);
  });

  test('a wrong key is refused, and one that is revoked ends what it opened within five seconds', async () => {
    const wrong = await fetch(`${service.url}/graphql/stream`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: 'Bearer ngp_1_x' },
      body: JSON.stringify({ query: changes }),
    });
    expect([wrong.status, ((await wrong.json()) as Event).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    const refused = listen(socket({ authorization: 'Bearer ngp_1_x' }), changes);
    expect(await refused.end()).toMatchObject({ code: 4401 });

    const [one, other] = [sse({ 'x-api-key': key }), socket({ 'x-api-key': key })].map((each) => listen(each, changes));
    await publish('first');
    await Promise.all([one!.came(1), other!.came(1)]);
    const began = performance.now();
    await revokePartnerKey(ctx(), { id: keyId });
    expect(await one!.end()).toBe('complete');
    expect(await other!.end()).toMatchObject({ code: 4401 });
    expect(performance.now() - began).toBeLessThan(5_000);
    await publish('second');
    expect([one!.events.length, other!.events.length]).toEqual([1, 1]);
  });

  test('a partner opens ten streams, and the eleventh when he has closed one', async () => {
    const open = () =>
      fetch(
        `${service.url}/graphql/stream?query=${encodeURIComponent('subscription { syndicationChanges { cursor } }')}`,
        {
          headers: { accept: 'text/event-stream', 'x-api-key': key },
        },
      );
    const ten = await Promise.all(Array.from({ length: 10 }, open));
    expect(ten.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await open()).status).toBe(429);
    const refused = listen(socket({ 'x-api-key': key }), changes);
    expect(await refused.end()).toMatchObject({ code: 1013 });
    await ten[0]!.body!.cancel();
    let again = await open();
    for (let i = 0; i < 100 && again.status !== 200; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      again = await open();
    }
    expect(again.status).toBe(200);
    for (const { body } of [...ten.slice(1), again]) await body!.cancel();
  });

  test('a partner whose streams listen may wait with ten requests besides, and not with an eleventh', async () => {
    await publish('first');
    const sockets = Array.from({ length: 2 }, () => socket({ 'x-api-key': key }));
    const streams = sockets.flatMap((each) => Array.from({ length: 6 }, () => listen(each, changes)));
    for (const each of streams) await each.came(1);
    const after = streams[0]!.events[0].data.syndicationChanges.cursor as string;
    const query = `{ syndication { changes(after: "${after}", wait: 3) { nodes { kind } } } }`;
    const ask = async () => {
      const { body } = await service.post({ query }, { 'x-api-key': key });
      return body.errors?.[0].message ?? JSON.stringify(body.data.syndication.changes.nodes);
    };
    expect((await Promise.all(Array.from({ length: 11 }, ask))).sort()).toEqual([
      '10 of your requests wait already: wait with one, and ask on with it.',
      ...Array<string>(10).fill('[]'),
    ]);
    for (const each of sockets) await each.dispose();
  });

  test('a request that nobody waits for any more leaves its place', async () => {
    await publish('first');
    const { body: first } = await service.post(
      { query: '{ syndication { changes { pageInfo { endCursor } } } }' },
      { 'x-api-key': key },
    );
    const after = first.data.syndication.changes.pageInfo.endCursor as string;
    const ask = (wait: number, signal?: AbortSignal) =>
      fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key },
        body: JSON.stringify({
          query: `{ syndication { changes(after: "${after}", wait: ${wait}) { nodes { kind } } } }`,
        }),
        signal: signal ?? null,
      });
    const left = Array.from({ length: 10 }, () => ask(25, AbortSignal.timeout(300)).catch(() => null));
    expect(await Promise.all(left)).toEqual(Array(10).fill(null));
    let status = 0;
    for (let i = 0; i < 40 && status !== 200; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      status = (await ask(1)).status;
    }
    expect(status).toBe(200);
    const many = await Promise.all(Array.from({ length: 11 }, () => ask(2)));
    const refused = many.filter((answer) => answer.status !== 200);
    expect(refused.map((answer) => [answer.status, answer.headers.get('retry-after')])).toEqual([[429, '1']]);
  });

  test('one key alone is taken, and nothing beside it that says who asks', async () => {
    for (const params of [
      { authorization: `Bearer ${key}`, 'x-api-key': 'ngp_1_x' },
      { 'x-api-key': key, 'x-preview-token': 'abc' },
    ]) {
      const refused = listen(socket(params), changes);
      expect(await refused.end()).toMatchObject({ code: 4400 });
    }
  });

  test('who goes while we look who he is leaves no place taken', async () => {
    const { database } = service.app;
    const read = database.read.bind(database);
    const slow = jest.spyOn(database, 'read').mockImplementation(async (...asked) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return read(...asked);
    });
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream', 'content-type': 'application/json' };
    for (let i = 0; i < 6; i++) {
      const left = new WebSocket(service.url.replace('http', 'ws') + '/graphql', 'graphql-transport-ws');
      await new Promise((resolve) => left.once('open', resolve));
      left.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
      const gone = new AbortController();
      const body = JSON.stringify({ query: changes });
      const asked = fetch(`${service.url}/graphql/stream`, { method: 'POST', headers, body, signal: gone.signal });
      await new Promise((resolve) => setTimeout(resolve, 50));
      left.terminate();
      gone.abort();
      await asked.catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    slow.mockRestore();
    const ten = Array.from({ length: 10 }, () => listen(sse(headers), changes));
    await listening(10);
    await publish('tenfold');
    for (const each of ten) expect(titles(await each.came(1))).toEqual(['The headline of tenfold']);
    for (const each of ten) each.stop();
  });

  test('a socket carries ten subscriptions and messages of 64 KB, and no more', async () => {
    const client = socket({ 'x-api-key': key });
    const ten = Array.from({ length: 10 }, () => listen(client, published));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const eleventh = listen(client, published);
    expect(await eleventh.end()).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    for (const { stop } of ten) stop();
    const large = listen(client, published, { sections: ['x'.repeat(70_000)] });
    expect(await large.end()).toMatchObject({ code: 1009 });
  });

  test('streams end as we go, with complete and with code 1001, and who waits is answered', async () => {
    const one = listen(sse({ 'x-api-key': key }), changes);
    const other = listen(socket({ 'x-api-key': key }), changes);
    await publish('first');
    await Promise.all([one.came(1), other.came(1)]);
    const cursor = one.events[0].data.syndicationChanges.cursor as string;
    const waiting = service.post(
      { query: `{ syndication { changes(after: "${cursor}", wait: 25) { nodes { kind } } } }` },
      { 'x-api-key': key },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    await service.app.close();
    expect(await one.end()).toBe('complete');
    expect(await other.end()).toMatchObject({ code: 1001 });
    expect((await waiting).body.data.syndication.changes.nodes).toEqual([]);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test('while nothing changes, ten who listen cost as many statements as one', async () => {
    await publish('first');
    const client = socket({ 'x-api-key': key });
    const statementsOf = async (ms: number) => {
      let statements = 0;
      const deaf = service.app.database.listen(() => (statements += 1));
      await new Promise((resolve) => setTimeout(resolve, ms));
      deaf();
      return statements;
    };
    const some = [listen(client, changes)];
    await some[0]!.came(1);
    const one = await statementsOf(1_000);
    for (let i = 0; i < 9; i++) some.push(listen(client, changes));
    await Promise.all(some.map((each) => each.came(1)));
    const ten = await statementsOf(1_000);
    expect(one).toBeGreaterThan(3);
    expect(ten).toBeLessThanOrEqual(60);
    await client.dispose();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await statementsOf(300)).toBeLessThanOrEqual(1);
  });

  test('a story that is taken down before its event is told is not told of', async () => {
    const heard = listen(sse(), published);
    await listening(1);
    await service.app.database.transaction(async (tx) => {
      await tx.run(sql`update counter set value = value + 1 where name = 'change'`);
      const seq = (await tx.read<{ value: number }>(sql`select value from counter where name = 'change'`))[0]!.value;
      await tx.run(sql`insert into content_change (seq, at, op, subject, subjectId, version)
                       values (${seq}, 0, 'PUBLISHED', 'Article', 999, 1)`);
    });
    await publish('seen');
    expect(await heard.came(1)).toEqual([{ data: { articlePublished: { slug: 'seen' } } }]);
    heard.stop();
  });
});

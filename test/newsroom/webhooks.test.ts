import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { createContext, type Context } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { operator, type Viewer } from '../../src/kernel/viewer.js';
import type { ChangeKind } from '../../src/syndication/feed/change.words.js';
import { PartnerChangeRow } from '../../src/syndication/feed/feed.rows.js';
import { PartnerRow } from '../../src/syndication/partners/partner.rows.js';
import { rotateWebhookSecret } from '../../src/syndication/webhooks/secret.commands.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { createWebhook } from '../../src/syndication/webhooks/webhook.commands.js';
import type { WebhookView } from '../../src/syndication/webhooks/webhook.queries.js';
import { runDeliveries } from '../../src/work/deliveries.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startReceiver, type Receiver } from '../support/receiver.js';

describe('webhooks', () => {
  let newsroom: TestNewsroom;
  let receiver: Receiver;
  let partner: Viewer & { kind: 'partner' };
  let seq = 0;
  const signer = createSigner('a key of the tests, long enough for it');
  const errors: unknown[] = [];
  const dispatchers: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  beforeEach(async () => {
    receiver = await startReceiver();
    useWay(newsroom.database, receiver.way);
    partner = await partnerNamed(`Partner ${++partners}`);
  });
  afterEach(async () => {
    await Promise.all(dispatchers.splice(0).map((each) => each.stop()));
    await receiver.stop();
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(() => newsroom.close());

  let partners = 0;
  const partnerNamed = async (name: string) => {
    const row = { slug: name.toLowerCase().replaceAll(' ', '-'), name, isActive: true, version: 1, createdAt: 0 };
    const { identifiers } = await newsroom.database.transaction((tx) => tx.manager.insert(PartnerRow, row));
    const { id: partnerId } = identifiers[0] as { id: number };
    return { kind: 'partner' as const, partnerId, keyId: 0, name, scopes: ['READ', 'MANAGE'] };
  };
  const as = (viewer: Viewer): Context => createContext(newsroom.database, addresses, { viewer, signer });
  const write = (statement: string) => newsroom.database.transaction((tx) => tx.run(raw(statement)));
  const rows = <Row extends object>(statement: string) => newsroom.database.read<Row>(raw(statement), 'primary');

  /** Tells the partner of something; gives its place. */
  const tell = async (kind: ChangeKind = 'PUBLISHED', to = partner): Promise<number> => {
    const none = { articleId: null, publicationId: null, productId: null, entityId: null, formerEntityId: null };
    const row = { partnerId: to.partnerId, seq: ++seq, kind, at: Date.now(), version: 1, note: null, ...none };
    await newsroom.database.transaction((tx) => tx.manager.insert(PartnerChangeRow, row));
    return seq;
  };
  const tellMany = async (count: number) => {
    for (let i = 0; i < count; i++) await tell();
  };
  const hook = async (path: string, more: object = {}, viewer = partner) => {
    const made = await createWebhook(as(viewer), { url: receiver.url(path), ...more });
    if (!('webhook' in made)) throw new Error(JSON.stringify(made));
    return made as { webhook: WebhookView; secret: string };
  };
  const work = (more: object = {}) => {
    const stopping = new AbortController();
    const running = runDeliveries({
      contextOf: () => as(operator),
      makeBody: async (_, { name }, seq) => JSON.stringify({ name, seq }),
      onError: (error) => errors.push(error),
      signal: stopping.signal,
      rest: 20,
      ...more,
    });
    dispatchers.push({ stop: () => (stopping.abort(), running) });
  };
  const until = async (holds: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 800; tries++) {
      if (await holds()) return;
      await sleep(25);
    }
    throw new Error('it did not come in 20 seconds');
  };
  const stateOf = async ({ id }: { id: number }) =>
    (await rows<Record<string, unknown>>(`select * from webhook where id = ${id}`))[0]!;
  const seqsAt = (path: string) =>
    receiver.received.filter((each) => each.path === path).map(({ body }) => (JSON.parse(body) as { seq: number }).seq);

  test('are sent what comes after they were made, in its order, signed as Standard Webhooks has it', async () => {
    await tellMany(3);
    const { secret, webhook } = await hook('/all');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const first = seq + 1;
    await tellMany(30);
    work();
    await until(() => seqsAt('/all').length === 30);
    expect(seqsAt('/all')).toEqual(Array.from({ length: 30 }, (_, i) => first + i));
    expect(new Set(receiver.idsAt('/all')).size).toBe(30);
    const verifier = new Webhook(secret);
    for (const { body, headers } of receiver.received) {
      expect(verifier.verify(body, headers)).toEqual({ name: partner.name, seq: expect.any(Number) });
      expect(headers['content-type']).toBe('application/json');
    }
    expect(() => verifier.verify('{}', receiver.received[0]!.headers)).toThrow();
    await until(async () => (await stateOf(webhook)).place === seq);
    expect(await stateOf(webhook)).toMatchObject({ attempts: 0, lastError: null, lastStatus: 204 });
  });

  test('are tried again until they take a change, each time with a new signature, and nothing overtakes it', async () => {
    const { secret, webhook } = await hook('/flaky');
    let tries = 0;
    receiver.answer('/flaky', (_, response, { headers, body }) => {
      expect(new Webhook(secret).verify(body, headers)).toBeTruthy();
      tries += 1;
      response.writeHead(tries % 3 === 0 ? 200 : 503).end();
    });
    await tellMany(3);
    work();
    for (let tried = 1; tried <= 6; tried++) {
      await until(() => tries > tried || tries === 9);
      await sleep(30);
      await write(`update webhook set nextAt = 0 where id = ${webhook.id} and lease is null`);
    }
    await until(async () => {
      await write(`update webhook set nextAt = 0 where id = ${webhook.id} and lease is null`);
      return tries === 9;
    });
    const seqs = seqsAt('/flaky');
    expect(seqs).toEqual([2, 1, 0].flatMap((back) => Array<number>(3).fill(seq - back)));
    expect(new Set(receiver.idsAt('/flaky')).size).toBe(3);
  });

  test('wait longer after each try, by the database’s clock', async () => {
    const { webhook } = await hook('/down');
    receiver.answer('/down', (_, response) => void response.writeHead(500).end('no'));
    await tell();
    work();
    await until(async () => (await stateOf(webhook)).attempts === 1);
    const { nextAt, lastError, lastStatus } = await stateOf(webhook);
    const [{ now }] = (await rows<{ now: number }>(`select ${newsroom.database.now.text} as now`)) as [{ now: number }];
    expect((nextAt as number) - now).toBeGreaterThan(3_000);
    expect((nextAt as number) - now).toBeLessThanOrEqual(6_000);
    expect({ lastError, lastStatus }).toEqual({ lastError: 'It answered 500.', lastStatus: 500 });
  });

  test('are signed with both secrets for a day after one was changed', async () => {
    const { secret, webhook } = await hook('/rotated');
    const rotated = (await rotateWebhookSecret(as(partner), { webhookId: webhook.id })) as { secret: string };
    expect(rotated.secret).not.toBe(secret);
    await tell();
    work();
    await until(() => receiver.received.length === 1);
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[0]];
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(2);
    for (const each of [secret, rotated.secret]) expect(new Webhook(each).verify(body, headers)).toBeTruthy();
    await write(`update webhook set formerUntil = 1 where id = ${webhook.id}`);
    await tell();
    await until(() => receiver.received.length === 2);
    const later = receiver.received[1]!;
    expect(new Webhook(rotated.secret).verify(later.body, later.headers)).toBeTruthy();
    expect(() => new Webhook(secret).verify(later.body, later.headers)).toThrow();
    void openWay;
    void sql;
  });
});

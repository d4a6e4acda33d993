import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { createContext, type Context } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { raw } from '../../src/kernel/sql.js';
import { operator, type Viewer } from '../../src/kernel/viewer.js';
import type { ChangeKind } from '../../src/syndication/feed/change.words.js';
import { PartnerChangeRow } from '../../src/syndication/feed/feed.rows.js';
import { PartnerRow } from '../../src/syndication/partners/partner.rows.js';
import { cursorOf } from '../../src/syndication/feed/change.rules.js';
import { rotateWebhookSecret } from '../../src/syndication/webhooks/secret.commands.js';
import {
  pauseWebhook,
  replayDeadLetter,
  replayWebhook,
  resumeWebhook,
} from '../../src/syndication/webhooks/state.commands.js';
import { testWebhook } from '../../src/syndication/webhooks/test.commands.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { changeWebhook, createWebhook, deleteWebhook } from '../../src/syndication/webhooks/webhook.commands.js';
import type { WebhookView } from '../../src/syndication/webhooks/webhook.queries.js';
import { secretPurpose } from '../../src/syndication/webhooks/webhook.words.js';
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
  }, 120_000);
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
      makeBody: async (_, { name }, seq) => ({ body: JSON.stringify({ name, seq }), hasStory: false }),
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
    work({ pauseAfter: () => 0 });
    await until(async () => (await stateOf(webhook)).place === seq);
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

  test('are signed with those before too for a day after a secret was changed, and changed again as the answer was lost', async () => {
    const { secret, webhook } = await hook('/rotated');
    const rotated = (await rotateWebhookSecret(as(partner), { webhookId: webhook.id })) as { secret: string };
    expect(rotated.secret).not.toBe(secret);
    const again = (await rotateWebhookSecret(as(partner), { webhookId: webhook.id })) as { secret: string };
    await tell();
    work();
    await until(() => receiver.received.length === 1);
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[0]];
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(3);
    for (const each of [secret, rotated.secret, again.secret])
      expect(new Webhook(each).verify(body, headers)).toBeTruthy();
    await write(`update webhook set formerUntil = 1 where id = ${webhook.id}`);
    await tell();
    await until(() => receiver.received.length === 2);
    const later = receiver.received[1]!;
    expect(new Webhook(again.secret).verify(later.body, later.headers)).toBeTruthy();
    expect(() => new Webhook(secret).verify(later.body, later.headers)).toThrow();
  });

  describe('that do not take what they are sent', () => {
    const soon = (tries: number): number | null => (tries < 11 ? 0 : null);

    test('are tried eleven times in more than a day; then the change is a dead letter, and the next one is sent', async () => {
      const { webhook } = await hook('/picky');
      const first = await tell();
      const second = await tell();
      receiver.answer('/picky', (_, response, { body }) => {
        response.writeHead((JSON.parse(body) as { seq: number }).seq === first ? 422 : 204).end();
      });
      work({ pauseAfter: soon });
      await until(() => seqsAt('/picky').includes(second));
      expect(seqsAt('/picky')).toEqual([...Array<number>(11).fill(first), second]);
      const letters = await rows(`select seq, kind, attempts, status, error from webhook_dead_letter`);
      expect(letters).toEqual([
        { seq: first, kind: 'PUBLISHED', attempts: 11, status: 422, error: 'It answered 422.' },
      ]);
      await until(async () => (await stateOf(webhook)).place === second);
      expect(await stateOf(webhook)).toMatchObject({ state: 'ACTIVE', deadInRow: 0 });

      const [{ id: deadLetterId }] = (await rows('select id from webhook_dead_letter')) as [{ id: number }];
      await replayDeadLetter(as(partner), { deadLetterId });
      await until(() => seqsAt('/picky').length === 13);
      await until(async () => (await rows('select 1 from webhook_dead_letter where dueAt is not null')).length === 0);
      expect(await rows('select attempts, error from webhook_dead_letter')).toEqual([
        { attempts: 12, error: 'It answered 422.' },
      ]);
      receiver.answer('/picky', (_, response) => void response.writeHead(204).end());
      await replayDeadLetter(as(partner), { deadLetterId });
      await until(async () => (await rows('select 1 from webhook_dead_letter')).length === 0);
      expect(seqsAt('/picky').slice(12)).toEqual([first, first]);
      expect(receiver.idsAt('/picky').at(-1)).toBe(receiver.idsAt('/picky')[0]);
    });

    test('lose no tries of the change that waits while what was given up is sent again', async () => {
      const { webhook } = await hook('/waits');
      receiver.answer('/waits', (_, response) => void response.writeHead(503).end());
      const [first, second] = [await tell(), await tell()];
      let failed = 0;
      work({ pauseAfter: () => ((failed += 1) === 1 ? null : 3_600_000) });
      await until(async () => (await stateOf(webhook)).attempts === 1);
      const { nextAt } = await stateOf(webhook);
      const [{ id: deadLetterId }] = (await rows('select id from webhook_dead_letter')) as [{ id: number }];
      for (let replays = 1; replays <= 8; replays++) {
        await replayDeadLetter(as(partner), { deadLetterId });
        await until(async () => (await rows(`select 1 from webhook_dead_letter where dueAt is not null`)).length === 0);
      }
      await until(async () => (await stateOf(webhook)).lease === null);
      expect(seqsAt('/waits')).toEqual([first, second, ...Array<number>(8).fill(first)]);
      expect(await stateOf(webhook)).toMatchObject({ attempts: 1, nextAt });
      await write('delete from webhook_dead_letter');
    });

    test('are paused after three dead letters in a row, and go on where they were when they are resumed', async () => {
      const { webhook } = await hook('/dead');
      receiver.answer('/dead', (_, response) => void response.writeHead(500).end());
      await tellMany(5);
      work({ pauseAfter: soon });
      await until(async () => (await stateOf(webhook)).state === 'PAUSED');
      expect(await stateOf(webhook)).toMatchObject({
        pausedBecause: 'It did not take 3 changes in a row, each tried 11 times in more than a day.',
        place: seq - 2,
      });
      expect(receiver.received).toHaveLength(33);
      expect(await rows(`select action, note from audit where subject = 'Webhook' and action = 'pause'`)).toHaveLength(
        1,
      );
      receiver.answer('/dead', (_, response) => void response.writeHead(200).end('ok'));
      await resumeWebhook(as(partner), { webhookId: webhook.id });
      await until(() => receiver.received.length === 35);
      expect(seqsAt('/dead').slice(33)).toEqual([seq - 1, seq]);
      await write('delete from webhook_dead_letter');
    });

    test('are paused at once when they say that they are gone; nothing is lost', async () => {
      const { webhook } = await hook('/gone');
      receiver.answer('/gone', (_, response) => void response.writeHead(410).end());
      const first = await tell();
      work();
      await until(async () => (await stateOf(webhook)).state === 'PAUSED');
      expect((await stateOf(webhook)).pausedBecause).toMatch(/410 Gone/);
      receiver.answer('/gone', (_, response) => void response.writeHead(204).end());
      await resumeWebhook(as(partner), { webhookId: webhook.id });
      await until(() => receiver.received.length === 2);
      expect(seqsAt('/gone')).toEqual([first, first]);
    });

    test('hold nothing up for others, whatever they do', async () => {
      const others = await Promise.all(['/one', '/two', '/three'].map((path) => hook(path)));
      for (let i = 0; i < 6; i++) await hook(`/poison-${i}`);
      const ways: Parameters<Receiver['answer']>[1][] = [
        () => undefined, // never answers
        (_, response) => void response.writeHead(500).end('x'.repeat(1_000_000)),
        (request) => void request.socket.destroy(),
        (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
        (_, response) => {
          response.writeHead(503);
          const drip = setInterval(() => response.write('.'), 50);
          response.once('close', () => clearInterval(drip));
        },
        (request) => void request.socket.write('not http at all\r\n\r\n'),
      ];
      ways.forEach((way, i) => receiver.answer(`/poison-${i}`, way));
      await tellMany(20);
      const began = performance.now();
      work();
      await until(() => ['/one', '/two', '/three'].every((path) => seqsAt(path).length === 20));
      expect(performance.now() - began).toBeLessThan(8_000);
      const want = Array.from({ length: 20 }, (_, i) => seq - 19 + i);
      for (const path of ['/one', '/two', '/three']) expect(seqsAt(path)).toEqual(want);
      expect(others).toHaveLength(3);
    });

    test('count as having taken it when they say so, however long they go on talking', async () => {
      const { webhook } = await hook('/talks');
      receiver.answer('/talks', (_, response) => {
        response.writeHead(200);
        const more = setInterval(() => response.write('x'.repeat(64_000)), 5);
        response.once('close', () => clearInterval(more));
      });
      await tellMany(2);
      work();
      await until(async () => (await stateOf(webhook)).place === seq);
      expect(seqsAt('/talks')).toEqual([seq - 1, seq]);
    });
  });

  describe('while a try of theirs goes on', () => {
    /** Has a change tried that has failed so many times, and holds the answer back. */
    const tried = async (attempts: number) => {
      const { webhook } = await hook('/slow');
      let answer = (_: number): void => undefined;
      receiver.answer('/slow', (_, response) => {
        answer = (status) => void response.writeHead(status).end();
      });
      await tell();
      await write(`update webhook set attempts = ${attempts} where id = ${webhook.id}`);
      work();
      await until(() => receiver.received.length === 1);
      return { webhook, answer: (status: number) => answer(status) };
    };

    test('are resumed, and what comes of it does not count', async () => {
      const { webhook, answer } = await tried(8);
      await resumeWebhook(as(partner), { webhookId: webhook.id });
      answer(503);
      await until(() => receiver.received.length === 2);
      expect(await stateOf(webhook)).toMatchObject({ attempts: 0, nextAt: 0, lastError: null });
      answer(503);
      await until(async () => (await stateOf(webhook)).attempts === 1);
    });

    test('are given another address, and are not paused when there is nobody any more at the former', async () => {
      const { webhook, answer } = await tried(0);
      const input = { webhookId: webhook.id, expectedVersion: webhook.version, url: receiver.url('/moved') };
      expect(await changeWebhook(as(partner), input)).toMatchObject({ __typename: 'WebhookChanged' });
      answer(410);
      await until(async () => (await stateOf(webhook)).place === seq);
      expect(await stateOf(webhook)).toMatchObject({ state: 'ACTIVE', attempts: 0, lastStatus: 204 });
      expect(seqsAt('/moved')).toEqual([seq]);
    });
  });

  test('are sent everything behind a cursor once more on request, under the same ids', async () => {
    const { webhook } = await hook('/again');
    await tellMany(4);
    work();
    await until(() => receiver.received.length === 4);
    await until(async () => (await stateOf(webhook)).place === seq);
    await replayWebhook(as(partner), { webhookId: webhook.id, after: cursorOf(partner.partnerId, seq - 2) });
    await until(() => receiver.received.length === 6);
    expect(seqsAt('/again').slice(4)).toEqual([seq - 1, seq]);
    expect(receiver.idsAt('/again').slice(4)).toEqual(receiver.idsAt('/again').slice(2, 4));
  });

  test('get only the kinds they ask for', async () => {
    const { webhook } = await hook('/kills', { kinds: ['KILLED'] });
    await tellMany(3);
    const killed = await tell('KILLED');
    await tellMany(150);
    work();
    await until(async () => (await stateOf(webhook)).place === seq);
    expect(seqsAt('/kills')).toEqual([killed]);
  });

  test('share the work among several dispatchers, each change once and in order', async () => {
    for (let i = 0; i < 5; i++) await hook(`/shared-${i}`);
    await tellMany(25);
    for (let i = 0; i < 4; i++) work();
    await until(() => receiver.received.length >= 125);
    await sleep(100);
    const want = Array.from({ length: 25 }, (_, i) => seq - 24 + i);
    for (let i = 0; i < 5; i++) expect(seqsAt(`/shared-${i}`)).toEqual(want);
  });

  test('are tested at once by a mutation that says what came of it', async () => {
    const { webhook, secret } = await hook('/tested');
    receiver.answer('/tested', (_, response) => void response.writeHead(202).end('Thank you, we have it.'));
    const test = (await testWebhook(as(partner), { webhookId: webhook.id })) as object;
    expect(test).toMatchObject({ taken: true, status: 202, answer: 'Thank you, we have it.', error: null });
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[0]];
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'test' });
    expect(await testWebhook(as(partner), { webhookId: webhook.id })).toMatchObject({ __typename: 'InvalidInput' });
    await write(`update webhook set testedAt = 0 where id = ${webhook.id}`);
    receiver.answer('/tested', (request) => void request.socket.destroy());
    expect(await testWebhook(as(partner), { webhookId: webhook.id })).toMatchObject({
      taken: false,
      status: null,
      answer: '',
      error: 'It does not answer (ECONNRESET).',
    });
  });

  test('have their secrets nowhere but in the answer that made them', async () => {
    const input = { url: receiver.url('/secret'), idempotencyKey: 'once' };
    const made = (await createWebhook(as(partner), input)) as { webhook: WebhookView; secret: string };
    const again = await createWebhook(as(partner), input);
    expect(again).toEqual({ ...made, secret: null });
    const { secret } = (await rotateWebhookSecret(as(partner), { webhookId: made.webhook.id })) as { secret: string };
    const dump = JSON.stringify(
      await Promise.all(['webhook', 'audit', 'idempotency', 'outbox'].map((table) => rows(`select * from ${table}`))),
    );
    for (const each of [made.secret, secret]) {
      expect(dump).not.toContain(each);
      expect(dump).not.toContain(each.slice('whsec_'.length, -1));
      expect(dump).not.toContain(Buffer.from(each.slice('whsec_'.length), 'base64').toString('base64url'));
    }
    expect(dump).toContain('/secret');
    const other = createContext(newsroom.database, addresses, {
      viewer: operator,
      signer: createSigner('another key'),
    });
    const [row] = await rows<{ secret: string }>(`select secret from webhook where id = ${made.webhook.id}`);
    expect(signer.open(secretPurpose, row!.secret)).toBe(secret);
    expect(other.signer.open(secretPurpose, row!.secret)).toBeNull();
    expect(signer.open('another purpose', row!.secret)).toBeNull();
  });

  test('are the partner’s own: another one finds none of them', async () => {
    const { webhook } = await hook('/own');
    const other = as(await partnerNamed('Somebody else'));
    const target = { webhookId: webhook.id };
    const answers = [
      changeWebhook(other, { ...target, expectedVersion: 1, url: receiver.url('/theirs') }),
      rotateWebhookSecret(other, target),
      pauseWebhook(other, target),
      replayWebhook(other, target),
      testWebhook(other, target),
      deleteWebhook(other, target),
    ];
    const missing = { __typename: 'Missing', message: 'There is no such webhook.', path: ['webhookId'] };
    expect(await Promise.all(answers)).toEqual(answers.map(() => missing));
    expect(receiver.received).toEqual([]);
    expect(await deleteWebhook(as(partner), target)).toEqual({ __typename: 'WebhookDeleted', ...target });
  });

  test('are listed with what they did not take in as many statements, however many they are', async () => {
    const document = `{ syndication { partner { savedSearches { id } webhooks {
      id url cursor nextTryAt savedSearch { name } deadLetters(first: 2) { totalCount nodes { id kind error } } } } } }`;
    const statements: number[] = [];
    for (let hooks = 1; hooks <= 10; hooks++) {
      await hook(`/listed-${hooks}`);
      await write(`insert into webhook_dead_letter (webhookId, seq, kind, at, attempts, error)
        select max(id), 1, 'KILLED', 1, 11, 'It answered 500.' from webhook`);
      if (hooks > 1 && hooks < 10) continue;
      const { data, errors: none, ...took } = await newsroom.measure(document, {}, partner);
      expect(none).toEqual([]);
      expect(data.syndication.partner.webhooks).toHaveLength(hooks);
      expect(data.syndication.partner.webhooks.at(-1).deadLetters).toMatchObject({
        totalCount: 1,
        nodes: [{ kind: 'KILLED' }],
      });
      statements.push(took.statements.length);
    }
    expect(statements[1]).toBe(statements[0]);
    expect(await createWebhook(as(partner), { url: receiver.url('/one-more') })).toMatchObject({
      __typename: 'InvalidInput',
      message: 'A partner has at most 10 webhooks: delete one first.',
    });
    await write(`update webhook set state = 'PAUSED' where partnerId = ${partner.partnerId}`);
    await write('delete from webhook_dead_letter');
  });

  test('are refused when their address is not one of the open internet', async () => {
    useWay(newsroom.database, openWay());
    for (const url of [
      'http://hooks.partner.example/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://u:p@a.example/',
    ]) {
      const answer = await createWebhook(as(partner), { url });
      expect({ url, answer }).toMatchObject({ url, answer: { __typename: 'InvalidInput', path: ['url'] } });
    }
  });
});

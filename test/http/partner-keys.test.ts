import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { revokePartnerKey } from '../../src/syndication/partners/key.commands.js';
import { savePartner } from '../../src/syndication/partners/partner.commands.js';
import { newKey } from '../../src/syndication/partners/key.rules.js';
import { addresses } from '../support/newsroom.js';
import { syndicationOf } from '../support/partners.js';
import { startService, type Service } from './service.js';

const secretKey = 'a key that all nodes of this newsroom know';
const whoAmI = '{ syndication { partner { name } } }';

describe('a partner’s key', () => {
  let service: Service;
  const start = async (env: NodeJS.ProcessEnv = {}) => {
    service = await startService({ env: { LOG_LEVEL: 'trace', SECRET_KEY: secretKey, ...env } });
  };
  beforeEach(() => start());
  afterEach(() => service.stop());

  const ctx = () =>
    createContext(service.app.database, addresses, { viewer: operator, signer: createSigner(secretKey) });
  const desk = syndicationOf(ctx);
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const askWith = (headers: Record<string, string>, query = whoAmI) => service.post({ query }, headers);
  const statementsOf = async (work: () => Promise<unknown>) => {
    const statements: string[] = [];
    const stop = service.app.database.listen((statement) => void statements.push(statement));
    await work();
    stop();
    return statements;
  };

  test('lets its partner in, as a bearer or by a header of its own', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    expect(secret).toMatch(/^ngp_1_[\w-]{49}$/);
    for (const headers of [bearer(secret), { 'x-api-key': secret }]) {
      const { status, body } = await askWith(headers);
      expect([status, body.data]).toEqual([200, { syndication: { partner: { name: 'The Lake Post' } } }]);
    }
    expect(await askWith({})).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('may ask by GET too: no page of another site can send it unasked', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    for (const headers of [bearer(secret), { 'x-api-key': secret }]) {
      const answer = await fetch(`${service.url}/graphql?query=${encodeURIComponent(whoAmI)}`, { headers });
      expect([answer.status, ((await answer.json()) as { errors?: unknown }).errors]).toEqual([200, undefined]);
    }
  });

  test('is looked up by one statement', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    await askWith(bearer(secret), '{ __typename }');
    await sleep(25);
    const statements = await statementsOf(() => askWith(bearer(secret), '{ __typename }'));
    expect(statements.filter((statement) => statement.includes('partner'))).toHaveLength(1);
    expect(statements.filter((statement) => !statement.includes('counter'))).toHaveLength(1);
  });

  test('that is mistyped is refused without a statement', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    const last = secret.at(-1) === 'A' ? 'B' : 'A';
    const wrong = [
      secret.slice(0, -1) + last,
      secret.slice(0, -1),
      `${secret}A`,
      secret.replace('ngp_1_', 'ngp_2_'),
      'ngp_',
      "ngp_1' or 1=1 --",
      `ngp_zzzzzz_${secret.slice(6)}`,
      `ngp_01_${secret.slice(6)}`,
      secret.toUpperCase(),
      'ngp_1_' + 'é'.repeat(49),
    ];
    const statements = await statementsOf(async () => {
      for (const key of wrong) {
        const headers = { 'x-api-key': Buffer.from(key).toString('latin1') };
        expect({ key, ...(await askWith(headers)) }).toMatchObject({ key, status: 401, code: 'UNAUTHENTICATED' });
      }
    });
    expect(statements).toEqual([]);
  });

  test('of somebody else, or of nobody, is refused', async () => {
    const { key } = await desk.key(await desk.partner('The Lake Post'));
    for (const id of [key.id, 99, 2_147_483_647]) {
      expect(await askWith(bearer(newKey(id)))).toMatchObject({
        status: 401,
        body: { errors: [{ message: 'That is not a key of ours.' }] },
      });
    }
  });

  test('alone may be sent', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    const several = [
      { ...bearer(secret), 'x-api-key': secret },
      { ...bearer(`ngs_${'a'.repeat(43)}`), 'x-api-key': secret },
      { ...bearer(secret), cookie: 'newsgraph=ngs_abc' },
      { ...bearer(secret), 'x-preview-token': 'a.b.c' },
    ];
    for (const headers of several) {
      expect(await askWith(headers)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    }
  });

  test('is refused from the moment it is revoked, has expired, or its partner is not active', async () => {
    const partner = await desk.partner('The Lake Post');
    const [one, other] = [await desk.key(partner), await desk.key(partner)];
    await revokePartnerKey(ctx(), { id: one.key.id });
    expect(await askWith(bearer(one.secret))).toMatchObject({
      status: 401,
      body: { errors: [{ message: 'This key was revoked: use the one that took its place.' }] },
    });
    expect((await askWith(bearer(other.secret))).body.data).toEqual({
      syndication: { partner: { name: 'The Lake Post' } },
    });
    const soon = await desk.key(partner, { expiresAt: Date.now() + 400 });
    expect((await askWith(bearer(soon.secret))).status).toBe(200);
    await sleep(420);
    expect(await askWith(bearer(soon.secret))).toMatchObject({
      status: 401,
      body: { errors: [{ message: 'This key has expired: ask for another one.' }] },
    });
    await savePartner(ctx(), { id: partner.id, expectedVersion: 1, active: false });
    expect(await askWith(bearer(other.secret))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  test('is changed for the next one without a failed call', async () => {
    const partner = await desk.partner('The Lake Post');
    let inUse = await desk.key(partner);
    let isOver = false;
    const statuses = new Set<number>();
    let calls = 0;
    const underWay = new Set<Promise<unknown>>();
    const clients = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const call = askWith(bearer(inUse.secret)).then(({ status }) => statuses.add(status));
        underWay.add(call);
        await call;
        underWay.delete(call);
        calls += 1;
      }
    });
    for (let times = 0; times < 5; times++) {
      const next = await desk.key(partner);
      const before = inUse;
      inUse = next;
      await Promise.all(underWay); // with the one before
      await revokePartnerKey(ctx(), { id: before.key.id });
    }
    isOver = true;
    await Promise.all(clients);
    expect([...statuses]).toEqual([200]);
    expect(calls).toBeGreaterThan(20);
  });

  test('with too little scope gets nothing of what it is not for', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'), { scopes: ['MANAGE'] });
    const { status, body } = await askWith(bearer(secret));
    expect([status, body.errors[0].message, body.errors[0].extensions.code]).toEqual([
      200,
      'This key may not do that: it takes one with the scope READ.',
      'FORBIDDEN',
    ]);
    expect((await askWith(bearer(secret), '{ newsroom { viewer { name } } }')).code).toBe('FORBIDDEN');
  });

  test('changes nothing about what readers see, and what it asks for is kept for nobody', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    const query = '{ sections { name } syndication { partner { name } } }';
    const address = `${service.url}/graphql?${String(new URLSearchParams({ query }))}`;
    const get = async (headers: Record<string, string>) => {
      const response = await fetch(address, { headers: { ...headers, 'content-type': 'application/json' } });
      return { caching: response.headers.get('cache-control'), body: await response.json() };
    };
    const partners = await get({ 'x-api-key': secret });
    expect(partners).toMatchObject({
      caching: 'no-store',
      body: { data: { sections: [], syndication: { partner: { name: 'The Lake Post' } } } },
    });
    for (const _ of [1, 2]) expect(await get({})).toMatchObject({ body: { data: null } });
    const known = `${service.url}/graphql?query=${encodeURIComponent('{ sections { name } }')}`;
    const told = async (headers: Record<string, string>) => {
      const { status, headers: said } = await fetch(known, { headers });
      return [status, said.has('etag'), said.has('ratelimit')];
    };
    for (const _ of [1, 2]) expect(await told({})).toEqual([200, true, false]);
    expect(await told({ 'x-api-key': secret, 'apollo-require-preflight': 'x' })).toEqual([200, false, true]);
    expect(await told({ 'x-api-key': 'ngp_1_nothing' })).toEqual([401, false, false]);
    expect((await service.post({ query: '{ sections { name } }' })).headers.get('vary')).toContain('X-Api-Key');
  });

  test('is in no table and in no line of the log', async () => {
    const partner = await desk.partner('The Lake Post');
    const [{ secret }, other] = [await desk.key(partner), await desk.key(partner)];
    for (let i = 0; i < 30; i++) await askWith(i % 2 ? bearer(secret) : { 'x-api-key': other.secret });
    await askWith({ 'x-api-key': `${secret}x` });
    await askWith({ ...bearer(secret), 'x-api-key': other.secret });
    await service.post({ query: `query ($key: String) { a: __typename }`, variables: { key: secret } }, bearer(secret));
    const admin = `mutation { createPartnerKey(input: { partnerId: "x", name: "${secret}" }) { __typename } }`;
    await askWith(bearer(secret), admin);
    const made = await desk.key(await desk.partner('Another'), { idempotencyKey: 'once' });
    const folder = dirname(service.mediaDir);
    await service.app.close();
    const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = written.map((file) => readFileSync(join(file.parentPath, file.name)).toString('latin1')).join('\n');
    expect(bytes).toContain('The Lake Post');
    for (const key of [secret, other.secret, made.secret]) {
      const random = key.slice(key.lastIndexOf('_', 6) + 1, -6);
      expect(service.log.join('')).not.toContain(random);
      expect(bytes).not.toContain(random);
    }
  });

  test('that is wrong too often closes an address for others like it, not for a good one', async () => {
    const { secret } = await desk.key(await desk.partner('The Lake Post'));
    expect((await askWith(bearer(secret))).status).toBe(200);
    for (let i = 0; i < 20; i++) expect((await askWith(bearer(newKey(1)))).status).toBe(401);
    const guesses = Array.from({ length: 200 }, () => newKey(1));
    let answers: { status: number; code?: string | undefined; after: string | null }[] = [];
    const statements = await statementsOf(async () => {
      answers = await Promise.all(
        guesses.map(async (guess) => {
          const { status, code, headers } = await askWith(bearer(guess));
          return { status, code, after: headers.get('retry-after') };
        }),
      );
    });
    expect(statements.filter((statement) => /from partner_key/.test(statement))).toEqual([]);
    expect(new Set(answers.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['429 RATE_LIMITED']));
    expect(Number(answers[0]!.after)).toBeGreaterThan(0);
    expect(Number(answers[0]!.after)).toBeLessThanOrEqual(60);
    expect((await askWith(bearer(secret))).status).toBe(200);
    expect((await askWith({})).status).toBe(200);
  });
});

describe('what a partner may take in a minute', () => {
  let service: Service;
  afterEach(() => service.stop());
  const ctx = () =>
    createContext(service.app.database, addresses, { viewer: operator, signer: createSigner(secretKey) });
  const desk = syndicationOf(ctx);

  test('is so many requests, of all keys together', async () => {
    service = await startService({ env: { SECRET_KEY: secretKey, LIMIT_PARTNER_REQUESTS: '3' } });
    const partner = await desk.partner('The Lake Post');
    const keys = [await desk.key(partner), await desk.key(partner)].map(({ secret }) => ({ 'x-api-key': secret }));
    const ask = (i: number) => service.post({ query: whoAmI }, keys[i % 2]);
    for (let i = 0; i < 3; i++) {
      const { status, headers } = await ask(i);
      expect([status, headers.get('ratelimit-policy')]).toEqual([200, '"requests";q=3;w=60, "cost";q=100000;w=60']);
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"requests";r=${2 - i};t=\\d+, "cost";r=\\d+;t=\\d+$`));
    }
    const { status, code, headers, body } = await ask(3);
    expect([status, code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers.get('retry-after'))).toBe(body.errors[0].extensions.retryAfter);
    expect(body.errors[0].message).toMatch(/^You have made your 3 requests of this minute. Try again in \d+ seconds.$/);
    expect(headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+$/);
    const other = await desk.key(await desk.partner('Another', { requestsPerMinute: 5 }));
    for (let i = 0; i < 5; i++)
      expect((await service.post({ query: whoAmI }, { 'x-api-key': other.secret })).status).toBe(200);
    expect((await service.post({ query: whoAmI }, { 'x-api-key': other.secret })).status).toBe(429);
  });

  test('is so much cost: what is too dear is refused before it runs, and what is cheaper still answered', async () => {
    service = await startService({ env: { SECRET_KEY: secretKey } });
    const { secret } = await desk.key(await desk.partner('The Lake Post', { costPerMinute: 30 }));
    const ask = (query: string) => service.post({ query }, { 'x-api-key': secret });
    const first = await ask('{ sections(first: 10) { name } }');
    const { requested } = first.body.extensions.cost;
    expect(first.body.extensions.cost).toEqual({
      requested,
      limit: 10_000,
      quota: { limit: 30, remaining: 30 - requested, resetIn: expect.any(Number) },
    });
    const dear = await ask('{ a: sections(first: 10) { name } b: sections(first: 20) { name } }');
    expect([dear.status, dear.code, dear.body.data]).toEqual([429, 'RATE_LIMITED', undefined]);
    expect(Number(dear.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(dear.body.errors[0].message).toContain(`of your 30 of this minute ${30 - requested} are left`);
    expect(dear.body.errors[0].extensions.http).toBeUndefined();
    const again = await ask('{ syndication { partner { name } } }');
    expect([again.status, again.body.extensions.cost.quota.remaining]).toEqual([200, 28 - requested]);
  });

  test('is said to nobody else', async () => {
    service = await startService({ env: { SECRET_KEY: secretKey } });
    const { headers, body } = await service.ask('{ sections { name } }');
    expect(headers.get('ratelimit')).toBeNull();
    expect(Object.keys(body.extensions.cost)).toEqual(['requested', 'limit']);
    const [row] = await service.app.database.read<{ total: number }>(sql`select count(*) as total from partner_usage`);
    expect(row!.total).toBe(0);
  });
});

import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { createContext } from '../../src/kernel/context.js';
import { raw } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { addresses } from '../support/newsroom.js';
import { send, startService, type Service } from './service.js';

const caching = 'public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=86400';
const query = '{ sections { slug name description } }';

describe('a reader’s GET', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService({ env: { CORS_ORIGINS: 'https://www.news.example' } });
    const ctx = createContext(service.app.database, addresses, { viewer: operator });
    const description = 'Everything that happens, and what it means. '.repeat(8);
    for (const slug of ['world', 'mena', 'europe', 'business', 'culture']) {
      await saveSection(ctx, { slug, name: slug, description, position: 0 });
    }
  });
  afterEach(() => service.stop());

  const get = (headers: Record<string, string> = {}, asked: Record<string, string> = { query }) =>
    send(`${service.url}/graphql?${String(new URLSearchParams(asked))}`, { headers });
  const fromMemory = () => service.log.filter((line) => line.includes('answered from memory')).length;

  /** As it comes over the wire: nothing unpacked. */
  const packed = (encoding: string) =>
    new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
      const url = `${service.url}/graphql?${String(new URLSearchParams({ query }))}`;
      request(url, { headers: { 'accept-encoding': encoding } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(parts) }),
        );
      })
        .on('error', reject)
        .end();
    });

  test('says for how long it may be kept, by what, and what it is made of', async () => {
    for (const times of [0, 1]) {
      const { status, headers, body } = await get();
      expect([status, body.data.sections.length]).toEqual([200, 5]);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': caching,
        'content-type': 'application/json; charset=utf-8',
        etag: expect.stringMatching(/^W\/"[\w-]{22}"$/),
        vary: 'Origin, Accept, Accept-Encoding, Authorization, X-Api-Key, X-Preview-Token',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
      });
      expect(headers.get('set-cookie')).toBeNull();
      expect(fromMemory()).toBe(times);
    }
    expect((await get()).headers.get('x-request-id')).not.toBe((await get()).headers.get('x-request-id'));
  });

  test('names what the answer depends on, that which is not there yet included', async () => {
    const { headers } = await get({}, { query: '{ article(slug: "none") { title } person(slug: "José") { name } }' });
    const tags = [
      'newsgraph',
      'slug:none',
      `slug:~${createHash('sha256').update('slug:Person:José').digest('base64url').slice(0, 22)}`,
    ];
    expect(headers.get('surrogate-key')?.split(' ').sort()).toEqual(tags);
    expect(headers.get('cache-tag')?.split(',').sort()).toEqual(tags);
  });

  test('that has the answer already is told so', async () => {
    const { headers, text } = await get();
    const etag = headers.get('etag')!;
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': known });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
      expect(again.headers.get('cache-control')).toBe(caching);
    }
    expect((await get({ 'if-none-match': '"other"' })).text).toBe(text);
  });

  test('gets it packed as it likes', async () => {
    const { text } = await get();
    for (const _ of [0, 1]) {
      const br = await packed('gzip, deflate, br');
      expect([br.encoding, brotliDecompressSync(br.body).toString()]).toEqual(['br', text]);
      const gzip = await packed('br;q=0, gzip');
      expect([gzip.encoding, gunzipSync(gzip.body).toString()]).toEqual(['gzip', text]);
      const plain = await packed('identity');
      expect([plain.encoding, plain.body.toString()]).toEqual([undefined, text]);
    }
  });

  test('of a persisted document needs its print alone', async () => {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
    const unknown = await get({}, { extensions });
    expect([unknown.code, unknown.headers.get('cache-control')]).toEqual(['PERSISTED_QUERY_NOT_FOUND', 'no-store']);
    await get({}, { query, extensions });
    const known = await get({}, { extensions });
    expect([known.body.data.sections.length, known.headers.get('cache-control')]).toEqual([5, caching]);
  });

  test('of another media type gets an answer of its own', async () => {
    await get();
    const { headers } = await get({ accept: 'application/graphql-response+json' });
    expect(headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    expect((await get({ accept: 'text/plain' })).status).toBe(406);
  });

  test('of one media type is one answer, however it is asked for', async () => {
    await get();
    const others = [
      'application/json;q=0.9, text/html;q=0.1',
      'application/graphql-response+json;q=0.1, application/json, text/event-stream, multipart/mixed, application/graphql+json',
    ];
    for (const accept of others) {
      expect((await get({ accept })).headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
    expect(fromMemory()).toBe(2);
    const both = 'application/graphql-response+json, application/json;q=0.9';
    expect((await get({ accept: both })).headers.get('content-type')).toBe(
      'application/graphql-response+json; charset=utf-8',
    );
  });

  test('to somebody who is signed in by a cookie in an odd form is not a reader’s', async () => {
    const asked = { query: '{ newsroom { __typename } sections { slug } }' };
    await get({ cookie: 'newsgraph =ngs_x', 'apollo-require-preflight': 'yes' }, asked);
    const { headers } = await get({ cookie: 'newsgraph =ngs_x', 'apollo-require-preflight': 'yes' }, asked);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('from a page of another origin is told that it may be read there', async () => {
    await get();
    const origin = 'https://www.news.example';
    expect((await get({ origin })).headers.get('access-control-allow-origin')).toBe(origin);
    expect((await get({ origin: 'https://evil.example' })).headers.get('access-control-allow-origin')).toBeNull();
    expect((await get()).headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    ['with errors', { query: '{ nodes(ids: ["x"]) { id } }' }, {}],
    ['that does not parse', { query: '{' }, {}],
    ['that depends on who asks', { query: '{ newsroom { __typename } }' }, {}],
    ['of a moment', { query: '{ article(slug: "a", asOf: "2026-01-01T00:00:00Z") { title } }' }, {}],
    ['to somebody who is signed in', { query }, { cookie: 'newsgraph=ngs_x', 'apollo-require-preflight': 'yes' }],
    ['to somebody with a token', { query }, { authorization: 'Bearer ngs_x' }],
    ['to a preview', { query }, { 'x-preview-token': 'x' }],
  ])('%s is not kept', async (_, asked, headers) => {
    await get(headers, asked);
    const { headers: answered } = await get(headers, asked);
    expect(answered.get('cache-control')).toBe('no-store');
    expect(fromMemory()).toBe(0);
  });

  test('and POST are two ways to ask; what a POST gets is for nobody else to keep', async () => {
    const answers = [await service.ask(query), await service.ask(query)];
    for (const { headers, body } of answers) {
      expect([headers.get('cache-control'), headers.get('etag'), body.data.sections.length]).toEqual([
        'no-store',
        null,
        5,
      ]);
    }
  });

  test('of a mutation is refused, and two mutations at once are two', async () => {
    const mutation = 'mutation { signIn(input: { email: "a@b.example", password: "x" }) { __typename } }';
    expect((await get({}, { query: mutation })).status).toBe(405);
    const requests = Array.from({ length: 3 }, () => service.ask(mutation));
    for (const { body } of await Promise.all(requests)) expect(body.data.signIn).toBeDefined();
    const [tried] = await service.app.database.read<{ times: number }>(
      raw("select failures as times from sign_in_failure where id like 'ac:%'"),
    );
    expect(tried!.times).toBe(3);
  });

  test('finds no more memory used than it may', async () => {
    const small = await startService({ env: { ANSWERS_MB: '1' } });
    try {
      const ask = (slug: string) =>
        send(`${small.url}/graphql?query=${encodeURIComponent(`{ article(slug: "${slug}") { title } }`)}`);
      const kept = () => small.log.filter((line) => line.includes('answered from memory')).length;
      await ask('first');
      for (let i = 0; i < 900; i++) await ask(`slug-${i}`);
      await ask('slug-899');
      expect(kept()).toBe(1);
      await ask('first');
      expect(kept()).toBe(1);
    } finally {
      await small.stop();
    }
  });
});

import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { type Service, send, startService } from './service.js';

let service: Service;
let graphql: string;
beforeAll(async () => {
  service = await startService({ env: { CORS_ORIGINS: 'https://www.news.example' } });
  graphql = `${service.url}/graphql`;
});
afterAll(() => service.stop());

const get = (query: string, headers: Record<string, string> = {}) =>
  send(`${graphql}?query=${encodeURIComponent(query)}`, { headers });
const post = (type: string, body: string) => send(graphql, { method: 'POST', headers: { 'content-type': type }, body });
const json = JSON.stringify({ query: '{__typename}' });

describe('what a page of somebody else can make a browser send', () => {
  test.each([
    ['plain text', 'text/plain', json],
    ['a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent('{__typename}')}`],
  ])('%s is not run', async (_, type, body) => {
    const answer = await post(type, body);
    expect([answer.status, answer.code]).toEqual([415, 'BAD_REQUEST']);
    expect(answer.body.data).toBeUndefined();
  });

  test('a form with files is not run', async () => {
    const answer = await post('multipart/form-data; boundary=x', `--x\r\n\r\n${json}\r\n--x--`);
    expect([answer.status, answer.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.body.errors[0].message).toMatch(/apollo-require-preflight/);
    expect(answer.body.data).toBeUndefined();
  });

  test('a link is not run for somebody who is signed in', async () => {
    const answer = await get('{__typename}', { cookie: 'newsgraph=ngs_x' });
    expect([answer.status, answer.body.data]).toEqual([400, undefined]);
    expect(answer.body.errors[0].message).toMatch(/Cross-Site Request Forgery/);
  });

  test('a link is answered for a reader, who sees and changes nothing by it', async () => {
    expect((await get('{__typename}')).body.data).toEqual({ __typename: 'Query' });
    const mutation = await get('mutation {__typename}');
    expect([mutation.status, mutation.body.data]).toEqual([405, undefined]);
  });

  test('a link with a header that needs a preflight is', async () => {
    const answer = await get('{__typename}', { 'apollo-require-preflight': 'yes' });
    expect(answer.body.data).toEqual({ __typename: 'Query' });
  });

  test('a mutation by GET is never run', async () => {
    const answer = await get('mutation {__typename}', { 'apollo-require-preflight': 'yes' });
    expect(answer.status).toBe(405);
    expect(answer.body.data).toBeUndefined();
  });
});

test('several operations in one request are refused', async () => {
  const answer = await service.post([{ query: '{__typename}' }, { query: '{__typename}' }]);
  expect([answer.status, answer.code]).toEqual([400, 'BAD_REQUEST']);
});

describe('pages on other origins', () => {
  const preflight = (origin: string) =>
    send(graphql, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  test('may ask when their origin is on the list', async () => {
    const { headers } = await preflight('https://www.news.example');
    expect(headers.get('access-control-allow-origin')).toBe('https://www.news.example');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    const answer = await service.post({ query: '{__typename}' }, { origin: 'https://www.news.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://www.news.example');
    expect(answer.headers.get('vary')).toMatch(/Origin.*Accept/);
  });

  test('may not when it is not', async () => {
    const { headers } = await preflight('https://www.news.example.evil.example');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('may not at all without a list', async () => {
    const closed = await startService();
    const asked = await send(`${closed.url}/graphql`, { method: 'OPTIONS', headers: { origin: 'https://a.example' } });
    expect(asked.status).toBe(404);
    const answer = await closed.post({ query: '{__typename}' }, { origin: 'https://www.news.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    await closed.stop();
  });
});

describe('what is no GraphQL is answered in its shape', () => {
  test.each([
    ['an address that leads nowhere', () => send(`${service.url}/nowhere?secret=1`), 404, 'NOT_FOUND'],
    ['an address that cannot be read', () => send(`${service.url}/%zz`), 400, 'BAD_REQUEST'],
    ['another method', () => send(graphql, { method: 'DELETE' }), 404, 'NOT_FOUND'],
    ['broken JSON', () => post('application/json', '{"query":'), 400, 'BAD_REQUEST'],
    [
      'JSON with a prototype in it',
      () => post('application/json', '{"__proto__":{"query":"{a}"}}'),
      400,
      'BAD_REQUEST',
    ],
    ['no body', () => post('application/json', ''), 400, 'BAD_REQUEST'],
    ['XML', () => post('application/xml', '<a/>'), 415, 'BAD_REQUEST'],
    ['too long a body', () => post('application/json', `"${'x'.repeat(300_000)}"`), 413, 'BAD_USER_INPUT'],
  ])('%s', async (_, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.body.errors).toHaveLength(1);
    expect(Object.keys(answer.body)).toEqual(['errors']);
    expect(answer.text).not.toMatch(/FST_|fastify|secret|stack|statusCode/i);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['headers without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, '431', /use POST/],
    ['no HTTP', 'hello\r\n\r\n', '400', /not HTTP/],
  ])('%s', async (_, bytes, status, says) => {
    const text = await raw(bytes);
    expect(text.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(JSON.parse(text.split('\r\n\r\n')[1]!).errors[0]).toMatchObject({
      message: expect.stringMatching(says),
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  function raw(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
  }
});

describe('every answer', () => {
  test('has the headers that keep browsers careful, and an id', async () => {
    const { headers } = await service.post({ query: '{__typename}' });
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('promises HTTPS only when the site is there', async () => {
    const secure = await startService({ env: { SITE_URL: 'https://news.example' } });
    const { headers } = await secure.post({ query: '{__typename}' });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    await secure.stop();
  });
});

describe('persisted queries', () => {
  const hash = (query: string) => createHash('sha256').update(query).digest('hex');
  const persisted = (sha256Hash: string, query?: string) =>
    service.post({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } });

  test('are kept under their hash', async () => {
    const query = '{__typename a:__typename}';
    expect((await persisted(hash(query))).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await persisted(hash(query), query)).status).toBe(200);
    expect((await persisted(hash(query))).body.data).toEqual({ __typename: 'Query', a: 'Query' });
  });

  test('are not kept under the hash of another, or when they cost too much', async () => {
    const poison = await persisted(hash('{__typename}'), '{sections{name}}');
    expect([poison.status, poison.code]).toEqual([400, 'BAD_REQUEST']);
    expect((await persisted(hash('{__typename}'))).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    const bomb = '{articles(first:100){nodes{related(first:100){nodes{related(first:100){nodes{id}}}}}}}';
    expect((await persisted(hash(bomb), bomb)).code).toBe('COST_LIMIT');
    expect((await persisted(hash(bomb))).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

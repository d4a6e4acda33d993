import { type FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import { createFormatError, createMask } from '../../src/http/errors.js';
import { type Service, send, startService } from './service.js';

const broken = '{ articles(first: 3) { nodes { title } } }';

describe('an error that nobody planned', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      before: ({ server }) => {
        server.get('/breaks', async () => {
          throw new Error('select password from account at /home/newsgraph');
        });
      },
    });
    await service.app.database.primary.query('drop table listing');
  });
  afterAll(() => service.stop());

  const linesWith = (id: string) => service.log.filter((line) => line.includes(id)).map((line) => JSON.parse(line));

  test('is masked in GraphQL, and logged once under its id', async () => {
    const { body, text, status } = await service.ask(broken);
    expect(status).toBe(200);
    expect(body.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: ['articles'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'INTERNAL', id: expect.stringMatching(/^[0-9a-f]{12}$/) },
      },
    ]);
    expect(text).not.toMatch(/listing|sqlite|select|\.ts|\.js|node_modules/i);
    const lines = linesWith(body.errors[0].extensions.id);
    expect(lines).toHaveLength(1);
    expect(lines[0].err.message).toMatch(/no such table: listing/);
    expect(lines[0].err.stack).toMatch(/\n +at /);
  });

  test('is masked outside of GraphQL', async () => {
    const { body, text, status } = await send(`${service.url}/breaks`);
    expect(status).toBe(500);
    expect(body.errors[0].extensions.code).toBe('INTERNAL');
    expect(text).not.toMatch(/password|home/);
    const lines = linesWith(body.errors[0].extensions.id);
    expect(lines).toHaveLength(1);
    expect(lines[0].err.message).toMatch(/select password/);
  });

  test('keeps its id in every field it broke', () => {
    const logged: object[] = [];
    const mask = createMask({ error: (line: object) => void logged.push(line) } as unknown as FastifyBaseLogger);
    const error = new Error('one statement, many fields');
    expect(mask(error)).toEqual(mask(error));
    expect(mask(new Error('another'))).not.toEqual(mask(error));
    expect(mask('thrown text')).not.toEqual(mask('thrown text'));
    expect(logged).toHaveLength(4);
  });

  test('is masked although it carries a code, when we did not throw it on purpose', () => {
    const mask = () => ({ message: 'masked' });
    const shown = (originalError: Error, code?: string) => {
      const error = new GraphQLError(originalError.message, { path: ['article'], originalError, extensions: { code } });
      return createFormatError(mask, { suggestions: true })(error.toJSON(), error).message;
    };
    expect(shown(new GraphQLError('Enum "ArticleKind" cannot represent value: { password: 1 }'))).toBe('masked');
    expect(shown(new GraphQLError('half a secret'), 'GRAPHQL_PARSE_FAILED')).toBe('masked');
    expect(shown(new Error('from a library'), 'FORBIDDEN')).toBe('masked');
    expect(shown(new GraphQLError('on purpose'), 'FORBIDDEN')).toBe('on purpose');
  });

  test('is masked when the whole database is gone', async () => {
    const gone = await startService({ env: { LOG_LEVEL: 'silent' } });
    await gone.app.database.close();
    const { body, text } = await gone.ask(broken);
    expect(body.errors[0]).toMatchObject({ extensions: { code: 'INTERNAL' } });
    expect(text).not.toMatch(/sqlite|database|connection/i);
    await gone.stop().catch(() => undefined);
  });
});

describe('an error that somebody planned', () => {
  let service: Service;
  let closed: Service;
  beforeAll(async () => {
    service = await startService({ env: { LOG_LEVEL: 'silent' } });
    closed = await startService({ env: { LOG_LEVEL: 'silent', INTROSPECTION: 'false' } });
  });
  afterAll(() => Promise.all([service.stop(), closed.stop()]));

  test.each([
    ['BAD_USER_INPUT', '{ articles(first: 101) { totalCount } }', /`first` is from 0 to 100/],
    ['BAD_USER_INPUT', '{ node(id: "x") { id } }', /not an id of ours/],
    ['GRAPHQL_PARSE_FAILED', '{', /Syntax Error/],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }', /Cannot query field/],
    ['OPERATION_RESOLUTION_FAILURE', 'query A { __typename } query B { __typename }', /operation name/],
  ])('is shown: %s for %s', async (code, query, says) => {
    const answer = await service.ask(query);
    expect(answer.code).toBe(code);
    expect(answer.body.errors[0].message).toMatch(says);
    expect(Object.keys(answer.body.errors[0].extensions)).toEqual(['code']);
  });

  test('shows what is wrong with a variable', async () => {
    const answer = await service.ask('query ($first: Int!) { articles(first: $first) { totalCount } }', {
      first: 'ten',
    });
    expect([answer.status, answer.code]).toEqual([200, 'BAD_USER_INPUT']);
    expect(answer.body.errors[0].message).toMatch(/Variable "\$first"/);
  });

  const typo = '{ articel(slug: "a") { title } }';
  const enumTypo = 'query ($kinds: [ArticleKind!]) { articles(filter: { kinds: $kinds }) { totalCount } }';

  test('helps with names where the schema is open', async () => {
    expect((await service.ask(typo)).text).toMatch(/Did you mean \\"article\\"/);
    expect((await service.ask(enumTypo, { kinds: ['NEW'] })).text).toMatch(/Did you mean the enum value \\"NEWS\\"/);
  });

  test('keeps the names to itself where the schema is closed', async () => {
    expect((await closed.ask(typo)).text).not.toMatch(/Did you mean|article\b/);
    expect((await closed.ask(enumTypo, { kinds: ['NEW'] })).text).not.toMatch(/Did you mean|NEWS/);
    const introspection = await closed.ask('{ __schema { types { name } } }');
    expect(introspection.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(introspection.body.data).toBeUndefined();
  });
});

describe('the log', () => {
  test('holds no secret, no variables and no query string', async () => {
    const service = await startService({ env: { LOG_LEVEL: 'trace' } });
    await service.app.database.primary.query('drop table listing');
    const secret = 'hunter2-is-secret';
    const headers = { authorization: secret, cookie: `a=${secret}`, 'x-api-key': secret };
    const stranger = { cookie: headers.cookie, 'x-api-key': secret };
    const slug = { query: 'query ($s: String!) { article(slug: $s) { title } }', variables: { s: secret } };
    await service.post({ query: broken, variables: { secret } }, { cookie: headers.cookie });
    await service.post({ query: broken, variables: { secret } }, stranger);
    await service.post(slug, stranger);
    await service.post(slug, headers);
    await service.ask(
      'mutation ($p: String!) { signIn(input: { email: "a@news.example", password: $p }) { __typename } }',
      { p: secret },
    );
    await send(`${service.url}/graphql?query=%7B${secret}%7D`, {
      headers: { ...headers, 'apollo-require-preflight': '1' },
    });
    await send(`${service.url}/nowhere?${secret}`, { headers });
    service.app.server.log.error({ headers, req: { method: 'GET', url: `/?${secret}`, headers } }, 'careless');
    const text = service.log.join('');
    expect(text).toMatch(/no such table/);
    expect(text).toMatch(/"path":"\/nowhere"/);
    expect(text).toMatch(/\[redacted\]/);
    expect(text).toMatch(/"statement":"select/);
    expect(text).not.toContain(secret);
    await service.stop();
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createAccount, changeAccount } from '../../src/accounts/account.commands.js';
import { createContext } from '../../src/kernel/context.js';
import { operator, type AccountRole } from '../../src/kernel/viewer.js';
import { addresses } from '../support/newsroom.js';
import { send, startService, type Service } from './service.js';

const password = 'correct horse battery';
const signIn = `mutation($email: String!, $password: String!, $cookie: Boolean! = false) {
  signIn(input: { email: $email, password: $password, cookie: $cookie }) {
    __typename ... on SignedIn { token expiresAt account { email role } } ... on UserError { message path } } }`;
const whoAmI = '{ newsroom { viewer { email } } }';

describe('signing in', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService({ env: { LOG_LEVEL: 'trace', CORS_ORIGINS: 'https://desk.example' } });
  });
  afterEach(() => service.stop());

  const ctx = () => createContext(service.app.database, addresses, { viewer: operator });
  const hire = async (email: string, role: AccountRole = 'EDITOR') => {
    const made = await createAccount(ctx(), { email, name: 'Edith', role, password });
    if (!('account' in made)) throw new Error(made.message);
    return made.account;
  };
  const enter = async (email: string, given = password, cookie = false) => {
    const answer = await service.ask(signIn, { email, password: given, cookie });
    return { ...answer, result: answer.body.data?.signIn };
  };
  const as = (token: string, query = whoAmI) => service.post({ query }, { authorization: `Bearer ${token}` });

  test('gives a token that works until it is handed back', async () => {
    await hire('edith@news.example');
    const { result } = await enter(' Edith@News.Example ');
    expect(result).toEqual({
      __typename: 'SignedIn',
      token: expect.stringMatching(/^ngs_[\w-]{43}$/),
      expiresAt: expect.any(String),
      account: { email: 'edith@news.example', role: 'EDITOR' },
    });
    expect((await as(result.token)).body.data).toEqual({ newsroom: { viewer: { email: 'edith@news.example' } } });
    expect((await as(result.token, 'mutation { signOut { done } }')).body.data.signOut).toEqual({ done: true });
    expect(await as(result.token)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await as('nonsense')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('says the same of an unknown email, a wrong password and a deactivated account', async () => {
    const { id, version } = await hire('gone@news.example');
    await hire('here@news.example');
    await changeAccount(ctx(), { accountId: id, expectedVersion: version, active: false });
    const answers = [
      await enter('nobody@news.example'),
      await enter('here@news.example', 'wrong horse battery'),
      await enter('gone@news.example'),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.result).toEqual({
      __typename: 'SignInRefused',
      message: 'The email or the password is wrong.',
      path: [],
    });
  });

  test('is over at once when the account is deactivated or gets another password', async () => {
    const { id } = await hire('edith@news.example');
    const first = (await enter('edith@news.example')).result.token;
    await changeAccount(ctx(), { accountId: id, expectedVersion: 1, password: 'another horse battery' });
    expect((await as(first)).status).toBe(401);
    const second = (await enter('edith@news.example', 'another horse battery')).result.token;
    expect((await as(second)).status).toBe(200);
    await changeAccount(ctx(), { accountId: id, expectedVersion: 2, active: false });
    expect((await as(second)).status).toBe(401);
  });

  test('is tried once in a document, whatever its shape', async () => {
    await hire('edith@news.example');
    const one = (alias: string) =>
      `${alias}: signIn(input: { email: "edith@news.example", password: "wrong horse" }) { __typename }`;
    const twice = await service.ask(`mutation { ${one('a')} ...More } fragment More on Mutation { ${one('b')} }`);
    expect(twice.body.errors).toHaveLength(1);
    expect(twice.code).toBe('BAD_USER_INPUT');
    const many = Array.from({ length: 1_000 }, (_, i) => one(`a${i}`)).join(' ');
    expect((await service.ask(`mutation { ${many} }`)).status).toBe(400);
    expect((await enter('edith@news.example')).result.__typename).toBe('SignedIn');
  });

  test('is refused after five failures of an account, however many try at once', async () => {
    await hire('edith@news.example');
    const tried = await Promise.all(
      Array.from({ length: 12 }, () => enter('edith@news.example', 'wrong horse battery')),
    );
    const refused = tried.filter(({ code }) => code === 'RATE_LIMITED');
    expect(tried.filter(({ result }) => result?.__typename === 'SignInRefused')).toHaveLength(5);
    expect(refused).toHaveLength(7);
    expect(refused[0]!.body.errors[0].extensions.retryAfter).toBeGreaterThan(800);
    expect((await enter('edith@news.example')).code).toBe('RATE_LIMITED');
  });

  test('is refused after twenty failures from an address, whatever the account', async () => {
    await hire('edith@news.example');
    for (let i = 0; i < 20; i++) await enter(`nobody${i}@news.example`);
    expect((await enter('edith@news.example')).code).toBe('RATE_LIMITED');
  });

  test.each([
    ['true', '203.0.113.7'],
    ['127.0.0.0/8, 203.0.113.7', '198.51.100.2'],
  ])('counts the address that a trusted proxy (%s) says, not one that the client made up', async (trusted, client) => {
    const behind = await startService({ env: { TRUST_PROXY: trusted } });
    try {
      const codes = [];
      for (let i = 0; i < 21; i++) {
        const forwarded = `192.0.2.${i}, ${[client, '203.0.113.7'].filter((each, at) => at === 0 || each !== client).join(', ')}`;
        const variables = { email: `nobody${i}@news.example`, password };
        codes.push((await behind.post({ query: signIn, variables }, { 'x-forwarded-for': forwarded })).code);
      }
      expect(codes).toEqual([...Array.from({ length: 20 }, () => undefined), 'RATE_LIMITED']);
    } finally {
      await behind.stop();
    }
  });

  test('can go into a cookie, which serves pages of ours and no others', async () => {
    await hire('edith@news.example');
    const { headers, result } = await enter('edith@news.example', password, true);
    expect(result.token).toBeNull();
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^newsgraph=ngs_[\w-]{43}; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/);
    const from = (more: Record<string, string>) =>
      service.post({ query: whoAmI }, { cookie: cookie!.split(';')[0]!, ...more });
    expect((await from({})).body.data.newsroom.viewer.email).toBe('edith@news.example');
    expect((await from({ origin: service.url })).status).toBe(200);
    expect((await from({ origin: 'https://desk.example' })).status).toBe(200);
    expect(await from({ origin: 'https://evil.example' })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await from({ 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    const out = await service.post({ query: 'mutation { signOut { done } }' }, { cookie: cookie!.split(';')[0]! });
    expect(out.headers.getSetCookie()[0]).toMatch(/^newsgraph=; .*Expires=Thu, 01 Jan 1970/);
    const after = await from({});
    expect(after.code).toBe('UNAUTHENTICATED');
    expect(after.headers.getSetCookie()[0]).toMatch(/^newsgraph=;/);
  });

  test('leaves no secret in the log or in the database', async () => {
    await hire('edith@news.example');
    const { token } = (await enter('edith@news.example')).result;
    await as(token);
    await service.post({ query: whoAmI }, { authorization: 'Bearer broken', cookie: `newsgraph=${token}` });
    const log = service.log.join('\n');
    expect(log.length).toBeGreaterThan(1_000);
    for (const secret of [token, password]) expect(log).not.toContain(secret);
    const folder = dirname(service.mediaDir);
    for (const file of readdirSync(folder).filter((name) => name.includes('sqlite'))) {
      const bytes = readFileSync(`${folder}/${file}`);
      for (const secret of [token, password]) expect(bytes.includes(secret)).toBe(false);
    }
  });

  test('is offered at /graphql only: a header of nonsense is refused with an explanation', async () => {
    const { status, body } = await send(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Basic abc' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect({ status, message: body.errors[0].message }).toEqual({
      status: 401,
      message: 'Send `Authorization: Bearer` with the token that signIn gave, or with a partner’s key.',
    });
  });
});

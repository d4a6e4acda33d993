import { createAccount, changeAccount } from '../../src/accounts/account.commands.js';
import { viewerOfToken, type AccountView } from '../../src/accounts/account.queries.js';
import { signInWith } from '../../src/accounts/oidc.commands.js';
import { createContext, type Client } from '../../src/kernel/context.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { operator, type AccountRole, type Viewer } from '../../src/kernel/viewer.js';
import { deskOf } from '../support/desk.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { personOf } from '../support/people.js';

const password = 'correct horse battery';
const failed = '... on UserError { message path }';
const saved = `__typename ... on AccountSaved { account { email name role active version sections { slug } } }
  ... on StaleVersion { expectedVersion currentVersion } ${failed}`;
const documents = {
  create: `mutation($input: CreateAccountInput!) { createAccount(input: $input) { ${saved} } }`,
  change: `mutation($input: ChangeAccountInput!) { changeAccount(input: $input) { ${saved} } }`,
  password: `mutation($input: ChangePasswordInput!) { changePassword(input: $input) { ${saved} } }`,
  signIn: `mutation($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { token } ${failed} } }`,
};

describe('accounts', () => {
  let newsroom: TestNewsroom;
  beforeEach(async () => {
    newsroom = await openNewsroom();
  });
  afterEach(() => newsroom.close());

  const hire = async (email: string, role: AccountRole = 'EDITOR', given: string | null = password) => {
    const ctx = newsroom.contextAs(operator);
    const made = await createAccount(ctx, { email, name: 'Edith', role, password: given });
    if (!('account' in made)) throw new Error(made.message);
    return made.account;
  };
  const viewerOf = ({ id: accountId, name, role }: AccountView): Viewer => ({
    kind: 'account',
    accountId,
    name,
    role,
    sectionIds: null,
  });
  const as = async (viewer: Viewer, document: string, input: object) => {
    const { data, errors } = await newsroom.askAs(viewer, document, { input });
    return errors.length > 0 ? errors : Object.values(data as object)[0];
  };
  const clientAt = (address: string): Client => ({
    address,
    sessionToken: null,
    signInTried: false,
    keepSession: () => undefined,
    endSession: () => undefined,
  });
  const enter = async (email: string, given = password, address = '203.0.113.1') => {
    const ctx = createContext(newsroom.database, addresses, { client: clientAt(address) });
    const { data, errors } = await newsroom.askIn(ctx, documents.signIn, { input: { email, password: given } });
    return { code: errors[0]?.extensions?.code, ...data?.signIn } as Record<string, unknown>;
  };
  const tokenOf = async (email: string) => (await enter(email)).token as string;
  const whose = async (token: string) => (await viewerOfToken(newsroom.database, token))?.name;
  const failures = () =>
    newsroom.database.read<{ failures: number }>(sql`select failures from sign_in_failure order by failures`);

  test('are made once for each email, however it is written', async () => {
    const admin = await personOf(newsroom, { name: 'Ada Admin', role: 'ADMIN' });
    await deskOf(newsroom).section('mena');
    const edith = { email: ' Edith@News.Example', name: 'Edith', role: 'EDITOR', password, sections: ['mena'] };
    expect(await as(admin, documents.create, edith)).toEqual({
      __typename: 'AccountSaved',
      account: {
        email: 'edith@news.example',
        name: 'Edith',
        role: 'EDITOR',
        active: true,
        version: 1,
        sections: [{ slug: 'mena' }],
      },
    });
    expect(await as(admin, documents.create, { ...edith, email: 'EDITH@news.example' })).toEqual({
      __typename: 'InvalidInput',
      message: 'There is an account with the email edith@news.example already.',
      path: ['email'],
    });
    expect(await as(admin, documents.create, { ...edith, email: 'x@news.example', sections: ['nowhere'] })).toEqual({
      __typename: 'Missing',
      message: 'There is no such section.',
      path: ['sections', '0'],
    });
    expect(await as(admin, documents.create, { ...edith, email: 'édith@news.example' })).toMatchObject({
      __typename: 'AccountSaved',
    });
  });

  test('take a password with an @ in it, but none with their own email', async () => {
    const admin = await personOf(newsroom, { name: 'Ada Admin', role: 'ADMIN' });
    const { id } = await hire('edith@news.example');
    const change = { id: globalId('Account', id), expectedVersion: 1 };
    expect(await as(admin, documents.change, { ...change, password: 'My Edith@News.Example' })).toEqual({
      __typename: 'InvalidInput',
      message: 'The password must not hold the email.',
      path: ['password'],
    });
    expect(await as(admin, documents.change, { ...change, password: 'horse @ battery' })).toMatchObject({
      __typename: 'AccountSaved',
      account: { version: 2 },
    });
    expect(await enter('edith@news.example', 'horse @ battery')).toMatchObject({ __typename: 'SignedIn' });
  });

  test('are changed at the version that was seen', async () => {
    const admin = await personOf(newsroom, { name: 'Ada Admin', role: 'ADMIN' });
    const { id } = await hire('edith@news.example');
    const change = { id: globalId('Account', id), expectedVersion: 1 };
    const both = await Promise.all([
      as(admin, documents.change, { ...change, name: 'Edith E.' }),
      as(admin, documents.change, { ...change, role: 'CHIEF' }),
    ]);
    expect(both.filter(({ __typename }) => __typename === 'AccountSaved')).toHaveLength(1);
    expect(both.find(({ __typename }) => __typename === 'StaleVersion')).toMatchObject({
      expectedVersion: 1,
      currentVersion: 2,
    });
  });

  test('end all their sessions when their password is changed, by themselves or by an admin, and when they end', async () => {
    const edith = await hire('edith@news.example');
    const own = [await tokenOf('edith@news.example'), await tokenOf('edith@news.example')];
    expect(await Promise.all(own.map(whose))).toEqual(['Edith', 'Edith']);
    const wrong = { current: 'wrong horse battery', password: 'another horse battery' };
    expect(await as(viewerOf(edith), documents.password, wrong)).toMatchObject({ path: ['current'] });
    expect(await Promise.all(own.map(whose))).toEqual(['Edith', 'Edith']);
    const right = { ...wrong, current: password };
    expect(await as(viewerOf(edith), documents.password, right)).toMatchObject({ __typename: 'AccountSaved' });
    expect(await Promise.all(own.map(whose))).toEqual([undefined, undefined]);

    const { token } = await enter('edith@news.example', 'another horse battery');
    expect(await whose(token as string)).toBe('Edith');
    await changeAccount(newsroom.contextAs(operator), { accountId: edith.id, expectedVersion: 2, active: false });
    expect(await whose(token as string)).toBeUndefined();
    expect(await newsroom.database.read(sql`select id from session`)).toEqual([]);
  });

  test('are nobody while they are not active, even with a session', async () => {
    await hire('edith@news.example');
    const token = await tokenOf('edith@news.example');
    await newsroom.database.transaction((tx) => tx.run(sql`update account set active = ${false}`));
    expect(await whose(token)).toBeUndefined();
    await newsroom.database.transaction((tx) => tx.run(sql`update account set active = ${true}`));
    expect(await whose(token)).toBe('Edith');
  });

  test('always keep one active admin, also when two leave at once', async () => {
    const [one, two] = [await hire('one@news.example', 'ADMIN'), await hire('two@news.example', 'ADMIN')];
    const leaving = (account: AccountView, change: object) =>
      as(viewerOf(account), documents.change, { id: globalId('Account', account.id), expectedVersion: 1, ...change });
    const both = await Promise.all([leaving(one, { active: false }), leaving(two, { role: 'EDITOR' })]);
    expect(both.filter(({ __typename }) => __typename === 'AccountSaved')).toHaveLength(1);
    expect(both.find(({ __typename }) => __typename === 'InvalidInput')).toEqual({
      __typename: 'InvalidInput',
      message: 'That is the last active admin: make another one first.',
      path: ['role'],
    });
  });

  test('are tried at most five times by forty who guess at once, and then not even by whoever knows', async () => {
    await hire('edith@news.example');
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, i) => enter('edith@news.example', 'wrong horse battery', `203.0.113.${i}`)),
    );
    const answers = guesses.map(({ code, __typename }) => code ?? __typename);
    expect(answers.filter((answer) => answer === 'SignInRefused')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'RATE_LIMITED')).toHaveLength(35);
    expect(await enter('edith@news.example')).toMatchObject({ code: 'RATE_LIMITED' });
    await newsroom.database.transaction((tx) => tx.run(sql`update sign_in_failure set since = since - 900001`));
    expect(await enter('edith@news.example')).toMatchObject({ __typename: 'SignedIn' });
  });

  test('are tried once by a thousand fields of one document', async () => {
    await hire('edith@news.example');
    const field = (i: number) =>
      `a${i}: signIn(input: { email: "edith@news.example", password: "wrong" }) { __typename }`;
    const many = `mutation { ${Array.from({ length: 1_000 }, (_, i) => field(i)).join(' ')} }`;
    const ctx = createContext(newsroom.database, addresses, { client: clientAt('203.0.113.1') });
    const { errors } = await newsroom.askIn(ctx, many);
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(await failures()).toEqual([{ failures: 1 }, { failures: 1 }]);
  });

  test('forget the failures of an account that signs in, but not those of its address', async () => {
    await hire('edith@news.example');
    for (let i = 0; i < 4; i++) await enter('edith@news.example', 'wrong horse battery');
    expect(await failures()).toEqual([{ failures: 4 }, { failures: 4 }]);
    expect(await enter('edith@news.example')).toMatchObject({ __typename: 'SignedIn' });
    expect((await failures()).filter(({ failures: left }) => left > 0)).toEqual([{ failures: 4 }]);
  });

  test('sweep what has ended when somebody signs in', async () => {
    await hire('edith@news.example');
    await hire('other@news.example');
    const ended = await tokenOf('other@news.example');
    await enter('nobody@news.example');
    await newsroom.database.transaction(async (tx) => {
      await tx.run(sql`update session set expiresAt = createdAt - 1`);
      await tx.run(sql`update sign_in_failure set since = since - 900001`);
    });
    expect(await whose(ended)).toBeUndefined();
    await enter('edith@news.example');
    expect(await newsroom.database.read(sql`select 1 as one from session`)).toEqual([{ one: 1 }]);
    expect(await failures()).toEqual([{ failures: 0 }, { failures: 0 }]);
  });

  test('take about as long to refuse an unknown email as a wrong password', async () => {
    await hire('edith@news.example');
    await enter('warm@news.example', password, '203.0.113.9');
    const tookFor = async (email: string) => {
      const started = performance.now();
      await enter(email, 'wrong horse battery', '203.0.113.9');
      return performance.now() - started;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 4; i++) {
      known.push(await tookFor('edith@news.example'));
      unknown.push(await tookFor(`nobody${i}@news.example`));
    }
    const [one, other] = [Math.min(...known), Math.min(...unknown)];
    expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(2);
  });

  test('are linked with whom a provider vouches for, when active, verified and not linked yet', async () => {
    const issuer = 'https://login.example';
    const come = (subject: string, email: string | undefined) =>
      signInWith(newsroom.context(), { issuer, subject, email }).then(
        ({ token }) => whose(token),
        (error: { extensions: { code: string } }) => error.extensions.code,
      );
    await hire('edith@news.example', 'EDITOR', null);
    const gone = await hire('gone@news.example', 'EDITOR', null);
    await changeAccount(newsroom.contextAs(operator), { accountId: gone.id, expectedVersion: 1, active: false });
    expect(await come('g', 'gone@news.example')).toBe('FORBIDDEN');
    expect(await come('s', 'stranger@news.example')).toBe('FORBIDDEN');
    expect(await come('e', undefined)).toBe('FORBIDDEN');
    expect(await come('e', 'Edith@News.Example')).toBe('Edith');
    expect(await come('e', undefined)).toBe('Edith');
    expect(await come('another', 'edith@news.example')).toBe('FORBIDDEN');
  });
});

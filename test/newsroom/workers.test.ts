import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAccount } from '../../src/accounts/account.commands.js';
import { operator } from '../../src/kernel/viewer.js';
import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { build, sendAlone, startServing, type Serving } from '../support/serving.js';

jest.setTimeout(90_000);

const password = 'correct horse battery';

describe('several workers behind one port', () => {
  let newsroom: TestNewsroom;
  let serving: Serving;
  let token = '';
  beforeAll(async () => {
    build();
    newsroom = await openNewsroom();
    await deskOf(newsroom).section('world');
    const ada = { email: 'ada@news.example', name: 'Ada', role: 'ADMIN' as const, sections: null, password };
    await createAccount(newsroom.contextAs(operator), ada);
    serving = await start();
    await until(() => serving.workers().length === 2);
    const { data } = await ask(
      `mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { token } } }`,
      {
        input: { email: ada.email, password },
      },
    );
    token = data.signIn.token;
  }, 180_000);
  afterAll(async () => {
    await end();
    await newsroom.close();
  }, 60_000);
  const end = async () => {
    kill(serving.pid, 'SIGKILL');
    await serving.ended;
    await until(() => serving.workers().every((pid) => !isAlive(pid)));
  };

  const start = (env: Record<string, string> = {}) =>
    startServing({
      WORKERS: '2',
      DATABASE_URL: newsroom.url,
      MEDIA_DIR: newsroom.mediaDir,
      LOG_LEVEL: 'debug',
      ...env,
    });
  const ask = async (query: string, variables: object = {}, headers: Record<string, string> = {}) => {
    const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const sent = { headers: { ...authorization, ...headers }, body: { query, variables } };
    const { body } = await sendAlone(`${serving.url}/graphql`, sent);
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    return body;
  };
  const readAsReader = (query: string, headers = {}) =>
    sendAlone(`${serving.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  const times = <Value>(count: number, work: (i: number) => Promise<Value>) =>
    Promise.all(Array.from({ length: count }, (_, i) => work(i)));
  /** How many requests each worker has answered, by what they wrote. */
  const answered = () => {
    const pids = [...serving.said().matchAll(/"pid":(\d+),[^\n]*"answered/g)].map((match) => Number(match[1]));
    return serving.workers().map((worker) => pids.filter((pid) => pid === worker).length);
  };

  test('take turns at answering, and say once where', async () => {
    const before = answered();
    await times(20, () => ask('{ sections { slug } }'));
    await until(() => answered()[0]! + answered()[1]! >= before[0]! + before[1]! + 20);
    expect(Math.min(...answered().map((count, i) => count - before[i]!))).toBeGreaterThan(2);
    expect(serving.said().match(/^GraphQL /gm)).toHaveLength(1);
    expect(serving.said().match(/^Database /gm)).toHaveLength(1);
    expect(new Set([...serving.said().matchAll(/Server listening at (\S+)"/g)].map((match) => match[1]))).toEqual(
      new Set([serving.url]),
    );
  });

  test('see through each what was changed through another, once that is acknowledged', async () => {
    for (let i = 0; i < 5; i++) {
      const person = `{ person(slug: "person-${i}") { name } }`;
      for (const { body } of await times(4, () => readAsReader(person))) expect(body.data).toEqual({ person: null });
      await ask(`mutation { savePerson(input: { name: "Person ${i}" }) { ... on PersonSaved { person { slug } } } }`);
      const seen = await times(4, () => readAsReader(person));
      expect(seen.map(({ body }) => body.data.person)).toEqual(Array(4).fill({ name: `Person ${i}` }));
    }
  });

  test('open a preview that another signed', async () => {
    const { data } = await ask(
      `mutation { createDraft(input: { section: "world", slug: "new", title: "Not out yet" }) { ... on DraftSaved { article { id } } } }`,
    );
    const created = await ask(
      `mutation ($id: ID!) { createPreview(input: { articleId: $id }) { ... on PreviewCreated { token } } }`,
      { id: data.createDraft.article.id },
    );
    const preview = { 'x-preview-token': created.data.createPreview.token };
    const seen = await times(4, () => readAsReader('{ article(slug: "new") { title } }', preview));
    expect(seen.map(({ body }) => body.data?.article)).toEqual(Array(4).fill({ title: 'Not out yet' }));
  });

  test('know the document that another was sent with its print, also when they begin later', async () => {
    const query = '{ sections { name } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
    await sendAlone(`${serving.url}/graphql`, { body: { query, extensions } });
    await sleep(100);
    const asked = `${serving.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
    const answers = async () => (await times(4, () => sendAlone(asked))).map(({ body }) => body.data);
    expect(await answers()).toEqual(Array(4).fill({ sections: [{ name: 'world' }] }));
    for (const pid of serving.workers().filter(isAlive)) {
      kill(pid, 'SIGKILL');
      const count = serving.workers().length;
      await until(() => serving.workers().length > count);
    }
    await sleep(100);
    expect(await answers()).toEqual(Array(4).fill({ sections: [{ name: 'world' }] }));
  });

  test('lose nothing when eight write at once', async () => {
    const save = `mutation ($input: SavePersonInput!) { savePerson(input: $input) { __typename } }`;
    const outcomes = await times(8, async (writer) => {
      const all: string[] = [];
      for (let i = 0; i < 15; i++) {
        const { data } = await ask(save, { input: { name: `Writer ${writer} wrote ${i}` } });
        all.push(data.savePerson.__typename);
      }
      return all;
    });
    expect(outcomes.flat()).toEqual(Array(120).fill('PersonSaved'));
    const [counted] = await newsroom.database.read<{ people: number; changes: number; last: number }>(
      sql`select count(*) as people, (select count(*) from content_change) as changes,
                 (select max(seq) from content_change) as last from entity where name like 'Writer %'`,
    );
    expect(counted).toEqual({ people: 120, changes: 125, last: 125 });
  });

  test('replace one that is killed, and answer meanwhile', async () => {
    const [second] = serving.workers().filter(isAlive);
    const count = serving.workers().length;
    kill(second!, 'SIGKILL');
    await until(() => !isAlive(second!));
    const answers = await times(20, () => readAsReader('{ sections { slug } }'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await until(() => serving.workers().length > count);
    expect(serving.said()).toContain(`Worker ${second} ended (SIGKILL): another takes its place.`);
  });

  test('finish what is under way when told to stop, by whomever', async () => {
    const rest = sleep(600);
    const underWay = times(6, () =>
      sendAlone(`${serving.url}/graphql`, { body: { query: '{ sections { slug } }' }, pause: rest }),
    );
    await sleep(200);
    for (const pid of [serving.pid, ...serving.workers()]) kill(pid, 'SIGTERM'); // as a service manager tells all of them
    await sleep(50);
    for (const pid of [...serving.workers()]) kill(pid, 'SIGINT');
    expect((await underWay).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await serving.ended).toEqual([0, null]);
    expect(serving.workers().filter(isAlive)).toEqual([]);
  });

  test('say why when they cannot start', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await sleep(50);
    const { port } = other.address() as AddressInfo;
    const failed = await start({ PORT: String(port) });
    other.close();
    expect(await failed.ended).toEqual([1, null]);
    expect(failed.said().match(/:\d+ is taken: set PORT \(or HOST\) to another\./g)).toHaveLength(1);
  });

  test('end at once at the second signal, and with whoever started them', async () => {
    serving = await start();
    await until(() => serving.workers().length === 2);
    const never = new Promise(() => undefined);
    const cut = sendAlone(`${serving.url}/graphql`, { body: { query: '{ __typename }' }, pause: never });
    const outcome = cut.catch((error: NodeJS.ErrnoException) => error.code);
    await sleep(200);
    kill(serving.pid, 'SIGTERM');
    await sleep(200);
    kill(serving.pid, 'SIGTERM');
    expect(await serving.ended).toEqual([1, null]);
    expect(await outcome).toBe('ECONNRESET');
    await until(() => !serving.workers().some(isAlive));
  });

  if (!onMariadb) {
    test('give up when none can start any more', async () => {
      serving = await start();
      await until(() => serving.workers().length === 2);
      for (const pid of serving.workers()) kill(pid, 'SIGKILL');
      const file = newsroom.url.slice('sqlite:'.length);
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      writeFileSync(file, 'no database');
      expect(await serving.ended).toEqual([1, null]);
      expect(serving.said()).toMatch(/Workers ended \d+ times in a row before they could serve\.\n/);
    });
  }
});

const kill = (pid: number, signal: NodeJS.Signals) => {
  if (isAlive(pid)) process.kill(pid, signal);
};

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until something is so, at most twenty seconds. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 400) throw new Error(`in 20 seconds it did not come about that ${String(isSo)}`);
    await sleep(50);
  }
}

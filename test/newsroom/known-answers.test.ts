import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAccount } from '../../src/accounts/account.commands.js';
import { issueCorrection } from '../../src/articles/bring-in.commands.js';
import { schedulePublication, unschedulePublication, withdrawArticle } from '../../src/articles/publish.commands.js';
import { saveRoles } from '../../src/entities/entity.commands.js';
import { operator } from '../../src/kernel/viewer.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { mergeEntities } from '../../src/newsroom/entities/merge.commands.js';
import { undoMerge } from '../../src/newsroom/entities/undo-merge.commands.js';
import { deleteEntity } from '../../src/newsroom/entities/delete.commands.js';
import { saveEntityAtDesk } from '../../src/newsroom/entities/save.commands.js';
import { savePicture as savePictureAtDesk } from '../../src/newsroom/pictures/picture.commands.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { saveBanner, saveConsentCategory, saveNewsletter } from '../../src/site/site.commands.js';
import { createFront, saveFront } from '../../src/fronts/front.commands.js';
import { publishFront, scheduleFront, withdrawFront } from '../../src/fronts/publish.commands.js';
import { enterDueFronts } from '../../src/fronts/schedule.commands.js';
import { addToStoryline, createStoryline, saveStoryline } from '../../src/storylines/storyline.commands.js';
import { globalId } from '../../src/kernel/global-id.js';
import { codedError } from '../../src/kernel/errors.js';
import { freshForMs } from '../../src/kernel/freshness.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';

const page = `query ($slug: String!) { article(slug: $slug) { slug title path: url section { name parent { name } }
  leadPicture { caption } body { text html } credits { text person { name } } people { name slug }
  mentions { surface entity { name } role { title organisation { name } } }
  related(first: 5) { totalCount nodes { title section { name } } } corrections { note }
  placements { slot banner { name image { caption } } } } }`;

const front = `{ front(slug: "home") { title arrangedAt blocks { title stories { title isPinned article { title section { name } } } } } }`;
const storyline = `{ storyline(slug: "talks") { title status entries { title at article { title } }
  mainEntities { articleCount entity { name } } } storylines { nodes { slug } } }`;
const home = (expectedVersion: number) => ({ frontId: 1, expectedVersion });
const talks = { storylineId: 1, expectedVersion: 1 };

describe('an answer that is known', () => {
  let newsroom: TestNewsroom;
  let node: Node;
  let desk: ReturnType<typeof deskOf>;
  let sectionId: number;
  let bannerPicture: number;
  const as = () => newsroom.contextAs(operator);

  beforeEach(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
    await desk.section('world');
    sectionId = await desk.section('mena', 'world');
    bannerPicture = await savePicture(as(), { externalId: 'ad', alt: 'An ad', caption: 'Buy', credit: '' });
    await saveBanner(as(), {
      name: 'house',
      title: 'House',
      url: 'https://news.example/house',
      pictureId: bannerPicture,
      placements: [{ slot: 'top', position: 0 }],
    });
    node = await startNode(newsroom);
  });
  afterEach(async () => {
    await node.stop();
    await newsroom.close();
  });

  const ann = (more = {}) => desk.entity('Person', 'Ann Other', more);
  const story = (slug: string, more: object = {}) =>
    desk.publish({ slug, sectionId, paragraphs: ['Ann Other met Bob Brown.'], ...more });
  const versionOf = async (table: 'article' | 'entity' | 'picture', id: number): Promise<number> => {
    const [row] = await newsroom.database.transaction((tx) =>
      tx.manager.query<{ version: number }[]>(`select version from ${table} where id = ${id}`),
    );
    return row!.version;
  };
  const target = async (articleId: number) => ({ articleId, expectedVersion: await versionOf('article', articleId) });

  test('is made once, and given again without a statement', async () => {
    await story('one');
    const ask = () => node.read(page, { slug: 'one' });
    const made = await node.statements(ask);
    expect(made.length).toBeGreaterThan(3);
    expect(await node.statements(ask)).toEqual([]);
    expect(await node.statements(() => node.read(page, { slug: 'two' }))).not.toEqual([]);
  });

  test('is made once, however many ask for it at once', async () => {
    await story('one');
    await ann();
    await node.read('{ sections { name } }');
    const one = await node.statements(() => node.read(page, { slug: 'nobody' }));
    const made = await node.statements(() =>
      Promise.all(Array.from({ length: 200 }, () => node.read(page, { slug: 'nobody-else' }))),
    );
    expect(made).toEqual(one);
  });

  test('is given while the database does not answer, but not when it is known to be untrue', async () => {
    const { articleId } = await story('one');
    await story('two');
    const asked = (slug: string) => node.get('query ($slug: String!) { article(slug: $slug) { title } }', { slug });
    for (const slug of ['one', 'two']) expect((await asked(slug)).status).toBe(200);
    await withdrawArticle(as(), { ...(await target(articleId)), note: 'It was wrong.', kill: true });
    await sleep(2 * freshForMs);
    await node.read('{ sections { name } }'); // hears of it
    const { database } = node.app;
    const read = database.read.bind(database);
    database.read = () => Promise.reject(codedError('UNAVAILABLE', 'Try again.'));
    await sleep(2 * freshForMs);
    const two = await asked('two');
    expect([two.headers.get('cache-control'), await two.json()]).toMatchObject(['no-store', { data: { article: {} } }]);
    expect(await (await asked('one')).text()).not.toContain('"title"');
    database.read = read;
    expect(await (await asked('one')).json()).toMatchObject({ data: { article: null } });
  });

  test('ranks anew when two that it does not show become one', async () => {
    await ann();
    await desk.entity('Person', 'Bob Brown');
    const [cleo, dora] = [await desk.entity('Person', 'Cleo Clark'), await desk.entity('Person', 'Dora Dean')];
    const with_ = ['Bob Brown', 'Bob Brown', 'Bob Brown', 'Cleo Clark', 'Cleo Clark', 'Dora Dean', 'Dora Dean'];
    for (const [i, name] of with_.entries()) await story(`s${i}`, { paragraphs: [`Ann Other met ${name}.`] });
    const first = async () => {
      const asked = '{ person(slug: "ann-other") { mentionedWith(first: 1) { entity { name } articleCount } } }';
      const { person } = (await node.read(asked)) as { person: { mentionedWith: unknown[] } };
      return person.mentionedWith;
    };
    expect(await first()).toEqual([{ entity: { name: 'Bob Brown' }, articleCount: 3 }]);
    const versions = { fromVersion: await versionOf('entity', dora), intoVersion: await versionOf('entity', cleo) };
    await mergeEntities(as(), { kind: 'Person', fromId: dora, intoId: cleo, ...versions });
    await sleep(2 * freshForMs);
    expect(await first()).toEqual([{ entity: { name: 'Cleo Clark' }, articleCount: 4 }]);
  });

  const changes: Record<
    string,
    (known: { ids: number[]; annId: number }) => {
      question: string;
      variables?: Record<string, unknown>;
      change: () => Promise<unknown>;
    }
  > = {
    'a new text': () => ({
      question: page,
      variables: { slug: 'one' },
      change: () => story('one', { title: 'Another headline' }),
    }),
    'a story that was asked for before it was there': () => ({
      question: page,
      variables: { slug: 'later' },
      change: () => story('later'),
    }),
    'a path that led nowhere': () => ({
      question: '{ resolvePath(path: "/mena/later") { __typename } }',
      change: () => story('later'),
    }),
    'a story that moves to another section': () => ({
      question: '{ resolvePath(path: "/mena/one") { __typename ... on Redirect { path } } }',
      change: async () => story('one', { sectionId: await desk.section('business') }),
    }),
    'a story that is taken down': ({ ids }) => ({
      question: '{ resolvePath(path: "/mena/one") { __typename ... on Gone { reason } } }',
      change: async () =>
        withdrawArticle(as(), { ...(await target(ids[0]!)), note: 'wrong', publicNote: 'It was wrong.' }),
    }),
    'a front, by a new story': () => ({
      question: '{ section(slug: "world") { articles(first: 5) { totalCount nodes { title } } } }',
      change: () => story('three'),
    }),
    'the count of a list, by a story that is taken down': ({ ids }) => ({
      question: '{ section(slug: "mena") { articles(first: 0) { totalCount } } }',
      change: async () => withdrawArticle(as(), { ...(await target(ids[0]!)), note: 'wrong' }),
    }),
    'a filtered list': () => ({
      question:
        '{ articles(first: 5, filter: { sections: ["mena"], kinds: [ANALYSIS] }) { totalCount nodes { title } } }',
      change: () => story('three', { kind: 'ANALYSIS' }),
    }),
    company: () => ({
      question: '{ person(slug: "ann-other") { mentionedWith(first: 5) { articleCount entity { name } } } }',
      change: () => story('three'),
    }),
    'the stories of a person, by one that does not name her any more': () => ({
      question: '{ person(slug: "ann-other") { articles(first: 0) { totalCount } } }',
      change: () => story('one', { paragraphs: ['Nobody met anybody.'] }),
    }),
    'a story beside it that was not published yet': ({ ids }) => ({
      question: page,
      variables: { slug: 'two' },
      change: async () => {
        const { articleId } = await desk.draft({ slug: 'beside', sectionId, paragraphs: ['Beside.'] });
        await story('two', {
          related: [
            { articleId, kind: 'RELATED' },
            { articleId: ids[0]!, kind: 'RELATED' },
          ],
        });
        await sleep(2 * freshForMs);
        await node.read(page, { slug: 'two' });
        await story('beside', { paragraphs: ['Beside.'] });
      },
    }),
    'a correction': ({ ids }) => ({
      question: page,
      variables: { slug: 'one' },
      change: () => issueCorrection(as(), { articleId: ids[0]!, note: 'It was Tuesday.', issuedAt: Date.now() - 5 }),
    }),
    'a name that changes': ({ annId }) => ({
      question: page,
      variables: { slug: 'one' },
      change: async () =>
        saveEntityAtDesk(as(), 'Person', {
          id: annId,
          expectedVersion: await versionOf('entity', annId),
          name: 'Anna Other',
        }),
    }),
    'a person who was asked for before she was there': () => ({
      question: '{ person(slug: "cleo-clark") { name } }',
      change: () => saveEntityAtDesk(as(), 'Person', { name: 'Cleo Clark' }),
    }),
    'a slug that changes': ({ annId }) => ({
      question: '{ person(slug: "anna") { name } }',
      change: async () =>
        saveEntityAtDesk(as(), 'Person', {
          id: annId,
          expectedVersion: await versionOf('entity', annId),
          slug: 'anna',
        }),
    }),
    'a person who came and is deleted again': () => ({
      question: '{ person(slug: "dora-dean") { name } }',
      change: async () => {
        const made = await saveEntityAtDesk(as(), 'Person', { name: 'Dora Dean' });
        const { id, __typename: kind } = (made as unknown as { person: { id: number; __typename: 'Person' } }).person;
        await sleep(2 * freshForMs);
        expect(await node.read('{ person(slug: "dora-dean") { name } }')).toEqual({ person: { name: 'Dora Dean' } });
        await deleteEntity(as(), { kind, id, expectedVersion: 1 });
      },
    }),
    'a merge, and its undoing': ({ annId }) => ({
      question:
        '{ person(slug: "bob-brown") { name articles(first: 3) { totalCount } mentionedWith { entity { name } } } }',
      change: async () => {
        const [bob] = await newsroom.database.read<{ id: number }>({
          text: "select id from entity where name = 'Bob Brown'",
          values: [],
        });
        const merged = await mergeEntities(as(), {
          kind: 'Person',
          fromId: annId,
          intoId: bob!.id,
          fromVersion: await versionOf('entity', annId),
          intoVersion: await versionOf('entity', bob!.id),
        });
        await sleep(2 * freshForMs);
        const question =
          '{ person(slug: "bob-brown") { name articles(first: 3) { totalCount } mentionedWith { entity { name } } } }';
        expect(await node.read(question)).toEqual((await newsroom.ask(question)).data);
        await undoMerge(as(), { mergeId: (merged as { merge: { id: number } }).merge.id });
      },
    }),
    'a front that is arranged anew': ({ ids }) => ({
      question: front,
      change: async () => {
        await saveFront(as(), { ...home(2), blocks: [{ size: 1, pins: [{ articleId: ids[0]!, title: 'Here' }] }] });
        return publishFront(as(), home(3));
      },
    }),
    'a front that is filled, by a new story': () => ({ question: front, change: () => story('three') }),
    'a front, by a story on it that is taken down': ({ ids }) => ({
      question: front,
      change: async () => withdrawArticle(as(), { ...(await target(ids[1]!)), note: 'wrong' }),
    }),
    'a front, by a pinned story that was not published yet': () => ({
      question: front,
      change: async () => {
        const { articleId } = await desk.draft({ slug: 'later', sectionId, paragraphs: ['Later.'] });
        await saveFront(as(), { ...home(2), blocks: [{ size: 2, pins: [{ articleId }] }] });
        await publishFront(as(), home(3));
        await sleep(2 * freshForMs);
        expect(await node.read(front)).toMatchObject({ front: { blocks: [{ stories: [] }] } });
        await story('later', { paragraphs: ['Later.'] });
      },
    }),
    'a front that is taken away': () => ({ question: front, change: () => withdrawFront(as(), home(2)) }),
    'fronts that were asked for before they were there': () => ({
      question: '{ front(slug: "mena") { title } section(slug: "mena") { front { title } } fronts { totalCount } }',
      change: async () => {
        await createFront(as(), { title: 'Mena', section: 'mena' });
        return publishFront(as(), { frontId: 2, expectedVersion: 1 });
      },
    }),
    'a timeline that grows': ({ ids }) => ({
      question: storyline,
      change: () => addToStoryline(as(), { ...talks, entry: { articleId: ids[0]! } }),
    }),
    'a timeline, by a story that was not published yet': ({ ids: _ }) => ({
      question: storyline,
      change: async () => {
        const { articleId } = await desk.draft({ slug: 'later', sectionId, paragraphs: ['Ann Other was late.'] });
        await addToStoryline(as(), { ...talks, entry: { articleId } });
        await sleep(2 * freshForMs);
        await node.read(storyline);
        await story('later', { paragraphs: ['Ann Other was late.'] });
      },
    }),
    'a timeline, by a story of it that is taken down': ({ ids }) => ({
      question: storyline,
      change: async () => withdrawArticle(as(), { ...(await target(ids[1]!)), note: 'wrong' }),
    }),
    'the storylines of a story': ({ ids }) => ({
      question: '{ article(slug: "one") { storylines { title } } }',
      change: () => addToStoryline(as(), { ...talks, entry: { articleId: ids[0]! } }),
    }),
    'a storyline that was asked for before it was there': () => ({
      question: '{ storyline(slug: "war") { title } storylines { totalCount nodes { title } } }',
      change: () => createStoryline(as(), { title: 'War', status: 'OPEN' }),
    }),
    'the address of a storyline': () => ({
      question: '{ resolvePath(path: "/storylines/talks") { __typename ... on Redirect { path } } }',
      change: () => saveStoryline(as(), { ...talks, slug: 'the-talks' }),
    }),
    'posts that are brought in': ({ annId }) => ({
      question: page,
      variables: { slug: 'one' },
      change: () => saveRoles(as(), annId, [{ title: 'Envoy', interim: false, startedOn: '2000-01-01' }]),
    }),
    'what is said of a picture': () => ({
      question: page,
      variables: { slug: 'one' },
      change: async () =>
        savePictureAtDesk(as(), {
          id: bannerPicture,
          expectedVersion: await versionOf('picture', bannerPicture),
          caption: 'Buy now',
        }),
    }),
    'a section': () => ({
      question: page,
      variables: { slug: 'one' },
      change: () =>
        saveSection(as(), { slug: 'mena', name: 'Middle East', description: '', parentSlug: 'world', position: 0 }),
    }),
    'a banner': () => ({
      question: page,
      variables: { slug: 'one' },
      change: () =>
        saveBanner(as(), {
          name: 'new',
          title: '',
          url: 'https://news.example',
          placements: [{ slot: 'side', position: 0 }],
        }),
    }),
    'a newsletter': () => ({
      question: '{ newsletters(first: 2) { totalCount nodes { name } } }',
      change: () => saveNewsletter(as(), { slug: 'daily', name: 'Daily', description: '', position: 0 }),
    }),
    'a consent category': () => ({
      question: '{ consentCategories { key } }',
      change: () => saveConsentCategory(as(), { key: 'a', name: 'A', description: '', required: true, position: 0 }),
    }),
  };

  test.each(Object.entries(changes))('is not given any more after %s', async (name, prepare) => {
    const annId = await ann();
    await desk.entity('Person', 'Bob Brown');
    const first = await story('one');
    const second = await story('two', { related: [{ articleId: first.articleId, kind: 'RELATED' }] });
    const blocks = [{ size: 3, pins: [{ articleId: second.articleId }], filter: { sections: ['mena'] } }];
    await createFront(as(), { title: 'Home', blocks });
    await publishFront(as(), home(1));
    await createStoryline(as(), { title: 'Talks', status: 'OPEN', entries: [{ articleId: second.articleId }] });
    const { question, variables, change } = prepare({ ids: [first.articleId, second.articleId], annId });
    const before = await node.read(question, variables);
    expect(await node.statements(() => node.read(question, variables))).toEqual([]);
    const answer = await change();
    expect((answer as { message?: string } | undefined)?.message).toBeUndefined();
    await sleep(freshForMs + 1);
    const after = await node.read(question, variables);
    if (!/again|undoing/.test(name)) expect(after).not.toEqual(before);
    expect(after).toEqual((await newsroom.ask(question, variables)).data);
  });

  test('is given still when something else changes', async () => {
    const one = await story('one', { paragraphs: ['About nothing.'] });
    await story('two', { paragraphs: ['About nothing either.'], sectionId: await desk.section('business') });
    await ann();
    const questions = [page, '{ section(slug: "mena") { articles(first: 5) { totalCount nodes { title } } } }'];
    for (const question of questions) await node.read(question, { slug: 'one' });
    await story('two', { title: 'Another', sectionId: await desk.section('business'), paragraphs: ['Nothing.'] });
    await saveEntityAtDesk(as(), 'Person', { name: 'Cleo Clark' });
    await sleep(freshForMs + 1);
    // what `desk.section` brings in touches everything: once more, with that behind us
    for (const question of questions) await node.read(question, { slug: 'one' });
    const two = await newsroom.database.read<{ id: number }>({
      text: "select id from article where slug = 'two'",
      values: [],
    });
    await withdrawArticle(as(), { ...(await target(two[0]!.id)), note: 'wrong' });
    await sleep(freshForMs + 1);
    expect(
      await node.statements(async () => {
        for (const question of questions) await node.read(question, { slug: 'one' });
      }),
    ).toEqual([]);
    await withdrawArticle(as(), { ...(await target(one.articleId)), note: 'wrong' });
    await sleep(freshForMs + 1);
    expect(await node.read(page, { slug: 'one' })).toEqual({ article: null });
  });

  test('ends at the moment for which a text was scheduled, whoever enters it', async () => {
    const { articleId } = await story('one');
    await desk.draft({ slug: 'one', sectionId, title: 'The second text', paragraphs: ['Another.'] });
    const title = async () =>
      ((await node.read(page, { slug: 'one' })) as { article: { title: string } }).article.title;
    expect(await title()).toBe('The headline of one');
    const at = Date.now() + 400;
    const set = await schedulePublication(as(), { ...(await target(articleId)), at });
    expect(set).toMatchObject({ __typename: 'PublicationScheduled' });
    const seen: [number, string][] = [];
    while (Date.now() < at + 150) {
      const asked = Date.now();
      seen.push([asked, await title()]);
      await sleep(3);
    }
    const slack = 15; // the clock of the database and ours
    for (const [asked, text] of seen) {
      if (asked >= at + slack) expect(text).toBe('The second text');
      if (asked < at - slack - 50) expect(text).toBe('The headline of one');
    }
    expect(seen.filter(([asked]) => asked < at - 50).length).toBeGreaterThan(5);
    await enterDue(as());
    expect(await title()).toBe('The second text');
  });

  test('ends at the moment for which a front was arranged, whoever enters it', async () => {
    const { articleId } = await story('one');
    await createFront(as(), { title: 'Home', blocks: [{ size: 1 }] });
    await publishFront(as(), home(1));
    await saveFront(as(), { ...home(2), blocks: [{ size: 1, pins: [{ articleId }] }] });
    const stories = async () =>
      ((await node.read(front)) as { front: { blocks: { stories: unknown[] }[] } }).front.blocks[0]!.stories.length;
    expect(await stories()).toBe(0);
    const at = Date.now() + 400;
    expect(await scheduleFront(as(), { ...home(3), at })).toMatchObject({ __typename: 'FrontScheduled' });
    const seen: [number, number][] = [];
    while (Date.now() < at + 150) {
      const asked = Date.now();
      seen.push([asked, await stories()]);
      await sleep(3);
    }
    const slack = 15; // the clock of the database and ours
    for (const [asked, count] of seen) {
      if (asked >= at + slack) expect(count).toBe(1);
      if (asked < at - slack - 50) expect(count).toBe(0);
    }
    expect(seen.filter(([asked]) => asked < at - 50).length).toBeGreaterThan(5);
    await enterDueFronts(as());
    expect(await stories()).toBe(1);
  });

  test('of a front is given still when something else changes', async () => {
    await story('one', { paragraphs: ['About nothing.'] });
    const business = await desk.section('business');
    await createFront(as(), { title: 'Home', blocks: [{ size: 2, filter: { sections: ['mena'] } }] });
    await publishFront(as(), home(1));
    const { articleId } = await story('two', { paragraphs: ['Nothing.'], sectionId: business });
    await createStoryline(as(), { title: 'Talks', status: 'OPEN' });
    await sleep(freshForMs + 1);
    for (const question of [front, storyline]) await node.read(question);
    await withdrawArticle(as(), { ...(await target(articleId)), note: 'wrong' });
    await createFront(as(), { title: 'Another' });
    await publishFront(as(), { frontId: 2, expectedVersion: 1 });
    await sleep(freshForMs + 1);
    expect(await node.statements(() => node.read(front))).toEqual([]);
    expect(await node.statements(() => node.read(storyline))).toEqual([]);
  });

  test('knows of a moment that is moved', async () => {
    const { articleId } = await story('one');
    await desk.draft({ slug: 'one', sectionId, title: 'The second text', paragraphs: ['Another.'] });
    const cacheControl = async () => (await node.get(page, { slug: 'one' })).headers.get('cache-control');
    expect(await cacheControl()).toBe(
      'public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=86400',
    );
    await schedulePublication(as(), { ...(await target(articleId)), at: Date.now() + 30_500 });
    await sleep(freshForMs + 1);
    expect(await cacheControl()).toMatch(
      /^public, max-age=0, s-maxage=10, stale-while-revalidate=(19|20), stale-if-error=(19|20)$/,
    );
    await unschedulePublication(as(), await target(articleId));
    await sleep(freshForMs + 1);
    expect(await cacheControl()).toMatch(/stale-if-error=86400/);
  });
});

describe('many processes', () => {
  let newsroom: TestNewsroom;
  let nodes: Node[];
  let token: string;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    nodes = await Promise.all([startNode(newsroom), startNode(newsroom)]);
    const password = 'correct horse battery';
    const email = 'chima@news.example';
    await createAccount(newsroom.contextAs(operator), { email, name: 'Chima', role: 'CHIEF', password });
    const signed = await tell(
      nodes[0]!,
      `mutation { signIn(input: { email: "${email}", password: "${password}" }) { ... on SignedIn { token } } }`,
    );
    token = signed.signIn.token;
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await newsroom.close();
  });

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape
  const tell = async (node: Node, query: string, variables: object = {}): Promise<any> => {
    const response = await fetch(`${node.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };

  const save = `mutation ($id: ID!, $version: Int!, $title: String!) {
    saveDraft(input: { articleId: $id, expectedVersion: $version, title: $title }) { __typename ... on DraftSaved { article { version } } ... on UserError { message } } }`;
  const publish = `mutation ($id: ID!, $version: Int!) {
    publishArticle(input: { articleId: $id, expectedVersion: $version }) { __typename ... on UserError { message } ... on ArticlePublished { article { version } } } }`;

  test('never answer with what was before a change that was acknowledged by another', async () => {
    const desk = deskOf(newsroom);
    const sectionId = await desk.section('mena');
    const slugs = ['a', 'b', 'c'];
    const ids = new Map<string, string>();
    const versions = new Map<string, number>();
    const acknowledged = new Map<string, number>(slugs.map((slug) => [slug, 0]));
    for (const slug of slugs) {
      const { articleId } = await desk.publish({ slug, sectionId, title: '0', paragraphs: ['A text.'] });
      ids.set(slug, globalId('Article', articleId));
      versions.set(slug, 2);
    }
    let reads = 0;
    let fromMemory = 0;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape
    const questions: [string, (data: any, slug: string) => string][] = [
      ['query ($slug: String!) { article(slug: $slug) { title } }', (data) => data.article.title],
      [
        '{ section(slug: "mena") { articles(first: 5) { nodes { slug title } } } }',
        (data, slug) => data.section.articles.nodes.find((each: { slug: string }) => each.slug === slug).title,
      ],
    ];
    const writeNext = async (slug: string, node: Node): Promise<void> => {
      const next = acknowledged.get(slug)! + 1;
      const id = ids.get(slug);
      const saved = await tell(node, save, { id, version: versions.get(slug), title: String(next) });
      expect(saved.saveDraft.message).toBeUndefined();
      const done = await tell(node, publish, { id, version: saved.saveDraft.article.version });
      expect(done.publishArticle.message).toBeUndefined();
      versions.set(slug, done.publishArticle.article.version);
      acknowledged.set(slug, next);
    };
    const readOnce = async (slug: string, node: Node, which: number): Promise<void> => {
      const [query, titleIn] = questions[which]!;
      const least = acknowledged.get(slug)!;
      const statements = await node.statements(async () => {
        expect(
          Number(titleIn(await node.read(query, query.includes('$slug') ? { slug } : {}), slug)),
        ).toBeGreaterThanOrEqual(least);
      });
      reads += 1;
      if (statements.length === 0) fromMemory += 1;
    };
    const step = fc.record({
      slug: fc.constantFrom(...slugs),
      node: fc.nat(1),
      kind: fc.constantFrom<'read' | 'write'>('read', 'read', 'read', 'write'),
      question: fc.nat(1),
      pause: fc.nat(15),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const writers = new Map<string, Promise<void>>();
        const reading: Promise<void>[] = [];
        for (const { slug, node, kind, question, pause } of steps) {
          if (kind === 'read') reading.push(readOnce(slug, nodes[node]!, question));
          else
            writers.set(
              slug,
              (writers.get(slug) ?? Promise.resolve()).then(() => writeNext(slug, nodes[node]!)),
            );
          await sleep(pause);
        }
        await Promise.all([...writers.values(), ...reading]);
        for (const slug of slugs) for (const node of nodes) await readOnce(slug, node, 0);
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect(reads).toBeGreaterThan(200);
    expect(fromMemory).toBeGreaterThan(20);
  }, 120_000);
});

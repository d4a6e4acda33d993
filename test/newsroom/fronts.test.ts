import { createContext } from '../../src/kernel/context.js';
import { globalId } from '../../src/kernel/global-id.js';
import { join, raw, sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { publishArticle, withdrawArticle } from '../../src/articles/publish.commands.js';
import { enterDueFronts } from '../../src/fronts/schedule.commands.js';
import { previewOfFront } from '../../src/fronts/preview.queries.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { addresses, onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const hour = 3_600_000;
const page = `query ($slug: String!, $asOf: DateTime) { front(slug: $slug, asOf: $asOf) { slug title blocks { key title layout
  stories(first: 50) { kicker title standfirst isPinned article { slug } } } } }`;
const front = '... on FrontSaved { front { frontId version title newest { number } } warnings { message path } }';
const movedTo = (name: string) =>
  `... on ${name} { front { frontId version } } ... on StaleVersion { expectedVersion currentVersion }`;

describe('a front', () => {
  let newsroom: TestNewsroom;
  let desk: ReturnType<typeof deskOf>;
  let people: People;
  let ids: Record<string, number>;
  const id = (slug: string) => globalId('Article', ids[slug]!);

  beforeEach(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
    people = await peopleOf(newsroom);
    await desk.section('world');
    const mena = await desk.section('mena', 'world');
    const sport = await desk.section('sport');
    await desk.entity('Person', 'Ann Other');
    ids = {};
    const stories: [string, number, string?][] = [
      ['m1', mena],
      ['s1', sport],
      ['m2', mena, 'ANALYSIS'],
      ['s2', sport],
      ['m3', mena],
      ['m4', mena],
    ];
    for (const [i, [slug, sectionId, kind = 'NEWS']] of stories.entries()) {
      const publishedAt = `2024-06-0${i + 1}T12:00:00Z`;
      const paragraphs = [slug === 'm1' || slug === 's2' ? 'Ann Other was there.' : 'Nobody was there.'];
      const saved = await desk.publish({ slug, sectionId, kind: kind as 'NEWS', publishedAt, paragraphs });
      ids[slug] = saved.articleId;
    }
  });
  afterEach(() => newsroom.close());

  const make = async (blocks: object[], more: object = {}) => {
    const input = { title: 'Home', slug: 'home', blocks, ...more };
    return does(newsroom, people.editor, 'createFront', input, front);
  };
  const answers = {
    publishFront: 'FrontPublished',
    scheduleFront: 'FrontScheduled',
    unscheduleFront: 'FrontUnscheduled',
    withdrawFront: 'FrontWithdrawn',
  };
  const moves = (mutation: keyof typeof answers, input: object) =>
    does(newsroom, people.editor, mutation, input, movedTo(answers[mutation]));
  const saves = (input: object, mutation = 'saveFront') =>
    does(newsroom, people.editor, mutation, input, `${front} ... on StaleVersion { expectedVersion currentVersion }`);
  const publish = async (blocks: object[]) => {
    const made = await make(blocks);
    if (!made.front) throw new Error(JSON.stringify(made));
    const { frontId } = made.front;
    await moves('publishFront', { id: frontId, expectedVersion: 1 });
    return frontId as string;
  };
  const shownTo = async (ctx = newsroom.context(), asOf: string | null = null): Promise<unknown> => {
    const { data, errors } = await newsroom.askIn(ctx, page, { slug: 'home', asOf });
    expect(errors).toEqual([]);
    type Blocks = { stories: { isPinned: boolean; article: { slug: string } }[] }[];
    const blocks = (data.front?.blocks ?? null) as Blocks | null;
    return (
      blocks?.map(({ stories }) =>
        stories.map(({ isPinned, article }) => (isPinned ? `${article.slug}!` : article.slug)).join(' '),
      ) ?? null
    );
  };
  const versionOf = async (table: 'front' | 'article', which: number): Promise<number> => {
    const statement = { text: `select version from ${table} where id = ${which}`, values: [] };
    return (await newsroom.database.read<{ version: number }>(statement, 'primary'))[0]!.version;
  };
  const takeDown = async (slug: string, kill = false) =>
    withdrawArticle(newsroom.contextAs(operator), {
      articleId: ids[slug]!,
      expectedVersion: await versionOf('article', ids[slug]!),
      note: 'wrong',
      kill,
    });

  test('shows pinned stories in their places and fills the others with the newest, each story once', async () => {
    await publish([
      {
        key: 'top',
        title: 'Top stories',
        layout: 'hero',
        size: 3,
        filter: {},
        pins: [{ article: id('m1'), kicker: 'Talks', title: 'They talk', standfirst: 'At last.' }],
      },
      { title: 'Mena', size: 3, filter: { sections: ['mena'] }, pins: [{ article: id('s1'), position: 2 }] },
      { title: 'Ann', size: 2, filter: { entities: [globalId('Person', 1)], kinds: ['NEWS'], languages: ['en'] } },
      { title: 'Only pinned', size: 3 },
    ]);
    expect(await shownTo()).toEqual(['m1! m4 m3', 'm2 s1!', 's2', '']);
    const { data } = await newsroom.ask(page, { slug: 'home' });
    expect(data.front).toMatchObject({ slug: 'home', title: 'Home' });
    expect(data.front.blocks.map(({ key, title, layout }: Record<string, string>) => [key, title, layout])).toEqual([
      ['top', 'Top stories', 'hero'],
      ['block-1', 'Mena', null],
      ['block-2', 'Ann', null],
      ['block-3', 'Only pinned', null],
    ]);
    expect(data.front.blocks[0].stories.slice(0, 2)).toEqual([
      { kicker: 'Talks', title: 'They talk', standfirst: 'At last.', isPinned: true, article: { slug: 'm1' } },
      { kicker: null, title: null, standfirst: null, isPinned: false, article: { slug: 'm4' } },
    ]);
  });

  test('is not seen before it is published, and nobody else sees what is saved afterwards', async () => {
    expect(await shownTo()).toBeNull();
    expect(await make([{ size: 2, filter: {} }])).toEqual({
      __typename: 'FrontSaved',
      front: { frontId: globalId('Front', 1), version: 1, title: 'Home', newest: { number: 1 } },
      warnings: [],
    });
    expect(await shownTo()).toBeNull();
    const target = { id: globalId('Front', 1) };
    expect(await moves('publishFront', { ...target, expectedVersion: 1 })).toMatchObject({ front: { version: 2 } });
    expect(await shownTo()).toEqual(['m4 m3']);
    expect((await saves({ ...target, expectedVersion: 2, blocks: [{ size: 1, filter: {} }] })).front).toMatchObject({
      version: 3,
      newest: { number: 2 },
    });
    expect(await shownTo()).toEqual(['m4 m3']);
    expect((await saves({ ...target, expectedVersion: 3, blocks: [{ size: 1, filter: {} }] })).front).toMatchObject({
      version: 3,
      newest: { number: 2 },
    });
    await moves('publishFront', { ...target, expectedVersion: 3 });
    expect(await shownTo()).toEqual(['m4']);
    expect(await moves('withdrawFront', { ...target, expectedVersion: 4 })).toMatchObject({ front: { version: 5 } });
    expect(await shownTo()).toBeNull();
    expect(await moves('withdrawFront', { ...target, expectedVersion: 5 })).toMatchObject({
      message: 'Readers do not see the front.',
    });
    await moves('publishFront', { ...target, expectedVersion: 5, revision: 1 });
    expect(await shownTo()).toEqual(['m4 m3']);
  });

  test('does not show what is pinned and not to be seen: what stands behind moves up, and the newest fill the end', async () => {
    const { articleId } = await desk.draft({ slug: 'draft' });
    ids.draft = articleId;
    const pins = [{ article: id('m2') }, { article: id('draft'), kicker: 'Soon' }, { article: id('s1') }];
    const made = await make([
      { size: 4, filter: { sections: ['mena'] }, pins },
      { size: 2, pins: [{ article: id('m3') }, { article: id('m1') }] },
    ]);
    expect(made.warnings).toEqual([
      {
        message: 'Readers do not see “The headline of draft”: it stands there once they do.',
        path: ['blocks', '0', 'pins', '1'],
      },
    ]);
    await moves('publishFront', { id: made.front.frontId, expectedVersion: 1 });
    expect(await shownTo()).toEqual(['m2! s1! m4', 'm3! m1!']);
    await takeDown('m3', true);
    expect(await shownTo()).toEqual(['m2! s1! m4', 'm1!']);
    await takeDown('m2');
    expect(await shownTo()).toEqual(['s1! m4', 'm1!']);
    await desk.publish({ slug: 'draft', sectionId: 1 });
    expect(await shownTo()).toEqual(['draft! s1! m4', 'm1!']);
  });

  test('keeps the places between pinned stories filled', async () => {
    await publish([
      {
        size: 5,
        filter: {},
        pins: [
          { article: id('m1'), position: 2 },
          { article: id('s1'), position: 4 },
        ],
      },
    ]);
    expect(await shownTo()).toEqual(['m4 m1! m3 s1! s2']);
    await takeDown('m1');
    expect(await shownTo()).toEqual(['m4 m3 s1! s2 m2']);
  });

  test('shows to each audience what it may see', async () => {
    const as = newsroom.contextAs(operator);
    const saved = await desk.draft({ slug: 'embargoed', sectionId: 2, paragraphs: ['Text.'] });
    ids.embargoed = saved.articleId;
    await newsroom.database.transaction((tx) =>
      tx.run(sql`update article set workflowState = 'APPROVED' where id = ${saved.articleId}`),
    );
    const expectedVersion = await versionOf('article', saved.articleId);
    const embargoes = [{ audience: 'PARTNERS' as const, until: Date.now() + hour }];
    await publishArticle(as, { articleId: saved.articleId, expectedVersion, embargoes });
    await publish([
      { size: 2, filter: { sections: ['mena'] } },
      { size: 2, pins: [{ article: id('embargoed') }, { article: id('m1') }] },
    ]);
    expect(await shownTo()).toEqual(['m4 m3', 'embargoed! m1!']);
    const partner = createContext(newsroom.database, addresses, { audience: 'PARTNERS' });
    expect(await shownTo(partner)).toEqual(['m4 m3', 'm1!']);
  });

  test('appears at its moments, one after the other, without a worker; the worker enters each once', async () => {
    const frontId = await publish([{ size: 1, filter: { sections: ['mena'] } }]);
    const [noon, evening] = [Date.now() + hour, Date.now() + 5 * hour];
    const at = (ms: number) => new Date(ms).toISOString();
    const arrange = (expectedVersion: number, slug: string) =>
      saves({ id: frontId, expectedVersion, blocks: [{ size: 1, pins: [{ article: id(slug) }] }] });
    await arrange(2, 's1');
    expect(await moves('scheduleFront', { id: frontId, expectedVersion: 3, at: at(evening) })).toMatchObject({
      __typename: 'FrontScheduled',
      front: { version: 4 },
    });
    await arrange(4, 's2');
    await moves('scheduleFront', { id: frontId, expectedVersion: 5, at: at(noon) });
    await arrange(6, 'm1'); // a draft that nobody has scheduled
    expect(await shownTo()).toEqual(['m4']);
    const scheduled = `query ($id: ID!) { newsroomFront(id: $id) { title live { title } section { slug }
      scheduled { at revision { number blocks { pins { article { slug } } } } } } }`;
    const { data } = await newsroom.askAs(people.editor, scheduled, { id: frontId });
    expect(data.newsroomFront.scheduled).toEqual([
      { at: at(noon), revision: { number: 3, blocks: [{ pins: [{ article: { slug: 's2' } }] }] } },
      { at: at(evening), revision: { number: 2, blocks: [{ pins: [{ article: { slug: 's1' } }] }] } },
    ]);
    await letTimePass(2 * hour);
    expect(await shownTo()).toEqual(['s2!']);
    expect(await entered()).toEqual(['publish']);
    const entries = await Promise.all([1, 2, 3].map(() => enterDueFronts(newsroom.contextAs(operator))));
    expect(entries.reduce((sum, n) => sum + n)).toBe(1);
    expect(await entered()).toEqual(['publish', 'appear']);
    // publishing now leaves what is scheduled for the evening
    await moves('publishFront', { id: frontId, expectedVersion: 7 });
    expect(await shownTo()).toEqual(['m1!']);
    await letTimePass(4 * hour + 7);
    expect(await shownTo()).toEqual(['s1!']);
    expect(await saves({ id: frontId, expectedVersion: 8, description: 'All news' })).toMatchObject({
      front: { version: 9 },
    });
    expect(await entered()).toEqual(['publish', 'appear', 'publish', 'appear']);
    expect(await rows("select op from content_change where subject = 'Front'")).toHaveLength(4);
  });

  test('is given back what stood before when a change that was scheduled is taken back', async () => {
    const frontId = await publish([{ size: 1, filter: {} }]);
    const [one, two] = [Date.now() + hour, Date.now() + 2 * hour].map((ms) => new Date(ms).toISOString());
    await moves('scheduleFront', { id: frontId, expectedVersion: 2, at: one });
    await moves('scheduleFront', { id: frontId, expectedVersion: 3, at: two });
    await moves('scheduleFront', { id: frontId, expectedVersion: 4, at: two }); // once more: it takes its place
    expect(await rows('select id from front_publication')).toHaveLength(3);
    expect(await moves('unscheduleFront', { id: frontId, expectedVersion: 5, at: one })).toMatchObject({
      front: { version: 6 },
    });
    expect(await moves('unscheduleFront', { id: frontId, expectedVersion: 6, at: one })).toMatchObject({
      __typename: 'Missing',
      path: ['at'],
    });
    expect(await rows('select visibleUntil from front_publication order by visibleFrom')).toEqual([
      { visibleUntil: Date.parse(two!) },
      { visibleUntil: 253_402_300_799_999 },
    ]);
    expect(await moves('scheduleFront', { id: frontId, expectedVersion: 6, at: '2020-01-01T00:00:00Z' })).toMatchObject(
      {
        __typename: 'InvalidInput',
        path: ['at'],
      },
    );
    await moves('withdrawFront', { id: frontId, expectedVersion: 6 });
    expect(await rows('select seq from front_publication where seq is null')).toEqual([]);
    await letTimePass(3 * hour);
    expect(await shownTo()).toBeNull();
  });

  test('shows what readers saw at a moment, and stories as they were then', async () => {
    const frontId = await publish([
      { size: 2, filter: { sections: ['world'], languages: ['en'] } },
      { size: 1, filter: { entities: [globalId('Person', 1)], kinds: ['NEWS'] } },
      { size: 1, pins: [{ article: id('m2') }] },
    ]);
    await letTimePass(10 * hour);
    const then = new Date(Date.now() - hour).toISOString();
    expect(await shownTo(newsroom.context(), then)).toEqual(['m4 m3', 's2', 'm2!']);
    await desk.publish({ slug: 'm5', sectionId: 2 });
    await saves({ id: frontId, expectedVersion: 2, blocks: [{ size: 1, filter: {} }] });
    await moves('publishFront', { id: frontId, expectedVersion: 3 });
    expect(await shownTo()).toEqual(['m5']);
    expect(await shownTo(newsroom.context(), then)).toEqual(['m4 m3', 's2', 'm2!']);
    await takeDown('m4');
    expect(await shownTo(newsroom.context(), then)).toEqual(['m3 m1', 's2', 'm2!']);
    expect(await shownTo(newsroom.contextAs(people.chief), then)).toEqual(['m4 m3', 's2', 'm2!']);
    expect(await shownTo(newsroom.context(), new Date(Date.now() - 11 * hour).toISOString())).toBeNull();
  });

  test('as of a moment is filled from the newest 5,000 texts before it, and from no older ones', async () => {
    await publish([{ size: 1, filter: { kinds: ['ANALYSIS'] } }]);
    const moment = new Date(Date.now() + hour).toISOString();
    const later = 3; // of the stories are newer than the analysis
    const texts = (from: number, until: number) =>
      newsroom.database.transaction(async (tx) => {
        const [m4] = await tx.read<{ editionId: number; date: number }>(
          sql`select editionId, publishedAt as date from publication where articleId = ${ids.m4!}`,
        );
        const rows = Array.from({ length: until - from }, (_, i) => m4!.date + from + i + 1).map(
          (at) => sql`(${ids.m4!}, ${m4!.editionId}, ${at}, ${at}, ${at}, ${at}, '/mena/m4')`,
        );
        const columns = raw('articleId, editionId, visibleFrom, visibleUntil, publishedAt, updatedAt, path');
        await tx.run(sql`insert into publication (${columns}) values ${join(rows, ', ')}`);
      });
    for (let i = 0; i < 4_000; i += 1_000) await texts(i, i + 1_000);
    await texts(4_000, 4_999 - later);
    expect(await shownTo(newsroom.context(), moment)).toEqual(['m2']);
    await texts(4_999 - later, 5_000 - later);
    expect(await shownTo(newsroom.context(), moment)).toEqual(['']);
    expect(await shownTo()).toEqual(['m2']);
  });

  test('can be previewed with its drafts, until the preview ends', async () => {
    const frontId = await publish([{ size: 1, filter: {} }]);
    const { articleId } = await desk.draft({ slug: 'draft', title: 'A draft' });
    ids.draft = articleId;
    const pins = [{ article: id('draft') }, { article: id('m1') }];
    await saves({ id: frontId, expectedVersion: 2, blocks: [{ size: 3, pins, filter: {} }] });
    const made = await does(
      newsroom,
      people.editor,
      'previewFront',
      { id: frontId },
      '... on FrontPreviewCreated { token }',
    );
    expect(made.token).toEqual(expect.any(String));
    const previewing = async (viewer = people.editor, expiresAt = Date.now() + hour) => {
      const preview = await previewOfFront(newsroom.contextAs(viewer), { frontId: 1, expiresAt });
      return preview && createContext(newsroom.database, addresses, { preview });
    };
    expect(await shownTo((await previewing())!)).toEqual(['draft! m1! m4']);
    expect(await shownTo()).toEqual(['m4']);
    expect(await previewing(people.editor, Date.now() - 1)).toBeNull();
    const elsewhere = await personOf(newsroom, { name: 'Elsa', role: 'EDITOR', sectionIds: [3] });
    expect(await previewing(elsewhere)).toBeNull();
  });

  test('is changed at the version that was seen, and once for a key', async () => {
    const frontId = await publish([{ size: 1, filter: {} }]);
    const input = { id: frontId, expectedVersion: 2, title: 'Our front', idempotencyKey: 'once' };
    const saved = await saves(input);
    expect(saved.front).toMatchObject({ version: 3, title: 'Our front' });
    expect(await saves(input)).toEqual(saved);
    expect(await saves({ ...input, title: 'Another' })).toMatchObject({ __typename: 'IdempotencyKeyReused' });
    expect(await saves({ id: frontId, expectedVersion: 2, title: 'Mine' })).toEqual({
      __typename: 'StaleVersion',
      message: 'The front has been changed since: it is at version 3, not 2. Load it again and repeat the change.',
      path: ['expectedVersion'],
      expectedVersion: 2,
      currentVersion: 3,
    });
    for (const mutation of ['publishFront', 'withdrawFront'] as const)
      expect(await moves(mutation, { id: frontId, expectedVersion: 2 })).toMatchObject({ __typename: 'StaleVersion' });
    const both = await Promise.all([1, 2].map((n) => saves({ id: frontId, expectedVersion: 3, title: `Title ${n}` })));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['FrontSaved', 'StaleVersion']);
    expect(await rows("select action from audit where subject = 'Front' order by id")).toEqual(
      ['create', 'publish', 'save', 'save'].map((action) => ({ action })),
    );
  });

  test('has a history, from which an arrangement is made the newest again', async () => {
    const blocks = [
      { key: 'top', size: 2, filter: { sections: ['mena'], kinds: ['NEWS'] }, pins: [{ article: id('s1') }] },
    ];
    const frontId = await publish(blocks);
    await saves({ id: frontId, expectedVersion: 2, blocks: [], note: 'Away with it' });
    const restored = await saves({ id: frontId, expectedVersion: 3, revision: 1 }, 'restoreFront');
    expect(restored.front).toMatchObject({ version: 4, newest: { number: 3 } });
    expect(await saves({ id: frontId, expectedVersion: 4, revision: 9 }, 'restoreFront')).toMatchObject({
      __typename: 'Missing',
      path: ['revision'],
    });
    const history = `query ($id: ID!) { newsroomFront(id: $id) { slug version revisions(first: 2) { totalCount pageInfo { hasNextPage }
      nodes { number note savedBy { name } visibleFrom blocks { key size filter { sections { slug } entities { name } kinds languages }
        pins { position articleId article { slug workflowState } } stories { article { slug } } } } } } }`;
    const { data, errors } = await newsroom.askAs(people.editor, history, { id: frontId });
    expect(errors).toEqual([]);
    const savedBy = { name: 'Edith Editor' };
    expect(data.newsroomFront.revisions).toEqual({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      nodes: [
        {
          ...{ number: 3, note: null, savedBy, visibleFrom: null },
          blocks: [
            {
              key: 'top',
              size: 2,
              filter: { sections: [{ slug: 'mena' }], entities: null, kinds: ['NEWS'], languages: null },
              pins: [{ position: 1, articleId: id('s1'), article: { slug: 's1', workflowState: 'PUBLISHED' } }],
              stories: [{ article: { slug: 's1' } }, { article: { slug: 'm4' } }],
            },
          ],
        },
        { number: 2, note: 'Away with it', savedBy, visibleFrom: null, blocks: [] },
      ],
    });
  });

  test('of a section is for those who work there, and is found from it', async () => {
    const sportEditor = await personOf(newsroom, { name: 'Elsa', role: 'EDITOR', sectionIds: [3] });
    const as = (input: object) => does(newsroom, sportEditor, 'createFront', input, front);
    expect(await as({ title: 'Home' })).toMatchObject({ __typename: 'InvalidInput', path: ['section'] });
    expect(await as({ title: 'Mena', section: 'mena' })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['section'],
    });
    const made = await as({ title: 'Sport', section: 'sport', blocks: [{ size: 2, filter: { sections: ['sport'] } }] });
    expect(made.front).toMatchObject({ title: 'Sport', version: 1 });
    expect(await as({ title: 'Sport too', section: 'sport' })).toMatchObject({
      message: 'The section has a front already: arrange that one.',
    });
    expect((await newsroom.ask('{ section(slug: "sport") { front { slug } } }')).data.section.front).toBeNull();
    const target = { id: made.front.frontId, expectedVersion: 1 };
    await does(newsroom, sportEditor, 'publishFront', target);
    const asked =
      '{ section(slug: "sport") { front { slug section { slug } blocks { stories { article { slug } } } } } fronts { totalCount nodes { slug } } }';
    expect((await newsroom.ask(asked)).data).toEqual({
      section: {
        front: {
          slug: 'sport',
          section: { slug: 'sport' },
          blocks: [{ stories: [{ article: { slug: 's2' } }, { article: { slug: 's1' } }] }],
        },
      },
      fronts: { totalCount: 1, nodes: [{ slug: 'sport' }] },
    });
    const home = await make([]);
    const theirs = '{ newsroomFronts { totalCount nodes { slug } } }';
    expect((await newsroom.askAs(sportEditor, theirs)).data.newsroomFronts).toEqual({
      totalCount: 1,
      nodes: [{ slug: 'sport' }],
    });
    expect((await newsroom.askAs(people.editor, theirs)).data.newsroomFronts.nodes).toEqual([
      { slug: 'home' },
      { slug: 'sport' },
    ]);
    const other = { id: home.front.frontId, expectedVersion: 1 };
    expect(await does(newsroom, sportEditor, 'saveFront', { ...other, title: 'Mine' })).toMatchObject({
      __typename: 'Missing',
    });
    const one = 'query ($id: ID!) { newsroomFront(id: $id) { slug } }';
    expect((await newsroom.askAs(sportEditor, one, { id: other.id })).data.newsroomFront).toBeNull();
  });

  test('refuses what no page should be, and says what and where', async () => {
    const nobody = globalId('Article', 999);
    const refused: [object[], string, string][] = [
      [Array.from({ length: 100 }, () => ({ size: 1 })), 'blocks', 'A front has at most 30 blocks, not 100.'],
      [Array.from({ length: 30 }, () => ({ size: 50 })), 'blocks', 'A front shows at most 500 stories, not 1500.'],
      [[{ size: 0 }], 'blocks.0.size', 'A block shows from 1 to 50 stories.'],
      [[{ size: 51 }], 'blocks.0.size', 'A block shows from 1 to 50 stories.'],
      [
        [
          { size: 1, pins: [{ article: id('m1') }] },
          { size: 1, pins: [{ article: id('m1') }] },
        ],
        'blocks.1.pins.0.article',
        'The story is pinned in block 1 already: a page shows it once.',
      ],
      [
        [{ size: 1, pins: [{ article: id('m1'), position: 2 }] }],
        'blocks.0.pins.0.position',
        'The block shows 1 stories: there is no place 2.',
      ],
      [
        [
          {
            size: 3,
            pins: [
              { article: id('m1'), position: 2 },
              { article: id('m2'), position: 2 },
            ],
          },
        ],
        'blocks.0.pins.1.position',
        'Pinned stories are given in the order of their places, from 1, one in each.',
      ],
      [[{ size: 1, pins: [{ article: nobody }] }], 'blocks.0.pins.0.article', 'There is no such story.'],
      [
        [{ size: 1, pins: [{ article: globalId('Person', 1) }] }],
        'blocks.0.pins.0.article',
        `"${globalId('Person', 1)}" is the id of a Person; expected Article.`,
      ],
      [
        [{ size: 1, filter: { sections: ['mena', 'nowhere'] } }],
        'blocks.0.filter.sections.1',
        'There is no such section.',
      ],
      [
        [{ size: 1, filter: { entities: [globalId('Place', 77)] } }],
        'blocks.0.filter.entities.0',
        'There is no such person, organisation or place.',
      ],
      [[{ size: 1, filter: { kinds: [] } }], 'blocks.0.filter.kinds', 'kinds takes from 1 to 50 values.'],
      [
        [{ size: 1, filter: { languages: ['%_'] } }],
        'blocks.0.filter.languages.0',
        'A language is a tag such as en, fa or pt-BR.',
      ],
      [
        [{ size: 1, key: 'Top Stories' }],
        'blocks.0.key',
        'That is lower-case letters and digits joined by hyphens, such as top-stories.',
      ],
      [
        [
          { size: 1, key: 'top' },
          { size: 1, key: 'top' },
        ],
        'blocks.1.key',
        'Two blocks have the key "top".',
      ],
      [
        [{ size: 1, layout: 'javascript:alert(1)' }],
        'blocks.0.layout',
        'That is lower-case letters and digits joined by hyphens, such as top-stories.',
      ],
      [[{ size: 1, title: 'x'.repeat(201) }], 'blocks.0.title', 'blocks.0.title has 201 characters; at most 200 fit.'],
    ];
    for (const [blocks, path, message] of refused)
      expect(await make(blocks)).toMatchObject({ message, path: path.split('.') });
    expect(await rows('select id from front')).toEqual([]);
    for (const slug of ['Home', '../home', 'a b', '', '\u0000', '💥'.repeat(160)])
      expect({ slug, ...(await make([], { slug })) }).toMatchObject({
        slug,
        __typename: 'InvalidInput',
        path: ['slug'],
      });
    expect(await make([], { slug: 'خبر' })).toMatchObject({ __typename: 'FrontSaved' });
    expect(await make([], { slug: 'خبر' })).toMatchObject({
      message: 'Another front has the slug "خبر": choose another one.',
    });
    for (const slug of ['', '%', "' or 1=1", '\u0000'])
      expect((await newsroom.ask('query ($s: String!) { front(slug: $s) { slug } }', { s: slug })).data).toEqual({
        front: null,
      });
    const { errors } = await newsroom.ask(
      '{ front(slug: "home") { blocks(first: 31) { key } } fronts(first: 101) { nodes { slug } } }',
    );
    expect(errors.map(({ message }) => message)).toEqual(['`first` is from 0 to 100, not 101.']);
  });

  test('follows people who become one', async () => {
    const bob = await desk.entity('Person', 'Bob Brown');
    await publish([{ size: 2, filter: { entities: [globalId('Person', 1)] } }]);
    expect(await shownTo()).toEqual(['s2 m1']);
    const input = { from: globalId('Person', 1), fromVersion: 1, into: globalId('Person', bob), intoVersion: 1 };
    expect((await does(newsroom, people.chief, 'mergeEntities', input)).__typename).toBe('EntitiesMerged');
    expect(await shownTo()).toEqual(['s2 m1']);
  });

  const rows = <Row extends object>(text: string) => newsroom.database.read<Row>({ text, values: [] }, 'primary');
  const entered = async () =>
    (
      await rows<{ action: string }>(
        "select action from audit where action in ('publish', 'appear') and subject = 'Front' order by id",
      )
    ).map(({ action }) => action);
  const letTimePass = (ms: number) =>
    newsroom.database.transaction(async (tx) => {
      for (const table of ['publication', 'listing', 'front_publication'])
        for (const column of ['visibleFrom', 'visibleUntil'])
          await tx.run({
            text: `update ${table} set ${column} = ${column} - ? where ${column} < 253402300799999 order by ${column}`.replace(
              / order by \w+$/,
              onMariadb ? '$&' : '',
            ),
            values: [ms],
          });
    });
});

import { schedulePublication, withdrawArticle } from '../../src/articles/publish.commands.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { followStory } from '../../src/storylines/activity.commands.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const saved = `... on StorylineSaved { storyline { storylineId slug version status } warnings { message path } }`;
const stale = '... on StaleVersion { expectedVersion currentVersion }';
const timeline = `query ($slug: String!) { storyline(slug: $slug) { title summary status activeAt path picture { alt }
  entries { at title text isTurningPoint article { slug } } } }`;

describe('a storyline', () => {
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
    for (const name of ['Ann Other', 'Bob Brown']) await desk.entity('Person', name);
    ids = {};
    const texts = ['Ann Other met Bob Brown.', 'Ann Other spoke.', 'Nobody spoke.'];
    for (const [i, paragraph] of texts.entries()) {
      const slug = `s${i + 1}`;
      const publishedAt = `2024-06-0${i + 1}T12:00:00Z`;
      ids[slug] = (await desk.publish({ slug, publishedAt, paragraphs: [paragraph], sectionId: 1 })).articleId;
    }
  });
  afterEach(() => newsroom.close());

  const create = (more: object = {}) =>
    does(newsroom, people.editor, 'createStoryline', { title: 'The talks', ...more }, saved);
  const save = (input: object, mutation = 'saveStoryline') =>
    does(newsroom, people.editor, mutation, input, `${saved} ${stale}`);
  const rows = <Row extends object>(text: string) => newsroom.database.read<Row>({ text, values: [] }, 'primary');
  const ask = async (document: string, variables: object = {}) => {
    const { data, errors } = await newsroom.ask(document, { ...variables });
    expect(errors).toEqual([]);
    return data;
  };
  const shown = async (slug = 'the-talks') =>
    (await ask(timeline, { slug })).storyline?.entries.map(
      ({ title, article }: { title: string; article: { slug: string } | null }) => article?.slug ?? title,
    ) ?? null;
  const takeDown = async (slug: string) => {
    const [row] = await rows<{ version: number }>(`select version from article where id = ${ids[slug]}`);
    const target = { articleId: ids[slug]!, expectedVersion: row!.version, note: 'wrong', kill: true };
    expect(await withdrawArticle(newsroom.contextAs(operator), target)).toMatchObject({
      __typename: 'ArticleWithdrawn',
    });
  };
  const milestone = { at: '2024-06-02T18:00:00Z', title: 'A vote', text: 'Nobody was against.', isTurningPoint: true };

  test('is a draft of the desk until it is opened; then it shows its timeline by date', async () => {
    const pictureId = await savePicture(newsroom.context(), {
      externalId: 'p',
      alt: 'A table',
      caption: '',
      credit: '',
    });
    const entries = [{ article: id('s3') }, milestone, { article: id('s1'), title: 'It begins', text: 'They met.' }];
    const made = await create({ summary: 'They talk.', picture: globalId('Picture', pictureId), entries });
    const storylineId = globalId('Storyline', 1);
    expect(made).toEqual({
      __typename: 'StorylineSaved',
      storyline: { storylineId, slug: 'the-talks', version: 1, status: 'DRAFT' },
      warnings: [],
    });
    expect(await shown()).toBeNull();
    expect(await ask('{ storylines { totalCount } article(slug: "s1") { storylines { slug } } }')).toEqual({
      storylines: { totalCount: 0 },
      article: { storylines: [] },
    });
    expect((await ask(`{ node(id: "${storylineId}") { id } }`)).node).toBeNull();
    await save({ id: storylineId, expectedVersion: 1, status: 'OPEN' });
    expect((await ask(timeline, { slug: 'the-talks' })).storyline).toEqual({
      title: 'The talks',
      summary: 'They talk.',
      status: 'OPEN',
      activeAt: '2024-06-03T12:00:00.000Z',
      path: '/storylines/the-talks',
      picture: { alt: 'A table' },
      entries: [
        {
          at: '2024-06-01T12:00:00.000Z',
          title: 'It begins',
          text: 'They met.',
          isTurningPoint: false,
          article: { slug: 's1' },
        },
        {
          at: '2024-06-02T18:00:00.000Z',
          title: 'A vote',
          text: 'Nobody was against.',
          isTurningPoint: true,
          article: null,
        },
        { at: '2024-06-03T12:00:00.000Z', title: null, text: null, isTurningPoint: false, article: { slug: 's3' } },
      ],
    });
    const asked = `{ storyline(slug: "the-talks") { entries(first: 2, newestFirst: true) { title article { slug storylines { slug } } }
      mainEntities(first: 5) { articleCount entity { name } } } node(id: "${storylineId}") { ... on Storyline { slug url } } }`;
    expect(await ask(asked)).toEqual({
      storyline: {
        entries: [
          { title: null, article: { slug: 's3', storylines: [{ slug: 'the-talks' }] } },
          { title: 'A vote', article: null },
        ],
        mainEntities: [
          { articleCount: 1, entity: { name: 'Ann Other' } },
          { articleCount: 1, entity: { name: 'Bob Brown' } },
        ],
      },
      node: { slug: 'the-talks', url: 'https://news.example/storylines/the-talks' },
    });
  });

  test('shows only stories that readers see, and nothing that is said of the others', async () => {
    ids.draft = (await desk.draft({ slug: 'draft', sectionId: 1 })).articleId;
    const entries = [{ article: id('draft'), title: 'SECRET', at: '2020-01-01T00:00:00Z' }, { article: id('s1') }];
    const made = await create({ status: 'OPEN', entries });
    expect(made.warnings).toEqual([
      { message: 'Readers do not see “The headline of draft”: it stands there once they do.', path: ['entries', '0'] },
    ]);
    expect(await shown()).toEqual(['s1']);
    await takeDown('s1');
    expect(await shown()).toEqual([]);
    expect(
      (await ask('{ storyline(slug: "the-talks") { mainEntities { articleCount } } }')).storyline.mainEntities,
    ).toEqual([]);
    await desk.publish({ slug: 'draft', sectionId: 1 });
    expect(await shown()).toEqual(['draft']);
    const desk_ = `{ newsroomStoryline(id: "${globalId('Storyline', 1)}") { title live { slug }
      entries { title articleId at article { slug workflowState } } } newsroomStorylines { totalCount nodes { slug } } }`;
    expect((await newsroom.askAs(people.editor, desk_)).data).toEqual({
      newsroomStoryline: {
        title: 'The talks',
        live: { slug: 'the-talks' },
        entries: [
          {
            title: 'SECRET',
            articleId: id('draft'),
            at: '2020-01-01T00:00:00.000Z',
            article: { slug: 'draft', workflowState: 'PUBLISHED' },
          },
          { title: null, articleId: id('s1'), at: null, article: { slug: 's1', workflowState: 'KILLED' } },
        ],
      },
      newsroomStorylines: { totalCount: 1, nodes: [{ slug: 'the-talks' }] },
    });
  });

  test('tells an editor of other sections nothing of stories that he may not see', async () => {
    ids.draft = (await desk.draft({ slug: 'draft', sectionId: 1 })).articleId;
    await create({
      entries: [
        { article: id('draft'), title: 'SECRET', text: 'SECRET' },
        { article: id('s1'), title: 'Seen' },
      ],
    });
    const sport = await desk.section('sport');
    const elsa = await personOf(newsroom, { name: 'Elsa', role: 'EDITOR', sectionIds: [sport] });
    const asked = '{ newsroomStorylines { nodes { entries { title text article { title } } } } }';
    expect((await newsroom.askAs(elsa, asked)).data.newsroomStorylines.nodes[0].entries).toEqual([
      { title: null, text: null, article: null },
      { title: 'Seen', text: null, article: null },
    ]);
  });

  test('stands among the others by its newest entry, also when a story appears later', async () => {
    for (const [title, slug] of [
      ['One', 's1'],
      ['Two', 's2'],
      ['Three', 's3'],
    ] as const)
      await create({ title, status: title === 'Two' ? 'CLOSED' : 'OPEN', entries: [{ article: id(slug) }] });
    await create({ title: 'A draft', entries: [{ article: id('s3') }] });
    const order = async (args = '') =>
      (await ask(`{ storylines${args} { nodes { slug } } }`)).storylines.nodes.map(
        ({ slug }: { slug: string }) => slug,
      );
    expect(await order()).toEqual(['three', 'two', 'one']);
    expect(await order('(status: OPEN)')).toEqual(['three', 'one']);
    expect(await order('(status: DRAFT)')).toEqual([]);
    const first = (await ask('{ storylines(first: 2) { totalCount pageInfo { endCursor hasNextPage } } }')).storylines;
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const after = first.pageInfo.endCursor as string;
    expect(await order(`(first: 2, after: "${after}")`)).toEqual(['one']);
    const { errors } = await newsroom.ask(`{ storylines(status: OPEN, after: "${after}") { totalCount } }`);
    expect(errors[0]!.message).toMatch(/another order or filter/);
    // something new in the first
    await save(
      { id: globalId('Storyline', 1), expectedVersion: 1, entry: milestoneAt('2024-07-01T00:00:00Z') },
      'addToStoryline',
    );
    expect(await order()).toEqual(['one', 'three', 'two']);
    // what is to come does not count
    await save(
      { id: globalId('Storyline', 2), expectedVersion: 1, entry: milestoneAt('2999-07-01T00:00:00Z') },
      'addToStoryline',
    );
    expect(await order()).toEqual(['one', 'three', 'two']);
    const { articleId } = await desk.draft({ slug: 'new', sectionId: 1 });
    ids.new = articleId;
    await save({ id: globalId('Storyline', 3), expectedVersion: 1, entry: { article: id('new') } }, 'addToStoryline');
    await desk.publish({ slug: 'new', sectionId: 1 });
    for (let i = 0; i < 2; i++)
      await followStory(newsroom.contextAs(operator), { subject: 'Article', subjectId: articleId });
    expect(await order()).toEqual(['three', 'one', 'two']);
    expect(await rows("select op from content_change where op = 'STORYLINE_MOVED'")).toHaveLength(1);
  });
  const milestoneAt = (at: string) => ({ at, title: 'It happened' });

  test('is changed at the version that was seen, once for a key, and every change is in the audit', async () => {
    await create({ entries: [{ article: id('s1') }] });
    const target = { id: globalId('Storyline', 1), expectedVersion: 1 };
    const input = { ...target, title: 'The secret talks', note: 'They are secret', idempotencyKey: 'k' };
    const answer = await save(input);
    expect(answer.storyline).toMatchObject({ version: 2, slug: 'the-talks' });
    expect(await save(input)).toEqual(answer);
    expect(await save({ ...input, title: 'Other' })).toMatchObject({ __typename: 'IdempotencyKeyReused' });
    expect(await save({ ...target, title: 'Mine' })).toMatchObject({
      __typename: 'StaleVersion',
      expectedVersion: 1,
      currentVersion: 2,
    });
    expect((await save({ ...target, expectedVersion: 2, title: 'The secret talks' })).storyline.version).toBe(2);
    const both = await Promise.all(
      ['s2', 's3'].map((slug) =>
        save({ ...target, expectedVersion: 2, entry: { article: id(slug) } }, 'addToStoryline'),
      ),
    );
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['StaleVersion', 'StorylineSaved']);
    const audit = await rows<{ action: string; note: string; detail: string }>(
      "select action, note, detail from audit where subject = 'Storyline' order by id",
    );
    expect(audit.map(({ action }) => action)).toEqual(['create', 'save', 'save']);
    expect([audit[1]!.note, JSON.parse(audit[1]!.detail)]).toEqual([
      'They are secret',
      { before: { title: 'The talks' }, after: { title: 'The secret talks' } },
    ]);
  });

  test('keeps the addresses that it had', async () => {
    await create({ status: 'OPEN' });
    await save({ id: globalId('Storyline', 1), expectedVersion: 1, slug: 'talks' });
    const at = async (path: string) =>
      (
        await ask(
          'query ($p: String!) { resolvePath(path: $p) { __typename ... on Storyline { slug } ... on Redirect { path permanent } } }',
          { p: path },
        )
      ).resolvePath;
    expect(await at('/storylines/talks')).toEqual({ __typename: 'Storyline', slug: 'talks' });
    expect(await at('/storylines/the-talks/')).toEqual({
      __typename: 'Redirect',
      path: '/storylines/talks',
      permanent: true,
    });
    expect(await at('/storylines/talks/more')).toBeNull();
    expect((await ask('{ storyline(slug: "the-talks") { slug } }')).storyline).toBeNull();
    expect(await create({ slug: 'the-talks' })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['slug'],
      message: 'Another storyline has or had the slug "the-talks": choose another one.',
    });
    expect(await rows('select id from storyline')).toHaveLength(1);
    await save({ id: globalId('Storyline', 1), expectedVersion: 2, status: 'DRAFT' });
    expect([await at('/storylines/talks'), await at('/storylines/the-talks')]).toEqual([null, null]);
  });

  test('refuses what no timeline should be, and says what and where', async () => {
    const refused: [object, string, string][] = [
      [
        { entries: [{ title: 'No date' }] },
        'entries.0.at',
        'Something without a story needs the moment when it happened.',
      ],
      [{ entries: [{ at: milestone.at, title: ' ' }] }, 'entries.0.title', 'Something without a story needs a title.'],
      [
        { entries: [{ article: id('s1') }, { article: id('s1') }] },
        'entries.1.article',
        'The story is in the timeline twice.',
      ],
      [{ entries: [{ article: globalId('Article', 99) }] }, 'entries.0.article', 'There is no such story.'],
      [
        { entries: Array.from({ length: 201 }, () => milestone) },
        'entries',
        'A timeline has at most 200 entries, not 201.',
      ],
      [{ picture: globalId('Picture', 99) }, 'picture', 'There is no such picture.'],
      [{ title: '' }, 'title', 'title must not be empty.'],
      [
        { slug: '../x' },
        'slug',
        'A slug is lower-case letters and digits of any script, joined by hyphens, such as "x".',
      ],
    ];
    for (const [more, path, message] of refused)
      expect(await create(more)).toMatchObject({ message, path: path.split('.') });
    expect(await rows('select id from storyline')).toEqual([]);
    await create({ entries: Array.from({ length: 200 }, () => milestone) });
    expect(
      await save({ id: globalId('Storyline', 1), expectedVersion: 1, entry: milestone }, 'addToStoryline'),
    ).toMatchObject({ message: 'A timeline has at most 200 entries, not 201.' });
    expect(await save({ id: globalId('Storyline', 9), expectedVersion: 1 })).toMatchObject({
      __typename: 'Missing',
      path: ['id'],
    });
  });

  test('shows a story that was scheduled from its moment on, without a worker', async () => {
    const { articleId } = await desk.draft({ slug: 'later', sectionId: 1, paragraphs: ['Text.'] });
    ids.later = articleId;
    await newsroom.database.transaction((tx) =>
      tx.run(sql`update article set workflowState = 'APPROVED' where id = ${articleId}`),
    );
    const at = Date.now() + 3_600_000;
    const [{ version: expectedVersion }] = (await rows<{ version: number }>(
      `select version from article where id = ${articleId}`,
    )) as [{ version: number }];
    expect(await schedulePublication(newsroom.contextAs(operator), { articleId, expectedVersion, at })).toHaveProperty(
      'at',
    );
    await create({ status: 'OPEN', entries: [{ article: id('later') }, { article: id('s1') }] });
    expect(await shown()).toEqual(['s1']);
    await newsroom.database.transaction((tx) =>
      tx.run(sql`update publication set visibleFrom = visibleFrom - 7200000 where articleId = ${articleId}`),
    );
    expect(await shown()).toEqual(['s1', 'later']);
  });
});

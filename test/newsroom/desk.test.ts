import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, type People } from '../support/people.js';

/** The rows of a table, in the order of a column, as a test compares them. */
const rowsOf = (newsroom: TestNewsroom, statement: ReturnType<typeof sql>) => newsroom.database.read<object>(statement);

const story = '{ id version workflowState }';
const failed = '... on UserError { message path }';
const stale = '... on StaleVersion { expectedVersion currentVersion }';
const documents = {
  create: `mutation($input: CreateDraftInput!) { createDraft(input: $input) {
    __typename ... on DraftSaved { article ${story} warnings { message path } } ${failed} } }`,
  save: `mutation($input: SaveDraftInput!) { saveDraft(input: $input) {
    __typename ... on DraftSaved { article ${story} warnings { message path } } ${stale} ${failed} } }`,
  relate: `mutation($input: RelateStoriesInput!) { relateStories(input: $input) {
    __typename ... on StoriesRelated { article { id version related(first: 10) { edges { kind kicker node { slug } } } } } ${failed} } }`,
  publish: `mutation($input: PublishArticleInput!) { publishArticle(input: $input) {
    __typename ... on ArticlePublished { article { id slug version workflowState publishedAt } } ${stale}
    ... on IllegalTransition { from allowed } ${failed} } }`,
  schedule: `mutation($input: SchedulePublicationInput!) { schedulePublication(input: $input) {
    __typename ... on PublicationScheduled { article { version workflowState } at revision } ${failed} } }`,
  correct: `mutation($input: CorrectArticleInput!) { correctArticle(input: $input) {
    __typename ... on ArticleCorrected { article { version corrections { note } } } ${failed} } }`,
  withdraw: `mutation($input: WithdrawArticleInput!) { withdrawArticle(input: $input) {
    __typename ... on ArticleWithdrawn { article { version workflowState } } ${failed} } }`,
};
const move = (name: string) =>
  `mutation($input: MoveArticleInput!) { ${name}(input: $input) { __typename ... on ArticleMoved { article ${story} } ${failed} } }`;

describe('a desk', () => {
  let newsroom: TestNewsroom;
  let staff: People;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    staff = await peopleOf(newsroom);
    await deskOf(newsroom).section('mena');
  });
  afterAll(() => newsroom.close());

  const as = async (who: keyof People, document: string, input: object) => {
    const { data, errors } = await newsroom.askAs(staff[who], document, { input });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return Object.values(data as object)[0];
  };
  const begin = async (title: string, more: object = {}) => {
    const draft = { title, section: 'mena', body: { markdown: `What happened with ${title}.` }, ...more };
    return (await as('editor', documents.create, draft)).article as { id: string; version: number };
  };
  const approved = async (title: string) => {
    const { id: articleId, version } = await begin(title);
    await as('editor', move('submitArticle'), { articleId, expectedVersion: version });
    await as('editor', move('approveArticle'), { articleId, expectedVersion: version + 1 });
    return { articleId, expectedVersion: version + 2 };
  };
  const published = async (title: string) => {
    const target = await approved(title);
    const { article } = await as('editor', documents.publish, target);
    return { articleId: target.articleId, expectedVersion: article.version as number, slug: article.slug as string };
  };
  const reads = async (slug: string, fields = 'title') =>
    (await newsroom.ask(`{ article(slug: "${slug}") { ${fields} } }`)).data.article;
  const at = async (path: string) =>
    (
      await newsroom.ask(
        `{ resolvePath(path: "${path}") { __typename ... on Redirect { path } ... on Gone { reason } } }`,
      )
    ).data.resolvePath;
  /** Moves the clock of what is scheduled, as if its moment had come. */
  const letTimePass = (ms: number) =>
    newsroom.database.transaction(async (tx) => {
      for (const table of ['publication', 'listing']) {
        for (const column of ['visibleFrom', 'visibleUntil', 'partnersFrom', 'partnersUntil']) {
          const moved = {
            text: `update ${table} set ${column} = ${column} - ${ms} where ${column} < 253402300799999`,
            values: [],
          };
          await tx.run(moved);
        }
      }
    });

  test('drafts, checks, approves and publishes a story, and readers see it only then', async () => {
    const { id: articleId, version } = await begin('A quiet harbour');
    expect(version).toBe(1);
    const early = await as('editor', documents.publish, { articleId, expectedVersion: 1 });
    expect(early).toMatchObject({ __typename: 'IllegalTransition', from: 'DRAFT', allowed: ['SAVE', 'SUBMIT'] });
    expect(await as('editor', move('submitArticle'), { articleId, expectedVersion: 1 })).toMatchObject({
      article: { version: 2, workflowState: 'IN_REVIEW' },
    });
    expect(await as('editor', move('returnArticle'), { articleId, expectedVersion: 2 })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['note'],
    });
    await as('editor', move('approveArticle'), { articleId, expectedVersion: 2 });
    expect(await reads('a-quiet-harbour')).toBeNull();
    const answer = await as('editor', documents.publish, { articleId, expectedVersion: 3 });
    expect(answer).toMatchObject({
      __typename: 'ArticlePublished',
      article: { slug: 'a-quiet-harbour', version: 4, workflowState: 'PUBLISHED' },
    });
    expect(await reads('a-quiet-harbour', 'title publishedAt')).toEqual({
      title: 'A quiet harbour',
      publishedAt: answer.article.publishedAt,
    });
    expect(
      await rowsOf(newsroom, sql`select action from audit where subject = 'Article' and subjectId = 1 order by id`),
    ).toEqual(['create', 'submit', 'approve', 'publish'].map((action) => ({ action })));
    expect(
      await rowsOf(
        newsroom,
        sql`select c.op, c.version, p.seq = c.seq as entered from content_change c
        join publication p on p.id = c.publicationId where c.subjectId = 1`,
      ),
    ).toEqual([{ op: 'PUBLISHED', version: 4, entered: 1 }]);
  });

  test('saves beside what readers see, and a change to an approved text asks for approval again', async () => {
    const { articleId, expectedVersion, slug } = await published('The old bridge');
    const saved = await as('editor', documents.save, { articleId, expectedVersion, title: 'The new bridge' });
    expect(saved).toMatchObject({ __typename: 'DraftSaved', article: { workflowState: 'PUBLISHED' } });
    expect(await reads(slug)).toEqual({ title: 'The old bridge' });
    const again = await as('editor', documents.publish, { articleId, expectedVersion: expectedVersion + 1 });
    expect(again).toMatchObject({ __typename: 'ArticlePublished' });
    expect(await reads(slug)).toEqual({ title: 'The new bridge' });

    const target = await approved('A tunnel');
    expect(await as('editor', documents.save, { ...target, title: 'Two tunnels' })).toMatchObject({
      article: { workflowState: 'IN_REVIEW' },
    });
  });

  test('hears who came first when two save the same version', async () => {
    const { id: articleId } = await begin('A race');
    expect(await as('editor', documents.save, { articleId, expectedVersion: 1, title: 'One' })).toMatchObject({
      __typename: 'DraftSaved',
      article: { version: 2 },
    });
    expect(await as('chief', documents.save, { articleId, expectedVersion: 1, title: 'Two' })).toMatchObject({
      __typename: 'StaleVersion',
      expectedVersion: 1,
      currentVersion: 2,
    });
  });

  test('may send the same twice: it is done once, and another input under the same key is refused', async () => {
    const input = { title: 'Only once', section: 'mena', idempotencyKey: 'key-1' };
    const first = await as('editor', documents.create, input);
    expect(await as('editor', documents.create, input)).toEqual(first);
    expect(await as('editor', documents.create, { ...input, title: 'Twice' })).toMatchObject({
      __typename: 'IdempotencyKeyReused',
      path: ['idempotencyKey'],
    });
    expect((await as('chief', documents.create, input)).article.id).not.toBe(first.article.id);
    const saved = { articleId: first.article.id, expectedVersion: 1, title: 'Changed', idempotencyKey: 'key-2' };
    const second = await as('editor', documents.save, saved);
    await as('editor', documents.save, { ...saved, expectedVersion: 2, idempotencyKey: null, title: 'Changed again' });
    expect(await as('editor', documents.save, saved)).toEqual(second);
  });

  test('relates drafts without touching the live page', async () => {
    const beside = await begin('Beside it');
    const { articleId, expectedVersion, slug } = await published('The main story');
    const related = [{ article: beside.id, kind: 'BACKGROUND', kicker: 'Israel' }];
    expect(await as('editor', documents.relate, { articleId, expectedVersion, related })).toMatchObject({
      __typename: 'StoriesRelated',
      article: { related: { edges: [{ kind: 'BACKGROUND', kicker: 'Israel', node: { slug: 'beside-it' } }] } },
    });
    expect(await reads(slug, 'related { totalCount }')).toEqual({ related: { totalCount: 0 } });
    const self = await as('editor', documents.relate, {
      articleId,
      expectedVersion: expectedVersion + 1,
      related: [{ article: articleId }],
    });
    expect(self).toMatchObject({ __typename: 'InvalidInput', path: ['related', '0', 'article'] });
  });

  test('schedules one of its texts, which appears at its minute without anybody', async () => {
    const target = await approved('Tomorrow’s news');
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    expect(await as('editor', documents.schedule, { ...target, at: '2020-01-01T00:00:00Z' })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['at'],
    });
    expect(await as('editor', documents.schedule, { ...target, at: soon })).toMatchObject({
      __typename: 'PublicationScheduled',
      article: { workflowState: 'SCHEDULED' },
      at: soon,
      revision: 1,
    });
    const later = { articleId: target.articleId, expectedVersion: target.expectedVersion + 1, title: 'Changed since' };
    await as('editor', documents.save, later);
    expect(await reads('tomorrows-news')).toBeNull();
    expect(await at('/mena/tomorrows-news')).toBeNull();
    await letTimePass(3_600_000);
    expect(await reads('tomorrows-news')).toEqual({ title: 'Tomorrow’s news' });
    const desk = `{ newsroom { article(id: "${target.articleId}") { workflowState version scheduled { at } } } }`;
    expect((await newsroom.askAs(staff.editor, desk)).data.newsroom.article).toEqual({
      workflowState: 'PUBLISHED',
      version: target.expectedVersion + 2,
      scheduled: null,
    });
  });

  test('corrects a story in sight of its readers', async () => {
    const { articleId, expectedVersion, slug } = await published('Forty boats');
    await as('editor', documents.save, { articleId, expectedVersion, title: 'Fourteen boats' });
    const input = { articleId, expectedVersion: expectedVersion + 1, note: 'There were fourteen boats, not forty.' };
    expect(await as('editor', documents.correct, input)).toMatchObject({ __typename: 'ArticleCorrected' });
    expect(await reads(slug, 'title corrections { note } seo { jsonLd }')).toMatchObject({
      title: 'Fourteen boats',
      corrections: [{ note: 'There were fourteen boats, not forty.' }],
      seo: { jsonLd: expect.stringContaining('There were fourteen boats, not forty.') },
    });
  });

  test('keeps an old slug as a way to the new one', async () => {
    const { articleId, expectedVersion } = await published('Port of call');
    await as('editor', documents.save, { articleId, expectedVersion, slug: 'harbour-of-call' });
    expect(await reads('port-of-call')).toEqual({ title: 'Port of call' });
    await as('editor', documents.publish, { articleId, expectedVersion: expectedVersion + 1 });
    expect(await reads('port-of-call')).toBeNull();
    expect(await reads('harbour-of-call')).toEqual({ title: 'Port of call' });
    expect(await at('/mena/port-of-call')).toEqual({ __typename: 'Redirect', path: '/mena/harbour-of-call' });
    expect(await as('editor', documents.create, { title: 'x', section: 'mena', slug: 'port-of-call' })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['slug'],
    });
  });

  test('shows what readers saw at a moment', async () => {
    const { articleId, expectedVersion, slug } = await published('Before');
    const seen = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await as('editor', documents.save, { articleId, expectedVersion, title: 'After' });
    await as('editor', documents.publish, { articleId, expectedVersion: expectedVersion + 1 });
    const asOf = async (moment: string) =>
      (await newsroom.ask(`{ article(slug: "${slug}", asOf: "${moment}") { title } }`)).data.article;
    expect(await asOf(seen)).toEqual({ title: 'Before' });
    expect(await asOf('2020-01-01T00:00:00Z')).toBeNull();
    await as('chief', documents.withdraw, {
      articleId,
      expectedVersion: expectedVersion + 2,
      kill: true,
      note: 'Libel',
    });
    expect(await asOf(seen)).toBeNull();
  });

  test('takes a story down, and kills one only as its chief', async () => {
    const { articleId, expectedVersion, slug } = await published('A mistake');
    const input = { articleId, expectedVersion, note: 'Wrong person.', publicNote: 'It named the wrong person.' };
    expect(await as('editor', documents.withdraw, input)).toMatchObject({ article: { workflowState: 'WITHDRAWN' } });
    expect(await reads(slug)).toBeNull();
    expect(await at('/mena/a-mistake')).toEqual({ __typename: 'Gone', reason: 'It named the wrong person.' });
    const kill = { articleId, expectedVersion: expectedVersion + 1, note: 'For good.', kill: true };
    const { errors } = await newsroom.askAs(staff.editor, documents.withdraw, { input: kill });
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
    expect(await as('chief', documents.withdraw, kill)).toMatchObject({ article: { workflowState: 'KILLED' } });
    expect(await as('chief', documents.publish, { articleId, expectedVersion: expectedVersion + 2 })).toMatchObject({
      __typename: 'IllegalTransition',
      from: 'KILLED',
      allowed: [],
    });
  });
});

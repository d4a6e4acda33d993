import { parse, print, separateOperations } from 'graphql';
import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, type People } from '../support/people.js';

/** The operations of one of the desk's own documents, by name. */
const operationsOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(separateOperations(parse(shared(`contract/editor/${file}.graphql`)))).map(([name, document]) => [
      name,
      print(document),
    ]),
  );

(hasShared ? describe : describe.skip)('the documents of the desk', () => {
  let newsroom: TestNewsroom;
  let people: People;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    await deskOf(newsroom).section('mena');
  });
  afterAll(() => newsroom.close());

  const does = async (document: string | undefined, input: object) => {
    const { data, errors } = await newsroom.askAs(people.chief, document!, { input });
    expect(errors).toEqual([]);
    return Object.values(data as object)[0];
  };

  test('draft, save, publish, schedule, correct and withdraw a story', async () => {
    const { CreateDraft, SaveDraft } = operationsOf('save-draft');
    const { Publish, Schedule, Correct, Withdraw } = operationsOf('publish');
    const created = await does(CreateDraft, {
      title: 'Talks resume',
      section: 'mena',
      body: { markdown: 'In Vienna.' },
    });
    expect(created).toEqual({
      __typename: 'DraftSaved',
      article: { id: expect.any(String), version: 1, workflowState: 'DRAFT' },
      warnings: [],
    });
    const articleId = created.article.id as string;
    const saved = await does(SaveDraft, { articleId, expectedVersion: 1, standfirst: 'After a long pause' });
    expect(saved).toMatchObject({ __typename: 'DraftSaved', article: { version: 2 } });
    expect(await does(SaveDraft, { articleId, expectedVersion: 1, title: 'Too late' })).toMatchObject({
      __typename: 'StaleVersion',
      expectedVersion: 1,
      currentVersion: 2,
    });
    expect(await does(Publish, { articleId, expectedVersion: 2 })).toMatchObject({
      __typename: 'IllegalTransition',
      from: 'DRAFT',
      allowed: ['SAVE', 'SUBMIT'],
    });
    const move = (name: string) =>
      `mutation($input: MoveArticleInput!) { ${name}(input: $input) { ... on ArticleMoved { article { version } } } }`;
    await does(move('submitArticle'), { articleId, expectedVersion: 2 });
    await does(move('approveArticle'), { articleId, expectedVersion: 3 });
    const at = new Date(Date.now() + 60_000).toISOString();
    expect(await does(Schedule, { articleId, expectedVersion: 4, at, revision: 2 })).toEqual({
      __typename: 'PublicationScheduled',
      article: { id: articleId, version: 5, workflowState: 'SCHEDULED' },
      at,
      revision: 2,
    });
    expect(await does(Publish, { articleId, expectedVersion: 5 })).toMatchObject({
      __typename: 'ArticlePublished',
      article: { slug: 'talks-resume', version: 6, workflowState: 'PUBLISHED', publishedAt: expect.any(String) },
    });
    expect(await does(Correct, { articleId, expectedVersion: 6, note: 'In Geneva, not in Vienna.' })).toMatchObject({
      __typename: 'ArticleCorrected',
      article: { id: articleId, version: 7, corrections: [{ note: 'In Geneva, not in Vienna.' }] },
    });
    expect(await does(Withdraw, { articleId, expectedVersion: 7, note: 'It never happened.', kill: true })).toEqual({
      __typename: 'ArticleWithdrawn',
      article: { id: articleId, version: 8, workflowState: 'KILLED' },
    });
  });

  test('put a story beside another', async () => {
    const { CreateDraft } = operationsOf('save-draft');
    const { Relate } = operationsOf('entities');
    const ids: string[] = [];
    for (const title of ['First', 'Second']) {
      ids.push((await does(CreateDraft, { title, section: 'mena' })).article.id);
    }
    const related = [{ article: ids[1], kind: 'FOLLOW_UP', kicker: 'Iran' }];
    expect(await does(Relate, { articleId: ids[0], expectedVersion: 1, related })).toEqual({
      __typename: 'StoriesRelated',
      article: {
        id: ids[0],
        version: 2,
        related: { edges: [{ kind: 'FOLLOW_UP', kicker: 'Iran', node: { slug: 'second' } }] },
      },
    });
  });
});

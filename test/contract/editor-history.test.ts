import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { begins, does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, type People } from '../support/people.js';

(hasShared ? describe : describe.skip)('the document of the desk about the history of a story', () => {
  let newsroom: TestNewsroom;
  let people: People;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    await deskOf(newsroom).section('mena');
  });
  afterAll(() => newsroom.close());

  const history = async (articleId: string) => {
    const { data, errors } = await newsroom.askAs(people.editor, shared('contract/editor/history.graphql'), {
      articleId,
    });
    expect(errors).toEqual([]);
    return data.newsroom.article;
  };

  test('tells its texts, their changes, and who did what', async () => {
    const articleId = await begins(newsroom, people.contributor, 'Talks resume');
    const title = 'Talks resume in Vienna';
    await does(newsroom, people.editor, 'saveDraft', { articleId, expectedVersion: 1, title, note: 'Where' });
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
    const [cora, edith] = [{ name: 'Cora Contributor' }, { name: 'Edith Editor' }];
    expect(await history(articleId)).toEqual({
      id: articleId,
      version: 2,
      workflowState: 'DRAFT',
      revisions: {
        edges: [
          {
            node: {
              number: 2,
              savedAt: moment,
              savedBy: edith,
              title,
              note: 'Where',
              changes: [{ path: 'title', before: 'Talks resume', after: title }],
            },
          },
          { node: { number: 1, savedAt: moment, savedBy: cora, title: 'Talks resume', note: null, changes: [] } },
        ],
      },
      audit: {
        edges: [
          { node: { action: 'save', at: moment, by: edith, note: 'Where' } },
          { node: { action: 'create', at: moment, by: cora, note: null } },
        ],
      },
    });
  });
});

import { globalId } from '../../src/kernel/global-id.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('ids', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
  });
  afterAll(() => newsroom.close());

  test('lead back to what gave them, whatever it is', async () => {
    const { data } = await newsroom.ask(
      `{ article(slug: "iran-confirms-secret-talks-with-the-us") { id section { id } people { id } organisations { id } places { id } }
         newsletters(first: 1) { nodes { id } } }`,
    );
    const { article, newsletters } = data;
    const ids = [
      article,
      article.section,
      article.people[0],
      article.organisations[0],
      article.places[0],
      newsletters.nodes[0],
    ].map((node: { id: string }) => node.id);
    const { data: found, errors } = await newsroom.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, {
      ids,
    });
    expect(errors).toEqual([]);
    expect(found.nodes).toEqual(
      ['Article', 'Section', 'Person', 'Organisation', 'Place', 'Newsletter'].map((__typename, i) => ({
        __typename,
        id: ids[i],
      })),
    );
  });

  test('of nothing give nothing, in their place', async () => {
    const ids = [
      globalId('Article', 999_999),
      globalId('Section', 1),
      globalId('Teapot', 1),
      globalId('constructor', 1),
    ];
    const { data, errors } = await newsroom.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }`, { ids });
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual([null, { __typename: 'Section' }, null, null]);
  });

  test('of the wrong kind give nothing', async () => {
    const { data } = await newsroom.ask('{ person(slug: "ali-bagheri") { id } }');
    const number = Number(Buffer.from(data.person.id, 'base64url').toString().split(':')[1]);
    expect((await newsroom.ask(`{ node(id: "${globalId('Place', number)}") { __typename } }`)).data).toEqual({
      node: null,
    });
  });

  test.each(['', '1', 'QXJ0aWNsZTow', 'QXJ0aWNsZTox=', 'QXJ0aWNsZTotMQ', 'x'.repeat(5000), "' or 1=1 --"])(
    'that we did not give are refused: %s',
    async (id) => {
      const { errors } = await newsroom.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    },
  );

  test('are taken a hundred at a time', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => globalId('Article', i + 1));
    const { errors } = await newsroom.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors[0]).toMatchObject({ message: '`ids` takes at most 100, not 101.' });
    const { data, statements } = await newsroom.measure('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: ids.slice(1),
    });
    expect(data.nodes).toHaveLength(100);
    expect(statements).toHaveLength(1);
  });
});

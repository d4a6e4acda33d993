import { indexStories } from '../../src/search/index.commands.js';
import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('search', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
    const rows = await newsroom.database.read<{ id: number }>(sql`select id from article`);
    await indexStories(
      newsroom.context(),
      rows.map(({ id }) => id),
    );
  });
  afterAll(() => newsroom.close());
  test('finds', async () => {
    const { data, errors } = await newsroom.measure(
      `query ($query: String!) { search(query: $query, first: 3) { totalCount edges { score highlight highlightRanges { start end } titleRanges { start end } node { slug title } }
      facets { sections { section { slug } count } entities { entity { __typename slug name } count } kinds { kind count } years { year count } } suggestion entities { name } pageInfo { hasNextPage endCursor } } }`,
      { query: 'Iran talks' },
    );
    console.log(JSON.stringify(errors), JSON.stringify(data, null, 1));
  });
  void deskOf;
});

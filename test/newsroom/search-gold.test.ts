import { askGold, publishGold, scoreOf } from '../../scripts/search/gold.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('the gold set of the search, in nine languages', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    await publishGold(() => newsroom.context());
  }, 120_000);
  afterAll(() => newsroom.close());

  test('is found, and nothing besides', async () => {
    const outcomes = await askGold(() => newsroom.context());
    expect(outcomes.length).toBeGreaterThanOrEqual(60);
    const { recall, precision } = scoreOf(outcomes);
    const off = outcomes.filter(({ missed, wrong }) => missed.length + wrong.length > 0);
    expect(off.map(({ query, missed, wrong }) => ({ query, missed, wrong }))).toEqual([]);
    expect(recall).toBe(1);
    expect(precision).toBe(1);
  });
});

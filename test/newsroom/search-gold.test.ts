import { askGold, publishGold, scoreOf } from '../../scripts/search/gold.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('the gold set of the search, in nine languages', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    await publishGold(() => newsroom.context());
  }, 120_000);
  afterAll(() => newsroom.close());

  test('is found, and hardly anything besides', async () => {
    const outcomes = await askGold(() => newsroom.context());
    expect(outcomes.length).toBeGreaterThanOrEqual(60);
    const { recall, precision } = scoreOf(outcomes);
    console.log(
      outcomes
        .filter((o) => o.missed.length + o.wrong.length > 0)
        .map((o) => JSON.stringify(o))
        .join('\n'),
      recall,
      precision,
    );
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.95);
  });
});

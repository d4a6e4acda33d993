import { nowIn } from '../../src/kernel/write.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('the database’s clock', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(() => newsroom.close());

  test('tells milliseconds since 1970, whatever zone the session is in', async () => {
    for (const zone of ['+00:00', '-08:00', '+03:30']) {
      const now = await newsroom.database.transaction(async (tx) => {
        if (tx.dialect === 'mysql') await tx.run({ text: `set time_zone = '${zone}'`, values: [] });
        return nowIn(tx);
      });
      expect(Math.abs(now - Date.now())).toBeLessThan(5_000);
    }
  });
});

import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const hour = 3_600_000;

describe('what partners are told', () => {
  let newsroom: TestNewsroom;
  let feed: ReturnType<typeof feedOf>;
  let mena: number;
  let business: number;
  beforeEach(async () => {
    newsroom = await openNewsroom();
    feed = feedOf(newsroom);
    const desk = deskOf(newsroom);
    mena = await desk.section('mena');
    await desk.section('gulf', 'mena');
    business = await desk.section('business');
  });
  afterEach(() => newsroom.close());

  test('a story of a section is news to who has the section, and to nobody else', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('mena', { sections: [mena] }));
    const echo = await feed.partner('The Echo', await feed.product('business', { sections: [business] }));
    await feed.published('Ships wait at the strait', 'gulf');
    expect(await feed.told(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships wait at the strait', null]]);
    expect(await feed.told(echo)).toEqual([]);
  });

  test('an update, a correction with and without another text, and what was withdrawn come in their order', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('all'));
    const story = await feed.published('Ships wait', 'mena');
    await feed.update(story, { title: 'Ships wait in the heat' });
    await feed.correct(story, 'It was nine ships.', { title: 'Nine ships wait' });
    await feed.correct(story, 'It was on Monday.');
    expect(await feed.told(post)).toEqual([
      ['PUBLISHED', 'PUBLISH', 'Ships wait', null],
      ['UPDATED', 'REPLACE', 'Ships wait in the heat', null],
      ['CORRECTED', 'CORRECT', 'Nine ships wait', 'It was nine ships.'],
      ['CORRECTED', 'CORRECT', 'Nine ships wait', 'It was on Monday.'],
    ]);
    await feed.withdraw(story, 'We look into it.');
    expect(await feed.told(post)).toEqual([
      ['PUBLISHED', 'REMOVE', null, null],
      ['UPDATED', 'REMOVE', null, null],
      ['CORRECTED', 'NOTE', null, 'It was nine ships.'],
      ['CORRECTED', 'NOTE', null, 'It was on Monday.'],
      ['WITHDRAWN', 'REMOVE', null, 'We look into it.'],
    ]);
  });

  test('a kill goes to all who ever had the story, also to one whose product it left, and takes the text out of all feeds', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('mena', { sections: [mena] }));
    const echo = await feed.partner('The Echo', await feed.product('business', { sections: [business] }));
    const other = await feed.partner('The Other', await feed.product('opinion', { kinds: ['OPINION'] }));
    const story = await feed.published('A deal', 'mena');
    await feed.update(story, { section: 'business' });
    await feed.withdraw(story, 'It is not true.', true);
    const kinds = async (viewer: typeof post) => (await feed.told(viewer)).map(([kind, , title]) => [kind, title]);
    expect(await kinds(post)).toEqual([
      ['PUBLISHED', null],
      ['RIGHTS_EXPIRED', null],
      ['KILLED', null],
    ]);
    expect(await kinds(echo)).toEqual([
      ['PUBLISHED', null],
      ['KILLED', null],
    ]);
    expect(await kinds(other)).toEqual([]);
  });
});
void hour;

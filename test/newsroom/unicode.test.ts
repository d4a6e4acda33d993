import { createContext } from '../../src/kernel/context.js';
import { deskOn, draft, openDesk, storyOf, type Desk, type Fields } from '../../scripts/promises/desk.js';
import type { AccountViewer } from '../../src/kernel/viewer.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

/** Answers that are the same on every database, letter for letter: this file runs on each. */
describe('a text in any script', () => {
  let newsroom: TestNewsroom;
  let viewer: AccountViewer;
  let desk: Desk;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    viewer = await openDesk(newsroom.database);
    desk = deskOn(newsroom.database, viewer);
  });
  afterAll(() => newsroom.close());

  const fields = (id: string) => `{ newsroom { article(id: "${id}") { title standfirst slug } } }`;
  const stored = async (given: Fields) => {
    const { articleId } = storyOf(await desk('createDraft', { ...draft('x'), ...given }));
    const answer = await newsroom.askIn(createContext(newsroom.database, addresses, { viewer }), fields(articleId));
    return answer.data.newsroom.article as { title: string; standfirst: string; slug: string };
  };

  test.each([
    ['composed', 'Caf\u00e9', 'Caf\u00e9', 'cafe'],
    ['decomposed, which is the same word', 'Cafe\u0301', 'Caf\u00e9', 'cafe-2'],
    ['family emoji, joined', '👩‍👩‍👧 day', '👩‍👩‍👧 day', 'day'],
    ['flag', 'Vote 🇮🇷', 'Vote 🇮🇷', 'vote'],
    ['Persian with a half-space', 'می‌خواهم', 'می‌خواهم', expect.any(String)],
    ['Arabic between marks of direction', '\u200fخبر\u200e', '\u200fخبر\u200e', expect.any(String)],
    ['spaces around', '  Wide  ', 'Wide', 'wide'],
    ['Turkish i', 'İstanbul', 'İstanbul', 'istanbul'],
    ['sharp s', 'Straße', 'Straße', 'straße'],
    ['a letter beyond the first plane', '𝒜 story', '𝒜 story', expect.any(String)],
  ])('keeps %s', async (_, title, kept, slug) => {
    expect(await stored({ title, standfirst: title })).toEqual({ title: kept, standfirst: kept, slug });
  });

  test('is kept without control characters, which nobody sees', async () => {
    expect(await stored({ title: 'A\u0000 quay\u0007' })).toMatchObject({ title: 'A quay', slug: 'a-quay' });
  });

  test('tells texts apart that differ in one letter, in case or in an emoji', async () => {
    const titles = ['Ete', 'Été', 'ete', 'Ete 😀', 'Ete 😎'];
    const slugs = new Set<string>();
    for (const title of titles) slugs.add((await stored({ title })).slug);
    expect(slugs.size).toBe(titles.length);
  });

  test.each([
    ['title', { title: 'Half \ud83d' }, 'title'],
    ['standfirst', { standfirst: 'Half \ude00' }, 'standfirst'],
    ['note', { note: 'Half \ud83d' }, 'note'],
    ['slug', { slug: 'half-\ud83d' }, 'slug'],
    ['markdown', { body: { markdown: 'Half \ud83d' } }, 'body'],
    ['block', { body: { blocks: [{ paragraph: { text: 'Half \ud83d' } }] } }, 'body'],
  ])('refuses half a letter in its %s, and says where', async (_, given, where) => {
    const document = `mutation($input: CreateDraftInput!) { createDraft(input: $input) {
      __typename ... on UserError { path } } }`;
    const { data } = await newsroom.askAs(viewer, document, { input: { ...draft('Half'), ...given } });
    expect(data.createDraft).toMatchObject({ __typename: 'InvalidInput', path: expect.arrayContaining([where]) });
  });

  test('refuses a body of more than a thousand blocks, and stores nothing', async () => {
    const count = { text: 'select count(*) as n from edition', values: [] };
    const before = await newsroom.database.read(count);
    const blocks = Array.from({ length: 1_001 }, () => ({ paragraph: { text: 'One.' } }));
    const outcome = await desk('createDraft', { ...draft('Too long'), body: { blocks } });
    expect(outcome).toMatchObject({ __typename: 'InvalidInput' });
    expect(await newsroom.database.read(count)).toEqual(before);
  });
});

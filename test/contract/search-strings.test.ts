import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { operator } from '../../src/kernel/viewer.js';
import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const given = hasShared ? describe : describe.skip;

given('a search for strings that break naive software', () => {
  let newsroom: TestNewsroom;
  let strings: string[];
  beforeAll(async () => {
    newsroom = await openNewsroom();
    strings = JSON.parse(shared('corpus/strings/blns.json')) as string[];
    const desk = deskOf(newsroom);
    const clean = (text: string) => text.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, ' ');
    const blocks = strings.map((text, i) => ({ key: `b${i}`, kind: 'Paragraph' as const, text: clean(text) }));
    await desk.publish({ slug: 'naughty', title: 'All of them', blocks });
    await rebuildIndex(newsroom.context());
  }, 60_000);
  afterAll(() => newsroom.close());

  const document = `query ($query: String!) {
    search(query: $query, first: 2) { totalCount suggestion entities { name } edges { highlight highlightRanges { start end } titleRanges { start } }
      facets { sections { count } } }
    newsroomSearch(query: $query) { totalCount } }`;

  test('never fails, as whatever is typed is words', async () => {
    expect(strings.length).toBeGreaterThan(500);
    const operators = [
      '+',
      '-',
      '*',
      '"',
      '(',
      ')',
      '~',
      '<',
      '>',
      '@',
      'NEAR(',
      'a AND',
      'NOT',
      'OR OR',
      '"a" *',
      '+-a',
      '-"',
      'a"b"c',
      '%_%',
    ];
    const failed: object[] = [];
    for (const query of [
      ...strings,
      ...operators,
      ...strings.map((text) => `title:"${text}`),
      ...strings.map((text) => `-${text}`),
    ]) {
      const { data, errors } = await newsroom.askAs(operator, document, { query });
      if (errors.length > 0) failed.push({ query, errors: errors.map(({ message }) => message) });
      for (const { highlight, highlightRanges } of data?.search.edges ?? [])
        for (const { start, end } of highlightRanges) expect(highlight.slice(start, end)).not.toBe('');
    }
    expect(failed).toEqual([]);
  }, 120_000);

  test('finds the story that has them, word by word', async () => {
    const withWords = strings.filter((text) => /^[\p{L}\p{N} ]{2,80}$/u.test(text));
    expect(withWords.length).toBeGreaterThan(50);
    const missed: string[] = [];
    for (const query of withWords) {
      const { data } = await newsroom.ask(document.replace(/newsroomSearch.*$/m, '}'), { query });
      if (data.search.totalCount !== 1) missed.push(query);
    }
    expect(missed).toEqual([]);
  }, 60_000);
});

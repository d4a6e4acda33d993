import { snippetOf, soughtBy } from '../../src/search/highlight.rules.js';
import { askedIn, longestQuery, mostTerms } from '../../src/search/query.rules.js';
import { corrected, distance } from '../../src/search/spelling.rules.js';
import { analyse } from '../../src/text/analyse.rules.js';
import { folded } from '../../src/text/fold.rules.js';
import { stemOf } from '../../src/text/stem.rules.js';
import { facetToken, titleToken, tokenOf } from '../../src/search/token.rules.js';

const words = (text: string, language = 'en') => analyse(text, language).map(({ word }) => word);

describe('the analyser of the search', () => {
  test('folds what readers do not tell apart', () => {
    expect(['Straße', 'NAÏVE', 'Ｆｕｌｌ', 'œuvre', 'Ёлка', 'Łódź'].map(folded)).toEqual([
      'strasse',
      'naive',
      'full',
      'oeuvre',
      'елка',
      'lodz',
    ]);
    expect(['الإِيرَان', 'كتاب', 'علي', 'مـــدرسة', 'تأیید', '۱۴۰۳', '٢٠٢٤'].map(folded)).toEqual([
      'الایران',
      'کتاب',
      'علی',
      'مدرسه',
      'تایید',
      '1403',
      '2024',
    ]);
  });

  test('takes apart what is joined, and joins what is parted', () => {
    expect(words('U.S. and U.N., J. K. Rowling, 1,000 times')).toEqual([
      'us',
      'and',
      'un',
      'jk',
      'rowling',
      '1000',
      'times',
    ]);
    const [, second] = analyse('Amir-Abdollahian', 'en');
    expect(second).toMatchObject({ term: 'abdollahian', others: ['amirabdollahian'], isJoined: true });
    expect(words("Iran's l'État O’Brien don't", 'fr')).toEqual(['iran', 'etat', 'obrien', 'dont']);
    expect(words('می‌شود', 'fa')).toEqual(['می', 'شود']);
    expect(words('東京都。米', 'ja')).toEqual(['東京', '京都', '米']);
  });

  test('says where each term stands, in the text as it was', () => {
    const text = '“Müller’s” F-16 😀 東京';
    expect(analyse(text, 'de').map(({ start, end }) => text.slice(start, end))).toEqual([
      'Müller’s',
      'F',
      '16',
      '東京',
    ]);
  });

  test('takes off light endings', () => {
    expect(['elections', 'cities', 'running', 'voted', 'boss', 'news'].map((word) => stemOf(word, 'en'))).toEqual([
      'election',
      'citi',
      'run',
      'vot',
      'boss',
      'news',
    ]);
    expect(stemOf('city', 'en')).toBe(stemOf('cities', 'en'));
    expect(stemOf('ministerinnen', 'de')).toBe('ministerin');
    expect(stemOf('journaux', 'fr')).toBe(stemOf('journal', 'fr'));
    expect(stemOf('переговоров', 'ru')).toBe(stemOf('переговоры', 'ru'));
    expect(stemOf('北京', 'zh')).toBe('北京');
  });

  test('writes tokens that every engine takes as they are, each term its own', () => {
    const terms = [
      'a',
      'ab',
      'the',
      'un',
      'un.',
      'www',
      'where',
      'вы',
      'یک',
      '東京',
      'a'.repeat(79),
      'a'.repeat(80),
      'я'.repeat(200),
      '%_*"',
      '\u{1F600}',
    ];
    const tokens = terms.map(tokenOf);
    for (const token of [...tokens, ...terms.map(titleToken), facetToken('e17')]) {
      expect(token).toMatch(/^[jkqvxyz][a-z0-9]{2,83}$/);
    }
    expect(new Set(tokens).size).toBe(terms.length);
  });
});

test('a text of ASCII alone is taken apart as every other', () => {
  const text = "U.N. and U. N. said it's 1,239.5 or 12,34; e.g. a-b, O'Neil`s x_y 'n' 3.A F-16 I.B.M";
  expect(analyse(text, 'en')).toEqual(analyse(`${text} é`, 'en').slice(0, -1));
  expect(analyse(text, 'en').map(({ word }) => word)).toContain('1239');
});

describe('a query', () => {
  test('is read up to its limits and no further', () => {
    const many = askedIn(Array.from({ length: 50 }, (_, i) => `word${i}`).join(' '));
    expect(many.words).toHaveLength(mostTerms);
    expect(askedIn('a'.repeat(longestQuery * 3)).words).toHaveLength(1);
  });

  test('that is not well-formed is words', () => {
    expect(askedIn('title: "talks').plain.map(({ word }) => word)).toEqual(['title']);
    expect(askedIn('"talks').words).toEqual([['talks', 'talk']]);
    expect(askedIn('- -- "" ( ) *').words).toEqual([]);
    expect(askedIn('nuclear-free').notWords).toEqual([]);
    expect(askedIn('\ud800 talks').plain).toMatchObject([{ word: 'talks', start: 2, end: 7 }]);
  });

  test('of two capitals means the same in capitals, unless all of it is shouted', () => {
    expect(askedIn('UN').words).toEqual([['un.']]);
    expect(askedIn('un').words[0]).toContain('un');
    expect(askedIn('UN VOTES').words[0]).toContain('un');
  });
});

describe('a snippet', () => {
  const story = (text: string) => ({
    title: 'T',
    standfirst: '',
    language: 'en',
    blocks: [{ key: 'b1', kind: 'Paragraph' as const, text }],
  });
  const sought = soughtBy([['talk', 'talks']]);

  test('is cut around what was sought, at spaces, and its marks move with it', () => {
    const text = `${'Long before that nothing happened. '.repeat(20)}Then the talks began. ${'And went on. '.repeat(40)}`;
    const { text: cut, ranges } = snippetOf(story(text), sought);
    expect(cut.length).toBeLessThanOrEqual(242);
    expect(cut).toMatch(/^…\S.*Then the talks began\..*…$/);
    expect(ranges.map(({ start, end }) => cut.slice(start, end))).toEqual(['talks']);
  });

  test('never halves a character', () => {
    const text = `${'😀'.repeat(300)} talks ${'😀'.repeat(300)}`;
    expect(snippetOf(story(text), sought).text.isWellFormed()).toBe(true);
  });

  test('begins with the story where the text says nothing of it', () => {
    expect(snippetOf(story('Nothing here.'), sought)).toEqual({ text: 'Nothing here.', ranges: [] });
  });
});

test('spelling is corrected by one change in short words and two in long ones, to what is used most', () => {
  expect([distance('talks', 'tlaks', 2), distance('talks', 'walk', 2), distance('a', 'abcd', 2)]).toEqual([1, 2, 3]);
  const near = [
    { word: 'talks', stories: 5 },
    { word: 'tanks', stories: 50 },
    { word: 'negotiation', stories: 1 },
  ];
  expect(corrected('tamks', near)).toBe('tanks');
  expect(corrected('talks', near)).toBe('talks');
  expect(corrected('negotaitoin', near)).toBe('negotiation');
  expect(corrected('harbour', near)).toBeUndefined();
});

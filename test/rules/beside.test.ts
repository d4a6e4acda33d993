import type { ArticleKind } from '../../src/articles/edition.rows.js';
import { isOtherEvent, kindOf } from '../../src/newsroom/beside/kind.rules.js';
import { withEdges, type Likeness } from '../../src/newsroom/beside/nearness.rules.js';
import { apart, listed, reasonFor } from '../../src/newsroom/beside/reason.rules.js';
import { packedRuns, runsIn, sameness, unpackedRuns } from '../../src/newsroom/beside/runs.rules.js';
import {
  analysedText,
  hashOf,
  isEverywhere,
  keptTerms,
  packed,
  packedLength,
  rarityIn,
  StoredTerms,
  termsOf,
  wordsIn,
  type TermCounts,
} from '../../src/newsroom/beside/wording.rules.js';

const none: TermCounts = { texts: 0, of: () => 0 };
const partsOf = (title: string, ...paragraphs: string[]) =>
  analysedText({ language: 'en', title, standfirst: '', paragraphs });
const like = (more: Partial<Likeness>): Likeness => ({
  ...{ articleId: 1, score: 1, shared: [], named: 0, worded: 0, names: null, same: 0, days: 0 },
  ...{ titled: 0, isNamedOtherwise: false, beside: null },
  ...more,
});

describe('the terms of a text', () => {
  const terms = termsOf(partsOf('Ferry sinks', 'A ferry sank near Valmora. Rescuers of Tressel came to the ferry.'));
  const known = (term: string) => terms.find((each) => each.term === hashOf(term));

  test('are its words, without those that everybody uses, and pairs of neighbours', () => {
    expect(known('ferri')).toMatchObject({ inTitle: true, of: null, isName: false });
    expect(known('the')).toBeUndefined();
    const pairs = terms.filter(({ of }) => of !== null).map(({ of }) => of);
    expect(pairs[0]).toEqual([hashOf('ferri'), hashOf('sink')]);
    expect(pairs).not.toContainEqual([hashOf('sink'), hashOf('ferri')]); // the one ends a headline, the other begins a text
    expect(known('ferri')!.said).toBeGreaterThan(known('sank')!.said);
  });

  test('are told to be names by a capital that no sentence gives them', () => {
    expect(terms.filter(({ isName }) => isName).map(({ term }) => term)).toEqual([
      hashOf('valmora'),
      hashOf('tressel'),
    ]);
  });

  test('are not names when they only say what sort of thing it is', () => {
    const bank = termsOf(partsOf('Rates', 'They asked the Bank of Tarnow, and Prime Minister Vik, on Monday.'));
    expect(bank.filter(({ isName }) => isName).map(({ term }) => term)).toEqual([hashOf('tarnow'), hashOf('vik')]);
  });

  test('are as rare as few texts have them', () => {
    const counts: TermCounts = { texts: 1_000, of: (term) => (term === hashOf('bank') ? 900 : 3) };
    const rarity = rarityIn(counts);
    const [common, rare] = ['bank', 'tarnow'].map((term) => rarity({ term: hashOf(term), of: null })) as [
      number,
      number,
    ];
    expect(common).toBeLessThan(0.05);
    expect(rare).toBeGreaterThan(0.8);
    expect(rarity({ term: 1, of: [hashOf('bank'), hashOf('tarnow')] })).toBeCloseTo(common + rare);
    expect([hashOf('bank'), hashOf('tarnow')].map((term) => isEverywhere(term, counts))).toEqual([true, false]);
    expect(keptTerms(termsOf(partsOf('Bank', 'bank of Tarnow')), counts).map(({ term }) => term)).toEqual([
      hashOf('tarnow'),
    ]);
  });

  test('are the same when they were stored, and never more than fit', () => {
    const kept = keptTerms(terms, none);
    const stored = new StoredTerms(packed(kept));
    expect(stored.count).toBe(kept.length);
    kept.forEach(({ term, said, inTitle, isName, of }, i) => {
      expect([stored.term(i), stored.inTitle(i), stored.isName(i), stored.isPair(i)]).toEqual([
        ...[term, inTitle, isName, of !== null],
      ]);
      expect(Math.abs(stored.said(i) - said)).toBeLessThan(0.13);
    });
    expect(wordsIn(packed(kept))).toEqual(kept.filter(({ of }) => of === null).map(({ term }) => term));
    const long = partsOf('Long', Array.from({ length: 5_000 }, (_, i) => `w${i} w${i % 900}`).join(' '));
    expect(packed(keptTerms(termsOf(long), none)).length).toBeLessThanOrEqual(packedLength);
  });
});

describe('a text sent once more', () => {
  const words = (from: number, many: number) => Array.from({ length: many }, (_, i) => `w${(from + i) * 7}`).join(' ');
  const runs = (text: string) => runsIn(partsOf('', text));

  test('is the same word for word, with another end as well', () => {
    expect(sameness(runs(words(0, 300)), runs(words(0, 300)))).toBe(1);
    expect(sameness(runs(words(0, 300)), runs(`${words(0, 300)} ${words(5_000, 100)}`))).toBe(1);
    const half = sameness(runs(words(0, 300)), runs(`${words(0, 150)} ${words(5_000, 150)}`));
    expect(half > 0.3 && half < 0.7).toBe(true);
  });

  test('is not another text, nor one of a few words', () => {
    expect(sameness(runs(words(0, 300)), runs(words(9_000, 300)))).toBe(0);
    expect(sameness(runs('Nothing to see here today'), runs('Nothing to see here today'))).toBe(0);
    expect(sameness([], [])).toBe(0);
  });

  test('is sampled within bounds, and stored as it is', () => {
    const long = runs(words(0, 4_000));
    expect(long).toHaveLength(64);
    expect(unpackedRuns(packedRuns(long))).toEqual(long);
    expect(packedRuns(long).length).toBeLessThanOrEqual(400);
  });
});

describe('what a story is to another', () => {
  test.each<[string, Partial<Likeness>, string, ArticleKind?]>([
    ['the same event', { days: -1, worded: 0.3, named: 0.5 }, 'SAME_EVENT'],
    ['the same event by names nobody has entries for', { days: 2, worded: 0.3, names: 0.6 }, 'SAME_EVENT'],
    ['the same text, years later', { days: 900, same: 0.8 }, 'SAME_EVENT'],
    ['what came of it', { days: 9, worded: 0.3, named: 0.5 }, 'FOLLOW_UP'],
    ['what was before', { days: -200, worded: 0.3, named: 0.5 }, 'BACKGROUND'],
    ['what explains', { days: -9, worded: 0.3 }, 'BACKGROUND', 'EXPLAINER'],
    ['alike in words only', { days: -1, worded: 0.3, names: 0.2 }, 'RELATED'],
  ])('%s', (_, more, kind, of = 'NEWS') => expect(kindOf(like(more), of)).toBe(kind));

  test('another event of its kind has other names', () => {
    expect(isOtherEvent(like({ names: 0, worded: 0.4, titled: 0.4 }))).toBe(true);
    expect(isOtherEvent(like({ names: 0, worded: 0.4, titled: 0.8, isNamedOtherwise: true }))).toBe(true);
    expect(isOtherEvent(like({ names: 0, worded: 0.4, titled: 0.8 }))).toBe(false);
    expect(isOtherEvent(like({ names: 0.2 }))).toBe(false);
    expect(isOtherEvent(like({ names: 0, named: 0.3 }))).toBe(false);
    expect(isOtherEvent(like({ names: null }))).toBe(false);
    expect(isOtherEvent(like({ names: 0, same: 0.9 }))).toBe(false);
  });

  test('is nearer when it was put beside a near one, and says beside which', () => {
    const found = [
      like({ articleId: 1, score: 0.8 }),
      like({ articleId: 2, score: 0.2 }),
      like({ articleId: 3, score: 0.2 }),
    ];
    const edges = [{ beginsAt: 1, leadsTo: 2 }];
    expect(
      withEdges(found, edges, new Set()).map(({ articleId, score, beside }) => [articleId, score, beside]),
    ).toEqual([
      [1, 0.8, null],
      [2, 0.2 + 0.1 * 0.8, 1],
      [3, 0.2, null],
    ]);
    expect(withEdges([like({ articleId: 2, score: 0 })], [{ beginsAt: 9, leadsTo: 2 }], new Set([9]))[0]).toMatchObject(
      {
        score: 0.1,
        beside: 9,
      },
    );
  });
});

describe('the reason in words', () => {
  const day = 86_400_000;
  const at = Date.parse('2024-06-03T10:00:00Z');
  const told = (more: Partial<Likeness>, days = 0, besideTitle?: string) =>
    reasonFor(like(more), {
      nameOf: (id) => ['Ali Bagheri', 'Oman', 'IAEA', 'Iran', 'Muscat'][id]!,
      besideTitle,
      at: at + days * day,
      than: at,
    });

  test.each<[string, string]>([
    [told({ shared: [0, 1] }, -2), 'Both name Ali Bagheri and Oman; published 2 days earlier.'],
    [told({ shared: [0], worded: 0.5 }), 'Both name Ali Bagheri, in much the same words; published the same day.'],
    [told({ shared: [0, 1, 2, 3, 4] }, 21), 'Both name Ali Bagheri, Oman, IAEA and 2 more; published 3 weeks later.'],
    [told({ worded: 0.5 }, 100), 'Both use much the same words; published 3 months later.'],
    [told({ titled: 0.9 }, -800), 'What its headline speaks of is in this text; published 2 years earlier.'],
    [told({ same: 0.92 }), '92 % of the shorter text is in the other word for word; published the same day.'],
    [told({}, -1, 'Talks'), 'It stands beside “Talks”; published 1 day earlier.'],
    [told({}), 'Both use some of the same rare words; published the same day.'],
  ])('%s', (reason, expected) => expect(reason).toBe(expected));

  test('counts days by their dates', () => {
    expect(apart(Date.parse('2024-06-02T23:00:00Z'), Date.parse('2024-06-03T01:00:00Z'))).toBe('1 day earlier');
    expect(listed(['A'])).toBe('A');
    expect(listed(['A', 'B', 'C', 'D'])).toBe('A, B, C and D');
  });
});

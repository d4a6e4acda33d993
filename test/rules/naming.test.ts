import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildNameIndex, findMentions, type KnownName } from '../../src/articles/naming.rules.js';

const IRAN = 1;
const LEBANON = 2;
const ISRAEL = 3;
const US = 4;
const BAGHERI = 5;
const ABDOLLAHIAN = 6;
const RAISI = 7;
const ASSAD = 8;
const FT = 9;
const HAGUE = 10;
const IAEA = 11;
const BOARD = 12;
const IRAN_AIR = 13;

const names: KnownName[] = [
  { entityId: IRAN, name: 'Iran', kind: 'Place' },
  { entityId: IRAN, name: 'Islamic Republic of Iran', kind: 'Place' },
  { entityId: LEBANON, name: 'Lebanon', kind: 'Place' },
  { entityId: ISRAEL, name: 'Israel', kind: 'Place' },
  { entityId: US, name: 'the United States', kind: 'Place' },
  { entityId: US, name: 'U.S.', kind: 'Place' },
  { entityId: US, name: 'US', kind: 'Place' },
  { entityId: BAGHERI, name: 'Ali Bagheri', kind: 'Person' },
  { entityId: ABDOLLAHIAN, name: 'Hossein Amir-Abdollahian', kind: 'Person' },
  { entityId: RAISI, name: 'Ebrahim Raisi', kind: 'Person' },
  { entityId: ASSAD, name: 'Bashar al-Assad', kind: 'Person' },
  { entityId: FT, name: 'Financial Times', kind: 'Organisation' },
  { entityId: FT, name: 'the FT', kind: 'Organisation' },
  { entityId: HAGUE, name: 'The Hague', kind: 'Place' },
  { entityId: IAEA, name: 'IAEA', kind: 'Organisation' },
  { entityId: BOARD, name: 'IAEA Board of Governors', kind: 'Organisation' },
  { entityId: IRAN_AIR, name: 'Iran Air', kind: 'Organisation' },
];

/** Each mention as "surface=entityId", after checking its offsets. */
function found(known: readonly KnownName[], ...texts: string[]): string[] {
  const blocks = texts.map((text, i) => ({ key: `b${i + 1}`, text }));
  return findMentions(buildNameIndex(known), blocks).map((mention) => {
    const text = blocks.find((block) => block.key === mention.blockKey)?.text ?? '';
    expect(text.slice(mention.start, mention.end)).toBe(mention.surface);
    return `${mention.surface}=${mention.entityId}`;
  });
}

describe('where a name begins and ends', () => {
  test.each([
    [
      'the longest name wins',
      'The IAEA Board of Governors met; the IAEA did not.',
      ['IAEA Board of Governors=12', 'IAEA=11'],
    ],
    ['a name cut short is the shorter one', 'The Islamic Republic of Iran Airlines', ['Islamic Republic of Iran=1']],
    ['a full stop between two sentences parts a name', 'He left Iran. Air traffic stopped.', ['Iran=1']],
    ['an adjective is not the name', 'An Iranian and a pro-Iranian militia', []],
    ['a possessive is', "Iran's and Israel’s ministers", ['Iran=1', 'Israel=3']],
    [
      'so is a compound with a hyphen',
      'the Lebanon-Israel border, Iran–Lebanon talks',
      ['Lebanon=2', 'Israel=3', 'Iran=1', 'Lebanon=2'],
    ],
    [
      'and one with a lower-case word',
      'pro-Iran, Iran-backed, U.S.-led, non-U.S.',
      ['Iran=1', 'Iran=1', 'U.S.=4', 'U.S.=4'],
    ],
    ['a dotted name before a space', 'the U.S. said', ['U.S.=4']],
    ['a dotted name at the end of a sentence', 'talks with the U.S.', ['U.S.=4']],
    ['a dotted name in quotation marks, with possessive', '“U.S.” and the U.S.’s', ['U.S.=4', 'U.S.=4']],
    ['not inside a longer initialism', 'the U.S.A., the U.S.S.R. and the R.U.S.', []],
    ['not inside a word', 'USA, USB, AUS, Irán, Iraniran, Iran2', []],
    ['not inside a name with an apostrophe', "O'Lebanon and Iran'a", []],
    ['after an elided article', "l'Iran, d’Israel, L’Iran", ['Iran=1', 'Israel=3', 'Iran=1']],
    [
      'in quotation marks of every kind',
      '‘Iran’ "Israel" «Lebanon» (Iran) #Iran',
      ['Iran=1', 'Israel=3', 'Lebanon=2', 'Iran=1', 'Iran=1'],
    ],
    ['a missing space after a full stop', 'They left.Iran said so.', ['Iran=1']],
  ])('%s', (_, text, mentions) => expect(found(names, text)).toEqual(mentions));
});

describe('case', () => {
  test.each([
    ['short names keep theirs', 'tell us, Us and the us', []],
    ['and all names do', 'iran and ISrael', []],
    [
      'but a headline in capitals finds them',
      'IRAN AND THE FT: ALI BAGHERI’S TALKS',
      ['IRAN=1', 'FT=9', 'ALI BAGHERI=5'],
    ],
    ['and so does a dateline', 'LEBANON (AP) — Talks began.', ['LEBANON=2']],
    ['a particle may open a sentence', 'Bashar al-Assad spoke. Al-Assad left.', ['Bashar al-Assad=8', 'Al-Assad=8']],
  ])('%s', (_, text, mentions) => expect(found(names, text)).toEqual(mentions));
});

describe('the leading "the"', () => {
  test.each([
    [
      'is optional and outside the surface',
      'The United States, the United States, United States',
      Array(3).fill('United States=4'),
    ],
    ['is inside where the name has it capitalised', 'In The Hague', ['The Hague=10']],
    ['but may still be absent or small', 'the Hague; a Hague court', ['Hague=10', 'Hague=10']],
    ['is no name alone', 'the The THE', []],
  ])('%s', (_, text, mentions) => expect(found([...names, { entityId: 99, name: 'the' }], text)).toEqual(mentions));
});

describe('what is folded in comparing', () => {
  test.each([
    [
      'no-break spaces and line ends',
      'Ali\u00a0Bagheri, Hossein\n  Amir-Abdollahian',
      ['Ali\u00a0Bagheri=5', 'Hossein\n  Amir-Abdollahian=6'],
    ],
    [
      'every hyphen and dash',
      'Hossein Amir‑Abdollahian, Bashar al–Assad',
      ['Hossein Amir‑Abdollahian=6', 'Bashar al–Assad=8'],
    ],
    ['soft hyphens and zero-width marks', 'Ali Bag\u00adheri, \u200fIran\u200e', ['Ali Bag\u00adheri=5', 'Iran=1']],
    ['characters of two code units keep offsets right', '😀𝒳 Iran 😀 Israel', ['Iran=1', 'Israel=3']],
  ])('%s', (_, text, mentions) => expect(found(names, text)).toEqual(mentions));

  const others: KnownName[] = [
    { entityId: 1, name: 'Sana’a', kind: 'Place' },
    { entityId: 2, name: 'Recep Tayyip Erdoğan', kind: 'Person' },
    { entityId: 3, name: 'إيران', kind: 'Place' },
    { entityId: 4, name: 'علی باقری', kind: 'Person' },
    { entityId: 5, name: 'São Tomé', kind: 'Place' },
    { entityId: 6, name: 'イラン', kind: 'Place' },
    { entityId: 7, name: 'AT&T', kind: 'Organisation' },
  ];
  test.each([
    ['apostrophes', "Sana'a, Sanaʻa, Sana`a", ["Sana'a=1", 'Sanaʻa=1', 'Sana`a=1']],
    [
      'composed and decomposed letters',
      'Recep Tayyip Erdog\u0306an in Sa\u0303o Tome\u0301',
      ['Recep Tayyip Erdog\u0306an=2', 'Sa\u0303o Tome\u0301=5'],
    ],
    ['but a letter without its mark is another', 'Sao Tome', []],
    ['Arabic words, vocalised or not', 'قالت إيران، وليست الإيرانية: إِيرَان.', ['إيران=3', 'إِيرَان=3']],
    ['Arabic and Persian forms of a letter', 'علي باقري گفت. باقری رفت', ['علي باقري=4', 'باقری=4']],
    ['scripts without spaces', '今日イランは', ['イラン=6']],
    ['signs inside a name', 'AT&T and AT & T', ['AT&T=7', 'AT & T=7']],
  ])('%s', (_, text, mentions) => expect(found(others, text)).toEqual(mentions));
});

describe('family names', () => {
  test('count after the full name, across blocks, and not before it', () => {
    expect(found(names, 'Bagheri spoke.', 'Ali Bagheri left.', 'Later Bagheri’s car and President Raisi.')).toEqual([
      'Ali Bagheri=5',
      'Bagheri=5',
    ]);
  });
  test('a double-barrelled one belongs to its owner as a whole', () => {
    expect(found(names, 'Hossein Amir-Abdollahian died.', 'Amir-Abdollahian was 60. Abdollahian, Amir.')).toEqual([
      'Hossein Amir-Abdollahian=6',
      'Amir-Abdollahian=6',
    ]);
  });
  test('with and without the Arabic article', () => {
    expect(found(names, 'Bashar al-Assad', 'Assad met al-Assad')).toEqual([
      'Bashar al-Assad=8',
      'Assad=8',
      'al-Assad=8',
    ]);
  });
  test('are dropped where two people of the text have them', () => {
    const two: KnownName[] = [...names, { entityId: 50, name: 'Mohammad Bagheri', kind: 'Person' }];
    expect(found(two, 'Ali Bagheri met Bagheri', 'and Mohammad Bagheri.')).toEqual([
      'Ali Bagheri=5',
      'Mohammad Bagheri=50',
    ]);
    expect(found(two, 'Ali Bagheri met Bagheri.')).toEqual(['Ali Bagheri=5', 'Bagheri=5']);
  });
  test('belong to nobody else: "Jill" is known to be a given name', () => {
    const known: KnownName[] = [
      { entityId: 1, name: 'Joe Biden', kind: 'Person' },
      { entityId: 2, name: 'Jill Stein', kind: 'Person' },
      { entityId: 3, name: 'King Charles', kind: 'Person' },
    ];
    expect(found(known, 'Joe Biden and Jill Biden; King Biden, says Biden')).toEqual([
      'Joe Biden=1',
      'Biden=1',
      'Biden=1',
    ]);
  });
  test('follow particles', () => {
    const known: KnownName[] = [
      { entityId: 1, name: 'Ursula von der Leyen', kind: 'Person' },
      { entityId: 2, name: 'Mohammed bin Salman', kind: 'Person' },
      { entityId: 3, name: 'Abu Mazen', kind: 'Person' },
      { entityId: 4, name: 'Robert Kennedy Jr.', kind: 'Person' },
    ];
    expect(found(known, 'Ursula von der Leyen: Von der Leyen, von der Leyen')).toHaveLength(3);
    expect(found(known, 'Mohammed bin Salman: bin Salman, King Salman')).toEqual([
      'Mohammed bin Salman=2',
      'bin Salman=2',
    ]);
    expect(found(known, 'Abu Mazen met Mazen')).toEqual(['Abu Mazen=3']);
    expect(found(known, 'Robert Kennedy Jr. spoke. Kennedy left')).toEqual(['Robert Kennedy Jr.=4', 'Kennedy=4']);
  });
  test('are for people only', () => {
    expect(found([{ entityId: 1, name: 'Deutsche Bank', kind: 'Organisation' }], 'Deutsche Bank. The Bank')).toEqual([
      'Deutsche Bank=1',
    ]);
  });
});

describe('a surface known for two', () => {
  const known: KnownName[] = [
    { entityId: 1, name: 'Georgia', kind: 'Place' },
    { entityId: 2, name: 'Georgia', kind: 'Place' },
    { entityId: 1, name: 'State of Georgia' },
    { entityId: 2, name: 'Republic of Georgia' },
    { entityId: 1, name: 'The Georgia' },
  ];
  test('is dropped', () => expect(found(known, 'Georgia')).toEqual([]));
  test('is the one named elsewhere', () => {
    expect(found(known, 'Georgia', 'the State of Georgia')).toEqual(['Georgia=1', 'State of Georgia=1']);
  });
  test('is dropped where both are', () => {
    expect(found(known, 'Georgia, State of Georgia, Republic of Georgia')).toEqual([
      'State of Georgia=1',
      'Republic of Georgia=2',
    ]);
  });
  test('twice for one entity is no conflict', () => {
    expect(found([...names, ...names], 'Iran')).toEqual(['Iran=1']);
  });
});

describe('misuse', () => {
  test('empty names, punctuation, no names, no text', () => {
    expect(
      found(
        [
          { entityId: 1, name: '' },
          { entityId: 2, name: ' . ' },
          { entityId: 3, name: '—' },
        ],
        ' . — ',
      ),
    ).toEqual([]);
    expect(found([], 'Iran')).toEqual([]);
    expect(found(names)).toEqual([]);
    expect(found(names, '', '   ')).toEqual([]);
  });
  test('names that are properties of objects', () => {
    expect(
      found(
        [
          { entityId: 1, name: 'constructor' },
          { entityId: 2, name: '__proto__' },
        ],
        'a constructor toString __proto__',
      ),
    ).toEqual(['constructor=1', '__proto__=2']);
  });
  test('whatever the text, offsets are right, in order and do not overlap', () => {
    const word = fc.constantFrom(
      'Iran',
      'the',
      'U.S.',
      ' ',
      '\u00a0',
      "'s",
      '-',
      '.',
      'Ali',
      'Bagheri',
      'al-Assad',
      'Bashar',
      '😀',
      '\u200c',
      'The Hague',
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(word, fc.string({ unit: 'binary' })), { maxLength: 30 }), { maxLength: 4 }),
        (texts) => {
          const blocks = texts.map((parts, i) => ({ key: `b${i}`, text: parts.join('') }));
          let [block, end] = [-1, 0];
          for (const mention of findMentions(buildNameIndex(names), blocks)) {
            const at = blocks.findIndex(({ key }) => key === mention.blockKey);
            if (at !== block) end = 0;
            expect(at).toBeGreaterThanOrEqual(block);
            expect(mention.start).toBeGreaterThanOrEqual(end);
            expect(mention.end).toBeGreaterThan(mention.start);
            expect(blocks[at]?.text.slice(mention.start, mention.end)).toBe(mention.surface);
            [block, end] = [at, mention.end];
          }
        },
      ),
    );
  });
});

test('100,000 names and 500 words take a few milliseconds', () => {
  const many = Array.from({ length: 100_000 }, (_, i): KnownName => ({
    entityId: 100 + i,
    name: `Given${i % 900} Family${i % 70_000}${i % 3 ? '' : ` the ${i}th`}`,
    kind: 'Person',
  }));
  const index = buildNameIndex([...names, ...many]);
  const sentence =
    'In Lebanon Given7 Family7 met Ali Bagheri of the IAEA Board, and Family7 said Bagheri had left Iran for the U.S. on Monday. ';
  const blocks = Array.from({ length: 10 }, (_, i) => ({ key: `b${i}`, text: sentence.repeat(2) }));
  findMentions(index, blocks);
  const times = Array.from({ length: 21 }, () => {
    const before = performance.now();
    findMentions(index, blocks);
    return performance.now() - before;
  });
  expect(times.sort((a, b) => a - b)[10]).toBeLessThan(15);
});

const seed = `${process.env.SHARED_DIR ?? '../shared'}/seed/article-page.txt`;
const withSeed = (() => {
  try {
    return readFileSync(seed, 'utf8');
  } catch {
    return undefined;
  }
})();
(withSeed ? test : test.skip)(`the people of ${seed}`, () => {
  const people = found(names, ...(withSeed ?? '').split(/\n+/)).filter((mention) => /=[5678]$/.test(mention));
  expect(people.filter((mention) => mention === 'Bagheri=5')).toHaveLength(5);
  expect(people.filter((mention) => mention === 'Ali Bagheri=5')).toHaveLength(4);
  expect(people.filter((mention) => !mention.endsWith('=5'))).toEqual([
    'Hossein Amir-Abdollahian=6',
    'Amir-Abdollahian=6',
    'Ebrahim Raisi=7',
    'Bashar al-Assad=8',
  ]);
});

import { formsIn, formsOf, pieces } from '../../src/entities/form.rules.js';
import { buildNameIndex, type KnownName } from '../../src/articles/naming.rules.js';
import { findPlaces } from '../../src/articles/name-places.rules.js';
import { realPlaces, suggestMentions } from '../../src/newsroom/suggestions/mention.rules.js';
import { rolesOutOfTime, type HeldPost } from '../../src/newsroom/suggestions/role.rules.js';
import { unknownNamesIn } from '../../src/newsroom/suggestions/unknown.rules.js';

const IRAN = { id: 1, name: 'Iran' };
const BAGHERI = 5;
const RAISI = 7;
const known: KnownName[] = [
  { entityId: 1, name: 'Iran', kind: 'Place' },
  { entityId: 2, name: 'Syria', kind: 'Place' },
  { entityId: BAGHERI, name: 'Ali Bagheri', kind: 'Person' },
  { entityId: RAISI, name: 'Ebrahim Raisi', kind: 'Person' },
  { entityId: 9, name: 'Joe Biden', kind: 'Person' },
  { entityId: 10, name: 'Tehran', kind: 'Place' },
];
const blocksOf = (texts: readonly string[]) => texts.map((text, i) => ({ key: `b${i + 1}`, text }));
const placesIn = (names: readonly KnownName[], texts: readonly string[]) =>
  realPlaces(findPlaces(buildNameIndex(names), blocksOf(texts)));
const candidates = new Map(
  known.map(({ entityId, name, kind }) => [entityId, { id: entityId, name, kind: kind!, description: '' }]),
);
const suggested = (...texts: string[]) =>
  suggestMentions(placesIn(known, texts), blocksOf(texts), candidates, new Map()).map(
    ({ surface, entityId, confidence }) => `${surface}=${entityId} ${confidence}`,
  );

describe('the forms that names are looked up by', () => {
  test.each<[string, Parameters<typeof formsOf>, string[]]>([
    ['a person: the name, and the family name', ['Person', ['Ali Bagheri']], ['ALI BAGHERI', 'BAGHERI']],
    [
      'a hyphen parts words',
      ['Person', ['Hossein Amir-Abdollahian']],
      ['HOSSEIN AMIR ABDOLLAHIAN', 'AMIR ABDOLLAHIAN'],
    ],
    ['a long name by how it begins', ['Organisation', ['IAEA Board of Governors']], ['IAEA BOARD OF']],
    ['no “the”', ['Place', ['the United States']], ['UNITED STATES']],
    ['one form of a letter for another', ['Person', ['علي باقري']], ['علی باقری', 'باقری']],
  ])('%s', (_, args, forms) => expect(formsOf(...args)).toEqual(forms));

  test('stand in every text that names them', () => {
    for (const [name, text] of [
      ['Hossein Amir-Abdollahian', 'with HOSSEIN AMIR–ABDOLLAHIAN.'],
      ['U.S. Navy', 'the U.S. Navy left'],
      ['Sana’a', "in Sana'a."],
      ['イラン', '今日イランは'],
      ['The Hague', 'at the Hague'],
      ['von der Leyen', 'Ursula von der Leyen'],
    ] as const) {
      expect(formsIn([pieces(text)], 100)).toEqual(expect.arrayContaining(formsOf('Place', [name])));
    }
    expect(formsIn([pieces('said Ali then')], 2)).toEqual(['ALI', 'ALI THEN']);
  });
});

describe('family names', () => {
  test.each([
    ['alone are less sure than behind the full name', ['Bagheri spoke.'], ['Bagheri=5 0.6']],
    ['behind the full name', ['Ali Bagheri spoke. Bagheri left.'], ['Ali Bagheri=5 0.97', 'Bagheri=5 0.95']],
    ['of somebody else are not meant', ['Jill Biden spoke, and Hunter Biden.'], []],
    ['not even where the known one is named', ['Joe Biden left Jill Biden.'], ['Joe Biden=9 0.97']],
    ['behind a title', ['President Raisi spoke to Mr Biden.'], ['Raisi=7 0.6', 'Biden=9 0.6']],
    ['before another name', ['Bagheri Kani spoke.'], []],
    ['behind a word that opens the sentence', ['Yesterday Raisi left.'], ['Raisi=7 0.6']],
  ])('%s', (_, texts, mentions) => expect(suggested(...texts)).toEqual(mentions));
});

describe('a post that was not held on the day', () => {
  const post = (title: string, startedOn: string, endedOn: string | null, more: Partial<HeldPost> = {}): HeldPost => ({
    title,
    startedOn,
    endedOn,
    interim: false,
    organisation: null,
    place: IRAN,
    ...more,
  });
  const people = new Map([
    [RAISI, { name: 'Ebrahim Raisi', diedOn: '2024-05-19', roles: [post('President', '2021-08-03', '2024-05-19')] }],
    [
      BAGHERI,
      {
        name: 'Ali Bagheri',
        diedOn: null,
        roles: [post('Foreign minister', '2024-05-20', '2024-08-21', { interim: true })],
      },
    ],
  ]);
  const warnings = (text: string, day: string) => {
    const mentions = placesIn(known, [text]).map(({ candidates: [first], ...place }) => ({
      ...place,
      entityId: first!.entityId,
    }));
    return rolesOutOfTime(blocksOf([text]), mentions, people, day).map(({ message }) => message);
  };
  const wasPresident =
    'Ebrahim Raisi was president of Iran until 19 May 2024; the text calls Ebrahim Raisi that on 3 June 2024.';
  const after = '2024-06-03';

  test.each([
    ['before the name', 'The visit pleased President Ebrahim Raisi.'],
    ['whose', 'Iran’s president, Ebrahim Raisi, spoke.'],
    ['of what', 'The president of Iran, Ebrahim Raisi, spoke.'],
    ['of which nation', 'The Iranian president Ebrahim Raisi spoke.'],
    ['behind the name', 'Ebrahim Raisi, the president of Iran, spoke.'],
    ['behind the name, whose', 'Ebrahim Raisi, Iran’s president, spoke.'],
    ['by the family name', 'They met President Raisi.'],
  ])('%s', (_, text) => {
    expect(warnings(text, after)).toEqual([wasPresident]);
    expect(warnings(text, '2024-05-19')).toEqual([]);
  });

  test.each([
    ['a former one', 'the former president Ebrahim Raisi'],
    ['the late one', 'the late Iranian president Ebrahim Raisi'],
    ['an ex-president', 'ex-president Ebrahim Raisi'],
    ['the one of then', 'then-President Raisi'],
    ['one elected', 'President-elect Raisi'],
    ['a deputy', 'deputy president Raisi'],
    ['one who died', 'the crash in which President Ebrahim Raisi died'],
    ['his death', 'since the death of President Ebrahim Raisi'],
    ['a year that is named', 'In 2022 President Raisi signed it.'],
    ['of another country', 'Syria’s president, Ebrahim Raisi'],
    ['behind the name, formerly', 'Ebrahim Raisi, the former president of Iran, spoke.'],
    ['who was', 'Ebrahim Raisi, who was president, spoke.'],
    ['the next in a list', 'Ebrahim Raisi, President Assad and others'],
  ])('not %s', (_, text) => expect(warnings(text, after)).toEqual([]));

  test('in the interim or not is another warning, and a milder one', () => {
    const only =
      'Ali Bagheri was foreign minister of Iran only in the interim on 3 June 2024; the text leaves that out.';
    expect(warnings('Iran’s foreign minister Ali Bagheri spoke.', after)).toEqual([only]);
    expect(
      warnings('Iran’s interim foreign minister Ali Bagheri spoke. Foreign minister Bagheri left.', after),
    ).toEqual([]);
    expect(warnings('Acting President Ebrahim Raisi', '2024-05-03')).toEqual([
      'Ebrahim Raisi was president of Iran on 3 May 2024, and not in the interim.',
    ]);
  });

  test('the dead hold none', () => {
    expect(warnings('Prime minister Ebrahim Raisi spoke.', after)).toEqual([
      'Ebrahim Raisi died on 19 May 2024; the text calls Ebrahim Raisi prime minister on 3 June 2024.',
    ]);
  });

  test('too early, or never', () => {
    expect(warnings('Foreign minister Ali Bagheri spoke.', '2024-05-03')).toEqual([
      'Ali Bagheri became foreign minister of Iran only on 20 May 2024; the text calls Ali Bagheri that on 3 May 2024.',
    ]);
    expect(warnings('President Ali Bagheri spoke.', after)).toEqual([
      'Ali Bagheri was foreign minister of Iran on 3 June 2024; the text says president.',
    ]);
  });
});

describe('unknown names', () => {
  const unknown = (...texts: string[]) =>
    unknownNamesIn(blocksOf(texts), placesIn(known, texts)).map(({ surface, blockKey, start, end, guess }) => {
      expect(texts[Number(blockKey.slice(1)) - 1]!.slice(start, end)).toBe(surface);
      return `${surface} ${guess}`;
    });

  test.each([
    ['known ones are left out', ['Ali Bagheri left Iran. Bagheri was glad.'], []],
    ['so are words that open a sentence', ['Talks went on. Rescuers searched. However, nobody came.'], []],
    ['and days, months and nations', ['On Monday, in May, the Iranian and the Dutch met.'], []],
    [
      'titles are no names',
      ['Prime Minister Ruth Amsel met Dr. Ines Kolb.'],
      ['Ruth Amsel PERSON', 'Ines Kolb PERSON'],
    ],
    [
      'particles and initials belong to names',
      ['He saw J. R. Oduya, Khalid bin Zayyad and Lena von der Au.'],
      ['J. R. Oduya PERSON', 'Khalid bin Zayyad PERSON', 'Lena von der Au PERSON'],
    ],
    ['hyphens and apostrophes too', ['with Anne-Marie O’Dowd’s car'], ['Anne-Marie O’Dowd PERSON']],
    [
      'one name for long and short',
      ['Then Odile Brandt spoke.', 'Later Brandt left, said Odile Brandt.'],
      ['Odile Brandt PERSON'],
    ],
    ['what stands behind tells', ['Yesterday Quorl said no.'], ['Quorl PERSON']],
    ['what stands before tells', ['They met in Quorlheim.'], ['Quorlheim PLACE']],
    [
      'what it is called tells',
      ['with the Quorl Ministry of Trade and Lake Quorl'],
      ['Quorl Ministry of Trade ORGANISATION', 'Lake Quorl PLACE'],
    ],
    ['a name that holds a known one', ['at Tehran University'], ['Tehran University ORGANISATION']],
    ['capitals', ['with the OPQR'], ['OPQR ORGANISATION']],
    ['nothing is said of other scripts', ['گفت رستم فرهزاد', 'قال رستم'], []],
    ['nor of headlines in capitals', ['QUORL MEETS BRANDT', 'Quorl Meets Brandt Again Today'], []],
  ])('%s', (_, texts, names) => expect(unknown(...texts)).toEqual(names));
});

describe('the forms of an unknown name', () => {
  const forms = (...texts: string[]) =>
    unknownNamesIn(blocksOf(texts), placesIn(known, texts)).map(({ surface, guess, elsewhere }) =>
      [surface, guess, ...elsewhere.map((place) => place.surface)].join(', '),
    );

  test.each<[string, string[], string[]]>([
    [
      'family and given names belong to the full one',
      ['We met Odile Brandt. Brandt laughed.', 'Then Odile left, and Brandt’s dog with her.'],
      ['Odile Brandt, PERSON, Brandt, Odile, Brandt'],
    ],
    [
      'initials to what they stand for, in brackets or not',
      [
        'It is run by the Quorl Harbour Safety Board (QHSB).',
        'Staff of the QHSB left. The Elm Valley Trust pays; the EVT said so.',
      ],
      ['Quorl Harbour Safety Board, ORGANISATION, QHSB, QHSB', 'Elm Valley Trust, ORGANISATION, EVT'],
    ],
    [
      'two of a family stay two, and the last one named is meant',
      ['Odile Brandt met Karl Brandt. Brandt left.'],
      ['Odile Brandt, PERSON', 'Karl Brandt, PERSON, Brandt'],
    ],
    ['a place is not its namesake', ['The painter Jack London left London.'], ['Jack London, PERSON', 'London, PLACE']],
    [
      'somebody behind an office is another name',
      ['They asked the Quorl Office Minister Ines Kolb about it.'],
      ['Quorl Office, ORGANISATION', 'Ines Kolb, PERSON'],
    ],
    [
      '“of” and “and” belong to offices',
      ['at the Ministry of Food and Agriculture'],
      ['Ministry of Food and Agriculture, ORGANISATION'],
    ],
    [
      'but not to people',
      ['He saw Ines Kolb of Quorlheim and Karl Brandt.'],
      ['Ines Kolb, PERSON', 'Quorlheim, PLACE', 'Karl Brandt, PERSON'],
    ],
    ['acts, wars and prizes are none of ours', ['after the Harbour Act and the Quorl Prize'], []],
  ])('%s', (_, texts, names) => expect(forms(...texts)).toEqual(names));

  test('what is said more often and plainly is surer', () => {
    const sure = (text: string) => unknownNamesIn(blocksOf([text]), [])[0]!.confidence;
    expect(sure('They met President Odile Brandt, and Brandt spoke.')).toBeGreaterThan(0.8);
    expect(sure('They saw the Glimmer there.')).toBeLessThan(0.7);
  });
});

describe('known ones by their short forms', () => {
  const names: KnownName[] = [
    { entityId: 1, name: 'Quorl Harbour Safety Board', kind: 'Organisation' },
    { entityId: 2, name: 'Odile Brandt', kind: 'Person' },
  ];
  const found = (...texts: string[]) =>
    placesIn(names, texts).map(({ surface, candidates: [first] }) => `${surface}=${first!.entityId} ${first!.by}`);

  test('initials and given names count after the full name, and only then', () => {
    expect(found('The Quorl Harbour Safety Board met. The QHSB left.')).toEqual([
      'Quorl Harbour Safety Board=1 NAME',
      'QHSB=1 INITIALS',
    ]);
    expect(found('The QHSB left.')).toEqual([]);
    expect(found('Odile Brandt spoke. Odile left with Odile Kern.')).toEqual(['Odile Brandt=2 NAME', 'Odile=2 GIVEN']);
    expect(found('Odile left.')).toEqual([]);
  });
});

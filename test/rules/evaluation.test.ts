import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { asMarked, goldIn, namesAlone } from '../../src/newsroom/suggestions/evaluation/gold.rules.js';
import {
  add,
  calibrationOf,
  exactly,
  nothingCounted,
  overlapping,
  scoreOf,
} from '../../src/newsroom/suggestions/evaluation/score.rules.js';
import { bareName } from '../../src/newsroom/suggestions/evaluation/gold.rules.js';
import { unknownNamesIn } from '../../src/newsroom/suggestions/unknown.rules.js';

const body = 'I met the Elm Valley Trust’s head, President Odile Brandt.\nShe lives in Quorlheim.';
const marked = (text: string, type: string, more: object = {}) => ({
  start: body.indexOf(text),
  end: body.indexOf(text) + text.length,
  text,
  type,
  ...more,
});

describe('a gold story', () => {
  const entities = [
    marked('I', 'person'),
    marked('the Elm Valley Trust’s', 'organization'),
    marked('the Elm Valley Trust’s head', 'person'),
    marked('President Odile Brandt', 'PER'),
    marked('She', 'person'),
    marked('Quorlheim', 'GPE', { kb: 'Quorlheim_(Elm)' }),
    marked('lives', 'event'),
  ];
  const story = goldIn({ id: 'one', title: 'A head', body, entities }, 1);

  test('has its paragraphs where they stand in the body, and headlines outside', () => {
    expect(story.blocks.map(({ key, from }) => [key, from])).toEqual([
      ['title', undefined],
      ['standfirst', undefined],
      ['b1', 0],
      ['b2', 59],
    ]);
  });

  test('is read as it is marked, or for its names alone', () => {
    expect(asMarked(story.mentions).map(({ text, kind }) => `${text} ${kind}`)).toEqual([
      'I Person',
      'the Elm Valley Trust’s Organisation',
      'the Elm Valley Trust’s head Person',
      'President Odile Brandt Person',
      'She Person',
      'Quorlheim Place',
    ]);
    expect(namesAlone(story.mentions).map(({ text, start }) => [text, body.indexOf(text) === start])).toEqual([
      ['Elm Valley Trust', true],
      ['Odile Brandt', true],
      ['Quorlheim', true],
    ]);
  });

  test('has the US as a name, and "us" as none', () => {
    const text = 'The US told us.';
    const { mentions } = goldIn(
      {
        body: text,
        entities: [
          { start: 4, end: 6, type: 'place' },
          { start: 12, end: 14, type: 'person' },
        ],
      },
      1,
    );
    expect(namesAlone(mentions).map((mention) => mention.text)).toEqual(['US']);
  });

  test('counts characters, not halves of them', () => {
    const [mention] = goldIn(
      { body: '😀 in Quorlheim', entities: [{ start: 5, end: 14, text: 'Quorlheim' }] },
      1,
    ).mentions;
    expect([mention!.start, mention!.end, mention!.kind]).toEqual([6, 15, undefined]);
  });

  test.each<[unknown, string]>([
    [[], 'it is not an object.'],
    [{ entities: [] }, 'it has no text in `body`.'],
    [{ body }, 'it has no list of mentions in `entities`.'],
    [{ body, entities: [{ start: '1', end: 2 }] }, 'mention 1 has no whole `start` and `end`.'],
    [
      { body, entities: [{ start: 4, end: 4_000 }] },
      `mention 1 stands from 4 to 4000, and the body has ${body.length} characters.`,
    ],
    [{ body, entities: [{ start: 2, end: 5, text: 'saw' }] }, 'mention 1 says "saw" where the body has "met".'],
  ])('of %j is refused', (row, why) => expect(() => goldIn(row, 1)).toThrow(why));
});

describe('scores', () => {
  const span = (start: number, end: number) => ({ start, end });

  test('count what begins and ends alike, each place once', () => {
    expect(exactly([span(0, 4), span(0, 4), span(6, 9)], [span(0, 4), span(5, 9)])).toEqual({
      asked: 2,
      found: 2,
      right: 1,
      met: 1,
    });
    expect(overlapping([span(0, 4), span(6, 9)], [span(0, 4), span(5, 9), span(5, 7)])).toEqual({
      asked: 2,
      found: 3,
      right: 3,
      met: 2,
    });
    expect(scoreOf({ asked: 4, found: 2, right: 1, met: 1 })).toEqual({ precision: 0.5, recall: 0.25, f1: 1 / 3 });
    expect(scoreOf(nothingCounted)).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  test('tell how far what was said is from what was right', () => {
    const said = [0.9, 0.95, 1, 0.25].map((confidence, i) => ({ confidence, right: i === 0 || i === 3 }));
    const { buckets, error } = calibrationOf(said);
    expect(buckets.map(({ from, names, said: mean, right }) => [from, names, mean, right])).toEqual([
      [0.2, 1, 0.25, 1],
      [0.9, 3, expect.closeTo(0.95), expect.closeTo(1 / 3)],
    ]);
    expect(error).toBeCloseTo((0.75 + 3 * (0.95 - 1 / 3)) / 4);
  });
});

const corpus = (name: string): string => resolve(__dirname, '../../../shared/corpus', name);

/** Floors under what was reached, on whole files, names alone: exact and overlapping F1. */
describe.each([
  ['re3d-open.jsonl', 0.78, 0.88],
  ['gum-interviews.jsonl', 0.62, 0.74],
])('the names of %s', (file, exact, overlap) => {
  const it = existsSync(corpus(file)) ? test : test.skip;
  it('are found as well as they were', () => {
    let [sharp, loose] = [nothingCounted, nothingCounted];
    for (const line of readFileSync(corpus(file), 'utf8').trim().split('\n')) {
      const story = goldIn(JSON.parse(line), 1);
      const from = new Map(story.blocks.map((block) => [block.key, block.from]));
      const found = unknownNamesIn(story.blocks, [])
        .flatMap((name) => [name, ...name.elsewhere])
        .flatMap(({ blockKey, start, end, surface: text }) => {
          const at = from.get(blockKey);
          return at === undefined ? [] : [bareName({ start: at + start, end: at + end, text })];
        });
      sharp = add(sharp, exactly(namesAlone(story.mentions), found));
      loose = add(loose, overlapping(namesAlone(story.mentions), found));
    }
    expect(scoreOf(sharp).f1).toBeGreaterThan(exact);
    expect(scoreOf(loose).f1).toBeGreaterThan(overlap);
  });
});

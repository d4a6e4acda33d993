import fc from 'fast-check';
import { countWords, readingMinutes } from '../../src/articles/body.rules.js';
import { richHtml } from '../../src/articles/body.html.js';
import { listsOf } from '../../src/articles/list.rules.js';
import { salienceOf } from '../../src/articles/salience.rules.js';
import { heldOn } from '../../src/entities/role.rules.js';
import { globalId, parseGlobalId } from '../../src/kernel/global-id.js';
import { cursorsOf, parseCursor } from '../../src/kernel/page.js';
import { parseDay, parseInstant } from '../../src/kernel/scalars.js';
import { slugOf } from '../../src/kernel/slug.js';
import { sql } from '../../src/kernel/sql.js';
import { renditionSize } from '../../src/media/picture.rules.js';
import { lineage } from '../../src/sections/section.rules.js';
import { placementsFor } from '../../src/site/placement.rules.js';

describe('words and minutes', () => {
  test.each([
    ['', 0],
    ['One two three', 3],
    ['“We have (...) stopped,” he said – again.', 7],
    ['Amir-Abdollahian’s visit', 2],
    ['السلام عليكم', 2],
    ['東京', 1],
  ])('%s has %i', (text, count) => expect(countWords(text)).toBe(count));

  test.each([
    [0, 1],
    [311, 1],
    [374, 1],
    [375, 2],
    [1000, 4],
  ])('%i words take %i minutes', (words, minutes) => expect(readingMinutes(words)).toBe(minutes));
});

describe('slugs', () => {
  test.each([
    ['Iran confirms secret talks with the U.S.', 'iran-confirms-secret-talks-with-the-us'],
    ['Élysée: «Non!»', 'elysee-non'],
    ['علی باقری', 'علی-باقری'],
    ['***', 'untitled'],
    ['Straße & İstanbul', 'straße-istanbul'],
  ])('of %s is %s', (text, slug) => expect(slugOf(text)).toBe(slug));

  test('are cut between words and stay the same when made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const slug = slugOf(text);
        expect([...slug].length).toBeLessThanOrEqual(120);
        expect(slugOf(slug)).toBe(slug);
        expect(slug).not.toMatch(/[\s/?#%]|^-|-$/);
      }),
    );
  });
});

describe('ids and cursors', () => {
  test('come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.string(), (id, list) => {
        expect(parseGlobalId(globalId('Article', id))).toEqual({ type: 'Article', id });
        expect(parseCursor(list, cursorsOf(list)([id, 'x']), ['number', 'string'])).toEqual([id, 'x']);
      }),
    );
  });

  test('of rubbish are refused, never a crash of another kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const read of [() => parseGlobalId(text), () => parseCursor('list', text, ['number'])]) {
          expect(read).toThrow(
            expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
          );
        }
      }),
    );
  });
});

describe('dates', () => {
  test.each(['2024-06-03T17:40:00Z', '2024-06-03T19:40:00+02:00', '2024-06-03T17:40:00.000Z'])(
    '%s is a moment',
    (text) => expect(parseInstant(text)).toBe(Date.UTC(2024, 5, 3, 17, 40)),
  );
  test.each(['2024-06-03', '2024-06-03T17:40:00', '2024-02-30T00:00:00Z', 'yesterday', 5, null])(
    '%p is no moment',
    (value) => expect(() => parseInstant(value)).toThrow('with a zone'),
  );
  test.each(['2024-02-30', '2024-6-3', '', 20240603])('%p is no day', (value) =>
    expect(() => parseDay(value)).toThrow('real day'),
  );
  test('a post is held on its first day and on its last', () => {
    const role = { startedOn: '2024-05-20', endedOn: '2024-08-21' };
    const days = ['2024-05-19', '2024-05-20', '2024-08-21', '2024-08-22'];
    expect(days.filter((day) => heldOn([role], day).length > 0)).toEqual(['2024-05-20', '2024-08-21']);
    expect(heldOn([{ ...role, endedOn: null }], '2099-01-01')).toHaveLength(1);
  });
});

describe('SQL', () => {
  test('binds every value, spreads lists, and nests', () => {
    const where = sql`id in ${[1, 2]} and name = ${"x'; drop table article"}`;
    expect(sql`select * from t where ${where} limit ${5}`).toEqual({
      text: 'select * from t where id in (?, ?) and name = ? limit ?',
      values: [1, 2, "x'; drop table article", 5],
    });
    expect(sql`id in ${[]}`.text).toBe('id in (null)');
    expect(sql`flag = ${true}`.values).toEqual([1]);
  });
});

describe('marks', () => {
  test('are always well nested, whatever they are', () => {
    const mark = fc.record({
      type: fc.constantFrom('STRONG' as const, 'EMPHASIS' as const, 'LINK' as const),
      start: fc.integer({ min: -2, max: 12 }),
      end: fc.integer({ min: -2, max: 12 }),
      href: fc.constantFrom('https://a.example/"x', 'javascript:1', 'mailto:a@b.example'),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.array(mark, { maxLength: 5 }), (text, marks) => {
        const html = richHtml({ text, marks });
        const open: string[] = [];
        for (const [, slash, tag] of html.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
          if (slash) expect(open.pop()).toBe(tag);
          else open.push(tag!);
        }
        expect(open).toEqual([]);
        expect(html).not.toContain('javascript:');
        const bare = html
          .replace(/<[^>]*>/g, '')
          .replace(/&(\w+|#39);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" })[name]!);
        expect(bare).toBe(text);
      }),
    );
  });
});

describe('the rest', () => {
  test('a story is in every list once', () => {
    expect(listsOf({ kind: 'NEWS', language: 'en', sectionIds: [3, 1, 3], entityIds: [7, 7] })).toEqual([
      'all',
      'kind:NEWS',
      'lang:en',
      'section:3',
      'section:1',
      'entity:7',
    ]);
  });

  test('a section knows those above it, and a loop does no harm', () => {
    const tree = new Map([1, 2, 3].map((id) => [id, { id, parentId: id === 1 ? 3 : id - 1 }]));
    expect(lineage(tree, 3).map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(lineage(tree, null)).toEqual([]);
  });

  test('the nearest section decides a slot', () => {
    const all = [
      { slot: 'top', sectionId: null, name: 'everywhere' },
      { slot: 'top', sectionId: 2, name: 'world' },
      { slot: 'side', sectionId: null, name: 'side' },
      { slot: 'side', sectionId: 9, name: 'elsewhere' },
    ];
    expect(placementsFor(all, [3, 2]).map(({ name }) => name)).toEqual(['world', 'side']);
    expect(placementsFor(all, [5]).map(({ name }) => name)).toEqual(['everywhere', 'side']);
  });

  test('a rendition is never larger than the picture and keeps its shape', () => {
    expect(renditionSize({ width: 1600, height: 900 }, 1200)).toEqual({ width: 1200, height: 675 });
    expect(renditionSize({ width: 1600, height: 900 }, 700)).toEqual({ width: 800, height: 450 });
    expect(renditionSize({ width: 1000, height: 500 }, 9_999)).toEqual({ width: 960, height: 480 });
  });

  test('who stands in the headline matters most', () => {
    const mention = (entityId: number, surface: string) => ({ entityId, surface, blockKey: 'b1', start: 0, end: 1 });
    const salience = salienceOf(
      [mention(1, 'Oman'), mention(2, 'Iran'), mention(1, 'Oman'), mention(3, 'Vienna')],
      'Iran talks',
    );
    expect([...salience].sort((a, b) => b[1] - a[1]).map(([id]) => id)).toEqual([2, 1, 3]);
  });
});

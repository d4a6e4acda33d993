import fc from 'fast-check';
import type { Block, Mark } from '../../src/articles/body.rules.js';
import { articleKinds, creditRoles } from '../../src/articles/edition.rows.js';
import { entityKinds } from '../../src/entities/entity.rows.js';
import type { PictureView } from '../../src/media/picture.queries.js';
import { documentOf, endedDocument, type StoryParts } from '../../src/syndication/documents/document.rules.js';
import type { PartnerDocument } from '../../src/syndication/documents/document.types.js';
import { htmlOf } from '../../src/syndication/documents/html.js';
import { newsmlOf } from '../../src/syndication/documents/newsml.js';
import { ninjsOf } from '../../src/syndication/documents/ninjs.js';
import { passedStory } from '../../src/syndication/story/rights.rules.js';
import { hasStandards, newsmlSchemas, ninjsChecker, xmlProblems } from '../support/standards.js';

const addresses = { siteUrl: 'https://news.example', mediaUrl: 'https://media.example', siteName: 'Newsgraph & Söhne' };

/** Texts as they should not be, with those that often break something among them. */
const odd = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 60 }) },
  fc.constantFrom(
    '',
    ' ',
    'x',
    '\u0000\u0001\u001f\u007f\u0085',
    'half \ud83d of a face, and the other \ude00',
    '\ufffe\uffff\ufeff',
    'محادثات سرية بين إيران والولايات المتحدة',
    'שיחות ‏חשאיות',
    '👩‍👩‍👧‍👦 🏳️‍🌈',
    ']]> <![CDATA[ <!-- --> &amp; &#0; <?xml ?>',
    '</body></html><script>alert(1)</script>',
    'line\r\nline\ttab\u2028\u2029end',
    'very long '.repeat(2_000),
  ),
);
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });

const marks: fc.Arbitrary<Mark[]> = fc.array(
  fc.record({
    type: fc.constantFrom('STRONG' as const, 'EMPHASIS' as const, 'LINK' as const),
    start: fc.nat(40),
    end: fc.nat(60),
    href: fc.constantFrom('https://example.com/?a=1&b="<', 'javascript:alert(1)', 'mailto:a@b.example', 'no address'),
  }),
  { maxLength: 4 },
);
const key = fc.nat(999).map((n) => `b${n}`);
const rich = fc.record({ text: odd, marks });
const paragraph = fc.record({ key, kind: fc.constant('Paragraph' as const), text: odd, marks });
const list = fc.record({
  key,
  kind: fc.constant('List' as const),
  ordered: fc.boolean(),
  items: fc.array(rich, { maxLength: 3 }),
});
const block = fc.oneof(
  paragraph,
  list,
  fc.record({
    key,
    kind: fc.constant('Heading' as const),
    level: fc.constantFrom(2 as const, 3 as const, 4 as const),
    text: odd,
    marks,
  }),
  fc.record({ key, kind: fc.constant('Quote' as const), text: odd, marks, attribution: odd }),
  fc.record({ key, kind: fc.constant('Picture' as const), pictureId: fc.integer({ min: 1, max: 3 }), caption: odd }),
  fc.record({
    key,
    kind: fc.constant('Embed' as const),
    url: fc.constantFrom('https://video.example/?v=1&t="', 'javascript:1'),
    title: odd,
  }),
  fc.record({
    key,
    kind: fc.constant('Table' as const),
    caption: odd,
    header: fc.array(odd, { maxLength: 3 }),
    rows: fc.array(fc.array(odd, { maxLength: 3 }), { maxLength: 3 }),
  }),
  fc.record({
    key,
    kind: fc.constant('FactBox' as const),
    title: odd,
    blocks: fc.array(fc.oneof(paragraph, list), { maxLength: 3 }),
  }),
) as fc.Arbitrary<Block>;

const picture = (id: number): fc.Arbitrary<PictureView> =>
  fc.record({
    id: fc.constant(id),
    file: maybe(fc.constant('a'.repeat(32))),
    width: maybe(fc.integer({ min: 1, max: 9_000 })),
    height: maybe(fc.integer({ min: 1, max: 9_000 })),
    alt: odd,
    caption: odd,
    credit: odd,
    licence: maybe(fc.constantFrom('CC-BY-4.0', 'CC-BY-NC-4.0', 'All rights reserved', '<&>')),
    usageTerms: maybe(odd),
    focalX: fc.constant(0.5),
    focalY: fc.constant(0.5),
  });

const slug = fc.constantFrom('talks', 'محادثات', 'a b', 'ü"<', '100%');

/** A story of any sort, and what belongs to it. */
const parts: fc.Arbitrary<StoryParts> = fc
  .record({
    story: fc.record({
      id: fc.integer({ min: 1, max: 2_000_000_000 }),
      version: fc.integer({ min: 1, max: 5_000 }),
      createdAt: moment,
      savedAt: moment,
      kind: fc.constantFrom(...articleKinds),
      language: fc.constantFrom('en', 'de-CH', 'fa', 'ar-EG', 'zh-Hans-CN', 'not a language'),
      title: odd,
      standfirst: odd,
      slug,
      path: slug.map((name) => `/world/${name}`),
      wordCount: fc.nat(100_000),
      firstPublishedAt: maybe(moment),
      publishedAt: maybe(moment),
      updatedAt: maybe(moment),
      embargoedUntil: maybe(moment),
      expiresAt: maybe(moment),
      leadPicture: maybe(picture(1)),
      rights: fc.record({
        pictures: fc.constantFrom('NONE' as const, 'LICENSED' as const, 'ALL' as const),
        formats: fc.constant(['JSON' as const]),
        territories: fc.subarray(['CH', 'AT', 'DE']),
        terms: maybe(odd),
      }),
    }),
    blocks: fc.array(block, { maxLength: 8 }),
    pictures: fc.tuple(picture(1), picture(2)),
    sections: fc.array(fc.record({ slug, name: odd }), { maxLength: 3 }),
    entities: fc.array(
      fc.record({
        kind: fc.constantFrom(...entityKinds),
        id: fc.nat(),
        slug,
        name: odd,
        description: odd,
        latitude: maybe(fc.double({ min: -90, max: 90, noNaN: true })),
        longitude: maybe(fc.double({ min: -180, max: 180, noNaN: true })),
        wikidataId: maybe(fc.constant('Q42')),
        website: maybe(fc.constantFrom('https://münchen.example/a b|c', 'no address', '')),
        salience: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 5 },
    ),
    credits: fc.array(fc.record({ role: fc.constantFrom(...creditRoles), text: odd, entity: fc.constant(null) }), {
      maxLength: 50,
    }),
    corrections: fc.array(fc.record({ note: odd, issuedAt: moment }), { maxLength: 3 }),
    related: fc.array(
      fc.record({
        editionId: fc.constant(1),
        id: fc.integer({ min: 1, max: 99 }),
        createdAt: moment,
        kind: fc.constantFrom('RELATED' as const, 'FOLLOW_UP' as const),
        title: odd,
        path: slug.map((name) => `/world/${name}`),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ blocks, pictures, ...rest }) => {
    const passed = passedStory(rest.story, blocks, new Map(pictures.map((each) => [each.id, each])));
    return { ...rest, passed } as unknown as StoryParts;
  });

const ended = fc.record({
  __typename: fc.constant('EndedStory' as const),
  id: fc.integer({ min: 1, max: 99 }),
  createdAt: moment,
  kind: fc.constantFrom('KILLED' as const, 'WITHDRAWN' as const, 'RIGHTS_EXPIRED' as const),
  version: fc.integer({ min: 1, max: 99 }),
  endedAt: moment,
  note: maybe(odd),
});

const documents: fc.Arbitrary<PartnerDocument> = fc.oneof(
  { weight: 9, arbitrary: parts.map((each) => documentOf(addresses, each)) },
  { weight: 1, arbitrary: ended.map((each) => endedDocument(addresses, each)) },
);

const given = hasStandards ? describe : describe.skip;

given('500 odd stories', () => {
  const all = fc.sample(documents, { numRuns: 500, seed: 42 });

  test.each(['3.2', '2.1'] as const)('are ninjs %s by the schema of the IPTC', (version) => {
    const problemsOf = ninjsChecker(version);
    const problems = all.flatMap((document) => {
      const written = JSON.parse(JSON.stringify(ninjsOf(document, version))) as unknown;
      return problemsOf(written);
    });
    expect([...new Set(problems)]).toEqual([]);
  });

  test('are NewsML-G2 2.35 by the schema of the IPTC', async () => {
    expect([...new Set(await xmlProblems(all.map(newsmlOf), newsmlSchemas))]).toEqual([]);
  }, 300_000);

  test('are pages in which nothing runs', () => {
    for (const document of all) {
      const html = htmlOf(document);
      expect(html.isWellFormed()).toBe(true);
      expect(html).not.toMatch(/<script|javascript:|[\u0000-\u0008]/i);
    }
  });
});

describe('the schemas', () => {
  const document = documentOf(addresses, fc.sample(parts, { numRuns: 1, seed: 7 })[0]!);

  (hasStandards ? test : test.skip)(
    'tell what is wrong when something is',
    async () => {
      const problemsOf = ninjsChecker('3.2');
      expect(problemsOf(ninjsOf(document))).toEqual([]);
      expect(problemsOf({ ...ninjsOf(document), pubStatus: 'cancelled' })).toContainEqual(
        expect.stringContaining('pubStatus'),
      );
      expect(problemsOf({ ...ninjsOf(document), slug: 'talks' })).toContainEqual(
        expect.stringContaining('unevaluated'),
      );
      const newsml = newsmlOf(document);
      expect(await xmlProblems([newsml], newsmlSchemas)).toEqual([]);
      const broken = newsml.replace('<versionCreated>', '<versionCreated>x');
      expect(await xmlProblems([broken], newsmlSchemas)).toContainEqual(expect.stringContaining('versionCreated'));
    },
    60_000,
  );
});

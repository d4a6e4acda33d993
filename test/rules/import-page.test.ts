import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Block } from '../../src/articles/body.rules.js';
import { NotAnArticle } from '../../src/newsroom/import/page.limits.js';
import { readPage } from '../../src/newsroom/import/page.js';
import type { ImportedPage } from '../../src/newsroom/import/page.types.js';

const shared = process.env.SHARED_DIR ?? '../shared';
const fixture = (name: string) => readFileSync(`test/fixtures/pages/${name}`, 'utf8');
const textsOf = (page: ImportedPage) => page.blocks.map((block) => ('text' in block ? block.text : block.kind));
const kindsOf = (page: ImportedPage) => page.blocks.map(({ kind }) => kind);

/** Running text of our own, long enough for an article. */
const STORY = [
  'The council of Halden met on Tuesday evening and decided, by nine votes to four, to open the old bridge again.',
  'It had been closed to carts and cars for nine years, and to walkers for two, because nobody would pay for its railings.',
  '“We shall see who crosses it first,” the mayor said afterwards, and went home over it in the rain.',
];

function message(source: string): string {
  try {
    readPage(source);
  } catch (error) {
    expect(error).toBeInstanceOf(NotAnArticle);
    return (error as NotAnArticle).message;
  }
  throw new Error('was read as an article');
}

const seed = `${shared}/seed/article-page.txt`;
(existsSync(seed) ? describe : describe.skip)(`the saved page ${seed}`, () => {
  const page = existsSync(seed) ? readPage(readFileSync(seed, 'utf8')) : ({} as ImportedPage);
  test('headline, standfirst, picture', () => {
    expect(page.title).toBe('Iran confirms secret talks with the U.S.');
    expect(page.standfirst).toMatch(/^The newly appointed .{130,} in Oman\.$/);
    expect(page.picture).toEqual({ caption: 'Ali Bagheri', credit: '© IRNA' });
    expect(page.authors).toEqual([]);
  });
  test('every paragraph of the body, the repeated standfirst first, and nothing else', () => {
    expect(kindsOf(page)).toEqual(Array(10).fill('Paragraph'));
    expect(page.blocks.map(({ key }) => key)).toEqual(['b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8', 'b9', 'b10']);
    expect(textsOf(page)[0]).toBe(page.standfirst);
    expect(textsOf(page).join(' ').split(/\s+/)).toHaveLength(311);
  });
  test('the related story', () => {
    expect(page.related).toEqual([
      {
        kicker: 'Israel',
        title: expect.stringMatching(/^Israel busts .* say$/),
        teaser: expect.stringMatching(/^Israel's .* Monday\.$/),
      },
    ]);
  });
  test('the furniture, and nothing unplaced', () => {
    expect(page.furniture).toEqual([
      'Skip to main content',
      '1 min',
      'Subscribe to our newsletter',
      'Mena banner 4',
      expect.stringContaining('Cookie Policy'),
      expect.stringContaining('Necessary cookies'),
    ]);
    expect(page.unplaced).toEqual([]);
  });
});

describe('a page saved as text', () => {
  test('with everything a site puts around a story', () => {
    const page = readPage(fixture('harbour.txt'));
    expect(page).toMatchObject({
      title: 'Port of Ravna reopens after three weeks',
      kicker: 'Europe',
      section: 'Europe',
      standfirst:
        'Dockers voted on Sunday to return to work, ending the longest stoppage in the history of the harbour.',
      authors: ['Mira Kovač', 'Tom Hale'],
      publishedAt: new Date('2024-03-04T16:05:00Z'),
      picture: { caption: 'Cranes in the old harbour of Ravna on Saturday', credit: 'Ana Lisić/Example Agency' },
      related: [
        { title: 'How the stoppage in Ravna began' },
        {
          kicker: 'Business',
          title: 'Shipping rates fall for a fifth month',
          teaser: expect.stringMatching(/^Freight/),
        },
        { kicker: 'Culture', title: 'A museum of cranes opens its doors' },
      ],
      unplaced: ['Most read', 'Ten quiet beaches', 'A cook’s notebook'],
    });
    expect(kindsOf(page)).toEqual(['Paragraph', 'Paragraph', 'Heading', 'Paragraph', 'List', 'Paragraph', 'Paragraph']);
    expect(page.blocks[4]).toEqual({
      key: 'b5',
      kind: 'List',
      ordered: false,
      items: [
        { text: 'a rise of six per cent in the first year' },
        { text: 'two more days of leave' },
        { text: 'a fund for training' },
      ],
    });
    expect(page.furniture).toContain('Advertisement');
    expect(page.furniture).toContain('Courier leaderboard 2');
    expect(page.furniture.at(-1)).toBe('© 2024 Example Courier. All rights reserved.');
  });

  test('with wrapped lines', () => {
    const page = readPage(fixture('wrapped.txt'));
    expect(page.standfirst).toBe(
      'The carriages carry four thousand books, and a stove, through villages that have no shop.',
    );
    expect(page.picture).toEqual({ credit: 'Oskar Lind' });
    expect(kindsOf(page)).toEqual(['Paragraph', 'Paragraph', 'Paragraph']);
    expect(textsOf(page)[0]).toMatch(/^For the first .* was closed\.$/);
  });

  test.each([
    ['without blank lines', `The old bridge opens again\n${STORY.join('\n')}`],
    [
      'with CRLF, a byte order mark and no-break spaces',
      `\ufeffThe old bridge opens again\r\n\r\n${STORY.join('\u00a0\r\n\r\n')}`,
    ],
    [
      'with a headline in Markdown',
      `Example Courier is a newspaper\n\n# The old bridge opens again\n\n${STORY.join('\n\n')}`,
    ],
    [
      'with a cookie notice and a menu on top',
      `We use cookies on this site. See our cookie policy.\nHome\nNews\nSport\n\nThe old bridge opens again\n\n${STORY.join('\n\n')}`,
    ],
    [
      'with the newsletter in the middle',
      `The old bridge opens again\n\n${STORY[0]}\n\nSubscribe to our newsletter\n\n${STORY[1]}\n\nAdvertisement\n\n${STORY[2]}`,
    ],
    [
      'with a related story on top',
      `Related\n\nHarbour\n\nA museum of cranes opens its doors\n\nIt has eleven cranes, one of them made of sugar.\n\nThe old bridge opens again\n\n${STORY.join('\n\n')}`,
    ],
    [
      'with a box of related stories inside',
      `The old bridge opens again\n\n${STORY[0]}\n\nRelated stories\n\nA museum of cranes opens its doors\n\nIt has eleven cranes, one of them made of sugar.\n\n${STORY[1]}\n\n${STORY[2]}`,
    ],
  ])('%s', (_, source) => {
    const page = readPage(source);
    expect(page.title).toBe('The old bridge opens again');
    expect(textsOf(page)).toEqual(STORY);
    expect(page.related.map(({ title }) => title)).toEqual(
      source.includes('museum') ? ['A museum of cranes opens its doors'] : [],
    );
  });

  test('a story about cookies keeps them', () => {
    const about =
      'The site said that “we use cookies”, and that its cookie policy had been read by nobody in nine years.';
    const page = readPage(['Regulator fines a baker of cookies', STORY[0], about, STORY[1], STORY[2]].join('\n\n'));
    expect(textsOf(page)).toContain(about);
    expect(page.furniture).toEqual([]);
  });

  test.each([
    'Protesters raise a giant banner in Ravna',
    'Share prices fall: who will print money now?',
    'Talks resume with the U.S.',
  ])('a headline that looks like furniture: %s', (title) =>
    expect(readPage([title, ...STORY].join('\n\n')).title).toBe(title),
  );

  test.each([
    ['Ana Lisić at home © Agency', { caption: 'Ana Lisić at home', credit: '© Agency' }],
    ['Ana Lisić at home. Photograph: Agency', { caption: 'Ana Lisić at home.', credit: 'Agency' }],
    ['Ana Lisić at home | Credit: Agency', { caption: 'Ana Lisić at home', credit: 'Agency' }],
    ['Ana Lisić at home (AP Photo/Joe Roe)', { caption: 'Ana Lisić at home', credit: 'AP Photo/Joe Roe' }],
    ['Ana Lisić at home\n© Agency', { caption: 'Ana Lisić at home', credit: '© Agency' }],
  ])('caption and credit: %s', (line, picture) => {
    expect(readPage(`The old bridge opens again\n${line}\n${STORY.join('\n')}`).picture).toEqual(picture);
  });

  test.each([
    ['2024-03-04', '2024-03-04T00:00:00.000Z'],
    ['Monday, 4 March 2024', '2024-03-04T00:00:00.000Z'],
    ['Published on March 4th, 2024 at 4:05 pm', '2024-03-04T16:05:00.000Z'],
    ['Published: 4 Mar 2024 16:05 +02:00', '2024-03-04T14:05:00.000Z'],
    ['31 February 2024', undefined],
    ['Updated 4 March 2024', undefined],
  ])('date: %s', (line, instant) => {
    const page = readPage(`The old bridge opens again\n${line}\n${STORY.join('\n')}`);
    expect(page.publishedAt?.toISOString()).toBe(instant);
    if (!instant) expect([...page.furniture, ...page.unplaced]).toEqual([line]);
  });

  test('initials at the end of a headline are no full stop', () => {
    const page = readPage(
      [
        'Our correspondents report tonight',
        '# Halden opens talks with the U.S.',
        ...STORY,
        'Related',
        'Ravna says no to the U.S.',
      ].join('\n\n'),
    );
    expect([page.title, page.related]).toEqual([
      'Halden opens talks with the U.S.',
      [{ title: 'Ravna says no to the U.S.' }],
    ]);
  });

  test('a story may end in the words of a mayor without a full stop', () => {
    expect(
      readPage(['The old bridge opens again', ...STORY, 'Example Agency contributed to this'].join('\n')).unplaced,
    ).toEqual(['Example Agency contributed to this']);
  });
});

describe('a page saved as HTML', () => {
  const page = readPage(fixture('plain.html'));
  test('its metadata', () => {
    expect(page).toMatchObject({
      title: 'Lake Orra is rising again, & fast',
      standfirst: 'After nine dry years the water is back at the old pier.',
      language: 'en-GB',
      canonicalUrl: 'https://courier.example/science/lake-levels',
      publishedAt: new Date('2024-05-02T06:30:00Z'),
      section: 'Science',
      kicker: 'Water',
      authors: ['Ines Duarte', 'Paul Reed'],
      picture: {
        url: 'https://courier.example/pictures/lake.jpg',
        caption: 'The pier in April',
        credit: 'Ines Duarte',
      },
    });
  });
  test('its blocks', () => {
    expect(page.blocks.slice(2)).toEqual([
      { key: 'b3', kind: 'Heading', level: 2, text: 'Why now' },
      { key: 'b4', kind: 'Paragraph', text: expect.stringMatching(/^Three wet winters/) },
      { key: 'b5', kind: 'Quote', text: 'We had forgotten the sound of it.', attribution: 'Helga Brandt' },
      {
        key: 'b6',
        kind: 'List',
        ordered: false,
        items: [
          { text: 'Winter of 2022: 310 mm', marks: [{ type: 'STRONG', start: 16, end: 22 }] },
          { text: 'Winter of 2023: 355 mm' },
          { text: 'of which snow: 90 mm' },
        ],
      },
      {
        key: 'b7',
        kind: 'Table',
        caption: 'Level at the pier',
        header: ['Year', 'Metres'],
        rows: [
          ['2023', '0.2'],
          ['2024', '2.1'],
        ],
      },
      { key: 'b8', kind: 'Paragraph', text: expect.stringMatching(/^The institute will publish/) },
    ]);
  });
  test('its marks, and no address but of a web page or a mailbox', () => {
    const marked = page.blocks
      .slice(0, 2)
      .flatMap((block: Block) =>
        block.kind === 'Paragraph'
          ? (block.marks ?? []).map(({ start, end, type, href }) => [type, block.text.slice(start, end), href])
          : [],
      );
    expect(marked).toEqual([
      ['STRONG', 'Lake Orra', undefined],
      ['EMPHASIS', 'two metres', undefined],
      ['LINK', 'water institute', 'https://courier.example/institutes/water?x=1&y=2'],
      ['LINK', 'answers letters', 'mailto:press@institute.example'],
    ]);
    expect(textsOf(page)[1]).toContain('Helga Brandt, who answers letters herself.\nShe has');
  });
  test('its related stories', () => {
    expect(page.related).toEqual([
      {
        kicker: 'Towns',
        title: 'Orra town reopens its baths',
        teaser: 'The baths had been closed since the water left them, a mayor ago.',
        url: 'https://courier.example/towns/orra',
      },
      { title: 'Boat builders take on apprentices', url: 'https://other.example/boats' },
      { title: 'The springs of the western shore', url: 'https://courier.example/science/springs' },
    ]);
  });
  test('what was left out', () => {
    expect(page.unplaced).toEqual([
      'Printed on recycled electrons',
      'Picture: Map of the lake https://courier.example/pictures/map.png',
    ]);
    expect(page.furniture).toEqual([
      'Skip to main content',
      'Front page',
      'Science desk',
      'Advertisement',
      'Subscribe to our newsletter',
      'Subscribe',
      'We use cookies to remember you.',
      '© 2024 Example Courier',
    ]);
  });

  test('without any metadata, head or body', () => {
    const bare = readPage(fixture('bare.html'));
    expect(bare.title).toBe('Night buses come back to Halden');
    expect(kindsOf(bare)).toEqual(['Paragraph', 'Paragraph']);
    expect(bare).not.toHaveProperty('publishedAt');
  });

  const body = `<h1>The old bridge opens again</h1>${STORY.map((text) => `<p>${text}</p>`).join('')}`;
  const withLd = (ld: string) =>
    readPage(`<html><head><script type="application/ld+json">${ld}</script></head><body>${body}</body></html>`);
  test.each([
    ['broken', '{ "@type": "NewsArticle", '],
    [
      'of wrong types',
      '{"@type":"NewsArticle","headline":["a"],"author":{"name":{"a":1}},"image":[[1]],"datePublished":5,"inLanguage":7,"url":{}}',
    ],
    ['about something else', '[{"@type":"Organization","headline":"No"},null,3,"x"]'],
    ['very deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a very deep graph', `${'{"@graph":'.repeat(5_000)}{}${'}'.repeat(5_000)}`],
    ['reaching for a prototype', '{"__proto__":{"headline":"No"},"constructor":{"@type":"NewsArticle"}}'],
  ])('metadata that are %s do no harm', (_, ld) => {
    const read = withLd(ld);
    expect([read.title, textsOf(read), read.authors]).toEqual(['The old bridge opens again', STORY, []]);
    expect(({} as { headline?: string }).headline).toBeUndefined();
  });
  test('addresses and texts in metadata are cleaned', () => {
    const read = withLd(
      '{"@type":"NewsArticle","headline":"A <b>bold</b> \\ud800 one\\u0007","url":"javascript:alert(1)","image":"data:image/png;base64,AA"}',
    );
    expect(read.title).toBe('A bold \ufffd one');
    expect(read.canonicalUrl).toBeUndefined();
    expect(read.picture).toBeUndefined();
  });
  test('nothing of the markup is kept', () => {
    const read = readPage(
      `<html><body>${body}<p onclick="x()">An <img src=x onerror=alert(1)>image, a &lt;script&gt; written out, <script>alert(1)</script>and an <svg onload=x><text>y</text></svg>end.</p></body></html>`,
    );
    expect(textsOf(read).at(-1)).toBe('An image, a <script> written out, and an end.');
    expect(JSON.stringify(read)).not.toMatch(/onerror|onclick|alert|svg/);
  });
});

describe('what is no article', () => {
  const words = STORY.join(' ');
  test.each([
    ['an empty file', '', /empty/],
    ['white space', ' \n\ufeff\n', /empty/],
    ['NUL bytes', `PNG\0${words}`, /binary/],
    ['bytes that are no UTF-8', '\ufffdJFIF\ufffd\ufffd'.repeat(9), /binary/],
    ['a PDF', `%PDF-1.7\n${words}`, /binary/],
    ['JSON', JSON.stringify({ headline: 'The old bridge opens again', text: words }), /JSON/],
    ['JSON Lines', `{"body":"${'x '.repeat(50)}"}\n{"body":"y"}`, /JSON/],
    [
      'RSS',
      `<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0"><channel><title>The old bridge</title></channel></rss>`,
      /feed/,
    ],
    ['Atom with a prefix', '<a:feed xmlns:a="http://www.w3.org/2005/Atom"></a:feed>', /feed/],
    ['other XML', '<nitf><body/></nitf>', /XML/],
    ['a web archive', `From: x\nMIME-Version: 1.0\n\n${words}`, /MHTML/],
    ['a headline alone', 'The old bridge opens again', /40/],
    ['a headline over too little', `The old bridge opens again\n\n${STORY[0]}`, /words: 21\).*40/],
    ['text without a headline', Array(9).fill('Advertisement').join('\n'), /headline/],
    [
      'HTML without a headline',
      `<html><body>${STORY.map((text) => `<p>${text}</p>`).join('')}</body></html>`,
      /headline/,
    ],
    ['HTML without text', '<html><body><h1>The old bridge opens again</h1><nav>Home</nav></body></html>', /40/],
    ['more than 5 MB', `The old bridge opens again\n${'é'.repeat(2_700_000)}`, /6 MB/],
    ['a headline of 301 characters', `${'Bridge'.repeat(50)}s\n\n${STORY.join('\n\n')}`, /headline is 301 .* 300/i],
    [
      'a paragraph of more than 5,000',
      `The old bridge opens again\n\n${STORY.join('\n\n')}\n\n${'word '.repeat(1001)}`,
      /paragraph is 5004 .* 5000/i,
    ],
    [
      'too many paragraphs',
      `The old bridge opens again\n\n${'The mayor went home over it.\n\n'.repeat(2002)}`,
      /2001 paragraphs/,
    ],
    [
      'deeply nested elements',
      `<html><body><h1>The old bridge opens again</h1>${'<div>'.repeat(30_000)}${words}`,
      /nested/,
    ],
    ['too many elements', `<p>${'<b>x</b>'.repeat(70_000)}</p>`, /too many elements/],
    ['a wall of angle brackets', `<html><body><h1>a</h1>${'< '.repeat(119_000)}`, /too large|headline|40/],
  ])('%s', (_, source, sentence) => expect(message(source)).toMatch(sentence));

  const feeds = `${shared}/corpus/import/feeds`;
  (existsSync(feeds) ? test : test.skip)(`everything in ${feeds}`, () => {
    const files = readdirSync(feeds).filter((name) => name !== 'LICENSE');
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) message(readFileSync(`${feeds}/${name}`, 'utf8'));
  });
});

const strings = `${shared}/corpus/strings/blns.json`;
const blns = existsSync(strings) ? (JSON.parse(readFileSync(strings, 'utf8')) as string[]) : [];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '© X', 'Related', 'By A B', '1 min', '• a', '> q', ...blns),
);
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function check(source: string): ImportedPage | undefined {
  let page: ImportedPage;
  try {
    page = readPage(source);
  } catch (error) {
    expect(error).toBeInstanceOf(NotAnArticle);
    return undefined;
  }
  expect(page.title).not.toBe('');
  expect(page.blocks.map(({ key }) => key)).toEqual(page.blocks.map((_, i) => `b${i + 1}`));
  expect(JSON.stringify(page)).not.toMatch(/[\0-\x08\x0b-\x1f]|\\u00[01][0-7]|\\ud[89a-f]/);
  for (const block of page.blocks) {
    for (const rich of block.kind === 'List' ? block.items : 'text' in block ? [block] : []) {
      expect(rich.text.trim()).not.toBe('');
      for (const mark of rich.marks ?? []) {
        expect(mark.end).toBeGreaterThan(mark.start);
        expect(mark.end).toBeLessThanOrEqual(rich.text.length);
        if (mark.href) expect(mark.href).toMatch(/^(?:https?|mailto):/);
      }
    }
  }
  return page;
}

(blns.length > 0 ? describe : describe.skip)(`strings that break things (${blns.length} from blns.json)`, () => {
  test.each(blns.map((text, i) => [i, text]))('string %i as headline, paragraph and attribute', (_, text) => {
    const naughty = String(text);
    check([naughty, ...STORY].join('\n\n'));
    check(['The old bridge opens again', STORY[0], naughty, ...STORY.slice(1)].join('\n\n'));
    check(
      `<html><body><h1>${naughty}</h1>${STORY.map((p) => `<p>${p}${naughty}</p>`).join(naughty)}<a href="${naughty}">x</a></body></html>`,
    );
    check(
      `<html><body><h1>${escaped(naughty)}</h1><p><a href="${escaped(naughty)}">${STORY.join(' ')}</a></p></body></html>`,
    );
  });
  test('any lines in any order: an article or NotAnArticle, and no line of text is lost', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 12 }), (lines) => {
        const page = check([...lines, 'The old bridge opens again', ...STORY, ...lines].join('\n\n'));
        for (const text of page ? STORY : []) expect(JSON.stringify(page)).toContain(text);
      }),
    );
  });
  test('any lines in HTML', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 6 }), (lines) => {
        check(
          `<html><body><h1>The old bridge opens again</h1>${[...STORY, ...lines].map((l) => `<p><b>${l}</b><i>${escaped(l)}</i></p>`).join('')}`,
        );
      }),
      { numRuns: 50 },
    );
  });
});

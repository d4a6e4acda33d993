import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { blockHtml, bodyHtml } from '../../src/articles/body.html.js';
import { blocksOf, type BodyText } from '../../src/articles/body-input.rules.js';
import type { Block } from '../../src/articles/body.rules.js';
import { movedMentions } from '../../src/articles/moved-mentions.rules.js';
import { globalId } from '../../src/kernel/global-id.js';

const picture = globalId('Picture', 7);
const refused = (body: BodyText): { message: string; path: string } => {
  try {
    blocksOf(body, []);
  } catch (error) {
    const { view } = error as { view: { message: string; path: string[] } };
    return { message: view.message, path: view.path.join('.') };
  }
  throw new Error('It was taken.');
};

describe('a body in Markdown', () => {
  test('becomes blocks of every kind', () => {
    const markdown = `## What was said

Ali **Bagheri** spoke *softly* of [talks](https://news.example/talks), and
went on.

> We shall see.
>
> — A diplomat

1. One
2. Two
   - inside

| City | Days |
| --- | --- |
| Vienna | 3 |

![A harbour at dusk](picture:${picture})

---

<b>not bold</b>`;
    expect(blocksOf({ markdown }, [])).toEqual([
      { key: 'b1', kind: 'Heading', level: 2, text: 'What was said' },
      {
        key: 'b2',
        kind: 'Paragraph',
        text: 'Ali Bagheri spoke softly of talks, and went on.',
        marks: [
          { type: 'STRONG', start: 4, end: 11 },
          { type: 'EMPHASIS', start: 18, end: 24 },
          { type: 'LINK', start: 28, end: 33, href: 'https://news.example/talks' },
        ],
      },
      { key: 'b3', kind: 'Quote', text: 'We shall see.', attribution: 'A diplomat' },
      { key: 'b4', kind: 'List', ordered: true, items: [{ text: 'One' }, { text: 'Two' }, { text: 'inside' }] },
      { key: 'b5', kind: 'Table', header: ['City', 'Days'], rows: [['Vienna', '3']] },
      { key: 'b6', kind: 'Picture', pictureId: 7, caption: 'A harbour at dusk' },
      { key: 'b7', kind: 'Paragraph', text: '<b>not bold</b>' },
    ]);
  });

  test('says which picture has to be uploaded first', () => {
    expect(refused({ markdown: '![x](https://elsewhere.example/a.jpg)' })).toEqual({
      message: 'The picture "https://elsewhere.example/a.jpg" is not one of ours: upload it first.',
      path: 'body',
    });
  });
});

describe('a body in HTML', () => {
  test('keeps what a story can hold', () => {
    const html = `<div><h1>Head</h1>Loose words<p>A <a href="mailto:a@b.example">mail</a></p>
      <aside><h2>Facts</h2><p>One</p><ul><li>Two</li></ul></aside>
      <figure><img data-picture="${picture}" src="x.jpg"><figcaption>Said here</figcaption></figure>
      <p class="embed"><a href="https://video.example/1">A film</a></p><blockquote><p>Yes.</p><footer>Somebody</footer></blockquote></div>`;
    expect(blocksOf({ html }, [])).toEqual([
      { key: 'b1', kind: 'Heading', level: 2, text: 'Head' },
      { key: 'b2', kind: 'Paragraph', text: 'Loose words' },
      {
        key: 'b3',
        kind: 'Paragraph',
        text: 'A mail',
        marks: [{ type: 'LINK', start: 2, end: 6, href: 'mailto:a@b.example' }],
      },
      {
        key: 'b4',
        kind: 'FactBox',
        title: 'Facts',
        blocks: [
          { key: 'b5', kind: 'Paragraph', text: 'One' },
          { key: 'b6', kind: 'List', ordered: false, items: [{ text: 'Two' }] },
        ],
      },
      { key: 'b7', kind: 'Picture', pictureId: 7, caption: 'Said here' },
      { key: 'b8', kind: 'Embed', url: 'https://video.example/1', title: 'A film' },
      { key: 'b9', kind: 'Quote', text: 'Yes.', attribution: 'Somebody' },
    ]);
  });

  const attacks = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href=" vbscript:x">x</a>',
    '<svg onload=alert(1)><path/></svg>',
    '<math><mtext><script>alert(1)</script></mtext></math>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>@import "https://evil.example"</style>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p onclick="alert(1)">x</p>',
    '<body onload=alert(1)>x',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><script>alert(1)</script></template>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<form action="javascript:alert(1)"><button>x</button></form>',
    '<base href="javascript:alert(1)//">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<video><source onerror="alert(1)"></video>',
    '<textarea><script>alert(1)</script></textarea>',
    '<xmp><script>alert(1)</script></xmp>',
    '"><script>alert(1)</script>',
    '<p class="embed"><a href="javascript:alert(1)">x</a></p>',
  ];
  test.each(attacks)('%s leaves nothing that runs', (attack) => {
    const shownOf = (blocks: readonly Block[]) => bodyHtml(blocks, new Map());
    for (const body of [{ html: attack }, { markdown: attack }]) {
      let blocks: Block[] = [];
      try {
        blocks = blocksOf(body, []);
      } catch (error) {
        expect((error as Error).message).toMatch(/is not one of ours/);
      }
      const tags = shownOf(blocks).match(/<[^>]*>/g) ?? [];
      expect(tags.join('')).not.toMatch(/script|on\w+=|style|iframe|svg|object|base|meta|form|vbs|data:/i);
    }
  });

  test.each([
    ['a hundred thousand boxes in one another', '<div>'.repeat(100_000)],
    ['a megabyte of brackets', '<'.repeat(1_000_000)],
    ['half a megabyte of bold', '<b>'.repeat(160_000)],
    ['deep quotations', '>'.repeat(50_000)],
  ])('%s is answered soon', (_, text) => {
    const started = performance.now();
    for (const body of [{ html: text }, { markdown: text }]) {
      try {
        blocksOf(body, []);
      } catch (error) {
        expect(error).toHaveProperty('view');
      }
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('a body in blocks', () => {
  test('is refused with the path of what is wrong', () => {
    const paragraph = (text: string, more: object = {}) => ({ paragraph: { text, ...more } });
    expect(refused({}).path).toBe('body');
    expect(refused({ markdown: 'a', html: 'b' }).path).toBe('body');
    expect(refused({ blocks: [paragraph('a'), {}] }).path).toBe('body.blocks.1');
    expect(refused({ blocks: [{ heading: { text: 'a', level: 1 } }] }).path).toBe('body.blocks.0.heading.level');
    expect(refused({ blocks: [paragraph('\ud800')] }).path).toBe('body.blocks.0.paragraph.text');
    expect(refused({ blocks: [paragraph('a'.repeat(20_001))] }).path).toBe('body.blocks.0.paragraph.text');
    expect(refused({ blocks: [paragraph('ab', { marks: [{ type: 'STRONG', start: 1, end: 3 }] })] }).path).toBe(
      'body.blocks.0.paragraph.marks.0.start',
    );
    const link = { type: 'LINK' as const, start: 0, end: 1, href: 'javascript:alert(1)' };
    expect(refused({ blocks: [paragraph('ab', { marks: [link] })] }).path).toBe('body.blocks.0.paragraph.marks.0.href');
    expect(refused({ blocks: [{ picture: { picture: globalId('Person', 7) } }] }).path).toBe(
      'body.blocks.0.picture.picture',
    );
    expect(
      refused({
        blocks: [
          { key: 'a', ...paragraph('x') },
          { key: 'a', ...paragraph('y') },
        ],
      }).message,
    ).toBe('The key "a" is there twice, or means something else.');
    expect(refused({ blocks: [{ key: 'title', ...paragraph('x') }] }).path).toBe('body.blocks');
    expect(refused({ blocks: Array.from({ length: 1_001 }, () => paragraph('x')) }).path).toBe('body.blocks');
  });

  test('comes back as it was, through its own HTML too', () => {
    const text = fc
      .stringMatching(/^[a-zA-Zäßéب ‌.,;:!?&<>"'*_\\[\]()#~`|-]{1,40}$/)
      .map((s) => s.replace(/\s+/g, ' ').trim())
      .filter((s) => s !== '' && s.normalize('NFC') === s);
    const block = fc.oneof(
      text.map((t) => ({ paragraph: { text: t } })),
      text.map((t) => ({ heading: { text: t, level: 3 } })),
      fc
        .array(text, { minLength: 1, maxLength: 3 })
        .map((items) => ({ list: { ordered: true, items: items.map((t) => ({ text: t })) } })),
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (blocks) => {
        const stored = blocksOf({ blocks }, []);
        const html = stored.map((each) => blockHtml(each, new Map())).join('');
        expect(blocksOf({ html }, [])).toEqual(stored);
      }),
    );
  });
});

describe('a block', () => {
  const before = blocksOf({ markdown: 'First.\n\nSecond.\n\nThird.' }, []);

  test('keeps its key while it says the same, wherever it goes', () => {
    const after = blocksOf({ markdown: 'New.\n\nThird.\n\nFirst.\n\nSecond.' }, before);
    expect(after.map(({ key }) => key)).toEqual(['b4', 'b3', 'b1', 'b2']);
  });

  test('keeps its key when it is changed where it stands', () => {
    const after = blocksOf({ markdown: 'First.\n\nSecond, changed.\n\nThird.' }, before);
    expect(after.map(({ key }) => key)).toEqual(['b1', 'b2', 'b3']);
  });
});

describe('a mention', () => {
  const text = (body: string) => ({ title: '', standfirst: '', blocks: blocksOf({ markdown: body }, []) });
  const named = (start: number) => ({ entityId: 1, blockKey: 'b1', surface: 'Oman', start, end: start + 4 });

  test('moves with its words, and goes with them', () => {
    const [first, second] = [named(0), named(20)];
    const moved = movedMentions(text('In Oman the Omani court met; Oman paid.'), [first, second]);
    expect(moved.mentions.map(({ start, end }) => [start, end])).toEqual([
      [3, 7],
      [29, 33],
    ]);
    expect(movedMentions(text('The Omani court met.'), [first])).toEqual({ mentions: [], dropped: [first] });
  });
});

describe('words that a parser would drop', () => {
  test('stay when they come after the end of a body', () => {
    expect(blocksOf({ html: '<p>One</p></body></html><p>Two</p>' }, [])).toMatchObject([
      { text: 'One' },
      { text: 'Two' },
    ]);
  });

  test('are refused when they are nested too deep', () => {
    expect(refused({ markdown: `${'>'.repeat(200)}Words` }).message).toBe('Elements are nested more than 100 deep.');
    expect(blocksOf({ markdown: `${'>'.repeat(40)}Words` }, [])).not.toEqual([]);
  });
});

describe('half a character', () => {
  const paragraph = (text: string, mark: object) => ({ blocks: [{ paragraph: { text, marks: [mark] } }] }) as BodyText;
  test.each(['https://x.example/\ud800', 'mailto:\ud800', 'https://x.example/\u0000'])(
    'is no part of a link: %j',
    (href) => {
      expect(refused(paragraph('hello', { type: 'LINK', start: 0, end: 5, href })).message).toMatch(/^A link leads to/);
      expect(() => blocksOf({ blocks: [{ embed: { url: href, title: 'x' } }] }, [])).toThrow();
    },
  );

  test('is not marked', () => {
    expect(refused(paragraph('😀😀', { type: 'STRONG', start: 1, end: 4 })).message).toBe(
      'A mark must not cut a character.',
    );
    expect(refused(paragraph('😀😀', { type: 'STRONG', start: 0, end: 3 })).message).toBe(
      'A mark must not cut a character.',
    );
    expect(blocksOf(paragraph('😀😀', { type: 'STRONG', start: 0, end: 2 }), [])).toHaveLength(1);
  });
});

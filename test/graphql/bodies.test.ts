import type { Block } from '../../src/articles/body.rules.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('a body', () => {
  let newsroom: TestNewsroom;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    const pictureId = await savePicture(newsroom.context(), {
      externalId: 'quay',
      file: 'ab'.repeat(16),
      width: 1600,
      height: 900,
      alt: 'A "quay"',
      caption: 'The quay',
      credit: 'A. Photographer',
    });
    const blocks: Block[] = [
      { key: 'b1', kind: 'Heading', level: 2, text: 'The port' },
      {
        key: 'b2',
        kind: 'Paragraph',
        text: 'Ships & <cranes> are back.',
        marks: [
          { type: 'LINK', start: 0, end: 5, href: 'https://port.example/?a=1&b=2' },
          { type: 'STRONG', start: 8, end: 16 },
          { type: 'EMPHASIS', start: 10, end: 14 },
          { type: 'LINK', start: 21, end: 25, href: 'javascript:alert(1)' },
        ],
      },
      { key: 'b3', kind: 'Quote', text: 'We never left.', attribution: 'The harbour master' },
      {
        key: 'b4',
        kind: 'List',
        ordered: true,
        items: [{ text: 'One' }, { text: 'Two', marks: [{ type: 'STRONG', start: 0, end: 3 }] }],
      },
      { key: 'b5', kind: 'Picture', pictureId, caption: 'The quay at dawn' },
      { key: 'b6', kind: 'Embed', url: 'https://maps.example/1', title: 'A map', provider: 'Maps' },
      { key: 'b7', kind: 'Table', caption: 'Ships', header: ['Year', 'Ships'], rows: [['2023', '12']] },
      {
        key: 'b8',
        kind: 'FactBox',
        title: 'In short',
        blocks: [{ key: 'b8.1', kind: 'Paragraph', text: 'It is a port.' }],
      },
    ];
    await deskOf(newsroom).publish({ slug: 'port', blocks });
  });
  afterAll(() => newsroom.close());

  const body = async (selection: string) =>
    (await newsroom.ask(`{ article(slug: "port") { wordCount body { ${selection} } } }`)).data.article;

  test('says the same in blocks, HTML and plain text', async () => {
    const { html, text } = (await body('html text')).body;
    expect(html.split('\n')).toEqual([
      '<h2>The port</h2>',
      '<p><a href="https://port.example/?a=1&amp;b=2">Ships</a> &amp; <strong>&lt;c<em>rane</em>s&gt;</strong> are back.</p>',
      '<blockquote><p>We never left.</p><footer>The harbour master</footer></blockquote>',
      '<ol><li>One</li><li><strong>Two</strong></li></ol>',
      `<figure><img src="https://news.example/media/${'ab'.repeat(16)}/1200.webp" alt="A &quot;quay&quot;" width="1200" height="675" loading="lazy"><figcaption>The quay at dawn <small>A. Photographer</small></figcaption></figure>`,
      '<p class="embed"><a href="https://maps.example/1" rel="noopener">A map</a></p>',
      '<table><caption>Ships</caption><thead><tr><th>Year</th><th>Ships</th></tr></thead><tbody><tr><td>2023</td><td>12</td></tr></tbody></table>',
      '<aside><h2>In short</h2><p>It is a port.</p></aside>',
    ]);
    expect(text.split('\n\n')).toEqual([
      'The port',
      'Ships & <cranes> are back.',
      'We never left.\n— The harbour master',
      'One\nTwo',
      'The quay at dawn',
      'A map',
      'Year\nShips\n2023\n12',
      'In short\nIt is a port.',
    ]);
  });

  test('gives every kind of block with what is its own', async () => {
    const { blocks } = (
      await body(`blocks { __typename key ... on TextBlock { text html } ... on HeadingBlock { level } ... on QuoteBlock { attribution }
        ... on ListBlock { ordered items { text html } } ... on PictureBlock { pictureCaption: caption picture { alt } }
        ... on EmbedBlock { url embedTitle: title provider } ... on TableBlock { tableCaption: caption header rows }
        ... on FactBoxBlock { title blocks { __typename ... on ParagraphBlock { text } } } }`)
    ).body;
    expect(blocks.map((block: { __typename: string }) => block.__typename)).toEqual([
      'HeadingBlock',
      'ParagraphBlock',
      'QuoteBlock',
      'ListBlock',
      'PictureBlock',
      'EmbedBlock',
      'TableBlock',
      'FactBoxBlock',
    ]);
    expect(blocks[0]).toMatchObject({ key: 'b1', level: 2, html: 'The port' });
    expect(blocks[3]).toMatchObject({
      ordered: true,
      items: [{ text: 'One' }, { text: 'Two', html: '<strong>Two</strong>' }],
    });
    expect(blocks[4]).toMatchObject({ pictureCaption: 'The quay at dawn', picture: { alt: 'A "quay"' } });
    expect(blocks[7]).toMatchObject({
      title: 'In short',
      blocks: [{ __typename: 'ParagraphBlock', text: 'It is a port.' }],
    });
  });

  test('is named in by the block that has the text, inside a box too', async () => {
    const desk = deskOf(newsroom);
    await desk.entity('Place', 'Beirut');
    await desk.publish({
      slug: 'boxed',
      blocks: [
        {
          key: 'b1',
          kind: 'FactBox',
          title: 'Beirut',
          blocks: [{ key: 'b1.1', kind: 'Paragraph', text: 'In Beirut.' }],
        },
        { key: 'b2', kind: 'List', ordered: false, items: [{ text: 'Nobody' }, { text: 'Beirut' }] },
      ],
    });
    const { data } = await newsroom.ask(
      `{ article(slug: "boxed") { mentions { blockKey start end surface }
         body { blocks { key text ... on FactBoxBlock { blocks { ... on ParagraphBlock { key text } } } } } } }`,
    );
    const { blocks } = data.article.body;
    const texts = new Map(
      [...blocks, ...blocks[0].blocks].map(({ key, text }: { key: string; text: string }) => [key, text]),
    );
    expect(data.article.mentions.map(({ blockKey }: { blockKey: string }) => blockKey)).toEqual(['b1', 'b1.1', 'b2']);
    for (const { blockKey, start, end } of data.article.mentions) {
      expect(texts.get(blockKey)!.slice(start, end)).toBe('Beirut');
    }
  });

  test('is put into structured data that cannot end its script element', async () => {
    await deskOf(newsroom).publish({
      slug: 'hostile',
      title: '</script><script>alert(1)</script>',
      paragraphs: ['Text.'],
    });
    const { data } = await newsroom.ask('{ article(slug: "hostile") { seo { title canonicalUrl jsonLd } } }');
    expect(data.article.seo.jsonLd).not.toContain('<');
    expect(JSON.parse(data.article.seo.jsonLd)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: '</script><script>alert(1)</script>',
      url: 'https://news.example/world/hostile',
      wordCount: 1,
      timeRequired: 'PT1M',
    });
  });
});

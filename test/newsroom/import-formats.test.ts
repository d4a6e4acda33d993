import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { violations } from '../../scripts/promises/invariants.js';
import { importMany, type ImportManyOptions, type ItemReport } from '../../src/newsroom/import/import-many.commands.js';
import { readers, sourceOf, type Format } from '../../src/newsroom/import/readers.js';
import { operator } from '../../src/kernel/viewer.js';
import { sharedDir } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { fingerprintOf } from '../support/fingerprint.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const corpus = join(sharedDir, 'corpus');
const standards = join(sharedDir, 'standards');

describe('stories in every format', () => {
  let newsroom: TestNewsroom;
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-formats-'));
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(async () => {
    expect(await violations(newsroom.database)).toEqual([]);
    await newsroom.close();
    rmSync(folder, { recursive: true });
  });

  const bring = async (
    format: Format,
    paths: readonly string[],
    columns?: Record<string, string>,
    options: Partial<ImportManyOptions> = {},
  ) => {
    const totalBytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    const told: ItemReport[] = [];
    const sources = { paths, totalBytes, bytesRead: 0 };
    const summary = await importMany(
      newsroom.contextAs(operator),
      readers[format].read(sources, { columns, now: Date.now() }),
      { source: sourceOf(format), ...options },
      (report) => void told.push(report),
    );
    return { summary, told, sources };
  };
  const bringText = (format: Format, text: string | Buffer, columns?: Record<string, string>) => {
    const path = join(folder, 'source');
    writeFileSync(path, text);
    return bring(format, [path], columns);
  };
  const story = async (slug: string) =>
    (
      await newsroom.ask(
        `query ($slug: String!) { article(slug: $slug) { title standfirst publishedAt language credits { role text }
          body { html blocks { __typename } } leadPicture { caption alt credit } related(first: 9) { edges { node { slug } } } } }`,
        { slug },
      )
    ).data.article;

  const wordpress = `<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
    <link>https://wp.example</link><language>de-DE</language><wp:base_blog_url>https://wp.example</wp:base_blog_url>
    <wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name><![CDATA[Ann Other]]></wp:author_display_name></wp:author>
    <item><title>Bridge &amp; river &#8217;24</title><link>https://wp.example/2024/bridge/</link><guid isPermaLink="false">https://wp.example/?p=5</guid>
      <dc:creator>ann</dc:creator><wp:post_id>5</wp:post_id><wp:post_date>2024-02-03 10:00:00</wp:post_date>
      <wp:post_date_gmt>2024-02-03 09:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
      <excerpt:encoded><![CDATA[What <em>it</em> is about]]></excerpt:encoded>
      <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
      <content:encoded><![CDATA[First line.

Second [one] with a <a href="https://wp.example/?p=6">link</a>.
<!-- wp:heading --><h3>Then</h3><!-- /wp:heading -->
[caption id="x" width="10"]<img src="https://wp.example/a.jpg" alt="A"/> The caption[/caption]
[gallery ids="1,2"]
<blockquote><p>Said.</p><cite>Somebody</cite></blockquote>
[embed]https://video.example/1[/embed]]]></content:encoded></item>
    <item><title>Draft</title><wp:post_id>6</wp:post_id><guid>https://wp.example/?p=6</guid><wp:status>draft</wp:status>
      <wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><content:encoded>Not yet &lt;b&gt;done&lt;/b&gt;</content:encoded></item>
    <item><title>Secret</title><wp:post_id>7</wp:post_id><guid>https://wp.example/?p=7</guid><wp:status>publish</wp:status><wp:post_password>x</wp:post_password><content:encoded>Hidden</content:encoded></item>
    <item><title>Old</title><wp:post_id>8</wp:post_id><guid>https://wp.example/?p=8</guid><wp:status>trash</wp:status><content:encoded>Gone</content:encoded></item>
    <item><title>Picture</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
      <wp:attachment_url>https://wp.example/lead.jpg</wp:attachment_url><excerpt:encoded>Lead caption</excerpt:encoded></item>
    </channel></rss>`;

  test('WordPress: posts with their parts, drafts as drafts, pictures with their posts, what is no story left out', async () => {
    const { summary, told } = await bringText('wxr', wordpress);
    expect(summary).toMatchObject({ read: 5, written: 3, skipped: 2, failed: 0 });
    expect(await story('bridge-river-24')).toMatchObject({
      title: 'Bridge & river ’24',
      standfirst: 'What it is about',
      publishedAt: '2024-02-03T09:00:00.000Z',
      language: 'de-DE',
      credits: [{ role: 'AUTHOR', text: 'Ann Other' }],
      leadPicture: { caption: 'Lead caption' },
      body: {
        blocks: ['Paragraph', 'Paragraph', 'Heading', 'Picture', 'Quote', 'Embed'].map((kind) => ({
          __typename: `${kind}Block`,
        })),
      },
    });
    expect((await story('bridge-river-24')).body.html).toContain(
      'Second [one] with a <a href="https://wp.example/?p=6"',
    );
    expect(await story('draft')).toBeNull();
    expect(await story('secret')).toBeNull();
    expect(told.find(({ id }) => id === 'https://wp.example/?p=8')).toMatchObject({
      outcome: 'skipped',
      reason: 'It was in the state "trash".',
    });
    expect(told.find(({ id }) => id === 'https://wp.example/?p=5')!.notes).toEqual([
      'Left out: the shortcodes [gallery].',
      'Only the words of its picture were kept: https://wp.example/lead.jpg',
      'Only the words of its picture were kept: https://wp.example/a.jpg',
    ]);
    expect((await bringText('wxr', wordpress)).summary).toMatchObject({ unchanged: 3, written: 0 });
  });

  test('RSS and Atom: full text before summaries, relative addresses, names of prefixes', async () => {
    const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:m="http://search.yahoo.com/mrss/"><channel>
      <link>https://feed.example/</link><language>fr</language>
      <item><title>Le &lt;em&gt;pont&lt;/em&gt;</title><link>/le-pont</link><guid isPermaLink="false">42</guid><description>Court…</description>
        <c:encoded><![CDATA[<p>Tout le texte.</p><img src="/a.png" alt="Un pont"><script>x()</script>]]></c:encoded>
        <m:content url="https://feed.example/b.jpg" medium="image"><m:credit>Photo X</m:credit></m:content>
        <pubDate>Thu, 07 Dec 17 10:00:29 -0800</pubDate></item></channel></rss>`;
    const { summary } = await bringText('rss', rss);
    expect(summary).toMatchObject({ written: 1, failed: 0 });
    expect(await story('le-pont')).toMatchObject({
      title: 'Le pont',
      language: 'fr',
      publishedAt: '2017-12-07T18:00:29.000Z',
      leadPicture: { credit: 'Photo X' },
    });
    const atom = `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>tag:x,1</a:id><a:title type="html">One &amp;amp; two</a:title>
      <a:link href="https://atom.example/1"/><a:updated>2020-01-01T00:00:00Z</a:updated><a:author><a:name>Ann</a:name></a:author>
      <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <b>x</b></p></div></a:content></a:entry></a:feed>`;
    expect((await bringText('atom', atom)).summary).toMatchObject({ written: 1 });
    expect(await story('one-two')).toMatchObject({
      title: 'One & two',
      credits: [{ text: 'Ann' }],
      body: { html: '<p>Hello <strong>x</strong></p>' },
    });
  });

  test.each([
    [
      'UTF-16',
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(
          '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><guid>u:16</guid><title>Größe sechzehn</title><description>Text</description></item></channel></rss>',
          'utf16le',
        ),
      ]),
      'große-sechzehn',
      'Größe sechzehn',
    ],
    [
      'Windows-1252',
      Buffer.from(
        '<?xml version="1.0" encoding="windows-1252"?><rss><channel><item><guid>u:1252</guid><title>\x93Caf\xe9\x94 neu</title><description>Text</description></item></channel></rss>',
        'latin1',
      ),
      'cafe-neu',
      '“Café” neu',
    ],
    [
      'gzip',
      gzipSync(
        '<rss><channel><item><guid>u:gz</guid><title>Packed up</title><description>Text</description></item></channel></rss>',
      ),
      'packed-up',
      'Packed up',
    ],
  ])('in %s are read as they were written', async (_, bytes, slug, title) => {
    await bringText('rss', bytes);
    expect(await story(slug)).toMatchObject({ title });
  });

  test.each<[string, Format, string, RegExp]>([
    [
      'a page that is no feed',
      'rss',
      '<!doctype html><html><body>x</body></html>',
      /no feed: its first element is <html>/,
    ],
    [
      'a feed that was cut off',
      'rss',
      '<rss><channel><item><guid>c:1</guid><title>Cut',
      /ends in the middle of this item|cut off/,
    ],
    ['words', 'wxr', 'Hello', /not XML|no WordPress export/],
    [
      'a JSON Feed that was cut off',
      'jsonfeed',
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_text":"x"},{"id',
      /cut off/,
    ],
    ['another JSON', 'jsonfeed', '{"a":1}', /no JSON Feed/],
    ['no JSON', 'ninjs', '<x/>', /not JSON/],
    ['another XML', 'newsml', '<x/>', /no item of NewsML-G2/],
    ['an empty page', 'html', '', /empty/],
  ])('tell what is wrong with %s', async (_, format, text, reason) => {
    const { summary, told } = await bringText(format, text);
    expect(summary.failed).toBeGreaterThan(0);
    expect(told.map((each) => each.reason).join()).toMatch(reason);
  });

  test('JSON Feed, ninjs 1, 2 and 3, NewsML-G2, CSV: each with its words, date and status', async () => {
    await bringText(
      'jsonfeed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        language: 'es',
        home_page_url: 'https://j.example',
        items: [
          {
            id: 7,
            title: 'Uno',
            content_html: '<p>Hola</p>',
            date_published: '2021-01-01T00:00:00+01:00',
            author: { name: 'Ana' },
          },
        ],
      }),
    );
    expect(await story('uno')).toMatchObject({
      language: 'es',
      publishedAt: '2020-12-31T23:00:00.000Z',
      credits: [{ text: 'Ana' }],
    });
    const items = [
      {
        uri: 'urn:n:1',
        headline: 'Ninjs one',
        body_html: '<p>One</p>',
        body_text: 'One',
        byline: 'By Ann Other and Bob',
        firstcreated: '2019-01-01T00:00:00Z',
        pubstatus: 'usable',
        associations: {
          mainimage: {
            type: 'picture',
            uri: 'https://n.example/p',
            renditions: {
              a: { href: 'https://n.example/a.jpg', width: 10 },
              b: { href: 'https://n.example/b.jpg', width: 99 },
            },
            description_caption: 'Cap',
          },
        },
      },
      {
        uri: 'urn:n:2',
        headlines: [{ role: 'main', value: 'Ninjs two' }],
        bodies: [{ contenttype: 'text/html', value: '<p>Two</p>' }],
        descriptions: [{ role: 'summary', value: 'Sum' }],
      },
      {
        uri: 'urn:n:3',
        headlines: [{ value: 'Ninjs three' }],
        bodies: [{ contentType: 'text/plain', value: 'Three' }],
        pubStatus: 'withheld',
      },
      { uri: 'urn:n:4', headlines: [{ value: 'Ninjs four' }], pubStatus: 'canceled' },
    ];
    expect((await bringText('ninjs', items.map((item) => JSON.stringify(item)).join('\n'))).summary).toMatchObject({
      written: 3,
      skipped: 1,
    });
    expect(await story('ninjs-one')).toMatchObject({
      credits: [{ text: 'Ann Other' }, { text: 'Bob' }],
      leadPicture: { caption: 'Cap' },
      body: { html: '<p>One</p>' },
    });
    expect(await story('ninjs-two')).toMatchObject({ standfirst: 'Sum' });
    expect(await story('ninjs-three')).toBeNull();
    const newsml = (
      version: number,
      text: string,
    ) => `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:g:1" version="${version}" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="ACME"/><versionCreated>2022-01-0${version}T00:00:00Z</versionCreated><firstCreated>2022-01-01T00:00:00Z</firstCreated></itemMeta>
      <contentMeta><headline>G two</headline><by>By Ann</by></contentMeta><contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>${text} <person>Ann</person></p><hl2>Sub</hl2></body.content></body></nitf></inlineXML></contentSet></newsItem></itemSet></newsMessage>`;
    const both = `<newsMessage>${[newsml(1, 'First'), newsml(2, 'Second')].join('')}</newsMessage>`;
    expect((await bringText('newsml', both)).summary).toMatchObject({ written: 1, updated: 1 });
    expect(await story('g-two')).toMatchObject({
      credits: [
        { role: 'AUTHOR', text: 'Ann' },
        { role: 'AGENCY', text: 'ACME' },
      ],
      body: { html: '<p>Second Ann</p>\n<h3>Sub</h3>' },
    });
    expect((await bringText('newsml', both)).summary).toMatchObject({ written: 0, updated: 0 });
    const csv = '\ufeffHeadline;Words;Ref\n"A ""quoted""; one";"P1\n\nP2";c1\nTwo;;c2\n';
    const { summary, told } = await bringText('csv', csv, { title: 'headline', body: 'Words', id: 'Ref' });
    expect(summary).toMatchObject({ read: 2, written: 2 });
    expect(await story('a-quoted-one')).toMatchObject({
      title: 'A "quoted"; one',
      body: { html: '<p>P1</p>\n<p>P2</p>' },
    });
    expect(told.find(({ id }) => id === 'c2')).toMatchObject({
      line: 5,
      notes: ['It has no text: it was kept as a draft.'],
    });
  });

  test('JSON Lines: names that were marked in a text lead to whom they stand for here, by id or by name', async () => {
    const desk = deskOf(newsroom);
    await desk.entity('Organisation', 'Sea Board', { wikidataId: 'Q900900' });
    await desk.entity('Place', 'Old Harbour');
    const body = '  The board met.\n\nIt met in the old harbour and in Old Harbour Town, says the board.';
    const at = (text: string, from = 0, more = {}) => {
      const start = body.indexOf(text, from);
      return { start, end: start + text.length, text, ...more };
    };
    const board = { kb: 'http://www.wikidata.org/entity/Q900900' };
    const entities = [
      at('The board', 0, board),
      at('the board', 0, board),
      at('the old harbour', 0, { kb: 'Old_Harbour' }),
      at('old harbour'),
      at('met', 0, { kb: 'Meeting_%28people%29' }),
      { start: 3, end: 9, text: 'elsewhere', ...board },
    ];
    const row = { id: 'marked', title: 'Marked names', publishedAt: '2020-01-22T9:00:00-05:00', body, entities };
    const { told } = await bringText('jsonl', JSON.stringify(row));
    expect(told[0]!.notes).toEqual([
      'Names were marked in it, 6 times: 3 were kept as mentions; 1 did not stand where it says; 2 named nothing that the newsroom knows.',
    ]);
    const { data } = await newsroom.ask(`{ article(slug: "marked-names") { publishedAt
      mentions { surface start end blockKey entity { slug } } } }`);
    expect(data.article).toEqual({
      publishedAt: '2020-01-22T14:00:00.000Z',
      mentions: [
        { surface: 'The board', start: 0, end: 9, blockKey: 'b1', entity: { slug: 'sea-board' } },
        { surface: 'the old harbour', start: 10, end: 25, blockKey: 'b2', entity: { slug: 'old-harbour' } },
        { surface: 'Old Harbour', start: 33, end: 44, blockKey: 'b2', entity: { slug: 'old-harbour' } },
        { surface: 'the board', start: 56, end: 65, blockKey: 'b2', entity: { slug: 'sea-board' } },
      ],
    });
  });

  test('JSON Lines: names are marked by characters, of which an emoji is one', async () => {
    await deskOf(newsroom).entity('Person', 'Nima Sadr');
    const body = ' 😀 Nima Sadr spoke 🎉.\n\nThe 👩‍👩‍👧 of Nima Sadr did too.';
    const at = (text: string, from = 0) => {
      const start = [...body.slice(0, body.indexOf(text, from))].length;
      return { start, end: start + [...text].length };
    };
    const entities = [at('Nima Sadr'), at('Nima Sadr', 20), at('Sadr'), at('👩‍👩‍👧')];
    expect(entities.slice(0, 2)).toEqual([
      { start: 3, end: 12 },
      { start: 36, end: 45 },
    ]);
    const named = entities.map((place, i) => ({ ...place, ...(i === 2 && { kb: 'Nima_Sadr' }) }));
    const row = { id: 'emoji', title: 'Marked behind an emoji', body, entities: named };
    const { told } = await bringText('jsonl', JSON.stringify(row));
    expect(told[0]!.notes).toEqual([
      'It has no date that can be read: it carries the date of the import.',
      'Names were marked in it, 4 times: 2 were kept as mentions; 1 named nothing that the newsroom knows; 1 overlapped another.',
    ]);
    const { data } = await newsroom.ask(
      '{ article(slug: "marked-behind-an-emoji") { mentions { surface start end blockKey } } }',
    );
    expect(data.article.mentions).toEqual([
      { surface: 'Nima Sadr', start: 3, end: 12, blockKey: 'b1' },
      { surface: 'Nima Sadr', start: 16, end: 25, blockKey: 'b2' },
    ]);
  });

  const files = (path: string, ending: RegExp): string[] =>
    existsSync(path)
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => ending.test(name))
          .sort()
          .map((name) => join(path, name))
      : [];
  const sources: [Format, string[], { failed: number; least: number }][] = [
    ['jsonl', files(corpus, /\.jsonl$/), { failed: 0, least: 752 }],
    ['wxr', files(join(corpus, 'import/wordpress'), /\.xml$/), { failed: 0, least: 7 }],
    ['rss', files(join(corpus, 'import/feeds'), /\.(?:xml|atom)$/), { failed: 0, least: 38 }],
    ['rss', files(join(corpus, 'import/feeds'), /\.html$/), { failed: 1, least: 0 }],
    ['ninjs', files(join(standards, 'ninjs/our-examples'), /\.json$/), { failed: 0, least: 1 }],
    ['newsml', files(join(standards, 'newsml-g2/verified'), /\.xml$/), { failed: 0, least: 1 }],
  ];
  const eachFile: [name: string, Format, counts: object, refused: RegExp | null][] = [
    ['digitalgov-2018plus.jsonl', 'jsonl', { read: 487, written: 487, failed: 0 }, null],
    ['wikinews-2019.jsonl', 'jsonl', { read: 171, written: 171, failed: 0 }, null],
    ['re3d-open.jsonl', 'jsonl', { read: 75, written: 75, failed: 0 }, null],
    ['gum-interviews.jsonl', 'jsonl', { read: 19, written: 19, failed: 0 }, null],
    ['import/wordpress/theme-preview.xml', 'wxr', { read: 7, written: 7, failed: 0 }, null],
    ['import/feeds/category-feed.xml', 'rss', { read: 1, written: 1, failed: 0 }, null],
    ['import/feeds/illegally-nested.xml', 'rss', { read: 10, written: 10, failed: 0 }, null],
    ['import/feeds/nondefaultnamespace.atom', 'atom', { read: 1, written: 1, failed: 0 }, null],
    ['import/feeds/rss-with-relative-urls.xml', 'rss', { read: 2, written: 2, failed: 0 }, null],
    ['import/feeds/rss2sample.xml', 'rss', { read: 4, written: 4, failed: 0 }, null],
    ['import/feeds/tpm.atom', 'atom', { read: 20, written: 20, failed: 0 }, null],
    ['import/feeds/notafeed.html', 'rss', { read: 1, written: 0, failed: 1 }, /no feed: its first element is <html>/],
    ['import/feeds/LICENSE', 'rss', { read: 1, written: 0, failed: 1 }, /no element: it is not XML/],
  ];
  (existsSync(corpus) ? test : test.skip).each(eachFile)(
    'the corpus: %s comes in whole, or is told why not',
    async (name, format, counts, refused) => {
      const path = join(corpus, name);
      const { summary, told } = await bring(format, [path], undefined, { source: 'each file', dryRun: true });
      expect(summary).toMatchObject({ updated: 0, unchanged: 0, skipped: 0, ...counts });
      if (refused) expect(told).toMatchObject([{ outcome: 'failed', reason: expect.stringMatching(refused) }]);
      for (const { notes = [] } of told) expect(notes.filter((note) => note.includes('cannot be read'))).toEqual([]);
    },
  );
  (existsSync(corpus) ? test : test.skip).each(sources)(
    'that others made are all brought in: %s',
    async (format, paths, { failed, least }) => {
      expect(paths.length).toBeGreaterThan(0);
      const { summary, told, sources: read } = await bring(format, paths);
      expect({ failed: summary.failed, told: told.filter(({ outcome }) => outcome === 'failed') }).toMatchObject({
        failed,
      });
      expect(summary.written).toBeGreaterThanOrEqual(least);
      expect(read.bytesRead).toBe(read.totalBytes);
      for (const { reason, notes = [] } of told)
        for (const said of [reason ?? 'Nothing to say', ...notes]) expect(said).toMatch(/^[A-Z“].{10}/s);
      const before = await fingerprintOf(newsroom);
      expect((await bring(format, paths)).summary).toMatchObject({
        written: 0,
        updated: 0,
        unchanged: summary.written,
      });
      expect(await fingerprintOf(newsroom)).toEqual(before);
    },
    120_000,
  );
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { correctArticle, publishArticle, withdrawArticle } from '../../src/articles/publish.commands.js';
import { readConfig } from '../../src/config.js';
import { createServer } from '../../src/http/server.js';
import { storiesRoute } from '../../src/http/stories.route.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { operator, reader, type PartnerViewer, type Viewer } from '../../src/kernel/viewer.js';
import { readers } from '../../src/newsroom/import/readers.js';
import type { IncomingStory } from '../../src/newsroom/import/story.types.js';
import { storyDocument } from '../../src/syndication/documents/document.loaders.js';
import type { StoryDocument } from '../../src/syndication/documents/document.types.js';
import { newsmlOf } from '../../src/syndication/documents/newsml.js';
import { ninjsOf } from '../../src/syndication/documents/ninjs.js';
import { catchUp } from '../../src/syndication/feed/catch-up.commands.js';
import { heldStory } from '../../src/syndication/story/held.loaders.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { hasStandards, newsmlSchemas, ninjsChecker, xmlProblems } from '../support/standards.js';
import { partnersOf } from '../support/told.js';

const given = hasStandards ? test : test.skip;

describe('the documents of the sample newsroom', () => {
  let newsroom: TestNewsroom;
  let partners: ReturnType<typeof partnersOf>;
  let lakePost: PartnerViewer;
  let everything: number;
  let documents: StoryDocument[];
  let ids: Map<string, number>;

  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
    partners = partnersOf(newsroom);
    everything = await partners.product('everything');
    lakePost = await partners.partner('The Lake Post', [everything]);
    const stories = await newsroom.database.read<{ id: number; slug: string }>(
      sql`select a.id, p.slug from article a join publication p on p.articleId = a.id and p.seq is not null
          where p.recalledAt is null order by a.id`,
    );
    ids = new Map(stories.map(({ id, slug }) => [slug, id]));
    await catchUp(newsroom.context());
    await partners.fit(lakePost);
    const ctx = newsroom.contextAs(lakePost);
    documents = await Promise.all([...ids.values()].map(async (id) => storyDocument(ctx, (await heldStory(ctx, id))!)));
  }, 120_000);
  afterAll(() => newsroom.close());

  const find = (slug: string): StoryDocument => documents.find((document) => document.slug === slug)!;
  const talks = 'iran-confirms-secret-talks-with-the-us';
  const versionOf = async (id: number): Promise<number> =>
    (
      await newsroom.database.read<{ version: number }>(sql`select version from article where id = ${id}`, 'primary')
    )[0]!.version;

  given(
    'pass the schemas of ninjs 3.2 and 2.1, and of NewsML-G2',
    async () => {
      expect(documents.length).toBeGreaterThan(30);
      for (const version of ['3.2', '2.1'] as const) {
        const problemsOf = ninjsChecker(version);
        expect(
          documents.flatMap((document) => problemsOf(JSON.parse(JSON.stringify(ninjsOf(document, version))))),
        ).toEqual([]);
      }
      expect(await xmlProblems(documents.map(newsmlOf), newsmlSchemas)).toEqual([]);
    },
    120_000,
  );

  test('say in ninjs what the story says', () => {
    expect(ninjsOf(find(talks))).toMatchObject({
      uri: expect.stringMatching(/^urn:newsml:news\.example:\d{8}:\w+$/),
      standard: { name: 'ninjs', version: '3.2' },
      type: 'text',
      pubStatus: 'usable',
      language: 'en',
      contentCreated: '2024-06-03T17:40:00.000Z',
      headlines: [{ role: 'main', value: 'Iran confirms secret talks with the U.S.' }],
      edNote: expect.stringMatching(/^CORRECTION: .*20 May/),
      people: expect.arrayContaining([
        { name: 'Ali Bagheri', rel: 'mentions', uri: 'https://news.example/people/ali-bagheri' },
      ]),
      subjects: [{ literal: 'mena' }, { literal: 'world' }],
      genres: [{ name: 'Current' }],
      renditions: [{ href: `https://news.example/mena/${talks}` }],
    });
  });

  test('are read by our own importer as what they were', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'newsgraph-newsml-'));
    try {
      const paths = documents.map((document, i) => {
        const path = join(folder, `${i}.xml`);
        writeFileSync(path, newsmlOf(document));
        return path;
      });
      const read: IncomingStory[] = [];
      for await (const item of readers.newsml.read({ paths, totalBytes: 1, bytesRead: 0 }, { now: Date.now() })) {
        if (!('story' in item)) throw new Error(JSON.stringify(item));
        read.push(item.story);
      }
      const lead = (document: StoryDocument) => document.pictures.find(({ url }) => url !== null);
      expect(read.map(({ body: _, notes: __, ...story }) => story)).toEqual(
        documents.map((document) => ({
          externalId: document.uri,
          version: document.version,
          url: document.canonicalUrl,
          title: document.title.replace(/\s+/g, ' '),
          standfirst: document.standfirst || undefined,
          language: document.language,
          publishedAt: document.firstCreated,
          isDraft: false,
          categories: document.sections.map(({ name }) => name),
          credits: [
            ...document.credits
              .filter(({ role }) => role === 'AUTHOR')
              .map(({ name: text }) => ({ role: 'AUTHOR', text })),
            { role: 'AGENCY', text: 'Newsgraph' },
          ],
          picture: lead(document) && { url: lead(document)!.url },
          related: document.related.map(({ uri }) => uri),
        })),
      );
      const paragraphs = (html: string) =>
        [...html.matchAll(/<p>(.*?)<\/p>/gs)].map(([, text]) =>
          text!.replaceAll('&#39;', "'").replaceAll('&quot;', '"'),
        );
      read.forEach(({ body }, i) => {
        const html = (body as { html: string }).html.replaceAll('&quot;', '"');
        expect(paragraphs(html)).toEqual(paragraphs(documents[i]!.body.html));
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('over HTTP', () => {
    let server: FastifyInstance;
    let viewer: Viewer;
    beforeAll(async () => {
      ({ server } = await createServer(readConfig({ LOG_LEVEL: 'silent' })));
      storiesRoute(server, { contextOf: async () => newsroom.contextAs(viewer) });
    });
    beforeEach(() => (viewer = lakePost));
    afterAll(() => server.close());

    const get = (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
      server.inject({ method, url: `/syndication/stories/${path}`, headers });
    const idOf = (slug: string) => globalId('Article', ids.get(slug)!);

    test('come in the form that their address ends with', async () => {
      const id = idOf(talks);
      const types = await Promise.all(
        ['ninjs', 'newsml', 'json', 'html'].map(async (form) => (await get(`${id}.${form}`)).headers['content-type']),
      );
      expect(types).toEqual([
        'application/json; charset=utf-8',
        'application/vnd.iptc.g2.newsitem+xml; charset=utf-8',
        'application/json; charset=utf-8',
        'text/html; charset=utf-8',
      ]);
      expect((await get(`${id}.json`)).json()).toEqual(find(talks));
      expect((await get(`${id}.newsml`)).body).toBe(newsmlOf(find(talks)));
      expect((await get(`${id}.ninjs?version=2.1`)).json()).toMatchObject({
        standard: { version: '2.1' },
        pubstatus: 'usable',
      });
      expect((await get(`${id}.ninjs?version=9`)).statusCode).toBe(400);
    });

    test('are not sent again to who has them, and HEAD has no body', async () => {
      const first = await get(`${idOf(talks)}.newsml`);
      expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'authorization, x-api-key' });
      const again = await get(`${idOf(talks)}.newsml`, { 'if-none-match': `"other", ${first.headers.etag}` });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      const head = await get(`${idOf(talks)}.newsml`, {}, 'HEAD');
      expect([head.statusCode, head.headers.etag, head.body]).toEqual([200, first.headers.etag, '']);
    });

    test('are for partners who hold the story, in forms of their product; all others hear the same', async () => {
      const plain = await partners.product('plain', { formats: ['HTML'] });
      const poor = await partners.partner('Poor', [plain]);
      const id = idOf(talks);
      viewer = poor;
      const unheld = await get(`${id}.html`);
      const unknown = await get(`${globalId('Article', 999_999)}.html`);
      expect([unheld.statusCode, unheld.body]).toEqual([404, unknown.body]);
      await partners.fit(poor);
      expect((await get(`${id}.html`)).statusCode).toBe(200);
      expect((await get(`${id}.newsml`)).statusCode).toBe(403);
      expect((await get(`${id}.pdf`)).statusCode).toBe(404);
      expect((await get(`${globalId('Person', 1)}.html`)).statusCode).toBe(404);
      viewer = reader;
      expect((await get(`${id}.html`)).statusCode).toBe(401);
    });

    test('of a corrected story say so, and of a killed one nothing but that', async () => {
      const chief = newsroom.contextAs(operator);
      const [slug, articleId] = [...ids].find(([name]) => name !== talks)!;
      const { title } = find(slug);
      await correctArticle(chief, { articleId, expectedVersion: await versionOf(articleId), note: 'It was Tuesday.' });
      const corrected = await get(`${idOf(slug)}.newsml`);
      expect(corrected.body).toMatch(
        /<edNote>CORRECTION: It was Tuesday\.[^<]*<\/edNote><signal qcode="sig:correction"\/>/,
      );
      expect((await get(`${idOf(slug)}.ninjs`)).json()).toMatchObject({ version: String(await versionOf(articleId)) });
      await publishArticle(chief, { articleId, expectedVersion: await versionOf(articleId) });
      const updated = (await get(`${idOf(slug)}.newsml`)).body;
      expect([updated.includes('It was Tuesday.'), updated.includes('sig:correction')]).toEqual([true, false]);

      const note = 'Nothing of it is true.';
      await withdrawArticle(chief, {
        articleId,
        expectedVersion: await versionOf(articleId),
        note: 'Wrong',
        publicNote: note,
        kill: true,
      });
      const killed = await Promise.all(['ninjs', 'newsml', 'json', 'html'].map((form) => get(`${idOf(slug)}.${form}`)));
      expect(killed.map(({ statusCode }) => statusCode)).toEqual([410, 410, 410, 410]);
      expect(killed[0]!.json()).toMatchObject({ pubStatus: 'canceled', edNote: expect.stringContaining(note) });
      expect(killed[1]!.body).toContain('<pubStatus qcode="stat:canceled"/>');
      for (const { body } of killed) {
        expect(body).toContain(note);
        expect(body).not.toContain(title);
      }
      if (hasStandards) {
        expect(ninjsChecker('3.2')(killed[0]!.json())).toEqual([]);
        expect(await xmlProblems([killed[1]!.body, corrected.body], newsmlSchemas)).toEqual([]);
      }
    });

    test('of a story to which only the partner’s right has ended withhold it', async () => {
      const former = await partners.partner('Former', [everything]);
      await partners.fit(former);
      await newsroom.database.transaction((tx) =>
        tx.run(sql`delete from partner_product where partnerId = ${former.partnerId}`),
      );
      await partners.fit(former);
      viewer = former;
      const slug = talks;
      const ended = await get(`${idOf(slug)}.newsml`);
      expect([ended.statusCode, ended.body]).toEqual([
        410,
        expect.stringContaining('<pubStatus qcode="stat:withheld"/>'),
      ]);
    });
  });
});

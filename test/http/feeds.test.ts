import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withdrawArticle } from '../../src/articles/publish.commands.js';
import { languageOf, newsSitemap } from '../../src/feeds/sitemap.js';
import { createContext } from '../../src/kernel/context.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { diskStore } from '../../src/media/media.store.js';
import { readFeed } from '../../src/newsroom/import/readers/feed.js';
import { loadSamples } from '../../src/sample/sample.commands.js';
import { addresses } from '../support/newsroom.js';
import { hasStandards, sitemapIndexSchemas, sitemapSchemas, xmlProblems } from '../support/standards.js';
import { send, startService, type Service } from './service.js';

const talks = 'iran-confirms-secret-talks-with-the-us';

describe('feeds for everybody', () => {
  let service: Service;
  const ctx = () => createContext(service.app.database, addresses, { viewer: operator });
  beforeAll(async () => {
    service = await startService();
    await loadSamples(ctx(), diskStore(service.mediaDir));
  }, 120_000);
  afterAll(() => service.stop());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    send(`${service.url}${path}`, { headers, method });

  test('are named by what they are of', async () => {
    const { body } = await service.ask(
      '{ feeds { rss } section(slug: "mena") { feeds { rss atom json } } person(slug: "ali-bagheri") { feeds { atom } } }',
    );
    expect(body.data).toEqual({
      feeds: { rss: `${service.url}/feeds/all.rss` },
      section: {
        feeds: {
          rss: `${service.url}/feeds/sections/mena.rss`,
          atom: `${service.url}/feeds/sections/mena.atom`,
          json: `${service.url}/feeds/sections/mena.json`,
        },
      },
      person: { feeds: { atom: `${service.url}/feeds/people/ali-bagheri.atom` } },
    });
    for (const url of Object.values(body.data.section.feeds as Record<string, string>)) {
      expect((await send(url)).status).toBe(200);
    }
  });

  test.each(['rss', 'atom'])('as %s are read by our own importer, the newest first', async (form) => {
    const folder = mkdtempSync(join(tmpdir(), 'newsgraph-feed-'));
    try {
      const { text, headers } = await get(`/feeds/sections/mena.${form}`);
      expect(headers.get('content-type')).toBe(`application/${form}+xml; charset=utf-8`);
      const path = join(folder, 'feed.xml');
      writeFileSync(path, text);
      const stories = [];
      for await (const item of readFeed({ paths: [path], totalBytes: 1, bytesRead: 0 }, path, { now: Date.now() })) {
        if (!('story' in item)) throw new Error(JSON.stringify(item));
        stories.push(item.story);
      }
      const { body } = await service.ask(
        '{ section(slug: "mena") { articles(first: 50) { nodes { title url standfirst } } } }',
      );
      const nodes = body.data.section.articles.nodes as { title: string; url: string; standfirst: string }[];
      expect(nodes.length).toBeGreaterThan(5);
      expect(stories.map(({ title, url }) => ({ title, url }))).toEqual(
        nodes.map(({ title, url }) => ({ title, url })),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('as JSON Feed have what its specification wants', async () => {
    const { body, headers } = await get('/feeds/people/ali-bagheri.json');
    expect(headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    expect(body).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Ali Bagheri | Newsgraph',
      home_page_url: `${service.url}/people/ali-bagheri`,
      feed_url: `${service.url}/feeds/people/ali-bagheri.json`,
    });
    const item = body.items.find(({ url }: { url: string }) => url.endsWith(talks));
    expect(item).toMatchObject({
      id: expect.stringMatching(/^tag:[\w.]+,2024:\w+$/),
      title: 'Iran confirms secret talks with the U.S.',
      content_text: expect.any(String),
      date_published: '2024-06-03T17:40:00.000Z',
      language: 'en',
    });
  });

  test('are not sent again to who has them', async () => {
    const first = await get('/feeds/all.rss');
    expect(first.headers.get('cache-control')).toContain('s-maxage=10');
    expect(first.headers.get('surrogate-key')).toContain('list:all');
    const mark = first.headers.get('etag')!;
    expect((await get('/feeds/all.rss', { 'if-none-match': mark })).status).toBe(304);
    // What is left when a story is taken down is no newer than before: only the mark tells.
    expect(first.headers.get('last-modified')).toBeNull();
    expect((await get('/feeds/all.rss', { 'if-modified-since': new Date().toUTCString() })).status).toBe(200);
    const head = await get('/feeds/all.rss', {}, 'HEAD');
    expect([head.status, head.headers.get('etag'), head.text]).toEqual([200, mark, '']);
  });

  test('are only of what there is', async () => {
    for (const path of [
      'sections/none.rss',
      'people/nobody.atom',
      'all/x.rss',
      'sections.rss',
      'all.xml',
      'people/beirut.json',
    ]) {
      expect([path, (await get(`/feeds/${path}`)).status]).toEqual([path, 404]);
    }
    expect((await get('/sitemaps/stories-99.xml')).status).toBe(404);
  });

  test('lose a story that was taken down at once', async () => {
    const [story] = await service.app.database.read<{ id: number; version: number }>(
      sql`select id, version from article where slug = 'israel-busts-spy-ring-acting-for-iran'`,
      'primary',
    );
    const before = await get('/feeds/all.json');
    expect(before.text).toContain('israel-busts-spy-ring');
    await withdrawArticle(ctx(), { articleId: story!.id, expectedVersion: story!.version, note: 'Wrong', kill: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const path of ['/feeds/all.json', '/feeds/all.rss', '/sitemaps/stories-0.xml', '/sitemaps/news.xml']) {
      expect((await get(path)).text).not.toContain('israel-busts-spy-ring');
    }
    expect((await get('/feeds/all.json', { 'if-none-match': before.headers.get('etag')! })).status).toBe(200);
  });

  test('map the site by the schemas of sitemaps', async () => {
    const [index, pages, stories] = await Promise.all(
      ['/sitemap.xml', '/sitemaps/pages.xml', '/sitemaps/stories-0.xml', '/sitemaps/news.xml?'].map((path) =>
        get(path),
      ),
    );
    expect([...index!.text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, loc]) => loc)).toEqual(
      ['pages', 'news', 'stories-0'].map((name) => `${service.url}/sitemaps/${name}.xml`),
    );
    expect(pages!.text).toContain(`<loc>${service.url}/mena</loc>`);
    expect(stories!.text).toContain(`<loc>${service.url}/mena/${talks}</loc>`);
    expect(stories!.text.match(/<url>/g)!.length).toBeGreaterThan(30);
    expect((await get('/sitemaps/stories-0.xml', { 'if-none-match': stories!.headers.get('etag')! })).status).toBe(304);
    expect((await get('/sitemap.xml', { 'if-none-match': index!.headers.get('etag')! })).status).toBe(304);
    if (!hasStandards) return;
    expect(await xmlProblems([index!.text], sitemapIndexSchemas)).toEqual([]);
    expect(await xmlProblems([pages!.text, stories!.text], sitemapSchemas)).toEqual([]);
    expect(
      await xmlProblems([stories!.text.replace('<loc>', '<lok>').replace('</loc>', '</lok>')], sitemapSchemas),
    ).not.toEqual([]);
  }, 60_000);

  test('map the news of two days for Google, with when it was first seen', async () => {
    const reading = createContext(service.app.database, addresses);
    const news = await newsSitemap(reading, Date.parse('2024-06-05T12:00:00Z'));
    const dates = [...news.matchAll(/<news:publication_date>(.*?)</g)].map(([, date]) => date!);
    expect(news).toContain(`<loc>https://news.example/mena/${talks}</loc>`);
    expect(dates).toContain('2024-06-03T17:40:00.000Z');
    expect(dates.filter((date) => date <= '2024-06-03T12:00:00.000Z')).toEqual([]);
    expect(dates.length).toBeLessThan(45);
    if (hasStandards) expect(await xmlProblems([news], sitemapSchemas)).toEqual([]);
    expect((await get('/sitemaps/news.xml')).text).toContain('<urlset');
  }, 60_000);

  test('name languages as Google News does', () => {
    expect(['en', 'de-CH', 'zh', 'zh-Hant', 'zh-HK', 'fil-PH'].map((language) => languageOf({ language }))).toEqual([
      'en',
      'de',
      'zh-cn',
      'zh-tw',
      'zh-tw',
      'fil',
    ]);
  });
});

import type { ArticleView } from '../articles/article.queries.js';
import { articleUrl } from '../articles/path.rules.js';
import type { Addresses, Context } from '../kernel/context.js';
import { element, xmlDeclaration, xmlOf } from '../kernel/xml.js';
import { sectionTree } from '../sections/section.queries.js';
import { sitemapPath } from './address.rules.js';
import { mapsWithStories, newsSince, storiesOnMap } from './sitemap.queries.js';

const space = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const isoOf = (ms: number): string => new Date(ms).toISOString();
/** An address as it may stand in a map: no character beyond ASCII. */
const locOf = (url: string) => element('loc', {}, new URL(url).href);

/** The map of maps. */
export async function sitemapIndex(ctx: Context): Promise<string> {
  const names = ['pages', 'news', ...(await mapsWithStories(ctx)).map((map) => `stories-${map}`)];
  const maps = names.map((name) => element('sitemap', {}, locOf(ctx.addresses.siteUrl + sitemapPath(name))));
  return `${xmlDeclaration}${xmlOf(element('sitemapindex', { xmlns: space }, maps))}\n`;
}

/** The front page and the sections. */
export async function sitemapOfPages(ctx: Context): Promise<string> {
  const { siteUrl } = ctx.addresses;
  const { all } = await sectionTree(ctx);
  const urls = ['/', ...all.map(({ slug }) => `/${slug}`)].map((path) => element('url', {}, locOf(siteUrl + path)));
  return `${xmlDeclaration}${xmlOf(element('urlset', { xmlns: space }, urls))}\n`;
}

/** Stories of a map, as a text that comes page by page. */
export async function* sitemapOfStories(ctx: Context, map: number): AsyncGenerator<string, void, void> {
  yield `${xmlDeclaration}<urlset xmlns="${space}">`;
  for await (const page of storiesOnMap(ctx, map)) {
    yield page
      .map((story) =>
        xmlOf(
          element('url', {}, locOf(articleUrl(ctx.addresses, story)), element('lastmod', {}, isoOf(story.updatedAt))),
        ),
      )
      .join('');
  }
  yield '</urlset>\n';
}

/** What Google News looks at: the stories of the last two days. */
export async function newsSitemap(ctx: Context, now: number): Promise<string> {
  const urls = (await newsSince(ctx, now)).map((story) => newsOf(ctx.addresses, story));
  const spaces = { xmlns: space, 'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9' };
  return `${xmlDeclaration}${xmlOf(element('urlset', spaces, urls))}\n`;
}

const newsOf = (addresses: Addresses, story: ArticleView) =>
  element(
    'url',
    {},
    locOf(articleUrl(addresses, story)),
    element(
      'news:news',
      {},
      element(
        'news:publication',
        {},
        element('news:name', {}, addresses.siteName),
        element('news:language', {}, languageOf(story)),
      ),
      element('news:publication_date', {}, isoOf(story.firstPublishedAt ?? story.visibleFrom)),
      element('news:title', {}, story.title),
    ),
  );

/** A language as Google News names it: two or three letters, Chinese by its script. */
export function languageOf({ language }: Pick<ArticleView, 'language'>): string {
  const name = language.toLowerCase();
  if (!/^zh(-|$)/.test(name)) return /^[a-z]{2,3}(?=-|$)/.exec(name)?.[0] ?? 'und';
  return /hant|-(?:tw|hk|mo)/.test(name) ? 'zh-tw' : 'zh-cn';
}

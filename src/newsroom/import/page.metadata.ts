import { safeUrl, textOf, type Dom } from './page.dom.js';
import { bylineNames, publicationDate } from './page.furniture.js';
import { cleanText } from './page.limits.js';
import type { ImportedPage } from './page.types.js';

type Json = { [key: string]: unknown };
type Metadata = Pick<
  ImportedPage,
  'title' | 'standfirst' | 'language' | 'canonicalUrl' | 'publishedAt' | 'section' | 'picture' | 'authors'
>;

const ARTICLE = /(?:Article|BlogPosting|LiveBlogPosting|^Report)$/;

/** What a page says of itself: JSON-LD first, then OpenGraph and other meta elements, then what it shows. */
export function readMetadata(document: Dom, html: string): Metadata {
  const article = [...document.querySelectorAll('script[type="application/ld+json"]')]
    .flatMap((node) => things(parsed(node.textContent ?? '')))
    .find((thing) => all(thing['@type']).some((type) => typeof type === 'string' && ARTICLE.test(type)));
  const ld = article ?? {};
  const plain = (value: unknown) => plainText(document, value);
  const meta = (...names: string[]) => names.map((name) => metaContent(document, name)).find((value) => value) ?? '';
  const canonicalUrl = canonicalOf(document, html, ld, meta('og:url'));
  const published = [ld.datePublished, meta('article:published_time', 'date', 'dc.date'), shownDate(document)];
  const metadata = {
    title: plain(ld.headline) || meta('og:title') || textOf(document.querySelector('h1')) || windowTitle(document),
    standfirst: plain(ld.description) || meta('og:description', 'description'),
    language: languageOf([ld.inLanguage, document.querySelector('html')?.getAttribute('lang'), meta('og:locale')]),
    canonicalUrl,
    publishedAt: published.map(dateOf).find((date) => date !== undefined),
    section: plain(all(ld.articleSection)[0]) || meta('article:section'),
    picture: pictureOf(all(ld.image)[0], plain, canonicalUrl, meta('og:image:secure_url', 'og:image')),
  };
  const entries = Object.entries(metadata).filter(
    ([key, value]) => key === 'title' || (value !== undefined && value !== ''),
  );
  const given = Object.fromEntries(entries) as Omit<Metadata, 'authors'>;
  return { ...given, authors: authorsOf(document, ld, plain, meta('author', 'article:author', 'byl')) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(
      json.replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/|<!\[CDATA\[)|(?:-->|\/\*\]\]>\*\/|\]\]>)\s*$/g, ''),
    );
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function all(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The objects of a JSON-LD document, those of its graph and of the pages it describes included. */
function things(value: unknown, depth = 0): Json[] {
  if (depth > 4) return [];
  return all(value)
    .filter(isObject)
    .flatMap((thing) => [thing, ...things(thing['@graph'], depth + 1), ...things(thing.mainEntity, depth + 1)]);
}

/** Text of a value that may carry entities or markup, as many sites' JSON-LD does. */
function plainText(document: Dom, value: unknown): string {
  if (typeof value !== 'string') return '';
  if (!/[&<]/.test(value)) return cleanText(value);
  const holder = document.createElement('div');
  holder.innerHTML = value.replace(/<(?![a-z/!])/gi, '&lt;');
  return textOf(holder);
}

function metaContent(document: Dom, name: string): string {
  const found = document.querySelector(`meta[property="${name}" i], meta[name="${name}" i]`);
  return cleanText(found?.getAttribute('content') ?? '');
}

function windowTitle(document: Dom): string {
  return textOf(document.querySelector('title')).replace(/\s+[|–—·-]\s+[^|–—·]{1,60}$/u, '');
}

function canonicalOf(document: Dom, html: string, ld: Json, og: string): string | undefined {
  const page = isObject(ld.mainEntityOfPage) ? ld.mainEntityOfPage['@id'] : ld.mainEntityOfPage;
  const link = document.querySelector('link[rel="canonical" i]')?.getAttribute('href');
  const base = document.querySelector('base[href]')?.getAttribute('href');
  const saved = /<!-- saved from url=\(\d+\)(\S+) -->/.exec(html.slice(0, 5_000))?.[1];
  const addresses = [link, og, ld.url, page, saved].map((address) =>
    typeof address === 'string' ? address : undefined,
  );
  return addresses.map((address) => safeUrl(address, safeUrl(base))).find((address) => address !== undefined);
}

function shownDate(document: Dom): string {
  const time = document.querySelector('article time[datetime], time[datetime]');
  return time?.getAttribute('datetime') ?? textOf(document.querySelector('article time, time'));
}

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const shown = publicationDate(cleanText(value));
  if (shown) return shown;
  const date = /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

function languageOf(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const tag = isObject(value) ? (value.alternateName ?? value.name) : value;
    if (typeof tag !== 'string' || !/^[a-z]{2,3}(?:[-_][a-z\d]{2,8})*$/i.test(tag)) continue;
    try {
      return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0];
    } catch {
      continue;
    }
  }
  return undefined;
}

function pictureOf(
  image: unknown,
  plain: (value: unknown) => string,
  base: string | undefined,
  og: string,
): ImportedPage['picture'] {
  const from = isObject(image) ? image : { url: image };
  const creator = isObject(from.creator) ? from.creator.name : from.creator;
  const address = [from.url, from.contentUrl, from['@id'], og].find(
    (value) => typeof value === 'string' && value !== '',
  );
  const all = {
    url: safeUrl(typeof address === 'string' ? address : undefined, base),
    caption: plain(from.caption),
    credit: plain(from.creditText) || plain(from.copyrightNotice) || plain(creator),
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  return Object.keys(given).length > 0 ? given : undefined;
}

function authorsOf(document: Dom, ld: Json, plain: (value: unknown) => string, meta: string): string[] {
  const named = all(ld.author).map((author) => plain(isObject(author) ? author.name : author));
  const shown = [...document.querySelectorAll('[rel="author" i], [itemprop="author" i], [class*="byline" i]')].map(
    textOf,
  );
  const split = (text: string) => bylineNames(text) ?? bylineNames(`By ${text}`) ?? [];
  const isName = (text: string) => text !== '' && !/^https?:/i.test(text);
  const stated = named.filter(isName);
  if (stated.length > 0) return [...new Set(stated)];
  return [...new Set(isName(meta) ? (split(meta).length > 0 ? split(meta) : [meta]) : shown.flatMap(split))];
}

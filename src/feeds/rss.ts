import { element, elementOf, xmlDeclaration, xmlOf } from '../kernel/xml.js';
import type { Feed, FeedItem } from './feed.types.js';

/** A feed as RSS 2.0. */
export function rssOf({ title, url, description, feedUrl, updatedAt, items }: Feed): string {
  const channel = element(
    'channel',
    {},
    element('title', {}, title),
    element('link', {}, url),
    element('description', {}, description),
    updatedAt === null ? null : element('lastBuildDate', {}, dateOf(updatedAt)),
    element('atom:link', { href: feedUrl, rel: 'self', type: 'application/rss+xml' }),
    items.map(itemOf),
  );
  const spaces = {
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:media': 'http://search.yahoo.com/mrss/',
  };
  return `${xmlDeclaration}${xmlOf(element('rss', { version: '2.0', ...spaces }, channel))}\n`;
}

const itemOf = ({ id, url, title, summary, authors, section, publishedAt, picture, language }: FeedItem) =>
  element(
    'item',
    {},
    element('title', {}, title),
    element('link', {}, url),
    element('guid', { isPermaLink: 'false' }, id),
    elementOf('description', summary),
    authors.map((author) => element('dc:creator', {}, author)),
    element('dc:language', {}, language),
    elementOf('category', section),
    element('pubDate', {}, dateOf(publishedAt)),
    picture &&
      element(
        'media:content',
        { url: picture.url, medium: 'image', type: 'image/webp' },
        elementOf('media:description', picture.alt),
        elementOf('media:credit', picture.credit),
      ),
  );

/** As RFC 822 writes it. */
const dateOf = (ms: number): string => new Date(ms).toUTCString();

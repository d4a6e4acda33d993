import { element, elementOf, xmlDeclaration, xmlOf } from '../kernel/xml.js';
import type { Feed, FeedItem } from './feed.types.js';

/** A feed as Atom (RFC 4287). */
export function atomOf({ title, description, url, feedUrl, siteName, updatedAt, items }: Feed): string {
  const feed = element(
    'feed',
    { xmlns: 'http://www.w3.org/2005/Atom' },
    element('id', {}, feedUrl),
    element('title', {}, title),
    elementOf('subtitle', description),
    element('updated', {}, isoOf(updatedAt ?? 0)),
    element('link', { rel: 'self', type: 'application/atom+xml', href: feedUrl }),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    author(siteName),
    items.map(entryOf),
  );
  return `${xmlDeclaration}${xmlOf(feed)}\n`;
}

const author = (name: string) => element('author', {}, element('name', {}, name));

const entryOf = ({ id, url, title, summary, authors, section, publishedAt, updatedAt, language }: FeedItem) =>
  element(
    'entry',
    { 'xml:lang': language },
    element('id', {}, id),
    element('title', {}, title),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    element('published', {}, isoOf(publishedAt)),
    element('updated', {}, isoOf(updatedAt)),
    authors.map(author),
    section === null ? null : element('category', { term: section }),
    elementOf('summary', summary),
  );

const isoOf = (ms: number): string => new Date(ms).toISOString();

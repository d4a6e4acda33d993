import { readCsv } from './readers/csv.js';
import { readFeed } from './readers/feed.js';
import { readHtml } from './readers/html.js';
import { readJsonFeed } from './readers/json-feed.js';
import { readJsonLines } from './readers/json-lines.js';
import { readNewsml } from './readers/newsml.js';
import { readNinjs } from './readers/ninjs.js';
import { readWordPress } from './readers/wordpress.js';
import type { Reader } from './story.types.js';

/** How stories are read, by the name of the format. */
export const readers = {
  wxr: { read: readWordPress, what: 'a WordPress export' },
  rss: { read: readFeed, what: 'items of RSS, with their full text where it is there' },
  atom: { read: readFeed, what: 'entries of Atom' },
  jsonfeed: { read: readJsonFeed, what: 'items of JSON Feed' },
  ninjs: { read: readNinjs, what: 'items of ninjs 1.x to 3.x' },
  newsml: { read: readNewsml, what: 'items of NewsML-G2' },
  html: { read: readHtml, what: 'saved pages, one story to a file', source: 'page' },
  jsonl: { read: readJsonLines, what: 'articles as JSON Lines' },
  csv: { read: readCsv, what: 'a table with a line of names on top' },
} as const satisfies Record<string, { read: Reader; what: string; source?: string }>;

/** What the system is called that stories of a format come from, when nobody says it. */
export const sourceOf = (format: Format): string => (format === 'html' ? readers.html.source : format);

export type Format = keyof typeof readers;
export const formats = Object.keys(readers) as Format[];

import { readCsv } from './readers/csv.js';
import { eachFile } from './readers/each-file.js';
import { readFeed } from './readers/feed.js';
import { readHtml } from './readers/html.js';
import { readJsonFeed } from './readers/json-feed.js';
import { readJsonLines } from './readers/json-lines.js';
import { readNewsml } from './readers/newsml.js';
import { readNinjs } from './readers/ninjs.js';
import { readWordPress } from './readers/wordpress.js';
import type { Reader } from './story.types.js';

/** How files are called that stand in one folder with others. */
const named = {
  ninjs: { names: /\.(?:json|ninjs|jsonl|ndjson|txt)(?:\.gz)?$/i, what: 'an item of ninjs' },
  newsml: { names: /\.(?:xml|newsml|g2|gz)$/i, what: 'an item of NewsML-G2' },
  html: { names: /\.(?:[xs]?html?|php\d?|aspx?|jsp|txt)(?:[?@].*)?(?:\.gz)?$/i, what: 'a saved page' },
};

/** How stories are read, by the name of the format. */
export const readers = {
  wxr: { read: readWordPress, what: 'a WordPress export' },
  rss: { read: eachFile(readFeed), what: 'items of RSS, with their full text where it is there' },
  atom: { read: eachFile(readFeed), what: 'entries of Atom' },
  jsonfeed: { read: eachFile(readJsonFeed), what: 'items of JSON Feed' },
  ninjs: { read: eachFile(readNinjs, named.ninjs), what: 'items of ninjs 1.x to 3.x' },
  newsml: { read: eachFile(readNewsml, named.newsml), what: 'items of NewsML-G2' },
  html: { read: eachFile(readHtml, named.html), what: 'saved pages, one story to a file', source: 'page' },
  jsonl: { read: eachFile(readJsonLines), what: 'articles as JSON Lines' },
  csv: { read: eachFile(readCsv), what: 'a table with a line of names on top' },
} as const satisfies Record<string, { read: Reader; what: string; source?: string }>;

/** What the system is called that stories of a format come from, when nobody says it. */
export const sourceOf = (format: Format): string => (format === 'html' ? readers.html.source : format);

export type Format = keyof typeof readers;
export const formats = Object.keys(readers) as Format[];

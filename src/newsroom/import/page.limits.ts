import type { Block } from '../../articles/body.rules.js';
import type { ImportedPage } from './page.types.js';

/** The file is no article; the message says what is missing and what to do. */
export class NotAnArticle extends Error {
  override name = 'NotAnArticle';
}

/** Sizes in characters, counts in pieces, `bytes` of the whole file in UTF-8. */
export const LIMITS = {
  bytes: 5 * 1024 * 1024,
  lines: 5_000,
  elements: 50_000,
  /** Signs that begin an element or an entity; the parser's time grows faster than their number. */
  markup: 120_000,
  depth: 400,
  title: 300,
  standfirst: 1_000,
  kicker: 80,
  shortText: 255,
  url: 2_000,
  caption: 1_000,
  text: 5_000,
  authors: 50,
  blocks: 2_000,
  items: 1_000,
  cells: 10_000,
  marks: 500,
  related: 50,
  words: 40,
};

/** One line of plain text: no control characters, no broken surrogates, white space collapsed, NFC. */
export function cleanText(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\p{Zs}\t\r\n\f\v\u2028\u2029]+/gu, (run) => (run === '\u00a0' || run === '\u202f' ? run : ' '))
    .replace(/\p{Cc}|\ufeff/gu, '')
    .normalize('NFC')
    .trim();
}

/** Words of a text; in scripts written without spaces two characters count as one. */
export function countWords(text: string): number {
  const unspaced = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/gu)?.length ?? 0;
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length + Math.floor(unspaced / 2);
}

/** The page itself, or NotAnArticle where a part is missing or beyond what an article holds. */
export function checkPage(page: ImportedPage): ImportedPage {
  if (!page.title)
    throw new NotAnArticle('No headline was found: give the file of one article, saved with its headline.');
  atMost('The headline', page.title, LIMITS.title);
  atMost('The standfirst', page.standfirst, LIMITS.standfirst);
  atMost('The kicker', page.kicker, LIMITS.kicker);
  atMost('The section', page.section, LIMITS.shortText);
  atMost('The address', page.canonicalUrl, LIMITS.url);
  atMost('The address of the picture', page.picture?.url, LIMITS.url);
  atMost('The caption of the picture', page.picture?.caption, LIMITS.caption);
  atMost('The credit of the picture', page.picture?.credit, LIMITS.shortText);
  few('authors', page.authors, LIMITS.authors);
  few('related stories', page.related, LIMITS.related);
  few('paragraphs', page.blocks, LIMITS.blocks);
  for (const author of page.authors) atMost('The name of an author', author, LIMITS.shortText);
  for (const { kicker, title, teaser, url } of page.related) {
    atMost('The kicker of a related story', kicker, LIMITS.kicker);
    atMost('The headline of a related story', title, LIMITS.title);
    atMost('The teaser of a related story', teaser, LIMITS.standfirst);
    atMost('The address of a related story', url, LIMITS.url);
  }
  const words = page.blocks.flatMap((block) => checkedTexts(block)).reduce((sum, text) => sum + countWords(text), 0);
  if (words >= LIMITS.words) return page;
  const found = words === 0 ? 'no running text' : `too little running text (words: ${words})`;
  throw new NotAnArticle(
    `There is ${found} under the headline, and an article has at least ${LIMITS.words} words: ` +
      'save the page again when all of it is shown, as text or as HTML.',
  );
}

function checkedTexts(block: Block): string[] {
  if (block.kind === 'Table') {
    few('cells in one table', [block.header, ...block.rows].flat(), LIMITS.cells);
    atMost('The caption of a table', block.caption, LIMITS.caption);
    for (const cell of [block.header, ...block.rows].flat()) atMost('A cell of a table', cell, LIMITS.text);
    return [];
  }
  if (block.kind === 'List') few('items in one list', block.items, LIMITS.items);
  if (block.kind === 'Quote') atMost('The name under a quotation', block.attribution, LIMITS.shortText);
  const texts = block.kind === 'List' ? block.items : 'text' in block ? [block] : [];
  for (const { text, marks } of texts) {
    atMost('A paragraph', text, LIMITS.text);
    few('marks in one paragraph', marks ?? [], LIMITS.marks);
  }
  return block.kind === 'Heading' ? [] : texts.map(({ text }) => text);
}

function atMost(what: string, text: string | undefined, limit: number): void {
  if (text === undefined || text.length <= limit) return;
  throw new NotAnArticle(
    `${what} is ${text.length} characters long and at most ${limit} are allowed ` +
      `(it begins “${text.slice(0, 60).trim()}”): shorten it in the file, or check that the file is one article.`,
  );
}

function few(what: string, list: readonly unknown[], limit: number): void {
  if (list.length <= limit) return;
  throw new NotAnArticle(
    `There are ${list.length} ${what} and at most ${limit} are allowed: check that the file is one article.`,
  );
}

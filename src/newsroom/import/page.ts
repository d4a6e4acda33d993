import { LIMITS, NotAnArticle } from './page.limits.js';
import { readHtmlPage } from './page.html.js';
import { readTextPage } from './page.text.js';
import type { ImportedPage } from './page.types.js';

const PROLOGUE = /^(?:\s+|<\?xml[^>]{0,300}\?>|<!--(?:[^-]|-(?!->)){0,5000}-->|<!doctype (?!html)[^>]{0,500}>)/i;
const HTML =
  /^<(?:!doctype html|(?:html|head|body|article|main|header|section|div|p|h1|h2|meta|title|link|script|style|span|a)[\s>])/i;
const ELEMENT = /^<(?<name>[a-z][\w.-]*(?::[\w.-]+)?)[\s>/]/i;
const FEEDS = /^(?:\w+:)?(?:rss|feed|opml|rdf)$/i;

/** Reads one saved article page, text or HTML, or throws NotAnArticle; `format` where the caller knows it. */
export function readPage(source: string, options: { format?: 'text' | 'html' } = {}): ImportedPage {
  const text = source.replace(/^\ufeff/, '');
  refuseUnreadable(text);
  const start = afterPrologue(text);
  if (options.format === 'html' || (!options.format && HTML.test(start))) return readHtmlPage(text);
  if (!options.format) refuseOtherFormats(text, start);
  return readTextPage(text);
}

function refuseUnreadable(text: string): void {
  if (!text.trim()) throw new NotAnArticle('The file is empty: save the article page again, as text or as HTML.');
  const size = Buffer.byteLength(text);
  if (size > LIMITS.bytes) {
    throw new NotAnArticle(
      `The file has ${Math.ceil(size / 1024 / 1024)} MB and at most 5 MB are read: save the page without its pictures.`,
    );
  }
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  if (text.includes('\0') || broken * 50 > text.length || /^(?:%PDF-|\{\\rtf|PK\x03\x04)/.test(text)) {
    throw new NotAnArticle('The file is binary, not text in UTF-8: save the article page as text or as HTML.');
  }
}

/** What follows comments, an XML declaration and a DOCTYPE other than HTML's. */
function afterPrologue(text: string): string {
  let rest = text.slice(0, 50_000);
  for (let found = PROLOGUE.exec(rest); found; found = PROLOGUE.exec(rest)) rest = rest.slice(found[0].length);
  return rest;
}

function refuseOtherFormats(text: string, start: string): void {
  if (isJson(text.trim()) || isJson(text.trim().split('\n', 1)[0] ?? '')) {
    throw new NotAnArticle('The file is JSON, not an article page: save the page itself, as text or as HTML.');
  }
  const name = ELEMENT.exec(start)?.groups?.name;
  if (name && FEEDS.test(name)) {
    throw new NotAnArticle(
      `The file is a feed (<${name}>), not an article page: open the address of one article and save that.`,
    );
  }
  if (name)
    throw new NotAnArticle(`The file is XML (<${name}>), not an article page: save the page as text or as HTML.`);
  if (/^(?:[\w-]+: .*\r?\n)*MIME-Version: /i.test(text.slice(0, 2_000))) {
    throw new NotAnArticle('The file is a web archive (MHTML): save the page as “HTML only” or as text.');
  }
}

function isJson(text: string): boolean {
  if (!/^[{[]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { blocksOf, type NewBlock } from './page.blocks.js';
import { depthOf, isElement, isSitePart, linesOf, safeUrl, textOf, type Dom } from './page.dom.js';
import {
  bylineNames,
  captionAndCredit,
  isCookieNotice,
  isFurniture,
  isRelatedHeading,
  publicationDate,
  relatedInline,
} from './page.furniture.js';
import { checkPage, countWords, LIMITS, NotAnArticle } from './page.limits.js';
import { readMetadata } from './page.metadata.js';
import { NAMED_BOX, relatedStories } from './page.related.js';
import type { ImportedPage } from './page.types.js';

const KICKER = '[class*="kicker" i], [class*="eyebrow" i]';
const STANDFIRST = '[class*="standfirst" i], [class*="subtitle" i], [class*="subhead" i], [class*="article-dek" i]';

/** Reads an article page saved as HTML: what its metadata say first, then what a reader would see. */
export function readHtmlPage(html: string): ImportedPage {
  const document = parsed(html);
  const body = document.querySelector('body') ?? document;
  const length = textOf(body).length;
  const metadata = readMetadata(document, html);
  const base = metadata.canonicalUrl;
  const picture = pictureOf(body, metadata.picture, base);
  const page: ImportedPage = { ...metadata, picture, blocks: [], related: [], furniture: [], unplaced: [] };
  if (!page.picture) delete page.picture;
  const kicker = [...body.querySelectorAll(KICKER)].find((node) => !isInBox(node));
  if (kicker && countWords(textOf(kicker)) <= 6) page.kicker = textOf(kicker) || undefined;
  const lines = linesOf(body, length);
  page.related = relatedStories(body, length, base).filter(({ title }) => title !== page.title);
  takeStandfirst(page, body);
  keepAttributions(document, body);
  removeSiteParts(body, length);
  const content = storyOf(document);
  const used = new Set(content ? linesOf(content).map(({ text }) => text) : []);
  if (content) addBlocks(page, used, content, base);
  sortLines(page, used, lines);
  return checkPage(page);
}

// linkedom's own types need the browser's library
const parse = parseHTML as unknown as (html: string) => { document: Dom };

function parsed(html: string): Dom {
  const markup = html.match(/[<&]/g)?.length ?? 0;
  if (markup > LIMITS.markup || (html.match(/<[a-z]/gi)?.length ?? 0) > LIMITS.elements) {
    throw new NotAnArticle('The page has too many elements: save one article, not a whole site.');
  }
  const isWhole = /<html[\s>]/i.test(html) && /<body[\s>]/i.test(html);
  const whole = isWhole ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { document } = parse(whole);
  if (depthOf(document) <= LIMITS.depth) return document;
  throw new NotAnArticle(`The page has elements nested more than ${LIMITS.depth} deep: save it again from a browser.`);
}

/** What Readability takes for the story; it changes the document. */
function storyOf(document: Dom): Dom | undefined {
  const options = { serializer: (node: unknown) => node as Dom, charThreshold: 200, maxElemsToParse: LIMITS.elements };
  try {
    return new Readability<Dom>(document, options).parse()?.content ?? undefined;
  } catch (error) {
    // linkedom spreads all children of an element into one call: tens of thousands overflow the stack
    if (!(error instanceof RangeError)) throw error;
    throw new NotAnArticle('The page is too large to be read: save one article, not a whole site.');
  }
}

function pictureOf(body: Dom, known: ImportedPage['picture'], base?: string): ImportedPage['picture'] {
  const figure = [...body.querySelectorAll('figure')].find((node) => node.querySelector('img'));
  const text = textOf(figure?.querySelector('figcaption'));
  const image = figure?.querySelector('img');
  const credit = textOf(figure?.querySelector('[class*="credit" i], [class*="copyright" i]'));
  const shown =
    credit && text.endsWith(credit)
      ? { caption: text.slice(0, -credit.length).replace(/[\s|/–—]+$/u, ''), credit }
      : (captionAndCredit(text) ?? { caption: text });
  const all = { url: safeUrl(image?.getAttribute('src'), base), ...shown, ...known };
  const picture = Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  return Object.keys(picture).length > 0 ? picture : undefined;
}

function isInBox(node: Dom): boolean {
  const box = node.closest(NAMED_BOX);
  return box !== null && !box.querySelector('h1');
}

/** The standfirst shown under the headline is no paragraph of the text. */
function takeStandfirst(page: ImportedPage, body: Dom): void {
  const shown = [...body.querySelectorAll(STANDFIRST)].find((node) => !isInBox(node) && !node.querySelector('h1'));
  const text = textOf(shown);
  if (!shown || countWords(text) < 5 || text.length > LIMITS.standfirst) return;
  page.standfirst = text;
  shown.remove();
}

/** Readability drops every footer, and with it the name of who is quoted. */
function keepAttributions(document: Dom, body: Dom): void {
  for (const footer of [...body.querySelectorAll('blockquote footer')]) {
    const cite = document.createElement('cite');
    cite.textContent = textOf(footer);
    footer.replaceWith(cite);
  }
}

function removeSiteParts(node: Dom, length: number): void {
  for (const child of [...node.childNodes].filter(isElement)) {
    if (isSitePart(child, length)) child.remove();
    else removeSiteParts(child, length);
  }
}

function addBlocks(page: ImportedPage, used: Set<string>, content: Dom, base?: string): void {
  for (const figure of content.querySelectorAll('figure')) for (const { text } of linesOf(figure)) used.delete(text);
  const { blocks, media } = blocksOf(content, base);
  const isPicture = (text: string) =>
    !!page.picture && (text === page.picture.caption || text.endsWith(page.picture.credit ?? '\n'));
  for (const block of blocks) {
    const text = 'text' in block ? block.text : '';
    const inline = block.kind === 'Paragraph' ? relatedInline(text) : undefined;
    if (inline) {
      const url = block.kind === 'Paragraph' ? block.marks?.find(({ href }) => href)?.href : undefined;
      page.related.push({ title: inline, ...(url ? { url } : {}) });
    } else if (text && (isFurniture(text) || isRelatedHeading(text) || isHead(page, text))) used.delete(text);
    else if (text !== page.title && text !== page.kicker && !(countWords(text) <= 60 && isPicture(text)))
      add(page, block);
  }
  page.unplaced.push(...media.filter((note) => !page.picture?.url || !note.endsWith(page.picture.url)));
}

/** Whether a line before the text says again who wrote it and when. */
function isHead(page: ImportedPage, text: string): boolean {
  if (page.blocks.length > 1) return false;
  const isByline = bylineNames(text)?.every((name) => page.authors.includes(name)) ?? false;
  return isByline || (countWords(text) <= 8 && !!page.publishedAt && !!publicationDate(text));
}

/** Says of every line the reader sees and the story does not use what became of it. */
function sortLines(page: ImportedPage, used: Set<string>, lines: ReturnType<typeof linesOf>): void {
  const { title, standfirst, kicker, section, picture, authors, related } = page;
  for (const text of [title, standfirst, kicker, section, picture?.caption, picture?.credit, ...authors]) {
    if (text) used.add(text);
  }
  for (const block of page.blocks) if (block.kind === 'Quote' && block.attribution) used.add(block.attribution);
  for (const text of related.flatMap(({ kicker, title, teaser }) => [kicker, title, teaser])) if (text) used.add(text);
  if (picture?.credit) used.add([picture.caption, picture.credit].filter(Boolean).join(' '));
  const media = page.unplaced.splice(0);
  for (const { text, isSite } of lines) {
    const isByline = bylineNames(text)?.every((name) => authors.includes(name)) ?? false;
    const isDate = !!page.publishedAt && !!publicationDate(text);
    if (used.has(text) || used.has(text.replace(/^[—–-]\s*/u, '')) || isByline || isDate || isRelatedHeading(text))
      continue;
    const to = isSite || isFurniture(text) || isCookieNotice(text) ? page.furniture : page.unplaced;
    to.push(text);
  }
  page.unplaced.push(...media);
}

function add(page: ImportedPage, block: NewBlock): void {
  page.blocks.push({ key: `b${page.blocks.length + 1}`, ...block });
}

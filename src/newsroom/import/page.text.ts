import type { Block } from '../../articles/body.rules.js';
import {
  bylineNames,
  captionAndCredit,
  endsTheStory,
  isCookieNotice,
  isFurniture,
  isRelatedHeading,
  publicationDate,
  relatedInline,
} from './page.furniture.js';
import { checkPage, cleanText, countWords, LIMITS, NotAnArticle } from './page.limits.js';
import type { ImportedPage } from './page.types.js';

interface Reader {
  lines: string[];
  page: ImportedPage;
  headline: number;
  /** One past the last line that reads like running text and is not about the site's cookies. */
  end: number;
}

type WithoutKey<B> = B extends Block ? Omit<B, 'key'> : never;

const ADDRESS = /^https?:\/\/\S+$/i;
const CRUMBS = /\s+[>›»]\s+/u;
const ITEM = /^(?:(?<bullet>[•‣▪◦·*]|[-–](?= ))\s*|\d{1,3}[.)] )(?=\S)/u;
const INITIALISM = /(?:^|[\s(])(?:\p{L}\.){2,}$/u;
const STOP = /[.!?…。！？।۔؟]["'”’»)\]]*$/u;
const INTERRUPTION = /advert|sponsor|promoted|banner|newsletter|read more|continue/i;

/** Reads an article page saved as text: one line a paragraph, or paragraphs wrapped and parted by blank lines. */
export function readTextPage(text: string): ImportedPage {
  const lines = unwrapped(text);
  if (lines.length > LIMITS.lines) {
    throw new NotAnArticle(`The file has ${lines.length} lines of text: give the file of one article.`);
  }
  const page: ImportedPage = { title: '', authors: [], blocks: [], related: [], furniture: [], unplaced: [] };
  const headline = headlineAt(lines);
  if (headline < 0) return checkPage(page);
  page.title = (lines[headline] ?? '').replace(/^#+ /, '');
  const reader = { lines, page, headline, end: lines.findLastIndex((l) => isParagraph(l) && !isCookieNotice(l)) + 1 };
  readAbove(reader);
  readStory(reader, readHead(reader));
  return checkPage(page);
}

/** The lines of a text, those of a wrapped paragraph put together: its next word would not have fitted. */
function unwrapped(text: string): string[] {
  const raw = text
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(cleanText);
  const width = raw.reduce((most, l) => Math.max(most, l.length), 0);
  // without blank lines between them, lines are paragraphs
  const isWrapped = width >= 50 && width <= 100 && raw.slice(0, raw.findLastIndex(Boolean)).includes('');
  const lines: string[] = [];
  let before = '';
  for (const l of raw) {
    const isFull = before.length + 1 + (l.split(' ', 1)[0] ?? '').length > width;
    const isCut = (isWrapped && isFull) || (/[\p{L},;]$/u.test(before) && /^\p{Ll}/u.test(l));
    if (before && l && isCut && !isFurniture(before) && !ITEM.test(l)) lines.push(`${lines.pop()} ${l}`);
    else if (l) lines.push(l);
    before = l;
  }
  return lines;
}

function endsLikeSentence(l: string): boolean {
  return STOP.test(l) && !INITIALISM.test(l);
}

function isParagraph(l: string): boolean {
  const words = countWords(l);
  return !isFurniture(l) && !ITEM.test(l) && (words >= 20 || (words >= 4 && endsLikeSentence(l)));
}

/** Says something about the story that is not its text: a byline, a date, a credit, an address. */
function isDetail(l: string): boolean {
  if (l.length > 500) return false;
  const parts = l.split(/\s*[|·•]\s*/u).filter(Boolean);
  const one = (part: string) => isFurniture(part) || !!bylineNames(part) || !!publicationDate(part);
  return ADDRESS.test(l) || !!captionAndCredit(l) || (parts.length > 0 && parts.every(one));
}

function couldBeHeadline(l: string): boolean {
  const isOther = isDetail(l) || isRelatedHeading(l) || endsTheStory(l) || isCookieNotice(l) || CRUMBS.test(l);
  return !isOther && /\p{L}/u.test(l) && countWords(l) <= 25 && (!endsLikeSentence(l) || /[?!？！؟]\W*$/u.test(l));
}

function headlineAt(lines: readonly string[]): number {
  const text = lines.findIndex((l) => isParagraph(l) && !couldBeHeadline(l) && !isCookieNotice(l) && !isDetail(l));
  if (text < 0) return lines.findIndex(couldBeHeadline);
  const boxed = lines.findIndex(isRelatedHeading);
  const isLong = (at: number) => countWords(lines[at] ?? '') >= 4;
  const above = lines.flatMap((l, i) => (i < text && couldBeHeadline(l) ? [i] : []));
  if (boxed >= 0 && boxed < text && !above.some((i) => i < boxed && isLong(i))) {
    // a box of related stories on top: the headline is the first with details or two paragraphs under it
    const own = lines.findIndex((l, i) => i > boxed && couldBeHeadline(l) && isLong(i) && opensStory(lines, i + 1));
    if (own >= 0) return own;
  }
  const marked = above.find((i) => /^# /.test(lines[i] ?? ''));
  const unique = above.filter((i) => !isWindowTitle(lines, i));
  const longest = unique.reduce((best, i) => ((lines[i] ?? '').length > (lines[best] ?? '').length ? i : best), -1);
  const found = marked ?? unique.find(isLong) ?? longest;
  if (found >= 0) return found;
  const first = lines.findIndex((l) => !isDetail(l) && !isCookieNotice(l));
  const isHeadline = countWords(lines[first] ?? '') <= 20 || !endsLikeSentence(lines[first] ?? '');
  return isHeadline ? first : lines.findIndex((l, i) => couldBeHeadline(l) && isLong(i) && opensStory(lines, i + 1));
}

/** "Ministers meet - Example News", where "Ministers meet" follows. */
function isWindowTitle(lines: readonly string[], at: number): boolean {
  const own = (lines[at] ?? '').replace(/\s+[|–—·-]\s+[^|–—·]{1,60}$/u, '');
  return own !== lines[at] && lines.slice(at + 1, at + 60).includes(own);
}

function opensStory(lines: readonly string[], at: number): boolean {
  const [first, second] = lines.slice(at, at + 2);
  return !!first && (isDetail(first) || (isParagraph(first) && !!second && isParagraph(second)));
}

function readAbove({ lines, page, headline }: Reader): void {
  const isShort = (at: number) => {
    const l = lines[at] ?? '';
    return (isFurniture(l) || couldBeHeadline(l)) && countWords(l) <= 4;
  };
  const isMenu = (at: number) => [-2, -1, 0].some((from) => [0, 1, 2].every((i) => isShort(at + from + i)));
  for (let at = 0; at < headline; at++) {
    const l = lines[at] ?? '';
    const isSite = isFurniture(l) || isCookieNotice(l) || isWindowTitle(lines, at);
    if (isRelatedHeading(l)) at = readRelated({ lines, page, headline, end: 0 }, at + 1, headline) - 1;
    else if (isSite || (isShort(at) && isMenu(at))) page.furniture.push(l);
    else if (CRUMBS.test(l)) page.section = l.split(CRUMBS).at(-1);
    else if (isDetail(l)) readDetail(page, l);
    else if (at === headline - 1 && isShort(at)) page.kicker = l;
    else page.unplaced.push(l);
  }
}

/** Reads what stands between the headline and the first paragraph, which is where it returns to. */
function readHead({ lines, page, headline, end }: Reader): number {
  let isSigned = false;
  for (let at = headline + 1; at < lines.length; at++) {
    const l = lines[at] ?? '';
    const next = lines[at + 1] ?? '';
    const [credit, isLine] = [captionAndCredit(next), countWords(l) >= 5 && !isParagraph(l)];
    if (isFurniture(l) || l === page.title) page.furniture.push(l);
    else if (isRelatedHeading(l) || endsTheStory(l) || ITEM.test(l) || /^(?:#+|>) /.test(l) || at >= end) return at;
    else if (isDetail(l)) {
      isSigned ||= !captionAndCredit(l);
      readDetail(page, l);
    } else if (credit && !credit.caption && !page.picture && !isParagraph(l)) {
      page.picture = { caption: l, credit: credit.credit };
      at += 1;
    } else if (!page.standfirst && (isLine || isStandfirst(lines, at, isSigned))) page.standfirst = l;
    else if (countWords(l) < 5 && !endsLikeSentence(l)) page.unplaced.push(l);
    else return at;
  }
  return lines.length;
}

/** A first paragraph is the standfirst if the text repeats it, or if details of the story part it from the text. */
function isStandfirst(lines: readonly string[], at: number, isSigned: boolean): boolean {
  if (lines.indexOf(lines[at] ?? '', at + 1) > 0) return true;
  const below = lines.slice(at + 1);
  const between = below.slice(
    0,
    Math.max(
      0,
      below.findIndex((l) => isParagraph(l) && !isDetail(l)),
    ),
  );
  const parts = between.filter((l) => isDetail(l) && !INTERRUPTION.test(l) && !(isSigned && captionAndCredit(l)));
  return countWords(lines[at] ?? '') <= 60 && parts.length > 0;
}

function readDetail(page: ImportedPage, l: string): void {
  const picture = captionAndCredit(l);
  if (ADDRESS.test(l) && !page.canonicalUrl) page.canonicalUrl = l;
  else if (picture && !page.picture) page.picture = picture;
  else if (picture || ADDRESS.test(l)) page.unplaced.push(l);
  else {
    for (const part of l.split(/\s*[|·•]\s*/u).filter(Boolean)) {
      const [names, date] = [bylineNames(part), publicationDate(part)];
      if (names && page.authors.length === 0) page.authors = names;
      else if (date && !page.publishedAt) page.publishedAt = date;
      else if (isFurniture(part)) page.furniture.push(part);
      else page.unplaced.push(part);
    }
  }
}

function readStory(reader: Reader, from: number): void {
  const { lines, page, end } = reader;
  let isOver = false;
  for (let at = from; at < lines.length; at++) {
    const l = lines[at] ?? '';
    const inline = relatedInline(l);
    if (isOver && isParagraph(l) && resumes(reader, at)) isOver = false;
    if (isFurniture(l) || l === page.title || ((isOver || at >= end) && isCookieNotice(l))) page.furniture.push(l);
    else if (isRelatedHeading(l)) {
      at = readRelated(reader, at + 1, lines.length) - 1;
      isOver = !isParagraph(lines[at + 1] ?? '');
    } else if (endsTheStory(l)) {
      isOver = true;
      page.unplaced.push(l);
    } else if (isOver) page.unplaced.push(l);
    else if (inline) page.related.push({ title: inline });
    else if (isDetail(l)) readDetail(page, l);
    else if (ITEM.test(l)) at = readList(reader, at) - 1;
    else readBlock(page, l, isTextAfter(reader, at + 1));
  }
}

function isTextAfter({ lines, end }: Reader, from: number): boolean {
  let at = from;
  while (at < end && isDetail(lines[at] ?? '')) at += 1;
  const next = at < end ? (lines[at] ?? '') : '';
  return isParagraph(next) || ITEM.test(next) || endsLikeSentence(next) || next.endsWith(':');
}

function readBlock(page: ImportedPage, l: string, isTextNext: boolean): void {
  const [mark, hashes] = /^(#+|>) /.exec(l) ?? [];
  const text = l.slice(mark?.length ?? 0);
  const level = Math.min(Math.max(hashes?.length ?? 2, 2), 4) as 2 | 3 | 4;
  if (hashes === '>') add(page, { kind: 'Quote', text });
  else if (hashes) add(page, { kind: 'Heading', level, text });
  else if (isParagraph(l) || endsLikeSentence(l) || /["”»:]$/u.test(l) || (isTextNext && countWords(l) > 15)) {
    add(page, { kind: 'Paragraph', text });
  } else if (isTextNext) add(page, { kind: 'Heading', level, text });
  else page.unplaced.push(l);
}

function readList({ lines, page }: Reader, from: number): number {
  const ordered = !ITEM.exec(lines[from] ?? '')?.groups?.bullet;
  let at = from;
  const isSame = (l: string) => ITEM.test(l) && !ITEM.exec(l)?.groups?.bullet === ordered;
  while (at < lines.length && isSame(lines[at] ?? '')) at += 1;
  add(page, { kind: 'List', ordered, items: lines.slice(from, at).map((l) => ({ text: l.replace(ITEM, '') })) });
  return at;
}

/** Reads related stories (kicker, headline, teaser) and returns to where they end or the story goes on. */
function readRelated(reader: Reader, from: number, to: number): number {
  const { lines, page } = reader;
  const first = page.related.length;
  let isOpen = false;
  for (let at = from; at < to; at++) {
    const l = lines[at] ?? '';
    const title = l.replace(ITEM, '').replace(/^#+ /, '');
    const next = at + 1 < to ? (lines[at + 1] ?? '') : '';
    const item = page.related.at(-1);
    if (endsTheStory(l)) return at;
    if (isFurniture(l) || isCookieNotice(l)) page.furniture.push(l);
    else if (isRelatedHeading(l)) isOpen = false;
    else if (isParagraph(l) && !(isOpen && mayHaveTeaser(page, first)) && resumes(reader, at)) return at;
    else if (isOpen && item && ADDRESS.test(l)) item.url = l;
    else if (isOpen && item && !item.teaser && !couldBeHeadline(l) && !isDetail(l)) item.teaser = l;
    else if (isDetail(l) || !couldBeHeadline(title)) page.unplaced.push(l);
    else {
      const isKicker = countWords(title) <= 3 && couldBeHeadline(next) && !ITEM.test(next) && countWords(next) >= 4;
      page.related.push(isKicker ? { kicker: title, title: next } : { title });
      if (isKicker) at += 1;
      isOpen = true;
    }
  }
  return to;
}

/** A paragraph under a related headline is its teaser, unless the box is a plain list of headlines. */
function mayHaveTeaser({ related }: ImportedPage, first: number): boolean {
  const item = related.at(-1);
  return (
    !item?.teaser && (related.length - first < 2 || related.slice(first).some(({ teaser }) => teaser !== undefined))
  );
}

/** Whether the story goes on after a box inside it: several paragraphs in a row, and not after a long text. */
function resumes({ lines, page, headline }: Reader, at: number): boolean {
  if (at < headline) return false;
  const before = page.blocks.filter(({ kind }) => kind === 'Paragraph').length;
  let row = 0;
  for (let i = at; i < lines.length && row <= before + 3; i++) {
    const l = lines[i] ?? '';
    if (isFurniture(l)) continue;
    if (!isParagraph(l) || isCookieNotice(l)) break;
    row += 1;
  }
  return (row >= 3 && row * 2 >= before) || (row >= 2 && before < 2);
}

function add(page: ImportedPage, block: WithoutKey<Block>): void {
  page.blocks.push({ key: `b${page.blocks.length + 1}`, ...block });
}

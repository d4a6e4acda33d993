import type { Addresses } from '../kernel/context.js';
import type { PictureView } from '../media/picture.queries.js';
import { renditionOf } from '../media/picture.rules.js';
import type { Block, Mark, RichText } from './body.rules.js';

/** A picture as the HTML of a body shows it. */
export interface ShownPicture {
  url: string | null;
  width: number | null;
  height: number | null;
  alt: string;
  caption: string;
  credit: string;
}

/** The width in which the HTML of a body shows pictures. */
const shownWidth = 1200;

/** A picture as it is shown in the HTML of a body. */
export function shownPicture(addresses: Addresses, picture: PictureView): ShownPicture {
  const rendition = renditionOf(addresses, picture, shownWidth);
  return {
    url: rendition?.url ?? null,
    width: rendition?.width ?? picture.width,
    height: rendition?.height ?? picture.height,
    alt: picture.alt,
    caption: picture.caption,
    credit: picture.credit,
  };
}

/** The body as HTML: all text escaped, links only to web and mail addresses, no script, style or frame. */
export function bodyHtml(blocks: readonly Block[], pictures: ReadonlyMap<number, ShownPicture>): string {
  return blocks.map((block) => blockHtml(block, pictures)).join('\n');
}

export function blockHtml(block: Block, pictures: ReadonlyMap<number, ShownPicture>): string {
  switch (block.kind) {
    case 'Paragraph':
      return `<p>${richHtml(block)}</p>`;
    case 'Heading':
      return `<h${block.level}>${richHtml(block)}</h${block.level}>`;
    case 'Quote':
      return `<blockquote><p>${richHtml(block)}</p>${
        block.attribution ? `<footer>${escape(block.attribution)}</footer>` : ''
      }</blockquote>`;
    case 'List': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${richHtml(item)}</li>`).join('')}</${tag}>`;
    }
    case 'Picture': {
      const picture = pictures.get(block.pictureId);
      return picture ? pictureHtml(picture, block.caption) : '';
    }
    case 'Embed':
      return isSafeLink(block.url)
        ? `<p class="embed"><a href="${escape(block.url)}" rel="noopener">${escape(block.title)}</a></p>`
        : `<p class="embed">${escape(block.title)}</p>`;
    case 'Table':
      return tableHtml(block.caption, block.header, block.rows);
    case 'FactBox':
      return `<aside><h2>${escape(block.title)}</h2>${block.blocks.map((b) => blockHtml(b, pictures)).join('')}</aside>`;
  }
}

function pictureHtml(picture: ShownPicture, caption = picture.caption): string {
  const image = picture.url
    ? `<img src="${escape(picture.url)}" alt="${escape(picture.alt)}" width="${picture.width}" height="${picture.height}" loading="lazy">`
    : '';
  return `<figure>${image}<figcaption>${escape(caption)} <small>${escape(picture.credit)}</small></figcaption></figure>`;
}

function tableHtml(caption: string | undefined, header: string[], rows: string[][]): string {
  const cells = (tag: string, texts: string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escape(text)}</${tag}>`).join('')}</tr>`;
  return [
    '<table>',
    caption ? `<caption>${escape(caption)}</caption>` : '',
    header.length > 0 ? `<thead>${cells('th', header)}</thead>` : '',
    `<tbody>${rows.map((row) => cells('td', row)).join('')}</tbody>`,
    '</table>',
  ].join('');
}

const tags: Record<Mark['type'], (mark: Mark) => [string, string]> = {
  STRONG: () => ['<strong>', '</strong>'],
  EMPHASIS: () => ['<em>', '</em>'],
  LINK: (mark) => [`<a href="${escape(mark.href ?? '')}">`, '</a>'],
};

/** Marks as tags: the longer one outside, one that would cross another is cut where the other ends. */
export function richHtml({ text, marks = [] }: RichText): string {
  const usable = marks
    .filter((mark) => mark.type !== 'LINK' || isSafeLink(mark.href))
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(text.length, mark.end) }))
    .filter((mark) => mark.start < mark.end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return nested(text, usable, 0, text.length);
}

function nested(text: string, marks: readonly Mark[], from: number, to: number): string {
  let html = '';
  let at = from;
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!;
    if (mark.start < at) continue;
    const end = Math.min(mark.end, to);
    const inside = marks.slice(i + 1).filter((other) => other.start >= mark.start && other.start < end);
    const [open, close] = tags[mark.type](mark);
    html += escape(text.slice(at, mark.start)) + open + nested(text, inside, mark.start, end) + close;
    at = end;
  }
  return html + escape(text.slice(at, to));
}

/** Whether a link may stand in a body: to the web or a mail address, never a script. */
export function isSafeLink(href: string | undefined): boolean {
  if (href === undefined || !href.isWellFormed() || /\p{Cc}/u.test(href) || !URL.canParse(href)) return false;
  return ['https:', 'http:', 'mailto:'].includes(new URL(href).protocol);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

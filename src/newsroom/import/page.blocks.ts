import type { Block, Mark, RichText } from '../../articles/body.rules.js';
import { isElement, isInline, isMedia, isText, isUnseen, safeUrl, textOf, type Dom } from './page.dom.js';
import { cleanText } from './page.limits.js';

type WithoutKey<B> = B extends Block ? Omit<B, 'key'> : never;
export type NewBlock = WithoutKey<Block>;

/** The blocks of an element's content, and notes about its pictures, films and embedded pages. */
export function blocksOf(root: Dom, base?: string): { blocks: NewBlock[]; media: string[] } {
  const blocks: NewBlock[] = [];
  const media = [...root.querySelectorAll('img, video, audio, iframe, embed')].flatMap((node) => mediaNote(node, base));
  const addParagraph = (run: Dom[]) => {
    const rich = richText(run, base);
    if (rich.text) blocks.push({ kind: 'Paragraph', ...rich });
  };
  const walk = (node: Dom) => {
    let run: Dom[] = [];
    for (const child of node.childNodes) {
      if (isText(child) || isInline(child) || child.localName === 'br') {
        run.push(child);
        continue;
      }
      if (!isElement(child) || isUnseen(child) || isMedia(child)) continue;
      addParagraph(run);
      run = [];
      const block = blockOf(child, base);
      if (block === undefined) walk(child);
      else blocks.push(...block);
    }
    addParagraph(run);
  };
  walk(root);
  return { blocks, media };
}

/** The blocks of an element that has a kind of its own; undefined for one that only holds others. */
export function blockOf(node: Dom, base?: string): NewBlock[] | undefined {
  const name = node.localName;
  if (name === 'ul' || name === 'ol') {
    const items = itemsOf(node, base);
    return items.length > 0 ? [{ kind: 'List', ordered: name === 'ol', items }] : [];
  }
  if (name === 'blockquote') return quoteOf(node, base);
  if (name === 'table') return tableOf(node);
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (!level) return undefined;
  const rich = richText([node], base);
  return rich.text ? [{ kind: 'Heading', level: Math.min(Math.max(Number(level), 2), 4) as 2 | 3 | 4, ...rich }] : [];
}

function itemsOf(list: Dom, base?: string): RichText[] {
  return [...list.childNodes].filter(isElement).flatMap((item) => {
    if (item.localName === 'ul' || item.localName === 'ol') return itemsOf(item, base);
    const isList = (node: Dom) => node.localName === 'ul' || node.localName === 'ol';
    const own = richText(
      [...item.childNodes].filter((node) => !isList(node)),
      base,
    );
    return [
      ...(own.text ? [own] : []),
      ...[...item.childNodes].filter(isList).flatMap((inner) => itemsOf(inner, base)),
    ];
  });
}

function quoteOf(node: Dom, base?: string): NewBlock[] {
  const source = node.querySelector('footer, cite');
  const attribution = textOf(source).replace(/^[—–-]\s*/u, '');
  source?.remove();
  const rich = richText([node], base);
  return rich.text ? [{ kind: 'Quote', ...rich, ...(attribution ? { attribution } : {}) }] : [];
}

/** A table of data; undefined for one that only lays out the page. */
function tableOf(node: Dom): NewBlock[] | undefined {
  const rows = [...node.querySelectorAll('tr')].map((row) =>
    [...row.childNodes].filter((cell) => cell.localName === 'td' || cell.localName === 'th'),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  const isData = width >= 2 && rows.length >= 2 && !node.querySelector('table, p + p, ul, ol, h1, h2');
  if (!isData) return undefined;
  const isHeader = rows[0]?.every((cell) => cell.localName === 'th' || cell.closest('thead') !== null) ?? false;
  const texts = rows.map((row) => Array.from({ length: width }, (_, i) => textOf(row[i])));
  const caption = textOf(node.querySelector('caption'));
  const [header, body] = isHeader ? [texts[0] ?? [], texts.slice(1)] : [[], texts];
  return [{ kind: 'Table', ...(caption ? { caption } : {}), header, rows: body }];
}

function mediaNote(node: Dom, base?: string): string[] {
  const address = safeUrl(node.getAttribute('src') ?? node.querySelector('source')?.getAttribute('src'), base);
  const what = { img: 'Picture', video: 'Film', audio: 'Sound' }[node.localName] ?? 'Embedded page';
  const name = cleanText(node.getAttribute('alt') ?? node.getAttribute('title') ?? '');
  return address || name ? [`${what}: ${[name, address].filter(Boolean).join(' ')}`] : [];
}

/** The text of some nodes with white space collapsed, and its marks by offsets into that text. */
export function richText(nodes: readonly Dom[], base?: string): RichText {
  let text = '';
  const marks: Mark[] = [];
  const breakLine = () => {
    if (text.trim()) text = `${text.trimEnd()}\n`;
  };
  const walk = (node: Dom) => {
    if (isText(node)) {
      const raw = node.textContent ?? '';
      const clean = cleanText(raw);
      text += /^\s/.test(raw) && /\S$/.test(text) ? ` ${clean}` : clean;
      if (clean && /\s$/.test(raw)) text += ' ';
      return;
    }
    if (!isElement(node) || isUnseen(node) || isMedia(node)) return;
    if (node.localName === 'br') return breakLine();
    if (!isInline(node)) breakLine();
    const start = text.length;
    for (const child of node.childNodes) walk(child);
    const mark = markOf(node, base);
    if (mark) marks.push({ ...mark, start, end: text.length });
    if (!isInline(node)) breakLine();
  };
  nodes.forEach(walk);
  text = text.trimEnd();
  const trimmed = marks.flatMap((mark) => {
    const inside = text.slice(mark.start, mark.end);
    const start = mark.start + (inside.length - inside.trimStart().length);
    const end = start + inside.trim().length;
    return end > start ? [{ ...mark, start, end }] : [];
  });
  trimmed.sort((a, b) => a.start - b.start || b.end - a.end);
  return trimmed.length > 0 ? { text, marks: trimmed } : { text };
}

function markOf(node: Dom, base?: string): Pick<Mark, 'type' | 'href'> | undefined {
  if (node.localName === 'strong' || node.localName === 'b') return { type: 'STRONG' };
  if (node.localName === 'em' || node.localName === 'i') return { type: 'EMPHASIS' };
  const href =
    node.localName === 'a' ? safeUrl(node.getAttribute('href'), base, ['http:', 'https:', 'mailto:']) : undefined;
  return href && href.length <= 2_000 ? { type: 'LINK', href } : undefined;
}

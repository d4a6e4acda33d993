import { parseHTML } from 'linkedom';
import markdownIt from 'markdown-it';
import { badInput } from '../kernel/errors.js';
import { isSafeLink } from './body.html.js';
import type { BlockText, InnerBlockText, RichTextGiven } from './body-input.rules.js';

const commonMark = markdownIt({ html: false, linkify: false }); // nests at most 100 deep, as `deepest` does
commonMark.validateLink = () => true; // links are looked at once, for all three forms, where marks are checked

/** Blocks of a text in CommonMark with tables; HTML in it is text. */
export function draftsOfMarkdown(markdown: string): BlockText[] {
  const tokens = commonMark.parse(markdown, {});
  if (tokens.some(({ level }) => level >= deepest - 1)) throw tooDeep(); // from there on the parser drops what is inside
  return draftsOfHtml(commonMark.renderer.render(tokens, commonMark.options, {}));
}

/** What has no words for readers. */
const unseen = new Set(
  'script style template noscript textarea iframe object embed svg math head title select option video audio canvas'.split(
    ' ',
  ),
);
const blockTags = new Set(
  `p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote footer aside figure figcaption table div section article main header
   nav pre form fieldset details summary address hr`.split(/\s+/),
);

/** The parser's time grows faster than the number of signs that begin an element or an entity, and with their nesting. */
const mostSigns = 20_000;
const deepest = 100;

/**
 * Blocks of an HTML text. Only words, pictures of ours, emphasis and links that are safe are taken over, so that
 * nothing else can get into a story; all of it is escaped again when it is shown.
 */
export function draftsOfHtml(html: string): BlockText[] {
  if ((html.match(/[<&]/g)?.length ?? 0) > mostSigns) throw badInput('The markup is too much for one story.', 'body');
  const inside = html.replace(/<\/?(?:html|body)\b[^>]*>/gi, ''); // the parser stops at the end of a body
  const { document } = parseHTML(`<html><body>${inside}</body></html>`) as unknown as { document: { body: Dom } };
  checkDepth(document.body);
  return blocksIn(document.body);
}

const tooDeep = () => badInput(`Elements are nested more than ${deepest} deep.`, 'body');

function checkDepth(top: Dom): void {
  let level = [top];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw tooDeep();
    level = level.flatMap((node) => [...node.childNodes]);
  }
}

interface Dom {
  nodeType: number;
  localName: string;
  textContent: string | null;
  className: string;
  childNodes: Iterable<Dom>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Dom | null;
  querySelectorAll(selector: string): Iterable<Dom>;
}

const headings = new Map([
  ...(['h1', 'h2'] as const).map((tag) => [tag as string, 2] as const),
  ['h3', 3],
  ...['h4', 'h5', 'h6'].map((tag) => [tag, 4] as const),
]);

/** The blocks in a part of a page; text that stands between them is a paragraph. */
function blocksIn(parent: Dom): BlockText[] {
  const blocks: BlockText[] = [];
  let loose: Dom[] = [];
  const flush = () => {
    blocks.push(...paragraphs(loose));
    loose = [];
  };
  for (const node of parent.childNodes) {
    if (isUnseen(node)) continue;
    if (isInline(node)) loose.push(node);
    else {
      flush();
      blocks.push(...blockOf(node));
    }
  }
  flush();
  return blocks;
}

const isUnseen = (node: Dom): boolean => node.nodeType !== 3 && (node.nodeType !== 1 || unseen.has(node.localName));

const isInline = (node: Dom): boolean => node.nodeType === 3 || !blockTags.has(node.localName);

function blockOf(node: Dom): BlockText[] {
  const level = headings.get(node.localName);
  if (level !== undefined) return rich([node]).map((text) => ({ heading: { ...text, level } }));
  switch (node.localName) {
    case 'p':
      return node.className === 'embed' ? embedOf(node) : paragraphs([...node.childNodes]);
    case 'blockquote':
      return quoteOf(node);
    case 'ul':
    case 'ol':
      return listOf(node);
    case 'table':
      return [tableOf(node)];
    case 'figure':
      return figureOf(node);
    case 'aside':
      return [factBoxOf(node)];
    default:
      return blocksIn(node);
  }
}

/** A paragraph, and the pictures that stand in it as blocks of their own. */
function paragraphs(nodes: readonly Dom[]): BlockText[] {
  const blocks: BlockText[] = [];
  let run: Dom[] = [];
  const flush = () => {
    blocks.push(...rich(run).map((paragraph) => ({ paragraph })));
    run = [];
  };
  for (const node of nodes) {
    if (node.localName === 'img') {
      flush();
      blocks.push(pictureOf(node, node.getAttribute('alt')));
    } else if (node.nodeType === 3 || isInline(node)) run.push(node);
  }
  flush();
  return blocks;
}

function pictureOf(image: Dom, caption: string | null | undefined): BlockText {
  const source = image.getAttribute('src') ?? '';
  const id = image.getAttribute('data-picture') ?? /^picture:(.+)$/.exec(source)?.[1];
  if (!id) throw badInput(`The picture "${source.slice(0, 80)}" is not one of ours: upload it first.`, 'body');
  return { picture: { picture: id, caption: caption?.trim() || null } };
}

function figureOf(node: Dom): BlockText[] {
  const image = node.querySelector('img');
  if (!image) return blocksIn(node);
  return [pictureOf(image, node.querySelector('figcaption')?.textContent ?? image.getAttribute('alt'))];
}

function embedOf(node: Dom): BlockText[] {
  const link = node.querySelector('a');
  const url = link?.getAttribute('href') ?? '';
  if (!isSafeLink(url)) return paragraphs([...node.childNodes]);
  return [{ embed: { url, title: (link?.textContent ?? '').trim() } }];
}

/** A quotation, and who said it: in a footer or a cite, or on a last line that begins with a dash. */
function quoteOf(node: Dom): BlockText[] {
  const source = node.querySelector('footer') ?? node.querySelector(':scope > cite');
  const parts = [...node.childNodes].filter((part) => part !== source);
  const inner = parts.every(isInline) ? rich(parts) : parts.flatMap((part) => rich([part]));
  const whole = joined(inner);
  if (whole.text === '') return [];
  const said = source?.textContent?.trim().replace(/^(?:—|--)\s*/, '');
  const last = /\n(?:—|--) ?([^\n]+)$/.exec(whole.text);
  if (said || !last) return [{ quote: { ...whole, attribution: said || null } }];
  return [{ quote: { ...cut(whole, last.index), attribution: last[1]! } }];
}

function joined(texts: readonly RichTextGiven[]): RichTextGiven {
  let text = '';
  const marks: NonNullable<RichTextGiven['marks']>[number][] = [];
  for (const part of texts) {
    if (text !== '') text += '\n';
    const moved = (part.marks ?? []).map((mark) => ({
      ...mark,
      start: mark.start + text.length,
      end: mark.end + text.length,
    }));
    marks.push(...moved);
    text += part.text;
  }
  return { text, marks };
}

const cut = ({ text, marks }: RichTextGiven, at: number): RichTextGiven => ({
  text: text.slice(0, at),
  marks: (marks ?? []).filter((mark) => mark.start < at).map((mark) => ({ ...mark, end: Math.min(mark.end, at) })),
});

/** A list; items of lists inside follow the item they stand in. */
function listOf(node: Dom): BlockText[] {
  const items = itemsOf(node);
  return items.length === 0 ? [] : [{ list: { ordered: node.localName === 'ol', items } }];
}

function itemsOf(list: Dom): RichTextGiven[] {
  return [...list.childNodes].flatMap((item) => {
    if (item.localName !== 'li') return [];
    const inner = [...item.childNodes].filter(({ localName }) => localName === 'ul' || localName === 'ol');
    const own = [...item.childNodes].filter((child) => !inner.includes(child));
    return [...rich(own), ...inner.flatMap(itemsOf)];
  });
}

function tableOf(node: Dom): BlockText {
  const cells = (row: Dom) => [...row.childNodes].filter(({ localName }) => localName === 'td' || localName === 'th');
  const texts = (row: Dom) => cells(row).map((cell) => rich([cell])[0]?.text ?? '');
  const [first, ...rest] = [...node.querySelectorAll('tr')];
  const isHeader = first !== undefined && cells(first).every(({ localName }) => localName === 'th');
  const rows = isHeader ? rest : first ? [first, ...rest] : [];
  return {
    table: {
      caption: node.querySelector('caption')?.textContent?.trim() || null,
      header: isHeader ? texts(first) : [],
      rows: rows.map(texts),
    },
  };
}

function factBoxOf(node: Dom): BlockText {
  const blocks = blocksIn(node);
  const title = blocks.find(({ heading }) => heading)?.heading?.text ?? '';
  const inner = blocks.flatMap((block): InnerBlockText[] => {
    if (block.list) return [{ list: block.list }];
    const text = block.paragraph ?? block.quote;
    return text ? [{ paragraph: { text: text.text, marks: text.marks ?? [] } }] : [];
  });
  return { factBox: { title, blocks: inner } };
}

const markOf: Record<string, 'STRONG' | 'EMPHASIS' | 'LINK'> = {
  b: 'STRONG',
  strong: 'STRONG',
  i: 'EMPHASIS',
  em: 'EMPHASIS',
  a: 'LINK',
};

/** The running text in some nodes, with spaces as a browser shows them; none when there are no words. */
function rich(nodes: readonly Dom[]): [] | [RichTextGiven] {
  let text = '';
  const marks: { type: 'STRONG' | 'EMPHASIS' | 'LINK'; start: number; end: number; href?: string }[] = [];
  const add = (node: Dom): void => {
    if (isUnseen(node)) return;
    if (node.nodeType === 3) {
      const words = (node.textContent ?? '').normalize('NFC').replace(/[ \t\r\n\f]+/g, ' ');
      text += /(?:^|[ \n])$/.test(text) ? words.replace(/^ /, '') : words;
      return;
    }
    if (node.localName === 'br') {
      text = `${text.trimEnd()}\n`;
      return;
    }
    const start = text.length;
    for (const child of node.childNodes) add(child);
    const type = markOf[node.localName];
    const href = node.getAttribute('href') ?? '';
    if (!type || start === text.length || (type === 'LINK' && !isSafeLink(href))) return;
    marks.push({ type, start, end: text.length, ...(type === 'LINK' && { href }) });
  };
  for (const node of nodes) add(node);
  const lead = text.length - text.trimStart().length;
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const kept = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start - lead), end: Math.min(trimmed.length, mark.end - lead) }))
    .filter((mark) => mark.start < mark.end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return [{ text: trimmed, marks: kept }];
}

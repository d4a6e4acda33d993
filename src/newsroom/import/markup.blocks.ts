import { parseHTML } from 'linkedom';
import markdownIt from 'markdown-it';
import type { Block } from '../../articles/body.rules.js';
import { blockOf, richText, type NewBlock } from './page.blocks.js';
import { depthOf, isElement, isInline, isText, isUnseen, safeUrl, textOf, type Dom } from './page.dom.js';
import type { IncomingBody, IncomingPicture } from './story.types.js';

type PictureOf<B> = B extends { kind: 'Picture' } ? { kind: 'Picture'; picture: IncomingPicture } : B;

/** A block of a body that was brought in: without a key, and with the addresses of its pictures. */
export type ImportedBlock = PictureOf<NewBlock>;

export interface ReadBody {
  blocks: ImportedBlock[];
  /** Where its links lead, each once. */
  links: string[];
  /** What could not be kept, and how often. */
  notes: string[];
}

/** The most signs that begin an element or an entity, and the deepest nesting: the parser's time grows faster than either. */
const mostSigns = 60_000;
const deepest = 200;

/** Makes typed blocks of a text in any form. `base` is the address that its relative addresses are of. */
export function readBody(body: IncomingBody, base: string | undefined): ReadBody {
  if ('blocks' in body) return { blocks: [...body.blocks], links: linksIn(body.blocks), notes: [] };
  if ('text' in body) return { blocks: paragraphsOf(body.text), links: [], notes: [] };
  if ('markdown' in body) return readMarkdown(body.markdown, base);
  return readHtml(body.html, base, body.breaks ?? !/<(?:p|div|br)[\s>/]/i.test(body.html));
}

/** Paragraphs of a plain text, parted by empty lines. */
export const paragraphsOf = (text: string): ImportedBlock[] =>
  text
    .replaceAll('\r\n', '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => ({ kind: 'Paragraph', text: paragraph }));

const commonMark = markdownIt({ html: true, linkify: false });
const shortcode = /\{\{[<%]\s*(\/?)\s*([\w./-]+)((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^>%"`]|[>%](?!\}))*)[>%]\}\}/g;

function readMarkdown(markdown: string, base: string | undefined): ReadBody {
  const left: string[] = [];
  const plain = markdown.replace(shortcode, (_, closes: string, name: string, inside: string) => {
    const given = valuesOf(inside);
    if (name === 'ref' || name === 'relref') return given[''] ?? '';
    if (name === 'quote-block' && given.text) return `\n> ${given.text}${given.cite ? `\n> — ${given.cite}` : ''}\n`;
    if (given.href && given.text) return `[${given.text}](${given.href})`;
    if (!closes) left.push(name);
    return '';
  });
  const read = readHtml(commonMark.render(plain), base, false);
  return { ...read, notes: [...counted(left, (name) => `the shortcode "${name}"`), ...read.notes] };
}

/** The values in a shortcode, by name; the first without a name under ''. */
function valuesOf(inside: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name = '', value = ''] of inside.matchAll(/(?:([\w-]+)=)?"((?:\\.|[^"\\])*)"/g)) {
    values[name] ??= value.replace(/\\(.)/g, '$1');
  }
  return values;
}

// linkedom's own types need the browser's library
const parse = parseHTML as unknown as (html: string) => { document: Dom };

function readHtml(html: string, base: string | undefined, breaks: boolean): ReadBody {
  const signs = html.match(/[<&]/g)?.length ?? 0;
  if (signs > mostSigns)
    return {
      blocks: paragraphsOf(bare(html)),
      links: [],
      notes: ['Its markup is too much for one story: only its words were kept.'],
    };
  const inside = html.replace(/<\/?(?:html|body)\b[^>]*>/gi, ''); // the parser stops at the end of a body
  const { document } = parse(`<!doctype html><html><head></head><body>${inside}</body></html>`);
  const body = document.querySelector('body')!;
  if (depthOf(body) > deepest)
    return {
      blocks: paragraphsOf(bare(html)),
      links: [],
      notes: ['Its elements are nested too deep: only its words were kept.'],
    };
  const left: string[] = [];
  const blocks = walk(body, { base, breaks, left });
  return { blocks, links: linksIn(blocks), notes: counted(left, (what) => what) };
}

const bare = (html: string): string =>
  html.replace(/<\/(?:p|div|li|h\d|tr)>|<br[^>]*>/gi, '\n\n').replace(/<[^>]*>/g, '');

interface Walk {
  base: string | undefined;
  breaks: boolean;
  /** What was left out. */
  left: string[];
}

function walk(node: Dom, how: Walk): ImportedBlock[] {
  const blocks: ImportedBlock[] = [];
  let run: Dom[] = [];
  const flush = () => {
    const rich = richText(run, how.base);
    if (rich.text) blocks.push({ kind: 'Paragraph', ...rich });
    run = [];
  };
  const add = (child: Dom): void => {
    if (isText(child)) return addText(child);
    if (!isElement(child)) return;
    const media = mediaOf(child, how);
    if (media) {
      flush();
      blocks.push(...media);
    } else if (isUnseen(child) || child.localName === 'textarea' || child.localName === 'button') {
      leave(child, how);
    } else if (isInline(child) || child.localName === 'br') {
      const inside = [...child.querySelectorAll(mediaElements)];
      if (inside.length === 0) run.push(child);
      else for (const each of child.childNodes) add(each);
    } else {
      flush();
      blocks.push(...(ownBlock(child, how) ?? walk(child, how)));
    }
  };
  const addText = (child: Dom) => {
    const parts = how.breaks ? (child.textContent ?? '').split(/\n[^\S\n]*\n\s*/) : [];
    if (parts.length < 2) return void run.push(child);
    parts.forEach((part, i) => {
      if (i > 0) flush();
      run.push({ ...emptyText, textContent: part });
    });
  };
  for (const child of node.childNodes) add(child);
  flush();
  return blocks;
}

const emptyText = { nodeType: 3, localName: '#text', childNodes: [] } as unknown as Dom;

const mediaElements = 'img, figure, picture, video, audio, iframe, embed, object';

/** The block of an element that has a kind of its own, with what it holds of pictures behind it. */
function ownBlock(node: Dom, how: Walk): ImportedBlock[] | undefined {
  if (node.localName === 'pre') {
    const text = (node.textContent ?? '').trim();
    return text === '' ? [] : [{ kind: 'Paragraph', text }];
  }
  const media = [...node.querySelectorAll(mediaElements)];
  const made = blockOf(node, how.base) as ImportedBlock[] | undefined;
  return (
    made && [
      ...made,
      ...media
        .filter((each) => !each.parentNode?.closest('figure, picture, video, audio, object'))
        .flatMap((each) => mediaOf(each, how) ?? []),
    ]
  );
}

/** A picture or an embedded page as a block of its own; nothing for any other element. */
function mediaOf(node: Dom, how: Walk): ImportedBlock[] | undefined {
  const image =
    node.localName === 'img' ? node : ['figure', 'picture'].includes(node.localName) ? node.querySelector('img') : null;
  if (image) return pictureOf(image, node, how);
  if (node.localName === 'figure') {
    const inner = [...node.querySelectorAll('iframe, video, audio, embed, object')].flatMap(
      (each) => mediaOf(each, how) ?? [],
    );
    return inner.length > 0 ? inner : undefined;
  }
  if (!['iframe', 'video', 'audio', 'embed', 'object'].includes(node.localName)) return undefined;
  const address =
    node.getAttribute('src') ?? node.getAttribute('data') ?? node.querySelector('source')?.getAttribute('src');
  const url = safeUrl(address, how.base);
  if (!url || url.length > 2_000) {
    leave(node, how);
    return [];
  }
  const title = textOf({ textContent: node.getAttribute('title') ?? '' } as Dom) || new URL(url).hostname;
  return [{ kind: 'Embed', url, title: title.slice(0, 300) }];
}

/** Pictures that only count readers, or are the buttons of services that carry feeds. */
const counters =
  /^https?:\/\/(?:feeds\.feedburner\.com\/~|(?:pixel|stats)\.(?:wp|wordpress)\.com\/|[\w.]*feedsportal\.com\/|rss\.buysellads\.com\/)/;

function pictureOf(image: Dom, figure: Dom, how: Walk): ImportedBlock[] {
  const sources = ['data-src', 'data-lazy-src', 'data-orig-file', 'src'].map((name) => image.getAttribute(name));
  const url = sources.map((source) => safeUrl(source, how.base)).find((address) => address !== undefined);
  const isTiny = ['width', 'height'].every((side) => /^[01](?:px)?$/.test(image.getAttribute(side) ?? ''));
  const isCounter = isTiny || counters.test(url ?? '');
  if (!url || isCounter) {
    if (!isCounter) leave(image, how);
    return [];
  }
  const caption = textOf(figure.querySelector('figcaption'));
  const alt = textOf({ textContent: image.getAttribute('alt') ?? '' } as Dom);
  return [{ kind: 'Picture', picture: { url, alt, ...(caption && { caption }) } }];
}

function leave(node: Dom, how: Walk): void {
  if (
    /^(?:script|style|form|input|svg|object|iframe|embed|video|audio|textarea|select|button|canvas|math|img)$/.test(
      node.localName,
    )
  ) {
    how.left.push(`<${node.localName}>`);
  }
}

function counted(things: readonly string[], say: (thing: string) => string): string[] {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return [...counts].map(([thing, count]) => `Left out: ${say(thing)}${count > 1 ? `, ${count} times` : ''}.`);
}

function linksIn(blocks: readonly ImportedBlock[]): string[] {
  const texts = blocks.flatMap((block) => (block.kind === 'List' ? block.items : 'marks' in block ? [block] : []));
  const inner = blocks.flatMap((block) => (block.kind === 'FactBox' ? (block.blocks as Block[]) : []));
  const links = texts.flatMap(({ marks = [] }) => marks.flatMap(({ href }) => href ?? []));
  return [...new Set([...links, ...(inner.length > 0 ? linksIn(inner as unknown as ImportedBlock[]) : [])])];
}

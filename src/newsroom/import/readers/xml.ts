import { Parser } from 'htmlparser2';
import type { ReaderOptions, SourceFiles } from '../story.types.js';
import { textOf } from './source.js';

/** An element with all that is in it: its name in the namespace that its prefix means. */
export interface Xml {
  name: string;
  /** The address of its namespace; empty when it has none. */
  space: string;
  attributes: Readonly<Record<string, string>>;
  children: (Xml | string)[];
}

/** What comes of a file: elements that were asked for, or why the rest of it cannot be read. */
export type XmlEvent =
  { element: Xml; item: number } | { tooLarge: true; item: number } | { broken: string; item: number };

/** The most characters that one element may hold, its attributes included. */
const largestElement = 16_000_000;
const deepest = 1_000;

interface Open {
  name: string;
  space: string;
  prefixes: Readonly<Record<string, string>>;
}

/**
 * Reads a file of XML from its beginning to its end and gives the elements that are wanted, by their path of names from
 * the root, each whole; what is in between is not kept. What is not quite XML is read as far as it can be.
 */
export async function* elementsIn(
  sources: SourceFiles,
  path: string,
  options: ReaderOptions,
  wanted: (path: readonly Open[]) => boolean,
): AsyncGenerator<XmlEvent, void, void> {
  const found: XmlEvent[] = [];
  const open: Open[] = [];
  const inside: Xml[] = [];
  let size = 0;
  let item = 0;
  let isTooLarge = false;
  let root: string | undefined;
  let isEnding = false;
  let since = 0;

  const grow = (by: number) => {
    size += by;
    if (size > largestElement || inside.length > deepest) isTooLarge = true;
  };
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        since = 0;
        const prefixes = prefixesIn(open.at(-1)?.prefixes ?? {}, attributes);
        const named = nameOf(tag, prefixes);
        open.push({ ...named, prefixes });
        root ??= named.name;
        if (inside.length === 0 && !wanted(open)) return;
        if (inside.length === 0) [size, isTooLarge, item] = [0, false, item + 1];
        const element: Xml = { ...named, attributes, children: [] };
        if (!isTooLarge) inside.at(-1)?.children.push(element);
        inside.push(element);
        grow(tag.length + Object.values(attributes).reduce((sum, value) => sum + value.length, 20));
      },
      ontext: (text) => {
        since = 0;
        const parent = inside.at(-1);
        if (!parent || isTooLarge) return;
        const last = parent.children.length - 1;
        if (typeof parent.children[last] === 'string') parent.children[last] += text;
        else parent.children.push(text);
        grow(text.length);
      },
      onclosetag: () => {
        since = 0;
        open.pop();
        const element = inside.pop();
        if (!element || inside.length > 0) return;
        if (isEnding) found.push({ broken: 'The file ends in the middle of this item.', item });
        else found.push(isTooLarge ? { tooLarge: true, item } : { element, item });
      },
      oncomment: () => void (since = 0),
      onprocessinginstruction: () => void (since = 0),
    },
    { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true },
  );
  for await (const text of textOf(sources, path, options)) {
    since += text.length;
    parser.write(text);
    yield* found.splice(0);
    if (since > largestElement) {
      const at = inside.length > 0 ? item : item + 1;
      return yield { broken: 'Something in it does not end within 16 million characters.', item: at };
    }
  }
  const isCut = open.length > 0;
  isEnding = true;
  parser.end();
  yield* found.splice(0);
  if (root === undefined) yield { broken: 'The file has no element: it is not XML.', item: item + 1 };
  else if (isCut) yield { broken: `The file ends before <${root}> does: it was cut off.`, item: item + 1 };
}

function prefixesIn(before: Readonly<Record<string, string>>, attributes: Readonly<Record<string, string>>) {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return before;
  return {
    ...before,
    ...Object.fromEntries(declared.map(([name, space]) => [name === 'xmlns' ? '' : name.slice(6), space])),
  };
}

function nameOf(tag: string, prefixes: Readonly<Record<string, string>>): { name: string; space: string } {
  const at = tag.indexOf(':');
  const prefix = at < 0 ? '' : tag.slice(0, at);
  return { name: tag.slice(at + 1), space: prefixes[prefix] ?? wellKnown[prefix] ?? '' };
}

/** What prefixes mean that some forget to declare. */
const wellKnown: Readonly<Record<string, string>> = {
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  excerpt: 'https://wordpress.org/export/1.2/excerpt/',
  wp: 'https://wordpress.org/export/1.2/',
  xml: 'xml',
};

export const childrenOf = (element: Xml, name: string, space?: string | RegExp): Xml[] =>
  element.children.filter(
    (child): child is Xml =>
      typeof child !== 'string' &&
      child.name === name &&
      (space === undefined || (typeof space === 'string' ? child.space === space : space.test(child.space))),
  );

/** The text of an element, that of the elements in it included. */
export const wordsOf = (element: Xml | string | undefined): string =>
  element === undefined ? '' : typeof element === 'string' ? element : element.children.map(wordsOf).join('');

/** The text of the first element of a name in another; nothing when there are no words. */
export function wordsIn(element: Xml, name: string, space?: string | RegExp): string | undefined {
  const [child] = childrenOf(element, name, space);
  return child && (wordsOf(child).trim() || undefined);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);

/** What is in an element as markup, with the names that HTML has for those of another vocabulary. */
export function markupIn(element: Xml, htmlName: (name: string) => string = (name) => name): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escaped(child);
      const name = htmlName(child.name);
      const attributes = Object.entries(child.attributes)
        .filter(([key]) => !key.startsWith('xmlns'))
        .map(([key, value]) => ` ${key}="${escaped(value)}"`);
      return `<${name}${attributes.join('')}>${markupIn(child, htmlName)}</${name}>`;
    })
    .join('');
}

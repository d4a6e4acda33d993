import { cleanText } from './page.limits.js';

/** As much of the DOM as reading a page takes; linkedom's own types want the browser's library. */
export interface Dom {
  nodeType: number;
  localName: string;
  textContent: string | null;
  parentNode: Dom | null;
  childNodes: Iterable<Dom>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Dom | null;
  querySelectorAll(selector: string): Iterable<Dom>;
  closest(selector: string): Dom | null;
  remove(): void;
  replaceWith(other: Dom): void;
  createElement(name: string): Dom;
  innerHTML: string;
}

export interface Line {
  text: string;
  /** Inside a menu, a footer, a box: not of the story itself. */
  isSite: boolean;
}

const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter output q ruby s samp small span strike strong sub sup time tt u var wbr rb rt rp'.split(
    ' ',
  ),
);
const UNSEEN = new Set(
  'script style noscript template head title meta link svg math canvas object select option'.split(' '),
);
const MEDIA = new Set('img picture video audio iframe embed figure'.split(' '));
const SITE = new Set('nav footer aside form button dialog menu'.split(' '));
const SITE_NAME =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletters?|banners?|adverts?|advertisements?|ads?|sponsored|promo|share|sharing|social|breadcrumbs?|menu|navigation|related|recommended|recirculation|comments?|paywall|subscribe|subscription|popup|modal|skip|skip-link)(?:$|[\s_-])/i;

export function isText(node: Dom): boolean {
  return node.nodeType === 3;
}

export function isElement(node: Dom): boolean {
  return node.nodeType === 1;
}

export function isInline(node: Dom): boolean {
  return INLINE.has(node.localName);
}

export function isMedia(node: Dom): boolean {
  return MEDIA.has(node.localName);
}

export function isUnseen(node: Dom): boolean {
  return UNSEEN.has(node.localName);
}

/** Text of an element on one line; empty where there is no element. */
export function textOf(node: Dom | null | undefined): string {
  return cleanText(node?.textContent ?? '');
}

/** Whether an element is a part of the site by its name, its class or its id; never one that holds the headline. */
export function isSitePart(node: Dom, pageLength: number): boolean {
  if (/^(?:html|body|main|article)$/.test(node.localName) || node.closest('blockquote')) return false;
  const isHidden = node.getAttribute('hidden') !== null || node.getAttribute('aria-modal') === 'true';
  const isNamed = SITE_NAME.test(`${node.getAttribute('class') ?? ''} ${node.getAttribute('id') ?? ''}`);
  if (!isHidden && !isNamed && !SITE.has(node.localName)) return false;
  return !node.querySelector('h1') && textOf(node).length * 2 <= pageLength;
}

/** The lines a reader sees, one for every element that stands on its own. */
export function linesOf(root: Dom, pageLength = Infinity): Line[] {
  const lines: Line[] = [];
  let line = '';
  const flush = (isSite: boolean) => {
    const text = cleanText(line);
    if (text) lines.push({ text, isSite });
    line = '';
  };
  const walk = (node: Dom, isSite: boolean) => {
    for (const child of node.childNodes) {
      if (isText(child)) line += child.textContent ?? '';
      if (!isElement(child) || isUnseen(child)) continue;
      if (isInline(child)) {
        if (!isSite && isSitePart(child, pageLength)) flush(isSite);
        walk(child, isSite);
      } else {
        flush(isSite);
        const inSite = isSite || (pageLength < Infinity && isSitePart(child, pageLength));
        walk(child, inSite);
        flush(inSite);
      }
    }
  };
  walk(root, false);
  flush(false);
  return lines;
}

/** The deepest nesting below a node, without recursion. */
export function depthOf(root: Dom): number {
  let level: Dom[] = [root];
  let depth = 0;
  for (; level.length > 0; depth++) level = level.flatMap((node) => [...node.childNodes].filter(isElement));
  return depth;
}

/** An absolute address of an allowed kind; undefined for anything else. */
export function safeUrl(
  value: string | null | undefined,
  base?: string,
  kinds = ['http:', 'https:'],
): string | undefined {
  if (!value?.trim() || !URL.canParse(value.trim(), base)) return undefined;
  const url = new URL(value.trim(), base);
  return kinds.includes(url.protocol) ? url.href : undefined;
}

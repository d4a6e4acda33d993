import render from 'dom-serializer';
import { Element, Text, type ChildNode } from 'domhandler';
import { parseDocument } from 'htmlparser2';

type Attributes = Readonly<Record<string, string | number | null | undefined>>;
type Inside = ChildNode | string | null | undefined | readonly Inside[];

/** An element of XML; attributes and content that are nothing are not there. Texts are given as they are. */
export function element(name: string, attributes: Attributes, ...content: Inside[]): Element {
  const there = Object.entries(attributes).filter(([, value]) => value != null);
  return new Element(
    name,
    Object.fromEntries(there.map(([key, value]) => [key, escaped(String(value))])),
    nodesOf(content),
  );
}

/** As `element`; nothing when there is nothing to be in it. */
export const elementOf = (
  name: string,
  text: string | null | undefined,
  attributes: Attributes = {},
): Element | null => (text == null || text === '' ? null : element(name, attributes, text));

function nodesOf(content: Inside): ChildNode[] {
  if (content == null) return [];
  if (typeof content === 'string') return [new Text(escaped(content))];
  return Array.isArray(content) ? content.flatMap(nodesOf) : [content as ChildNode];
}

/** The nodes of HTML of our own, to stand in an element whose namespace is that of XHTML. */
export const xhtml = (html: string): ChildNode[] => parseDocument(html, { decodeEntities: false }).children;

/** An element as text, in UTF-8. */
export const xmlOf = (node: ChildNode): string => render(node, { xmlMode: true, encodeEntities: false });

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** What XML cannot have, and lone halves of characters, which UTF-8 cannot. */

const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text with each character that no document can have replaced by U+FFFD. */
export const writable = (text: string): string => text.toWellFormed().replace(unwritable, '\ufffd');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => writable(text).replace(/[&<>"]/g, (character) => entities[character]!);

import type { Mark, RichText } from '../articles/body.rules.js';
import type { SampleBlock } from './sample.types.js';

interface MarkedText {
  text: string;
  mark: Omit<Mark, 'start' | 'end'>;
}

type Part = string | MarkedText;
type Line = string | RichText;
type BoxedBlock = Extract<SampleBlock, { kind: 'FactBox' }>['blocks'][number];

export const link = (text: string, href: string): MarkedText => ({ text, mark: { type: 'LINK', href } });
export const strong = (text: string): MarkedText => ({ text, mark: { type: 'STRONG' } });
export const em = (text: string): MarkedText => ({ text, mark: { type: 'EMPHASIS' } });

/** Joins plain and marked parts: a mark's offsets are those of its part in the joined text. */
export function rich(...parts: Part[]): RichText {
  let text = '';
  const marks: Mark[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
    } else {
      marks.push({ ...part.mark, start: text.length, end: text.length + part.text.length });
      text += part.text;
    }
  }
  return marks.length === 0 ? { text } : { text, marks };
}

const asRich = (line: Line): RichText => (typeof line === 'string' ? { text: line } : line);

export const p = (...parts: Part[]) => ({ kind: 'Paragraph' as const, ...rich(...parts) });

export const h = (text: string, level: 2 | 3 | 4 = 2): SampleBlock => ({ kind: 'Heading', level, text });

export const quote = (text: string, attribution?: string): SampleBlock => ({
  kind: 'Quote',
  text,
  ...(attribution !== undefined && { attribution }),
});

export const list = (items: Line[], ordered = false) => ({ kind: 'List' as const, ordered, items: items.map(asRich) });

export const picture = (key: string, caption?: string): SampleBlock => ({
  kind: 'Picture',
  picture: key,
  ...(caption !== undefined && { caption }),
});

export const facts = (title: string, blocks: BoxedBlock[]): SampleBlock => ({ kind: 'FactBox', title, blocks });

export const table = (header: string[], rows: string[][], caption?: string): SampleBlock => ({
  kind: 'Table',
  header,
  rows,
  ...(caption !== undefined && { caption }),
});

export const embed = (url: string, title: string, provider?: string): SampleBlock => ({
  kind: 'Embed',
  url,
  title,
  ...(provider !== undefined && { provider }),
});

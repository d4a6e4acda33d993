import type { Mark, RichText } from '../../articles/body.rules.js';
import { inNormalForm } from '../../kernel/write.js';
import type { ImportedBlock } from './markup.blocks.js';

/** As much as an editor may write into one block, so that what was brought in can be worked on. */
const most = { text: 20_000, marks: 500, items: 500, rows: 500, columns: 50, blocks: 5_000 };

/** Blocks as they can be stored and edited: in normal form, none empty, none larger than the desk takes. */
export function fitted(blocks: readonly ImportedBlock[], notes: string[]): ImportedBlock[] {
  const fit = blocks.flatMap((block) => fittedBlock(block, notes));
  if (fit.length <= most.blocks) return fit;
  notes.push(`It has ${fit.length} paragraphs; the first ${most.blocks} were kept.`);
  return fit.slice(0, most.blocks);
}

function fittedBlock(block: ImportedBlock, notes: string[]): ImportedBlock[] {
  switch (block.kind) {
    case 'Paragraph':
      return richTexts(block).map((text) => ({ kind: 'Paragraph', ...text }));
    case 'Heading':
      return richTexts(block).map((text) => ({ kind: 'Heading', level: block.level, ...text }));
    case 'Quote': {
      const by = block.attribution && plain(block.attribution).slice(0, 1_000);
      return richTexts(block).map((text) => ({ kind: 'Quote', ...text, ...(by && { attribution: by }) }));
    }
    case 'List': {
      const items = block.items.flatMap(richTexts);
      return inParts(items, most.items).map((part) => ({ kind: 'List', ordered: block.ordered, items: part }));
    }
    case 'Table': {
      const width = Math.max(block.header.length, ...block.rows.map((row) => row.length));
      if (width > most.columns) notes.push(`A table has ${width} columns; the first ${most.columns} were kept.`);
      const cells = (row: readonly string[]) =>
        row.slice(0, most.columns).map((cell) => plain(cell).slice(0, most.text));
      return inParts(block.rows.map(cells), most.rows).map((rows) => ({ ...block, header: cells(block.header), rows }));
    }
    default:
      return [block];
  }
}

function inParts<Part>(all: readonly Part[], size: number): Part[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

const plain = (text: string): string => inNormalForm(text.toWellFormed());

/** A text in normal form, in as many as it takes; its marks go where they were, unless normalising moved them. */
function richTexts({ text, marks = [] }: RichText): RichText[] {
  const normal = plain(text);
  const kept = normal === text ? marks.slice(0, most.marks) : [];
  if (normal.trim() === '') return [];
  if (normal.length <= most.text) return [with_(normal.trim() === normal ? normal : trimmed(normal), kept)];
  const parts: RichText[] = [];
  for (let from = 0; from < normal.length;) {
    const end = endOfPart(normal, from);
    const here = kept.filter((mark) => mark.start < end && mark.end > from);
    const moved = here.map((mark) => ({
      ...mark,
      start: Math.max(mark.start, from) - from,
      end: Math.min(mark.end, end) - from,
    }));
    parts.push(with_(normal.slice(from, end), moved));
    from = end;
  }
  return parts;
}

const trimmed = (text: string): string => text.trimEnd();

const with_ = (text: string, marks: Mark[]): RichText => {
  const inside = marks.filter((mark) => mark.start < mark.end && mark.end <= text.length);
  return inside.length > 0 ? { text, marks: inside } : { text };
};

/** Where a part of a long text ends: after a space where there is one near, never within a character. */
function endOfPart(text: string, from: number): number {
  const end = from + most.text;
  if (end >= text.length) return text.length;
  const space = text.lastIndexOf(' ', end - 1);
  if (space > end - 1_000) return space + 1;
  return /[\udc00-\udfff]/.test(text[end]!) ? end - 1 : end;
}

/** The body of an edition: typed blocks, stored as JSON, from which HTML, plain text and word counts are made. */

/** A stretch of a text, by UTF-16 offsets, that is emphasised or leads somewhere. */
export interface Mark {
  type: 'STRONG' | 'EMPHASIS' | 'LINK';
  start: number;
  end: number;
  href?: string;
}

export interface RichText {
  text: string;
  marks?: Mark[];
}

export type ParagraphBlock = { key: string; kind: 'Paragraph' } & RichText;
export type HeadingBlock = { key: string; kind: 'Heading'; level: 2 | 3 | 4 } & RichText;
export type QuoteBlock = { key: string; kind: 'Quote'; attribution?: string } & RichText;
export type ListBlock = { key: string; kind: 'List'; ordered: boolean; items: RichText[] };
export type PictureBlock = { key: string; kind: 'Picture'; pictureId: number; caption?: string };
export type EmbedBlock = { key: string; kind: 'Embed'; url: string; provider?: string; title: string };
export type TableBlock = { key: string; kind: 'Table'; caption?: string; header: string[]; rows: string[][] };
export type FactBoxBlock = {
  key: string;
  kind: 'FactBox';
  title: string;
  blocks: (ParagraphBlock | ListBlock)[];
};

export type Block =
  ParagraphBlock | HeadingBlock | QuoteBlock | ListBlock | PictureBlock | EmbedBlock | TableBlock | FactBoxBlock;

/** The text of a block as mentions count it: items and cells are parted by line breaks; blocks inside have their own. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case 'List':
      return block.items.map((item) => item.text).join('\n');
    case 'Table':
      return [block.header, ...block.rows].map((cells) => cells.join('\n')).join('\n');
    case 'FactBox':
      return block.title;
    case 'Picture':
      return block.caption ?? '';
    case 'Embed':
      return block.title;
    default:
      return block.text;
  }
}

/** The blocks of a body and those inside them, in the order of the text. */
export const withInner = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block): Block[] => (block.kind === 'FactBox' ? [block, ...block.blocks] : [block]));

/** The ids of the pictures a body shows, each once. */
export const picturesIn = (blocks: readonly Block[]): number[] => [
  ...new Set(withInner(blocks).flatMap((block) => (block.kind === 'Picture' ? [block.pictureId] : []))),
];

/** The body as plain text, blocks parted by an empty line. */
export function bodyText(blocks: readonly Block[]): string {
  return blocks
    .map(printed)
    .filter((text) => text !== '')
    .join('\n\n');
}

function printed(block: Block): string {
  if (block.kind === 'Quote' && block.attribution) return `${block.text}\n— ${block.attribution}`;
  return withInner([block]).map(blockText).join('\n');
}

const words = new Intl.Segmenter('en', { granularity: 'word' });
const spaceless =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Khmer}|\p{Script=Lao}/u;

/** Words of the running text: what stands between spaces, lone dashes and symbols aside; in scripts without spaces, what a reader would count. */
export function countWords(text: string): number {
  let count = 0;
  for (const piece of text.split(/\s+/u)) {
    if (/^[\p{Pd}\p{S}•·/]*$/u.test(piece)) continue;
    if (spaceless.test(piece)) for (const part of words.segment(piece)) count += part.isWordLike ? 1 : 0;
    else count += 1;
  }
  return count;
}

/** Whole minutes to read so many words, at 250 words a minute; never less than one. */
export const readingMinutes = (wordCount: number): number => Math.max(1, Math.round(wordCount / 250));

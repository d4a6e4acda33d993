import type { FoundMention } from '../../articles/naming.rules.js';
import type { ImportedBlock } from './markup.blocks.js';
import type { IncomingName } from './story.types.js';

/** A place of a story where another system saw somebody or something named. */
export interface MarkedName {
  /** Which block of the text it is in, from 0. */
  block: number;
  start: number;
  end: number;
  surface: string;
  /** What it may be known by here: an id of Wikidata, or names. */
  known: string[];
}

/** Where the names that were marked in a plain text stand in its blocks; those whose words are not there are left out. */
export function markedIn(text: string, names: readonly IncomingName[], blocks: readonly ImportedBlock[]): MarkedName[] {
  let from = 0;
  const beginnings = blocks.map((block) => {
    const at = block.kind === 'Paragraph' ? text.indexOf(block.text, from) : -1;
    if (at >= 0 && block.kind === 'Paragraph') from = at + block.text.length;
    return at;
  });
  return names.flatMap(({ start, end, text: surface, id }) => {
    const block = beginnings.findLastIndex((at) => at >= 0 && at <= start);
    const paragraph = blocks[block];
    if (paragraph?.kind !== 'Paragraph') return [];
    const [first, last] = [start - beginnings[block]!, end - beginnings[block]!];
    if (last <= first || paragraph.text.slice(first, last) !== surface) return [];
    return [{ block, start: first, end: last, surface, known: [...namesOf(id), surface] }];
  });
}

/** `Q42` of an address that ends so; else the name that an address of an encyclopedia stands for. */
function namesOf(id: string | undefined): string[] {
  if (id === undefined) return [];
  const last = id.slice(id.lastIndexOf('/') + 1);
  const number = /(?:^|:)(Q\d{1,12})$/.exec(last)?.[1];
  if (number !== undefined) return [number];
  try {
    return [decodeURIComponent(last).replaceAll('_', ' ').trim()];
  } catch {
    return [last];
  }
}

/** Marked names of what is known here, the longer where two overlap. */
export function mentionsOfMarked(marked: readonly MarkedName[], known: ReadonlyMap<string, number>): FoundMention[] {
  const mentions: FoundMention[] = [];
  const inOrder = [...marked].sort((a, b) => a.block - b.block || a.start - b.start || b.end - a.end);
  for (const each of inOrder) {
    const { block, start, end, surface } = each;
    const entityId = meantBy(each, known);
    const mention = { entityId: entityId ?? 0, blockKey: `b${block + 1}`, start, end, surface };
    if (entityId !== undefined && !mentions.some((other) => overlap(other, mention))) mentions.push(mention);
  }
  return mentions;
}

const meantBy = ({ known: names }: MarkedName, known: ReadonlyMap<string, number>): number | undefined =>
  known.get(names.find((each) => known.has(each)) ?? '');

const overlap = (a: FoundMention, b: FoundMention): boolean =>
  a.blockKey === b.blockKey && a.start < b.end && b.start < a.end;

/** Mentions that were marked and those that were found, the marked ones where both say something, in the order of the text. */
export function withMarked(
  marked: readonly FoundMention[],
  found: readonly FoundMention[],
  most: number,
): FoundMention[] {
  if (marked.length === 0) return [...found];
  const others = found.filter((mention) => !marked.some((other) => overlap(other, mention)));
  const place = ({ blockKey }: FoundMention) => (/^b\d+$/.test(blockKey) ? Number(blockKey.slice(1)) : 0);
  return [...marked, ...others].sort((a, b) => place(a) - place(b) || a.start - b.start).slice(0, most);
}

/** What is to be told of the names that were marked in a story: how many there were, and what became of those whose words are there. */
export function notesOnMarked(
  marked: number,
  there: readonly MarkedName[],
  known: ReadonlyMap<string, number>,
): string[] {
  if (marked === 0) return [];
  const kept = mentionsOfMarked(there, known).length;
  const meant = there.filter((each) => meantBy(each, known) !== undefined).length;
  const left: [number, string][] = [
    [marked - there.length, 'did not stand where it says'],
    [there.length - meant, 'named nothing that the newsroom knows'],
    [meant - kept, 'overlapped another'],
  ];
  const told = left.filter(([count]) => count > 0).map(([count, what]) => `; ${count} ${what}`);
  return [`Names were marked in it, ${marked} times: ${kept} were kept as mentions${told.join('')}.`];
}

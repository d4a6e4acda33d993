import { isWord, pieces, type Piece } from '../entities/form.rules.js';
import { hasEndings, uninflected } from '../entities/inflection.rules.js';
import {
  familiesOf,
  inReadingOrder,
  placeOf,
  scanning,
  withFamilyNames,
  type Blocks,
  type Entry,
  type FoundMention,
  type Match,
  type NamedBy,
  type NameIndex,
} from './naming.rules.js';

/** A name in a text with all that it could mean, and the words right around it where only a space parts them. */
export interface NamePlace extends Omit<FoundMention, 'entityId'> {
  candidates: { entityId: number; by: NamedBy }[];
  before: string | undefined;
  after: string | undefined;
}

interface Read {
  /** The blocks taken apart. */
  texts?: readonly Piece[][];
  /** The language whose endings names may have. */
  language?: string;
}

/** The longest known names in the blocks, in reading order, with all that each could mean; family names alone as well. */
export function findPlaces(
  index: NameIndex,
  blocks: Blocks,
  { texts = blocks.map(({ text }) => pieces(text)), language = '' }: Read = {},
): NamePlace[] {
  const scanAll = scanning(blocks, texts);
  const matches = withShortForms(withFamilyNames(index, scanAll(index), scanAll), scanAll);
  const families = familiesOf([...index.entries.values()].flat(), 'LONE');
  const there = withLone(matches, scanAll(families));
  const inflected = inflectedIn([index, families], blocks, withoutEndings([index, families], texts, language));
  return [...there, ...freeOf(there, inflected)].sort(inReadingOrder).flatMap((match) => {
    const by = new Map<number, NamedBy>();
    for (const entry of match.entries) if (!by.has(entry.entityId)) by.set(entry.entityId, entry.by ?? 'NAME');
    const place = placeOf(match, texts, blocks);
    const word = (at: number) => {
      const found = texts[match.block]?.[at]?.word ?? '';
      return isWord(found) ? found : undefined;
    };
    const candidates = [...by].map(([entityId, how]) => ({ entityId, by: how }));
    return place ? [{ ...place, candidates, before: word(match.start - 1), after: word(match.end) }] : [];
  });
}

/** The texts with the names themselves in the place of what has an ending; nothing where no word is such a form. */
function withoutEndings(
  indexes: readonly NameIndex[],
  texts: readonly Piece[][],
  language: string,
): Piece[][] | undefined {
  if (!hasEndings(language)) return undefined;
  const known = new Set(indexes.flatMap(({ entries }) => [...entries.values()].flat().flatMap(({ words }) => words)));
  let isAny = false;
  const named = texts.map((text) =>
    text.map((piece) => {
      if (known.has(piece.word)) return piece;
      const word = uninflected(piece.word, language).find((name) => known.has(name));
      if (word === undefined) return piece;
      isAny = true;
      return { ...piece, word, upper: word.toUpperCase() };
    }),
  );
  return isAny ? named : undefined;
}

function inflectedIn(indexes: readonly NameIndex[], blocks: Blocks, texts: readonly Piece[][] | undefined): Match[] {
  if (!texts) return [];
  const scanAll = scanning(blocks, texts);
  const [whole, families] = indexes.map((index) =>
    scanAll(index).map((match) => ({
      ...match,
      entries: match.entries.map((entry): Entry => ({ ...entry, by: 'INFLECTED' })),
    })),
  );
  return [...whole!, ...freeOf(whole!, families!)];
}

/** Those that stand where no other does. */
function freeOf(others: readonly Match[], matches: readonly Match[]): Match[] {
  return matches.filter(
    (match) => !others.some(({ block, start, end }) => block === match.block && match.start < end && start < match.end),
  );
}

/** "IAEA" after the International Atomic Energy Agency, "Ali" after Ali Bagheri: where nothing else is known to stand. */
function withShortForms(matches: readonly Match[], scanAll: (names: NameIndex) => Match[]): Match[] {
  const first = new Map<number, Match>();
  const [initials, given]: [Entry[], Entry[]] = [[], []];
  for (const match of matches) {
    for (const entry of match.entries) {
      const words = entry.words.filter((word) => isWord(word));
      if (entry.by || words.length < 2 || first.has(entry.entityId)) continue;
      first.set(entry.entityId, match);
      const letters = initialsOf(words);
      if (entry.families.length === 0 && letters.length > 1) initials.push({ ...entry, families: [letters] });
      else if (entry.families.length > 0 && words[0]!.length > 2) given.push({ ...entry, families: [words[0]!] });
    }
  }
  const found = [...scanAll(familiesOf(initials, 'INITIALS')), ...scanAll(familiesOf(given, 'GIVEN'))].filter(
    (match) => {
      const isFree = !matches.some(
        ({ block, start, end }) => block === match.block && match.start < end && start < match.end,
      );
      const full = match.entries.map(({ entityId }) => first.get(entityId)!);
      return isFree && full.every((each) => each === full[0]) && inReadingOrder(full[0]!, match) < 0;
    },
  );
  return [...matches, ...found].sort(inReadingOrder);
}

/** The first letters of the words that have a capital. */
const initialsOf = (words: readonly string[]): string =>
  words.flatMap((word) => (/^\p{Lu}/u.test(word) && !/^The$/.test(word) ? [[...word][0]!] : [])).join('');

/** Adds family names where nothing longer stands; at a place of the same length, where nobody was named in full before. */
function withLone(matches: readonly Match[], lone: readonly Match[]): Match[] {
  const taken = new Map<number, Match[]>();
  for (const match of matches) {
    const there = taken.get(match.block) ?? [];
    taken.set(match.block, there);
    there.push(match);
  }
  const alone = lone.filter((match) => {
    const overlap = taken.get(match.block)?.find(({ start, end }) => match.start < end && start < match.end);
    if (!overlap) return true;
    const same = overlap.start === match.start && overlap.end === match.end;
    if (same && !overlap.entries.some(({ by }) => by === 'FAMILY')) {
      overlap.entries = [...overlap.entries, ...match.entries];
    }
    return false;
  });
  return [...matches, ...alone].sort(inReadingOrder);
}

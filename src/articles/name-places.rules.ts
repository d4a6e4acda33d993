import { isWord, pieces, type Piece } from '../entities/form.rules.js';
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

/** The longest known names in the blocks, in reading order, with all that each could mean; family names alone as well. */
export function findPlaces(
  index: NameIndex,
  blocks: Blocks,
  texts: readonly Piece[][] = blocks.map(({ text }) => pieces(text)),
): NamePlace[] {
  const scanAll = scanning(blocks, texts);
  const matches = withShortForms(withFamilyNames(index, scanAll(index), scanAll), scanAll);
  const lone = scanAll(familiesOf([...index.entries.values()].flat(), 'LONE'));
  return withLone(matches, lone).flatMap((match) => {
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

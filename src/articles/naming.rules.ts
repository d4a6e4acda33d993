/** Finding the people, organisations and places a text names, by their known names and aliases. */
import { familyNames, isWord, pieces, type Piece } from '../entities/form.rules.js';

/** A canonical name or an alias; `kind: 'Person'` lets the family name alone count after the full name. */
export interface KnownName {
  entityId: number;
  name: string;
  kind?: 'Person' | 'Organisation' | 'Place';
}

/** A name in a text, by UTF-16 offsets: `text.slice(start, end) === surface`. */
export interface FoundMention {
  entityId: number;
  blockKey: string;
  start: number;
  end: number;
  surface: string;
}

/**
 * How a name was known: by itself; as the family name, the given name or the initials of whom or what a full name before it
 * means; as a family name whose full name stands nowhere; or with an ending.
 */
export type NamedBy = 'NAME' | 'FAMILY' | 'GIVEN' | 'INITIALS' | 'LONE' | 'INFLECTED';

export interface Entry {
  entityId: number;
  words: string[];
  by?: NamedBy;
  /** What of a person's full name may stand alone later in a text. */
  families: string[];
}

/** Known names by their pieces in upper case, so that headlines in capitals find them too. */
export interface NameIndex {
  entries: Map<string, Entry[]>;
  /** The most pieces of any name that begins with this piece: how far to look ahead. */
  longest: Map<string, number>;
  givenNames: Set<string>;
}

export interface Match {
  block: number;
  start: number;
  end: number;
  entries: Entry[];
  /** The word right before, which tells "Jill Biden" from "Biden". */
  before?: string;
}

/** A title before a family name is no given name, even where "King Charles" is a known name. */
const TITLES =
  /^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|King|Queen|Prince|Princess|Pope|President|Minister|General|Sheikh|Ayatollah|Imam)$/;

/** Prepares known names, aliases included, for `findMentions`; build it once and keep it. */
export function buildNameIndex(names: Iterable<KnownName>): NameIndex {
  const index: NameIndex = { entries: new Map(), longest: new Map(), givenNames: new Set() };
  for (const { entityId, name, kind } of names) {
    const all = pieces(name.trim());
    const families = kind === 'Person' ? familyNames(name) : [];
    const given = all[0]?.word ?? '';
    if (families.length > 0 && !TITLES.test(given)) index.givenNames.add(given);
    addName(index, { entityId, words: all.map((piece) => piece.word), families });
    // "the" is optional, and part of the surface only where the name itself has it capitalised
    if (all.length > 1 && /^the$/i.test(given)) {
      addName(index, { entityId, words: all.slice(1).map((piece) => piece.word), families });
    }
  }
  return index;
}

function addName(index: NameIndex, entry: Entry): void {
  const [first, ...rest] = entry.words.map((word) => word.toUpperCase());
  if (first === undefined || entry.words[0] === 'the' || !entry.words.some((word) => isWord(word))) return;
  const key = [first, ...rest].join(' ');
  const same = index.entries.get(key);
  if (same) same.push(entry);
  else index.entries.set(key, [entry]);
  index.longest.set(first, Math.max(index.longest.get(first) ?? 0, entry.words.length));
}

/** Case counts, except in headlines in capitals, in "BEIRUT (dateline)", and for "Al-Assad" or "Van Gogh" at a start. */
function sameWord(known: string, piece: Piece, shouting: boolean): boolean {
  if (known === piece.word) return true;
  if (piece.word === piece.upper && /\p{Lu}/u.test(piece.word)) return shouting || known.length >= 4;
  return /^\p{Ll}/u.test(known) && piece.word === known.charAt(0).toUpperCase() + known.slice(1);
}

/** Whether a name may begin (or end) here: not inside "O'Brien", "U.S.A." or "Sana'a"; possessives are fine. */
function standsAlone(text: readonly Piece[], from: number, to: number): boolean {
  const [mark, before] = [text[from - 1], text[from - 2]];
  if (text[from]?.joined && mark?.joined && before && isWord(before.word)) {
    if (mark.word === "'" && !/^(?:L|\p{Ll}+)$/u.test(before.word)) return false;
    if (mark.word === '.' && before.word.length === 1) return false;
  }
  const [last, next, after] = [text[to - 1], text[to], text[to + 1]];
  if (!next?.joined) return true;
  if (last?.word === '.' && isWord(next.word)) return false;
  return !(next.word === "'" && after?.joined) || !isWord(after.word) || /^(?:[sS]|\p{Ll}{2,})$/u.test(after.word);
}

function scan(index: NameIndex, text: readonly Piece[], block: number, shouting: boolean): Match[] {
  const found: Match[] = [];
  for (let at = 0; at < text.length; at++) {
    let key = '';
    let best: Match | undefined;
    const most = Math.min(index.longest.get(text[at]?.upper ?? '') ?? 0, text.length - at);
    for (let size = 1; size <= most; size++) {
      key += (size > 1 ? ' ' : '') + (text[at + size - 1]?.upper ?? '');
      const entries = index.entries
        .get(key)
        ?.filter(({ words }) => words.every((word, i) => sameWord(word, text[at + i] as Piece, shouting)));
      if (!entries?.length || !standsAlone(text, at, at + size)) continue;
      best = { block, start: at, end: at + size, entries, before: text[at - 1]?.word };
    }
    if (!best) continue;
    found.push(best);
    at = best.end - 1;
  }
  return found;
}

export type Blocks = readonly { key: string; text: string }[];

/** A way to go through texts that are taken apart in search of names. */
export function scanning(blocks: Blocks, texts: readonly Piece[][]): (names: NameIndex) => Match[] {
  const shouting = blocks.map(({ text }) => text === text.toUpperCase() && text !== text.toLowerCase());
  return (names) => texts.flatMap((text, i) => scan(names, text, i, shouting[i] ?? false));
}

/** The longest known names in the blocks, in reading order; what could be two entities is left out. */
export function findMentions(index: NameIndex, blocks: Blocks): FoundMention[] {
  const texts = blocks.map(({ text }) => pieces(text));
  const scanAll = scanning(blocks, texts);
  const matches = withFamilyNames(index, scanAll(index), scanAll);
  const ids = matches.map(({ entries }) => [...new Set(entries.map((entry) => entry.entityId))]);
  const named = new Set(ids.filter((all) => all.length === 1).flat());
  return matches.flatMap((match, i) => {
    const all = ids[i] ?? [];
    const [entityId, ...others] = all.length === 1 ? all : all.filter((id) => named.has(id));
    const place = placeOf(match, texts, blocks);
    return entityId === undefined || others.length > 0 || !place ? [] : [{ entityId, ...place }];
  });
}

/** Where a match stands, for whoever reads the text and not its pieces. */
export function placeOf(
  match: Match,
  texts: readonly Piece[][],
  blocks: Blocks,
): Omit<FoundMention, 'entityId'> | undefined {
  const block = blocks[match.block];
  const start = texts[match.block]?.[match.start]?.start;
  const end = texts[match.block]?.[match.end - 1]?.end;
  if (!block || start === undefined || end === undefined) return undefined;
  return { blockKey: block.key, start, end, surface: block.text.slice(start, end) };
}

/** An index of the family names in these full names. */
export function familiesOf(entries: readonly Entry[], by: NamedBy): NameIndex {
  const families = new Map<string, Entry>();
  for (const entry of entries) {
    for (const name of entry.families) {
      const words = pieces(name).map((piece) => piece.word);
      families.set(`${entry.entityId} ${name}`, { entityId: entry.entityId, words, by, families: [] });
    }
  }
  const names: NameIndex = { entries: new Map(), longest: new Map(), givenNames: new Set() };
  for (const entry of families.values()) addName(names, entry);
  return names;
}

/** Adds the family names of the people whose full name stands before them in the text. */
export function withFamilyNames(index: NameIndex, matches: Match[], scanAll: (names: NameIndex) => Match[]): Match[] {
  const full = new Map<number, Match>();
  const owners: Entry[] = [];
  for (const match of matches) {
    const [entry, ...others] = match.entries;
    if (!entry?.families.length || others.some(({ entityId }) => entityId !== entry.entityId)) continue;
    if (!full.has(entry.entityId)) full.set(entry.entityId, match);
    owners.push(entry);
  }
  if (owners.length === 0) return matches;
  const alone = scanAll(familiesOf(owners, 'FAMILY')).filter(
    (match) =>
      !index.givenNames.has(match.before ?? '') &&
      match.entries.some(({ entityId }) => inReadingOrder(full.get(entityId) ?? match, match) < 0),
  );
  const all: Match[] = [];
  for (const match of [...matches, ...alone].sort(inReadingOrder)) {
    const last = all.at(-1);
    if (!last || last.block !== match.block || last.end <= match.start) all.push(match);
    else if (last.start === match.start && last.end === match.end) last.entries = [...last.entries, ...match.entries];
  }
  return all;
}

/** The earlier first, the longer first where two begin together. */
export function inReadingOrder(a: Match, b: Match): number {
  return a.block - b.block || a.start - b.start || b.end - a.end;
}

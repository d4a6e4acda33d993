/** Finding the people, organisations and places a text names, by their known names and aliases. */

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

interface Entry {
  entityId: number;
  words: string[];
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

/** A word or a punctuation mark, folded for comparing; `joined` when nothing separates it from the piece before. */
interface Piece {
  word: string;
  upper: string;
  start: number;
  end: number;
  joined: boolean;
}

interface Match {
  block: number;
  start: number;
  end: number;
  entries: Entry[];
  /** The word right before, which tells "Jill Biden" from "Biden". */
  before?: string;
}

const APOSTROPHES = "'’‘‛ʼʻʹ`´′＇";
const INVISIBLE = '\\u00ad\\u061c\\u200c-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
/** Scripts written without spaces: every character is a piece of its own, as nothing else shows where a name ends. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}';
const LETTER = `(?![${UNSPACED}${APOSTROPHES}])[\\p{L}\\p{N}\\p{M}]`;
const PIECE = new RegExp(`${LETTER}(?:[${INVISIBLE}]*${LETTER})*|[^\\s\\u200b${INVISIBLE}]`, 'gu');
const FOLDS: [RegExp, string][] = [
  [new RegExp(`[${INVISIBLE}]|[\\u0640\\u064b-\\u065f\\u0670]`, 'gu'), ''],
  [new RegExp(`^[${APOSTROPHES}]$`, 'u'), "'"],
  [/^[\p{Pd}\u2212]$/u, '-'],
  [/[أإآٱ]/gu, 'ا'],
  [/ي/gu, 'ی'],
  [/ك/gu, 'ک'],
];
const WORD = /^[\p{L}\p{N}]/u;
/** A title before a family name is no given name, even where "King Charles" is a known name. */
const TITLES =
  /^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|King|Queen|Prince|Princess|Pope|President|Minister|General|Sheikh|Ayatollah|Imam)$/;
const PATRONYMIC = /^(?:bin|ibn|ben|bint|abu)$/i;

function fold(raw: string): string {
  return /^[\w.,'-]+$/.test(raw)
    ? raw
    : FOLDS.reduce((text, [from, to]) => text.replace(from, to), raw.normalize('NFC'));
}

function pieces(text: string): Piece[] {
  let last = 0;
  return Array.from(text.matchAll(PIECE), (found) => {
    const joined = found.index === last && last > 0;
    last = found.index + found[0].length;
    const word = fold(found[0]);
    return { word, upper: word.toUpperCase(), start: found.index, end: last, joined };
  });
}

/** "Bagheri"; "al-Assad" and "Assad"; "von der Leyen" and "Leyen"; but "bin Salman" only. */
function familyNames(name: string): string[] {
  const parts = name.trim().split(/\s+/u);
  while (parts.length > 1 && /^(?:[JS]r\.?|I{2,3}|IV)$/.test(parts.at(-1) ?? '')) parts.pop();
  const last = parts.at(-1) ?? '';
  const bare = last.replace(/^\p{Ll}{2}-(?=\p{Lu})/u, '');
  if (parts.length < 2 || !/^[\p{Lu}\p{Lo}][\p{L}\p{M}]/u.test(bare)) return [];
  const isParticle = (part: string) => /^\p{Ll}/u.test(part) || PATRONYMIC.test(part);
  const from = parts.findIndex((_, i) => i > 0 && parts.slice(i, -1).every(isParticle));
  const whole = parts.slice(from).join(' ');
  if (PATRONYMIC.test(parts.at(-2) ?? '')) return whole === last ? [] : [whole];
  return [...new Set([whole, last, bare])];
}

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
  if (first === undefined || entry.words[0] === 'the' || !entry.words.some((word) => WORD.test(word))) return;
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
  if (text[from]?.joined && mark?.joined && before && WORD.test(before.word)) {
    if (mark.word === "'" && !/^(?:L|\p{Ll}+)$/u.test(before.word)) return false;
    if (mark.word === '.' && before.word.length === 1) return false;
  }
  const [last, next, after] = [text[to - 1], text[to], text[to + 1]];
  if (!next?.joined) return true;
  if (last?.word === '.' && WORD.test(next.word)) return false;
  return !(next.word === "'" && after?.joined) || !WORD.test(after.word) || /^(?:[sS]|\p{Ll}{2,})$/u.test(after.word);
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

/** The longest known names in the blocks, in reading order; what could be two entities is left out. */
export function findMentions(index: NameIndex, blocks: readonly { key: string; text: string }[]): FoundMention[] {
  const texts = blocks.map(({ text }) => pieces(text));
  const shouting = blocks.map(({ text }) => text === text.toUpperCase() && text !== text.toLowerCase());
  const scanAll = (names: NameIndex) => texts.flatMap((text, i) => scan(names, text, i, shouting[i] ?? false));
  const matches = withFamilyNames(index, scanAll(index), scanAll);
  const ids = matches.map(({ entries }) => [...new Set(entries.map((entry) => entry.entityId))]);
  const named = new Set(ids.filter((all) => all.length === 1).flat());
  return matches.flatMap((match, i) => {
    const all = ids[i] ?? [];
    const [entityId, ...others] = all.length === 1 ? all : all.filter((id) => named.has(id));
    const block = blocks[match.block];
    const start = texts[match.block]?.[match.start]?.start;
    const end = texts[match.block]?.[match.end - 1]?.end;
    if (!block || entityId === undefined || others.length > 0 || start === undefined || end === undefined) return [];
    return [{ entityId, blockKey: block.key, start, end, surface: block.text.slice(start, end) }];
  });
}

/** Adds the family names of the people whose full name stands before them in the text. */
function withFamilyNames(index: NameIndex, matches: Match[], scanAll: (names: NameIndex) => Match[]): Match[] {
  const full = new Map<number, Match>();
  const families = new Map<string, Entry>();
  for (const match of matches) {
    const [entry, ...others] = match.entries;
    if (!entry?.families.length || others.some(({ entityId }) => entityId !== entry.entityId)) continue;
    if (!full.has(entry.entityId)) full.set(entry.entityId, match);
    for (const name of entry.families) {
      const words = pieces(name).map((piece) => piece.word);
      families.set(`${entry.entityId} ${name}`, { entityId: entry.entityId, words, families: [] });
    }
  }
  if (families.size === 0) return matches;
  const names: NameIndex = { entries: new Map(), longest: new Map(), givenNames: new Set() };
  for (const entry of families.values()) addName(names, entry);
  const alone = scanAll(names).filter(
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
function inReadingOrder(a: Match, b: Match): number {
  return a.block - b.block || a.start - b.start || b.end - a.end;
}

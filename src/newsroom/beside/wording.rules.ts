import { analyse } from '../../text/analyse.rules.js';
import { isOrdinary } from '../suggestions/words.rules.js';

/** A text as far as its words go: its headline, its standfirst, and its paragraphs. */
export interface WordedText {
  language: string;
  title: string;
  standfirst: string;
  paragraphs: readonly string[];
}

export interface WordedTerm {
  /** 32 bits that stand for the term. */
  term: number;
  /** The two terms that it is a pair of. */
  of: readonly [number, number] | null;
  /** How much it is said, from 1: it grows with the logarithm. */
  said: number;
  inTitle: boolean;
  /** Whether it looks like a part of a name: with a capital where no sentence begins. */
  isName: boolean;
}

/** In how many texts terms stand, of how many. */
export interface TermCounts {
  texts: number;
  of: (term: number) => number;
}

/** How many terms of a text are kept. */
const most = { words: 400, pairs: 100, analysed: 5_000 };
/** In Base64, six bytes each. */
export const packedLength = ((most.words + most.pairs) * 6 * 4) / 3;
/** How much more a word of the headline and of the standfirst says. */
const weightOf = { title: 3, standfirst: 2, paragraph: 1 };

/** The terms of a text, words and pairs of neighbours, without those that everybody uses; in the order of the text. */
export function termsOf({ language, title, standfirst, paragraphs }: WordedText): WordedTerm[] {
  const found = new Map<number, { of: WordedTerm['of']; count: number; inTitle: boolean; capitals: number; seen: number }>();
  const add = (term: number, of: WordedTerm['of'], weight: number, inTitle: boolean, isName: boolean) => {
    const known = found.get(term);
    if (!known) found.set(term, { of, count: weight, inTitle, capitals: isName ? 1 : 0, seen: inTitle ? 0 : 1 });
    else {
      known.count += weight;
      known.inTitle ||= inTitle;
      if (isName) known.capitals += 1;
      if (!inTitle) known.seen += 1;
    }
  };
  let left = most.analysed;
  const read = (text: string, weight: number, inTitle: boolean) => {
    let before: number | undefined;
    const isShouted = inTitle || isAllCapitals(text);
    for (const { term, word, start } of analyse(text, language).slice(0, Math.max(0, left))) {
      left -= 1;
      if (word.length < 2 || isOrdinary(word)) {
        before = undefined;
        continue;
      }
      const hash = hashOf(term);
      add(hash, null, weight, inTitle, !isShouted && isCapital(text, start));
      if (before !== undefined) add(pairOf(before, hash), [before, hash], weight, inTitle, false);
      before = hash;
    }
  };
  read(title, weightOf.title, true);
  read(standfirst, weightOf.standfirst, false);
  for (const paragraph of paragraphs) read(paragraph, weightOf.paragraph, false);
  return [...found].map(([term, { of, count, inTitle, capitals, seen }]) => ({
    term,
    of,
    said: 1 + Math.log(count),
    inTitle,
    isName: capitals > 0 && capitals * 2 >= seen - 1,
  }));
}

const isAllCapitals = (text: string): boolean => {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  return words.length > 0 && words.filter((word) => /^\p{Lu}/u.test(word)).length / words.length > 0.8;
};

/** Whether a word has a capital that no beginning of a sentence gives it. */
function isCapital(text: string, start: number): boolean {
  if (!/\p{Lu}/u.test(text.charAt(start))) return false;
  return /[\p{L}\p{N},;)%’'"”] ?(?:[\p{L}.]{1,3}\. )?$/u.test(text.slice(Math.max(0, start - 6), start));
}

/** FNV-1a over the units of a term, stirred once more; never 0. */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return stirred(hash);
}

const pairOf = (a: number, b: number): number => stirred(Math.imul(a, 31) ^ Math.imul(b, 0x9e3779b1));

function stirred(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) | 0 || 1;
}

/** As if there were so many more texts: in a small newsroom nothing is known of how rare words are. */
const unseen = 100;

/** How rare a term is, from 0 to 1: 1 when no text has it, 0 when all have; a pair is as rare as both its words. */
export function rarityIn({ texts, of }: TermCounts): (term: Pick<WordedTerm, 'term' | 'of'>) => number {
  const all = Math.log(texts + unseen);
  const rarity = (term: number) => Math.min(1, Math.log((texts + unseen) / (of(term) + 0.5)) / all);
  return ({ term, of: pair }) => (pair ? Math.min(1, rarity(pair[0]) + rarity(pair[1])) : rarity(term));
}

/** What a term weighs that is said so much and is so rare; a pair weighs less, as its words are there too. */
export const weightFor = (said: number, rarity: number, isPair: boolean): number =>
  said * rarity ** 1.3 * (isPair ? 0.7 : 1);

/** Whether so many texts have a term that it tells nothing. */
export const isEverywhere = (term: number, { texts, of }: TermCounts): boolean => texts >= 20 && of(term) > texts / 2;

export interface WeighedTerm extends WordedTerm {
  /** How rare it is, from 0 to 1. */
  rare: number;
  weight: number;
}

/** The terms by which a text is compared with others: those that tell most, as many as are kept, each with its weight. */
export function keptTerms(terms: readonly WordedTerm[], counts: TermCounts): WeighedTerm[] {
  const rarity = rarityIn(counts);
  const telling = terms
    .filter(({ term, of }) => !(of ?? [term]).some((word) => isEverywhere(word, counts)))
    .map((term) => {
      const rare = rarity(term);
      return { ...term, rare, weight: weightFor(term.said, rare, term.of !== null) };
    })
    .sort((a, b) => Number(b.inTitle) - Number(a.inTitle) || b.weight - a.weight || a.term - b.term);
  const words = telling.filter(({ of }) => of === null).slice(0, most.words);
  const pairs = telling.filter(({ of, said, inTitle }) => of !== null && (inTitle || said > 1)).slice(0, most.pairs);
  return [...words, ...pairs];
}

export const lengthOf = (terms: readonly { weight: number }[]): number =>
  Math.sqrt(terms.reduce((sum, { weight }) => sum + weight ** 2, 0));

/** How many terms besides those of its headline a text is found by. */
const foundBy = 16;

/** The words that a text is found by, of those kept. */
export function findingTerms(kept: readonly WeighedTerm[]): WeighedTerm[] {
  const words = kept.filter(({ of }) => of === null);
  const others = words.filter(({ inTitle }) => !inTitle).sort((a, b) => b.weight - a.weight || a.term - b.term);
  return [...words.filter(({ inTitle }) => inTitle), ...others.slice(0, foundBy)];
}

const flag = { title: 0x80, name: 0x40, pair: 0x20 };

/** Terms as they are stored: four bytes of the term, one of what is known of it, one of how rare it was. */
export function packed(terms: readonly WeighedTerm[]): string {
  const bytes = Buffer.alloc(terms.length * 6);
  terms.forEach(({ term, said, rare, inTitle, isName, of }, i) => {
    bytes.writeInt32LE(term, i * 6);
    const known = (inTitle ? flag.title : 0) | (isName ? flag.name : 0) | (of ? flag.pair : 0);
    bytes.writeUInt8(known | Math.min(31, Math.round(said * 4)), i * 6 + 4);
    bytes.writeUInt8(Math.round(rare * 255), i * 6 + 5);
  });
  return bytes.toString('base64');
}

export interface StoredTerm {
  term: number;
  said: number;
  rare: number;
  inTitle: boolean;
  isName: boolean;
  isPair: boolean;
}

/** What `packed` packed. */
export function unpacked(text: string): StoredTerm[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 6) }, (_, i) => {
    const known = bytes[i * 6 + 4]!;
    return {
      term: bytes.readInt32LE(i * 6),
      said: (known & 0x1f) / 4,
      rare: bytes[i * 6 + 5]! / 255,
      inTitle: (known & flag.title) !== 0,
      isName: (known & flag.name) !== 0,
      isPair: (known & flag.pair) !== 0,
    };
  });
}

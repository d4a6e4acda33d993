import { analyse, type Term } from '../../text/analyse.rules.js';
import { isNoName, isOrdinary, isTitle } from '../suggestions/words.rules.js';

/** A text as far as its words go: its headline, its standfirst, and its paragraphs. */
export interface WordedText {
  language: string;
  title: string;
  standfirst: string;
  paragraphs: readonly string[];
}

/** A part of a text with its words, as they are compared. */
export interface AnalysedPart {
  text: string;
  part: 'title' | 'standfirst' | 'paragraph';
  words: readonly Term[];
}

/** How many words of a text are looked at. */
const mostAnalysed = 5_000;

/** The words of a text, part by part. */
export function analysedText({ language, title, standfirst, paragraphs }: WordedText): AnalysedPart[] {
  let left = mostAnalysed;
  const analysed = (text: string, part: AnalysedPart['part']): AnalysedPart => {
    const words = left === 0 ? [] : analyse(text, language).slice(0, left);
    left -= words.length;
    return { text, part, words };
  };
  return [
    analysed(title, 'title'),
    analysed(standfirst, 'standfirst'),
    ...paragraphs.map((paragraph) => analysed(paragraph, 'paragraph')),
  ];
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
const most = { words: 400, pairs: 100 };
/** In Base64, six bytes each. */
export const packedLength = ((most.words + most.pairs) * 6 * 4) / 3;
/** How much more a word of the headline and of the standfirst says. */
const weightOf = { title: 3, standfirst: 2, paragraph: 1 };

interface Found {
  of: WordedTerm['of'];
  count: number;
  inTitle: boolean;
  /** How often it is said outside the headline, and how often with a capital that tells. */
  seen: number;
  capitals: number;
}

/** The terms of a text, words and pairs of neighbours, without those that everybody uses; in the order of the text. */
export function termsOf(parts: readonly AnalysedPart[]): WordedTerm[] {
  const found = new Map<number, Found>();
  const add = (term: number, of: WordedTerm['of'], weight: number, inTitle: boolean): Found => {
    const known = found.get(term) ?? { of, count: 0, inTitle: false, capitals: 0, seen: 0 };
    if (known.count === 0) found.set(term, known);
    known.count += weight;
    known.inTitle ||= inTitle;
    return known;
  };
  for (const { text, part, words } of parts) {
    const inTitle = part === 'title';
    const tells = !inTitle && !isAllCapitals(text);
    let before: number | undefined;
    for (const { term, word, start } of words) {
      if (word.length < 2 || isOrdinary(word)) {
        before = undefined;
        continue;
      }
      const hash = hashOf(term);
      const known = add(hash, null, weightOf[part], inTitle);
      if (!inTitle) known.seen += 1;
      if (tells && isCapital(text, start) && !isNoName(word) && !isTitle(word) && !generic.has(word))
        known.capitals += 1;
      if (before !== undefined) add(pairOf(before, hash), [before, hash], weightOf[part], inTitle);
      before = hash;
    }
  }
  return [...found].map(([term, { of, count, inTitle, capitals, seen }]) => ({
    term,
    of,
    said: 1 + Math.log(count),
    inTitle,
    isName: capitals > 0 && capitals * 2 >= seen - 1,
  }));
}

/** What stands in many names and tells none from another. */
const generic: ReadonlySet<string> = new Set(
  `agency airport association authority bank board bridge bureau central city club college commission committee company
  council county court department district east foundation government group gulf hospital house institute international
  island islands lake ministry mount mountain national north office park parliament party police port province republic
  river road school sea service society south square state states street supreme team union united university valley
  west`.split(/\s+/),
);

const isAllCapitals = (text: string): boolean => {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  return words.length >= 4 && words.filter((word) => /^\p{Lu}/u.test(word)).length / words.length > 0.9;
};

/** Whether a word has a capital that no beginning of a sentence gives it. */
function isCapital(text: string, start: number): boolean {
  if (!/\p{Lu}/u.test(text.charAt(start))) return false;
  return /[\p{L}\p{N},;)%’'"”][  -](?:\p{Lu}\. )?$/u.test(text.slice(Math.max(0, start - 6), start));
}

/** FNV-1a over the units of a term, stirred once more; never 0. */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return stirred(hash);
}

const pairOf = (a: number, b: number): number => stirred(Math.imul(a, 31) ^ Math.imul(b, 0x9e3779b1));

/** Mixes the bits of a number; never 0. */
export function stirred(hash: number): number {
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
    .filter(({ of, said, inTitle }) => of === null || inTitle || said > 1)
    .filter(({ term, of }) => !(of ?? [term]).some((word) => isEverywhere(word, counts)))
    .map((term) => {
      const rare = rarity(term);
      return { ...term, rare, weight: weightFor(term.said, rare, term.of !== null) };
    })
    .sort((a, b) => Number(b.inTitle) - Number(a.inTitle) || b.weight - a.weight || a.term - b.term);
  const words = telling.filter(({ of }) => of === null).slice(0, most.words);
  const pairs = telling.filter(({ of }) => of !== null).slice(0, most.pairs);
  return [...words, ...pairs];
}

export const lengthOf = (terms: readonly { weight: number }[]): number =>
  Math.sqrt(terms.reduce((sum, { weight }) => sum + weight ** 2, 0));

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

/** The terms that `packed` packed, for looking at without unpacking each. */
export class StoredTerms {
  private readonly bytes: Buffer;
  readonly count: number;

  constructor(text: string) {
    this.bytes = Buffer.from(text, 'base64');
    this.count = Math.floor(this.bytes.length / 6);
  }

  term(i: number): number {
    const at = i * 6;
    const { bytes } = this;
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }

  said(i: number): number {
    return (this.bytes[i * 6 + 4]! & 0x1f) / 4;
  }

  rare(i: number): number {
    return this.bytes[i * 6 + 5]! / 255;
  }

  inTitle(i: number): boolean {
    return (this.bytes[i * 6 + 4]! & flag.title) !== 0;
  }

  isName(i: number): boolean {
    return (this.bytes[i * 6 + 4]! & flag.name) !== 0;
  }

  isPair(i: number): boolean {
    return (this.bytes[i * 6 + 4]! & flag.pair) !== 0;
  }
}

/** The words among some stored terms. */
export function wordsIn(text: string): number[] {
  const stored = new StoredTerms(text);
  return Array.from({ length: stored.count }, (_, i) => i)
    .filter((i) => !stored.isPair(i))
    .map((i) => stored.term(i));
}

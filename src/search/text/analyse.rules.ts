import { folded, writtenOut } from './fold.rules.js';
import { stemOf } from './stem.rules.js';

/** A term at its place in a text. */
export interface Term {
  /** Folded, without its ending in the language of the text. */
  term: string;
  /** Folded, as it is written. */
  word: string;
  /** What else it is found by, folded: written as one word, written out, letter by letter. */
  others: readonly string[];
  start: number;
  end: number;
  /** Whether it is a piece of a run without spaces: then the terms of the run only mean something beside one another. */
  isPiece: boolean;
  /** Whether nothing but a hyphen or its like parts it from the term before. */
  isJoined: boolean;
}

/** Scripts that are written without spaces, and Korean, whose words end in particles: two characters at a time. */
const unspaced = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}ー々';
const invisible = '\\u00ad\\u061c\\u200b\\u200d-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
const letter = `(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}]|(?<=[\\p{L}\\p{N}\\p{M}])[${invisible}](?=[\\p{L}\\p{N}\\p{M}]))`;
const apostrophe = "['’‘ʼ`´＇]";
/** What parts the words of a compound: hyphens, the Persian half space, an ampersand. */
const hyphen = '[\\p{Pd}\\u2010\\u2011\\u200c&＆]';

const pieces = new RegExp(
  [
    `(?<acronym>(?<![\\p{L}\\p{N}])\\p{L}\\.(?:\\p{L}\\.)*\\p{L}(?![\\p{L}\\p{N}])\\.?|(?<![\\p{L}\\p{N}])\\p{Lu}\\.(?:\\s?\\p{Lu}\\.)+)`,
    `(?<run>[${unspaced}](?:[${unspaced}\\p{M}])*)`,
    '(?<thousands>(?<![\\p{N}.,])\\p{Nd}{1,3}(?:[,٬’]\\p{Nd}{3})+(?![\\p{N},]))',
    `(?<word>${letter}+(?:${apostrophe}${letter}+)*)`,
  ].join('|'),
  'gu',
);
const onlyHyphen = new RegExp(`^${hyphen}$`, 'u');
const elided = new RegExp(`^(?:l|d|j|m|n|s|t|c|qu)${apostrophe}(?=\\p{L})`, 'iu');
const possessive = new RegExp(`${apostrophe}s?$`, 'iu');
const apostrophes = new RegExp(apostrophe, 'gu');

/** The longest word that is looked at, in characters. */
const longestWord = 200;

/** The terms of a text in their order; `language` is a language tag. */
export function analyse(text: string, language: string): Term[] {
  const terms: Term[] = [];
  const lang = language.slice(0, 2).toLowerCase();
  const last = { end: -1, words: [] as string[] };
  for (const found of text.matchAll(pieces)) {
    const groups = found.groups!;
    const start = found.index;
    const end = start + found[0].length;
    if (groups.run !== undefined) {
      terms.push(...piecesOf(groups.run, start));
      continue;
    }
    const { word, others } = formsOf(found[0], groups, lang);
    if (word === '') continue;
    const isJoined = last.end >= 0 && onlyHyphen.test(text.slice(last.end, start));
    last.words = isJoined ? [...last.words.slice(-3), word] : [word];
    last.end = end;
    const compound = isJoined ? [last.words.join(''), last.words.slice(-2).join('')] : [];
    const stems = [...others, ...compound].map((other) => stemOf(other, lang));
    terms.push({ term: stemOf(word, lang), word, others: [...new Set(stems)], start, end, isPiece: false, isJoined });
  }
  return terms;
}

function formsOf(
  written: string,
  groups: Record<string, string | undefined>,
  lang: string,
): { word: string; others: string[] } {
  if (groups.acronym !== undefined) return { word: known(written.replace(/[.\s]/g, '')), others: [] };
  if (groups.thousands !== undefined) return { word: known(written.replace(/[^\p{Nd}]/gu, '')), others: [] };
  const short = written.slice(0, longestWord);
  const bare = short.replace(possessive, '');
  const rest = bare.replace(elided, '');
  const word = known(rest.replace(apostrophes, ''));
  const others = rest === bare ? [] : [known(bare.replace(apostrophes, ''))];
  const spelled = lang === 'de' || /[äöüÄÖÜ\u0308]/.test(rest) ? writtenOut(rest.replace(apostrophes, '')) : undefined;
  return { word, others: spelled === undefined ? others : [...others, spelled] };
}

/** A run as its pairs of characters, the characters themselves besides; a lone one as it is. */
function piecesOf(run: string, start: number): Term[] {
  const signs: { sign: string; start: number; end: number }[] = [];
  for (const found of run.matchAll(/\P{M}\p{M}*/gu)) {
    const sign = folded(found[0]);
    if (sign !== '') signs.push({ sign, start: start + found.index, end: start + found.index + found[0].length });
  }
  const piece = (word: string, others: string[], from: number, until: number, isJoined: boolean): Term => ({
    ...{ term: word, word, others, start: from, end: until, isPiece: true, isJoined },
  });
  if (signs.length === 1) return [piece(signs[0]!.sign, [], signs[0]!.start, signs[0]!.end, false)];
  return signs.slice(0, -1).map((sign, i) => {
    const next = signs[i + 1]!;
    const alone = i === signs.length - 2 ? [sign.sign, next.sign] : [sign.sign];
    return piece(sign.sign + next.sign, alone, sign.start, next.end, i > 0);
  });
}

const memory = new Map<string, string>();

/** As `folded`; words come again and again. */
function known(word: string): string {
  const before = memory.get(word);
  if (before !== undefined) return before;
  if (memory.size > 100_000) memory.clear();
  const made = folded(word);
  memory.set(word, made);
  return made;
}

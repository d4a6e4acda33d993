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

/** What a text is taken apart by, as signs of its script. */
interface Signs {
  letter: string;
  capital: string;
  number: string;
  digit: string;
  /** What words are made of. */
  ofWords: string;
  run: string;
  apostrophe: string;
}

const piecesBy = ({ letter, capital, number, digit, ofWords, run, apostrophe }: Signs): RegExp =>
  new RegExp(
    [
      `(?<acronym>(?<![${letter}${number}])[${letter}]\\.(?:[${letter}]\\.)*[${letter}](?![${letter}${number}])\\.?|(?<![${letter}${number}])[${capital}]\\.(?:\\s?[${capital}]\\.)+)`,
      `(?<run>${run})`,
      `(?<thousands>(?<![${number}.,])[${digit}]{1,3}(?:[,٬’][${digit}]{3})+(?![${number},]))`,
      `(?<word>${ofWords}+(?:${apostrophe}${ofWords}+)*)`,
    ].join('|'),
    'gu',
  );

const pieces = piecesBy({
  letter: '\\p{L}',
  capital: '\\p{Lu}',
  number: '\\p{N}',
  digit: '\\p{Nd}',
  ofWords: letter,
  run: `[${unspaced}](?:[${unspaced}\\p{M}])*`,
  apostrophe,
});
/** The same for texts of ASCII alone, which take a fraction of the time. */
const plainPieces = piecesBy({
  letter: 'A-Za-z',
  capital: 'A-Z',
  number: '0-9',
  digit: '0-9',
  ofWords: '[A-Za-z0-9]',
  run: '(?!)',
  apostrophe: "['`]",
});
const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
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
  const formsOf = memoryOf(lang);
  let lastEnd = -1;
  let compound: string[] = [];
  for (const found of text.matchAll(isPlain(text) ? plainPieces : pieces)) {
    const written = found[0];
    const start = found.index;
    const end = start + written.length;
    if (found.groups!.run !== undefined) {
      terms.push(...piecesOf(written, start));
      continue;
    }
    const forms = formsOf(written, found.groups!);
    if (forms.word === '') continue;
    const isJoined = lastEnd >= 0 && start - lastEnd === 1 && onlyHyphen.test(text[lastEnd]!);
    compound = isJoined ? [...compound.slice(-3), forms.word] : [forms.word];
    lastEnd = end;
    const { term, word } = forms;
    const others = isJoined ? [...forms.others, ...joinedOf(compound, lang)] : forms.others;
    terms.push({ term, word, others, start, end, isPiece: false, isJoined });
  }
  return terms;
}

/** A compound written as one word, and its last two parts. */
const joinedOf = (parts: readonly string[], lang: string): string[] => [
  ...new Set([parts.join(''), parts.slice(-2).join('')].map((whole) => stemOf(whole, lang))),
];

type Forms = Pick<Term, 'term' | 'word' | 'others'>;
type FormsOf = (written: string, groups: Record<string, string | undefined>) => Forms;

const mostRemembered = 50_000;
const memories = new Map<string, FormsOf>();

/** Words come again and again: what becomes of each in a language is made once. */
function memoryOf(lang: string): FormsOf {
  const before = memories.get(lang);
  if (before) return before;
  const memory = new Map<string, Forms>();
  const made: FormsOf = (written, groups) => {
    const known = memory.get(written);
    if (known) return known;
    if (memory.size >= mostRemembered) memory.clear();
    const forms = formsIn(written, groups, lang);
    memory.set(written, forms);
    return forms;
  };
  if (memories.size < 100) memories.set(lang, made);
  return made;
}

function formsIn(written: string, groups: Record<string, string | undefined>, lang: string): Forms {
  const { word, others } = spellingsOf(written, groups, lang);
  const stems = others.map((other) => (other.endsWith('.') ? other : stemOf(other, lang)));
  return { term: stemOf(word, lang), word, others: [...new Set(stems)] };
}

function spellingsOf(
  written: string,
  groups: Record<string, string | undefined>,
  lang: string,
): { word: string; others: string[] } {
  if (groups.acronym !== undefined) {
    const word = folded(written.replace(/[.\s]/g, ''));
    return { word, others: [asAcronym(word)] };
  }
  if (groups.thousands !== undefined) return { word: folded(written.replace(/[^\p{Nd}]/gu, '')), others: [] };
  const bare = written.slice(0, longestWord).replace(possessive, '');
  const rest = bare.replace(elided, '');
  const word = folded(rest.replace(apostrophes, ''));
  const others = rest === bare ? [] : [folded(bare.replace(apostrophes, ''))];
  if (/^\p{Lu}{2,5}$/u.test(rest)) others.push(asAcronym(word));
  const spelled = lang === 'de' || /[äöüÄÖÜ\u0308]/.test(rest) ? writtenOut(rest.replace(apostrophes, '')) : undefined;
  return { word, others: spelled === undefined ? others : [...others, spelled] };
}

/** What tells "UN" and "U.N." from a word of the same letters. */
export const asAcronym = (word: string): string => `${word}.`;

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

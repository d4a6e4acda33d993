/** How names and texts are taken apart for comparing: one rule for those who store the forms of names and those who look them up. */
import type { EntityKind } from './entity.rows.js';

/** A word or a punctuation mark, folded for comparing; `joined` when nothing separates it from the piece before. */
export interface Piece {
  word: string;
  upper: string;
  start: number;
  end: number;
  joined: boolean;
}

const APOSTROPHES = "'’‘‛ʼʻʹ`´′＇";
const INVISIBLE = '\\u00ad\\u061c\\u200c-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
/** Scripts written without spaces: every character is a piece of its own, as nothing else shows where a name ends. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}';
const LETTER = `(?![${UNSPACED}${APOSTROPHES}])[\\p{L}\\p{N}\\p{M}]`;
/** Most words are of plain letters with a space or a mark behind: asked first, as that is quicker. */
const PLAIN = '[A-Za-z0-9]+(?=[\\s.,;:!?()\'’"”-])';
const PIECE = new RegExp(`${PLAIN}|${LETTER}(?:[${INVISIBLE}]*${LETTER})*|[^\\s\\u200b${INVISIBLE}]`, 'gu');
const FOLDS: [RegExp, string][] = [
  [new RegExp(`[${INVISIBLE}]|[\\u0640\\u064b-\\u065f\\u0670]`, 'gu'), ''],
  [new RegExp(`^[${APOSTROPHES}]$`, 'u'), "'"],
  [/^[\p{Pd}\u2212]$/u, '-'],
  [/[أإآٱ]/gu, 'ا'],
  [/ي/gu, 'ی'],
  [/ك/gu, 'ک'],
];
const PATRONYMIC = /^(?:bin|ibn|ben|bint|abu)$/i;

/** Whether a piece is a word, and not a punctuation mark. */
export const isWord = (word: string): boolean => /^[\p{L}\p{N}]/u.test(word);
const isLower = (word: string): boolean => /^\p{Ll}/u.test(word);

function fold(raw: string): string {
  return /^[\w.,'-]+$/.test(raw)
    ? raw
    : FOLDS.reduce((text, [from, to]) => text.replace(from, to), raw.normalize('NFC'));
}

/** The words and punctuation marks of a text, in its order. */
export function pieces(text: string): Piece[] {
  let last = 0;
  return Array.from(text.matchAll(PIECE), (found) => {
    const joined = found.index === last && last > 0;
    last = found.index + found[0].length;
    const word = fold(found[0]);
    return { word, upper: word.toUpperCase(), start: found.index, end: last, joined };
  });
}

/** "Bagheri"; "al-Assad" and "Assad"; "von der Leyen" and "Leyen"; but "bin Salman" only. */
export function familyNames(name: string): string[] {
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

/** How many words of a name are looked up: what begins alike is told apart afterwards. */
const wordsOfForm = 3;
/** The longest form that is stored. */
export const longestForm = 100;

const wordsOf = (text: string): string[] => pieces(text).flatMap(({ word, upper }) => (isWord(word) ? [upper] : []));
const cut = (form: string): string =>
  form.length <= longestForm ? form : [...form].slice(0, longestForm).join('').trimEnd();
const formOf = (words: readonly string[]): string => cut(words.join(' '));

/** What the names of an entity are looked up by: how each begins and, for people, their family names, in upper case. */
export function formsOf(kind: EntityKind, names: readonly string[]): string[] {
  const forms = names
    .flatMap((name) => [name, ...(kind === 'Person' ? familyNames(name) : [])])
    .map((name) => {
      const words = wordsOf(name);
      return formOf(words.slice(words.length > 1 && words[0] === 'THE' ? 1 : 0).slice(0, wordsOfForm));
    });
  return [...new Set(forms)].filter((form) => form !== '');
}

/**
 * The forms that names could have that stand in some texts: those that begin with a capital first, no more than `most`. Of
 * words without any capital only each by itself: "adidas" is a name, and of two such words hardly any are.
 * What cannot be a form is left out.
 */
export function formsIn(
  texts: readonly (readonly Piece[])[],
  most: number,
  mayBe: (form: string) => boolean = () => true,
): string[] {
  const [likely, others] = [new Set<string>(), new Set<string>()];
  for (const text of texts) {
    const words = text.filter(({ word }) => isWord(word));
    const lower = words.map(({ word }) => isLower(word));
    for (let at = 0; at < words.length; at++) {
      const forms = lower[at] ? others : likely;
      let form = words[at]!.upper;
      let isPlain = lower[at];
      forms.add(cut(form));
      const end = Math.min(at + wordsOfForm, words.length);
      for (let next = at + 1; next < end; next++) {
        form += ` ${words[next]!.upper}`;
        isPlain &&= lower[next];
        if (!isPlain) forms.add(cut(form));
      }
    }
  }
  for (const form of others) likely.add(form);
  return [...likely].filter(mayBe).slice(0, most);
}

import { analyse, asAcronym, type Term } from '../text/analyse.rules.js';
import { stemmed, stemOf } from '../text/stem.rules.js';

/** Words that must be there: each any of its terms. */
export type AnyOf = readonly string[];

/** What somebody asks for, read from his words. */
export interface Asked {
  /** Each must be in the text. */
  words: readonly AnyOf[];
  titleWords: readonly AnyOf[];
  /** Each must be in the text, its terms one after the other in one of these ways. */
  phrases: readonly (readonly (readonly string[])[])[];
  titlePhrases: readonly (readonly (readonly string[])[])[];
  notWords: readonly AnyOf[];
  notPhrases: readonly (readonly (readonly string[])[])[];
  /** What was written behind `section:`, `person:` and `entity:`. */
  fields: readonly { field: 'section' | 'person' | 'entity'; value: string; not: boolean }[];
  /** The plain words in order: for spelling and for names. */
  plain: readonly PlainWord[];
}

/** A word that is neither in a phrase nor behind a field or a sign, folded, and where it stands in what was typed. */
export type PlainWord = Pick<Term, 'word' | 'start' | 'end'>;

/** How much of a query is read: what is longer is cut, as nothing anybody types is an error. */
export const longestQuery = 500;
export const mostTerms = 16;

const quotes = '"“”„«»';
const parts = new RegExp(
  `(?<not>(?<![^\\s(])[-−](?=[\\p{L}\\p{N}${quotes}]))?(?:(?<field>title|section|person|entity):(?=[\\p{L}\\p{N}${quotes}]))?` +
    `(?:[${quotes}](?<phrase>[^${quotes}]+)(?:[${quotes}]|$)|(?<word>[^\\s${quotes}]+))`,
  'giu',
);

/** Reads a query: words, "phrases", -exclusions, and `title:`, `section:`, `person:`, `entity:` before either. */
export function askedIn(query: string): Asked {
  const asked = {
    words: [] as AnyOf[],
    titleWords: [] as AnyOf[],
    phrases: [] as string[][][],
    titlePhrases: [] as string[][][],
    notWords: [] as AnyOf[],
    notPhrases: [] as string[][][],
    fields: [] as { field: 'section' | 'person' | 'entity'; value: string; not: boolean }[],
    plain: [] as PlainWord[],
  };
  let left = mostTerms;
  let adjacent: Term[] = [];
  const flush = () => {
    asked.words.push(...wordsOf(adjacent));
    asked.plain.push(...adjacent);
    adjacent = [];
  };
  const typed = query.toWellFormed().slice(0, longestQuery);
  const isShouted = /\s/.test(typed.trim()) && !/\p{Ll}/u.test(typed);
  for (const { index, groups = {} } of typed.matchAll(parts)) {
    if (left <= 0) break;
    const not = groups.not !== undefined;
    const field = groups.field?.toLowerCase();
    const text = groups.phrase ?? groups.word!;
    if (field !== undefined && field !== 'title') {
      asked.fields.push({ field: field as 'section' | 'person' | 'entity', value: text, not });
      left -= 1;
      continue;
    }
    const terms = analyse(isShouted ? text.toLowerCase() : text, 'und').slice(0, left);
    left -= terms.length;
    if (terms.length === 0) continue;
    const isPhrase = groups.phrase !== undefined || (not && terms.length > 1);
    const isPlain = !isPhrase && !not && field === undefined;
    const placed = terms.map((term) => ({ ...term, start: index + term.start, end: index + term.end }));
    if (isPlain && !terms.some(({ isPiece }) => isPiece)) {
      adjacent.push(...placed);
      continue;
    }
    flush();
    if (isPlain) asked.plain.push(...placed);
    const isLone = terms.length === 1;
    if (not) {
      if (isLone) asked.notWords.push(variantsOf(terms[0]!));
      else asked.notPhrases.push(waysOf(terms));
      continue;
    }
    const inTitle = field === 'title';
    (inTitle ? asked.titleWords : asked.words).push(...(isPhrase ? terms.map(variantsOf) : wordsOf(terms)));
    const runs = isPhrase ? [terms] : runsOf(terms);
    (inTitle ? asked.titlePhrases : asked.phrases).push(...runs.filter((run) => run.length > 1).map(waysOf));
  }
  flush();
  return asked;
}

/**
 * A word as texts of each language have it. "UN" and "U.N." are only met by the same in capitals: two letters are a word
 * of some language otherwise.
 */
function variantsOf({ word, others: all }: Pick<Term, 'word' | 'others'>): string[] {
  const acronym = all.find((other) => other === asAcronym(word));
  if (acronym !== undefined && word.length === 2) return [acronym];
  const others = all.filter((other) => other !== acronym);
  return [
    ...new Set([word, ...others].flatMap((form) => [form, ...stemmed.map((language) => stemOf(form, language))])),
  ];
}

/** Words that must all be there; two that stand side by side may be written as one. */
function wordsOf(terms: readonly Term[]): AnyOf[] {
  const joined = terms.slice(1).map((term, i) => (term.isPiece ? undefined : terms[i]!.word + term.word));
  return terms.map((term, i) => {
    const asOne = [joined[i - 1], joined[i]].filter((word) => word !== undefined);
    const compounds = term.isPiece ? [] : asOne.flatMap((word) => variantsOf({ word, others: [] }));
    const own = term.isPiece ? [term.word] : variantsOf({ word: term.word, others: ownOthers(term, terms) });
    return [...new Set([...own, ...compounds])];
  });
}

/** What else a word is found by, but for the compound it closes: a part alone does not stand for the whole. */
const ownOthers = (term: Term, terms: readonly Term[]): string[] =>
  term.isJoined || terms.length === 0 ? [] : [...term.others];

/** The runs without spaces among some terms: their pieces must stand side by side. */
function runsOf(terms: readonly Term[]): Term[][] {
  const runs: Term[][] = [];
  for (const term of terms) {
    if (term.isPiece && term.isJoined && runs.length > 0) runs.at(-1)!.push(term);
    else runs.push([term]);
  }
  return runs.filter((run) => run.every(({ isPiece }) => isPiece));
}

/** A phrase as texts of each language have it, term by term. */
function waysOf(terms: readonly Term[]): string[][] {
  const ways = [undefined, ...stemmed].map((language) =>
    terms.map(({ word }) => (language === undefined ? word : stemOf(word, language))),
  );
  return [...new Map(ways.map((way) => [way.join(' '), way])).values()];
}

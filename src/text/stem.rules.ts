/** Light stemming: takes off the endings that change most often, and leaves what makes another word of a word. */

type Stem = (word: string) => string;

/** Takes off the first ending that leaves a word of some length. */
const without =
  (endings: readonly string[], least: number): Stem =>
  (word) => {
    const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= least);
    return ending === undefined ? word : word.slice(0, -ending.length);
  };

function english(word: string): string {
  if (word.length < 4 || word === 'news') return word;
  let stem = word;
  if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/(?:ss|x|z|ch|sh)es$/.test(stem)) stem = stem.slice(0, -2);
  else if (/[^sui]s$/.test(stem)) stem = stem.slice(0, -1);
  const [, before] = /^(.*[aeiouy].*)(?:ing|ed)$/.exec(stem) ?? [];
  if (before !== undefined && before.length >= 3) stem = before.replace(/([bdfgmnprt])\1$/, '$1');
  return stem.length > 3 ? stem.replace(/e$/, '').replace(/(?<=[^aeiou].*)i$|y$/, 'i') : stem;
}

const german: Stem = (word) => {
  const one = word.replace(/innen$/, 'in');
  return one.endsWith('in')
    ? one
    : without(['ern', 'em', 'en', 'er', 'es', 'e'], 3)(one).replace(/(?<=.{4}[bdfghklmnrt])s$/, '');
};

const french: Stem = (word) => {
  if (word.length < 4) return word;
  if (word.endsWith('aux') && word.length > 5) return `${word.slice(0, -3)}al`;
  const singular = word.replace(/[sx]$/, '');
  const bare = singular.length > 4 ? singular.replace(/(?:ee|e)$/, '') : singular;
  return bare.replace(/([ln])\1$/, '$1');
};

const spanish: Stem = (word) => {
  if (word.length < 4) return word;
  const singular = word.endsWith('ces') && word.length > 4 ? `${word.slice(0, -3)}z` : without(['es', 's'], 3)(word);
  return without(['o', 'a', 'e'], 3)(singular);
};

const arabic: Stem = (word) => {
  const bare = word.replace(/^(?:وال|بال|کال|فال|لل|ال)(?=.{2})/u, '').replace(/^و(?=.{4})/u, '');
  return without(['ها', 'ان', 'ات', 'ون', 'ین', 'یه', 'ه', 'ی'], 3)(bare);
};

const persian = without(['هایشان', 'هایی', 'های', 'ها', 'ترین', 'تر', 'ی'], 3);

/** Endings as they are once folded: short i is i, yo is e. */
const russian = without(
  'иями ями ами ого его ому ему ыми ими иях ием ов ев еи ии ыи ои ую юю ая яя ое ее ые ие ых их ым им ам ям ах ях ом ем у ю а я о е ы и ь'.split(
    ' ',
  ),
  3,
);

const scripts = {
  latin: /\p{Script=Latin}/u,
  arabic: /\p{Script=Arabic}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
};

const stems: Readonly<Record<string, { script: RegExp; stem: Stem }>> = {
  en: { script: scripts.latin, stem: english },
  de: { script: scripts.latin, stem: german },
  fr: { script: scripts.latin, stem: french },
  es: { script: scripts.latin, stem: spanish },
  ar: { script: scripts.arabic, stem: arabic },
  fa: { script: scripts.arabic, stem: persian },
  ru: { script: scripts.cyrillic, stem: russian },
};

/** The languages that have rules. */
export const stemmed: readonly string[] = Object.keys(stems);

/** A folded word without its ending, in a language; as it is in languages and scripts that have no rules. */
export function stemOf(word: string, language: string): string {
  const rules = stems[language];
  return rules && !/\d/.test(word) && rules.script.test(word) ? rules.stem(word) : word;
}

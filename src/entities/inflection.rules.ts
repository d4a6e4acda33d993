/** Endings that names take in languages that we write, and what stands in their place in the name itself. */

type Endings = readonly (readonly [ending: string, instead: string])[];

/** "ого:ий а: ы:а": an ending and what the name has instead, often nothing. */
const endingsOf = (all: string): Endings =>
  all.split(/\s+/).map((each) => {
    const [ending = '', instead = ''] = each.split(':');
    return [ending, instead] as const;
  });

const genitive = endingsOf('s:');
const czech = endingsOf('ovi: em: e: a: u: y:a u:a ou:a ě:a ho: mu: m: ého:ý ému:ý ým:ý ze:ha ze:ga ce:ka');
const byLanguage: Readonly<Record<string, Endings>> = {
  de: genitive,
  nl: genitive,
  sv: genitive,
  da: genitive,
  nb: genitive,
  nn: genitive,
  no: genitive,
  cs: czech,
  sk: czech,
  pl: endingsOf('owi: iem: em: a: u: ie: y:a i:a ie:a ę:a ą:a ce:ka iego:i iemu:i im:i ego:y emu:y ym:y'),
  ru: endingsOf(
    'ого:ий ому:ий им:ий ом:ий ого:ый ому:ый ым:ый ым: ом: ем: а: у: е: ы:а и:а е:а у:а ой:а и:я е:я ю:я ей:я ю:й я:й ем:й я:ь ю:ь и:ь ой:ая ую:ая',
  ),
  uk: endingsOf(
    'ого:ий ому:ий им:ий ового:овий ом: ем: им: ові: еві: а: у: і: и:а і:а у:а ою:а ї:я ю:я єю:я ею:я я:ь ю:ь я:й ю:й єм:й ої:а ій:а',
  ),
  fi: endingsOf(
    'n: in: ssa: ssä: issa: issä: sta: stä: ista: istä: lle: ille: lla: llä: illa: illä: lta: ltä: ta: tä: a: ä: ia: iä: en:i essa:i essä:i esta:i estä:i elle:i',
  ),
  hu: endingsOf(
    't: ot: et: öt: at: nak: nek: val: vel: nal:n nel:n ban: ben: ba: be: ból: ből: ra: re: ról: ről: tól: től: hoz: hez: höz: nál: nél: on: en: ön: n:',
  ),
};

/** The fewest letters that a name keeps before its ending. */
const shortest = 3;

const endingsIn = (language: string): Endings | undefined => byLanguage[language.split('-')[0]!.toLowerCase()];

/** Whether we know endings of a language. */
export const hasEndings = (language: string): boolean => endingsIn(language) !== undefined;

/** What a word with a capital could be a form of, in a language; nothing where we know no endings of it. */
export function uninflected(word: string, language: string): string[] {
  const endings = endingsIn(language);
  if (!endings || !/^\p{Lu}\p{Ll}/u.test(word)) return [];
  const names = endings.flatMap(([ending, instead]) => {
    const stem = word.slice(0, word.length - ending.length);
    return word.endsWith(ending) && stem.length >= shortest ? [stem + instead] : [];
  });
  return [...new Set(names)];
}

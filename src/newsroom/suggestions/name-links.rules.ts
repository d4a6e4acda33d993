import { isWellKnownPlace } from './name-words.rules.js';
import { addSorts, noSort, type Sorts } from './name-sorts.rules.js';

/** A name where it stands. */
export interface Standing {
  blockKey: string;
  start: number;
  end: number;
  surface: string;
}

/** All the places of one form of a name in a text, in their order. */
export interface Form {
  surface: string;
  words: readonly string[];
  places: Standing[];
  /** The sum of what the places tell. */
  sorts: Sorts;
  /** How many of the places stand within sentences, where a capital tells something. */
  within: number;
  titled: boolean;
  opening: number;
}

/** All forms of one name, the fullest first. */
export interface Name {
  forms: Form[];
  sorts: Sorts;
}

const letters = (word: string): string => word.replace(/[.\s]/g, '');

/** "IAEA" from "International Atomic Energy Agency"; with the small words too, as some do: "DoD". */
function initialsOf(words: readonly string[]): string[] {
  const parts = words.flatMap((word) => word.split(/[-‑]/)).filter((word) => word !== '');
  const capitals = parts.filter((word) => /^\p{Lu}/u.test(word));
  const first = (all: readonly string[]) => all.map((word) => [...word][0]!.toUpperCase()).join('');
  return [first(capitals), first(parts), first(capitals.filter((word) => !/^The$/.test(word)))];
}

const isInitials = (text: string): boolean => /^\p{Lu}[\p{Lu}\p{Ll}.]{1,12}$/u.test(text) && /.\p{Lu}/u.test(text);

/** Whether letters stand for a name of several words. */
export function standsFor(acronym: string, words: readonly string[]): boolean {
  const short = letters(acronym);
  return (
    words.length > 1 &&
    /^\p{Lu}[\p{Lu}\p{Ll}]{1,7}$/u.test(short) &&
    (short.match(/\p{Lu}/gu)?.length ?? 0) > 1 &&
    initialsOf(words).includes(short.toUpperCase())
  );
}

const isPerson = ({ sorts }: Form): boolean =>
  sorts.person > 0.5 &&
  sorts.person >= sorts.organisation &&
  sorts.person >= sorts.place &&
  sorts.person >= sorts.other;

/** Whether one form is a shorter one of another: a family name, a given name, the end of a long name, its initials. */
function isShorter(short: Form, long: Form, isAcronym: boolean): boolean {
  const [n, m] = [short.words.length, long.words.length];
  if (short === long || m < n || (m === n && long.surface.length <= short.surface.length)) return false;
  if (isAcronym && standsFor(short.surface, long.words)) return true;
  const isEnd = long.surface.endsWith(` ${short.surface}`) || (n === 1 && long.surface.endsWith(`-${short.surface}`));
  const isGivenName = n === 1 && m > 1 && m <= 4 && long.words[0] === short.surface && short.surface.length > 2;
  return (isEnd || (isGivenName && isPerson(long))) && !isWellKnownPlace(short.surface);
}

/** Brings the forms of each name together: the fullest form that stands before the shorter one, else the first. */
export function linked(forms: readonly Form[]): Name[] {
  const fuller = new Map<Form, Form>();
  const long = forms.filter(({ words, surface }) => words.length > 1 || surface.includes('-'));
  forms.forEach((form, i) => {
    const isAcronym = isInitials(form.surface);
    const all = long.filter((other) => isShorter(form, other, isAcronym));
    const to = all.findLast((other) => forms.indexOf(other) < i) ?? all[0];
    if (to) fuller.set(form, to);
  });
  const fullest = (form: Form, left = 5): Form => {
    const to = fuller.get(form);
    return to && left > 0 ? fullest(to, left - 1) : form;
  };
  const names = new Map<Form, Name>();
  for (const form of forms) {
    const of = fullest(form);
    const name = names.get(of) ?? { forms: of === form ? [] : [of], sorts: noSort };
    names.set(of, name);
    if (form !== of || name.forms.length === 0) name.forms.push(form);
  }
  for (const name of names.values()) name.sorts = name.forms.map((form) => mean(form)).reduce(addSorts, noSort);
  return [...names.values()];
}

/** What a form tells, more where it stands more often, without end. */
function mean({ sorts, places }: Form): Sorts {
  const share = (1 + Math.log(places.length)) / places.length;
  return {
    person: sorts.person * share,
    organisation: sorts.organisation * share,
    place: sorts.place * share,
    other: sorts.other * share,
  };
}

import type { Name } from './name-links.rules.js';
import { isField, isGiven, isOrganisationHead, isPlaceHead, isWellKnownPlace } from './name-words.rules.js';

/** What a text has besides names: its words without a capital, and whether somebody speaks of himself. */
export interface Told {
  lower: ReadonlySet<string>;
  isTalk: boolean;
}

/** What is seen of a name that tells how sure it is one, as numbers from 0. */
export function signsOf({ forms, sorts }: Name, { lower, isTalk }: Told): number[] {
  const [fullest] = forms;
  const { words, surface, titled } = fullest!;
  const places = forms.reduce((sum, form) => sum + form.places.length, 0);
  const within = forms.reduce((sum, form) => sum + form.within, 0);
  const own = Math.max(sorts.person, sorts.organisation, sorts.place);
  const named = words.filter((word) => /^\p{Lu}/u.test(word));
  const one = words.length === 1;
  return [
    1,
    words.length === 2 || words.length === 3 ? 1 : 0,
    words.length > 3 ? 1 : 0,
    Math.log(places),
    within === 0 ? 1 : 0,
    Math.min(6, Math.max(0, own)),
    Math.min(4, Math.max(0, sorts.other)),
    named.filter((word) => lower.has(word.toLowerCase())).length / Math.max(1, named.length),
    isWellKnownPlace(surface) ? 1 : 0,
    titled ? 1 : 0,
    isGiven(words[0]!) ? 1 : 0,
    one && (isOrganisationHead(surface) || isPlaceHead(surface) || isField(surface)) ? 1 : 0,
    forms.length > 1 ? 1 : 0,
    isTalk ? 1 : 0,
  ];
}

/** Fitted to what is right in the development halves of two corpora, each counting the same: docs/adr/0039. */
export const weights = [0.44, 0.31, 0.38, -0.26, -0.58, 0.17, -0.49, -0.77, 0.71, 0.3, 0.13, -0.18, 0.59, -0.82];

/** How likely a name is the whole name of a person, an organisation or a place, from 0 to 1. */
export function certaintyOf(name: Name, told: Told): number {
  const sum = signsOf(name, told).reduce((all, sign, i) => all + sign * (weights[i] ?? 0), 0);
  return Math.round(1_000 / (1 + Math.exp(-sum))) / 1_000;
}

import type { Name } from './name-links.rules.js';

/** What is seen of a name that tells how sure it is one, as numbers. */
export function signsOf({ forms, sorts }: Name, lower: ReadonlySet<string>): number[] {
  const [fullest] = forms;
  const places = forms.reduce((sum, form) => sum + form.places.length, 0);
  const within = forms.reduce((sum, form) => sum + form.within, 0);
  const own = Math.max(sorts.person, sorts.organisation, sorts.place);
  const words = fullest!.words.length;
  return [
    1,
    words === 2 || words === 3 ? 1 : 0,
    words > 3 ? 1 : 0,
    Math.log(places),
    within === 0 ? 1 : 0,
    Math.min(6, Math.max(0, own)),
    Math.min(4, Math.max(0, sorts.other)),
    fullest!.words.some((word) => lower.has(word.toLowerCase())) ? 1 : 0,
    sorts.place >= 5 ? 1 : 0,
    fullest!.titled ? 1 : 0,
    words === 1 && /^\p{Lu}{2,}$/u.test(fullest!.surface) ? 1 : 0,
    own === sorts.person ? 1 : 0,
  ];
}

const weights = [0.5, 0.5, 0, 0, 0, 0.1, 0, 0, 0, 0, 0, 0];

/** How likely a name is the whole name of a person, an organisation or a place, from 0 to 1. */
export function certaintyOf(name: Name, lower: ReadonlySet<string>): number {
  const sum = signsOf(name, lower).reduce((all, sign, i) => all + sign * (weights[i] ?? 0), 0);
  return Math.round(1_000 / (1 + Math.exp(-sum))) / 1_000;
}

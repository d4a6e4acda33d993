import type { AnyOf, Asked } from './query.rules.js';
import { facetToken, titleToken, tokenOf } from './token.rules.js';

/** What an engine is asked, in tokens: nothing of it is as somebody typed it. */
export interface Plan {
  /** Each must be there, by any of its tokens; none when whatever fits the rest is sought. */
  must: readonly AnyOf[];
  /** Each must be there, its tokens side by side in one of these ways. */
  runs: readonly (readonly string[])[];
  not: readonly string[];
  notRuns: readonly (readonly string[])[];
  /** Each must hold, by any of its facets; and none of these. */
  facets: readonly (readonly string[])[];
  notFacets: readonly string[];
  after: number | null;
  before: number | null;
  /** What is looked through: what readers see, or the newest texts of all stories. */
  of: 'READERS' | 'DESK';
  /** How many are wanted, best first. */
  most: number;
  /** Whether no words were given: then what is newest comes first, not what fits best. */
  isByDate: boolean;
  /** The moment that the age of stories is told from; now when there is none. */
  at: number | null;
}

export type Narrowed = Pick<Plan, 'facets' | 'notFacets' | 'after' | 'before' | 'of' | 'at' | 'most'>;

/** What an engine is asked for a query and what it is narrowed by; nothing when there is neither. */
export function planOf(asked: Asked, narrowed: Narrowed): Plan | null {
  const plan = conditionsOf(asked, narrowed);
  if (!plan.isByDate) return plan;
  if (!isNarrow(narrowed)) return null;
  const indexed = narrowed.facets.find((group) => group.every((facet) => /^[se]/.test(facet)));
  return indexed ? { ...plan, must: [[...new Set(indexed.map(facetToken))]] } : plan;
}

/** What a text has to be for a query to find it. */
export function conditionsOf(asked: Asked, narrowed: Narrowed): Plan {
  const tokens = (encode: (term: string) => string) => (terms: AnyOf) => [...new Set(terms.map(encode))];
  const runs = (encode: (term: string) => string) => (ways: readonly (readonly string[])[]) => [
    ...new Set(ways.map((way) => way.map(encode).join(' '))),
  ];
  const must = [...asked.words.map(tokens(tokenOf)), ...asked.titleWords.map(tokens(titleToken))];
  return {
    ...narrowed,
    isByDate: must.length === 0,
    must: distinct(must).sort((a, b) => longest(b) - longest(a)),
    runs: [...asked.phrases.map(runs(tokenOf)), ...asked.titlePhrases.map(runs(titleToken))],
    not: asked.notWords.flatMap(tokens(tokenOf)),
    notRuns: asked.notPhrases.map(runs(tokenOf)),
  };
}

const isNarrow = ({ facets, notFacets, after, before }: Narrowed): boolean =>
  facets.length > 0 || notFacets.length > 0 || after !== null || before !== null;

const distinct = (groups: readonly string[][]): string[][] => [
  ...new Map(groups.map((group) => [group.join(' '), group])).values(),
];

/** Long words are rare, and what is rare comes first: engines that go in order have less to carry along. */
const longest = (group: readonly string[]): number => Math.min(...group.map(({ length }) => length));

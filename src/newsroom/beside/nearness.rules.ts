import { sameness } from './runs.rules.js';
import { lengthOf, weightFor, type StoredTerms, type WeighedTerm } from './wording.rules.js';

/** A story that another one is compared with. */
export interface Compared {
  articleId: number;
  publishedAt: number;
  terms: StoredTerms;
  length: number;
  runs: readonly number[];
  /** Which of the entities it names that are named where others are looked for. */
  named: readonly number[];
}

/** The story that others are looked for. */
export interface Asking {
  terms: readonly WeighedTerm[];
  runs: readonly number[];
  /** What it names, each with a weight: how rare it is in stories, and how much this one is about it. */
  named: ReadonlyMap<number, number>;
  at: number;
}

/** What speaks for a story and against it; parts are from 0 to 1. */
export interface Likeness {
  articleId: number;
  /** How near it is, all in all, from 0 to 1. */
  score: number;
  /** The entities that both name, those that tell most first. */
  shared: readonly number[];
  named: number;
  worded: number;
  /** How many of the words that look like names both have; nothing when one has too few. */
  names: number | null;
  /** How much of the shorter text is in the other, word for word. */
  same: number;
  days: number;
  /** How much of what its headline speaks of is in the text. */
  titled: number;
  /** Whether its headline has names, and the text none of them. */
  isNamedOtherwise: boolean;
  /** A near story that it was put beside, or that was put beside it. */
  beside: number | null;
}

const day = 86_400_000;
/** After so many days recency counts half. */
const halfLife = 180;
/** What came later was not there to be put beside it: it counts less. */
const laterPart = 0.8;
/** From here on two texts are one and the same, sent once more. */
export const sameText = 0.5;

/** How near a text is to each of some others. */
export function likenesses(asking: Asking, others: readonly Compared[]): Likeness[] {
  const own = new Map(asking.terms.map((term) => [term.term, term]));
  const length = lengthOf(asking.terms);
  const ownTitle = [...own.values()].filter(({ inTitle, of }) => inTitle && of === null);
  const titleRarity = total(ownTitle.map(({ rare }) => rare));
  const ownNames = total([...own.values()].filter(({ isName }) => isName).map(({ rare }) => rare));
  const wholeNamed = total([...asking.named.values()]);
  return others.map((other): Likeness => {
    let common = 0;
    const title = { words: 0, pairs: 0, all: 0, allPairs: 0, own: 0 };
    const names = { both: 0, theirs: 0, inTitle: 0, inTitleBoth: 0 };
    const { terms } = other;
    for (let i = 0; i < terms.count; i++) {
      const known = own.get(terms.term(i));
      const [inTitle, isName] = [terms.inTitle(i), terms.isName(i)];
      if (!known && !inTitle && !isName) continue;
      const [rare, isPair] = [terms.rare(i), terms.isPair(i)];
      if (isName) names.theirs += rare;
      if (isName && inTitle) names.inTitle += 1;
      if (inTitle && isPair) title.allPairs += rare;
      if (inTitle && !isPair) title.all += rare;
      if (!known) continue;
      common += known.weight * weightFor(terms.said(i), rare, isPair);
      if (inTitle && isPair) title.pairs += rare;
      if (inTitle && !isPair) title.words += rare;
      if (known.inTitle && !isPair) title.own += known.rare;
      if (isName && known.isName) names.both += rare;
      if (isName && inTitle) names.inTitleBoth += 1;
    }
    const worded = length === 0 || other.length === 0 ? 0 : Math.min(1, common / (length * other.length));
    const shared = other.named.filter((id) => asking.named.has(id));
    shared.sort((a, b) => asking.named.get(b)! - asking.named.get(a)! || a - b);
    const named = wholeNamed === 0 ? 0 : total(shared.map((id) => asking.named.get(id)!)) / wholeNamed;
    const titled = part(title.words, title.all) + part(title.pairs, title.allPairs) + part(title.own, titleRarity);
    const days = (other.publishedAt - asking.at) / day;
    const recency = 1 + 0.2 * 0.5 ** (Math.abs(days) / halfLife);
    const nameShare = ownNames < 1.5 || names.theirs < 1.5 ? null : names.both / Math.min(ownNames, names.theirs);
    const near = (worded + 0.1 * titled + 0.4 * named) * recency * (days > 0 ? laterPart : 1);
    return {
      articleId: other.articleId,
      score: near,
      shared,
      named,
      worded,
      names: nameShare,
      same: sameness(asking.runs, other.runs),
      days,
      titled: part(title.words, title.all),
      isNamedOtherwise: names.inTitle > 0 && names.inTitleBoth === 0,
      beside: null,
    };
  });
}

/** How much of the nearness of a story goes over to those that stand beside it. */
const handedOn = 0.1;
/** A story less near than this makes nothing else nearer. */
const nearEnough = 0.3;

/** Those that are so near that others which stand beside them are nearer for it. */
export const nearOnes = (found: readonly Likeness[]): number[] =>
  found.filter(({ score }) => score >= nearEnough).map(({ articleId }) => articleId);

/** Brings stories nearer that were put beside near ones before, or beside those that stand beside the text already. */
export function withEdges(
  found: readonly Likeness[],
  edges: readonly { beginsAt: number; leadsTo: number }[],
  chosen: ReadonlySet<number>,
): Likeness[] {
  const scores = new Map(found.map(({ articleId, score }) => [articleId, score]));
  for (const id of chosen) scores.set(id, 1);
  const nearest = new Map<number, number>();
  for (const { beginsAt, leadsTo } of edges) {
    for (const [one, other] of [
      [beginsAt, leadsTo],
      [leadsTo, beginsAt],
    ] as const) {
      const score = scores.get(other) ?? 0;
      const known = nearest.get(one);
      if (score >= nearEnough && (known === undefined || score > scores.get(known)!)) nearest.set(one, other);
    }
  }
  return found.map((like) => {
    const beside = nearest.get(like.articleId);
    if (beside === undefined) return like;
    return { ...like, beside, score: like.score + handedOn * scores.get(beside)! };
  });
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
const part = (some: number, all: number): number => (all === 0 ? 0 : some / all);

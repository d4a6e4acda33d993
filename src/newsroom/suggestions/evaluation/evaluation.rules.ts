import { guessOf, type Guess } from '../unknown.rules.js';
import {
  asMarked,
  bareName,
  capitalisedRuns,
  isPronoun,
  namesAlone,
  type Asked,
  type GoldStory,
} from './gold.rules.js';
import {
  add,
  calibrationOf,
  distinct,
  exactly,
  nothingCounted,
  overlapping,
  type Bucket,
  type Counts,
  type Said,
} from './score.rules.js';

/** What the desk was told of a place in the body of a story: what a name there seems to be, and how sure that is. */
export interface FoundName {
  start: number;
  end: number;
  text: string;
  /** The words it stands in. */
  phrase: { start: number; end: number };
  guess: Guess | null;
  confidence: number;
  /** The first place of what it is said to be another form of; nothing where it is the first itself. */
  formOf: { start: number; end: number } | undefined;
  /** The entity it is said to mean; nothing where nobody here knows the name. */
  entityId: number | undefined;
}

export interface Reading {
  exact: Counts;
  overlap: Counts;
  /** The same, of the runs of words with capitals. */
  runs: Counts;
}

export interface Evaluation {
  stories: number;
  /** Every mention with a capital in it, as it is marked. */
  marked: Reading;
  /** The same without pronouns. */
  spoken: Reading;
  /** The names alone. */
  names: Reading;
  /** By the sort that is marked or guessed, where both must agree. */
  kinds: Record<Guess, Counts>;
  /** How often something of a sort that is marked was guessed to be of another. */
  confusion: Record<string, Record<string, number>>;
  said: Said[];
  /** How often two places that were said to be of one name are marked as one, and how many that are marked so were found. */
  forms: Counts;
  /** How often what is marked with something that is known was said to mean it. */
  links: Counts;
}

export const nothingEvaluated = (): Evaluation => ({
  stories: 0,
  marked: { exact: nothingCounted, overlap: nothingCounted, runs: nothingCounted },
  spoken: { exact: nothingCounted, overlap: nothingCounted, runs: nothingCounted },
  names: { exact: nothingCounted, overlap: nothingCounted, runs: nothingCounted },
  kinds: { PERSON: nothingCounted, ORGANISATION: nothingCounted, PLACE: nothingCounted },
  confusion: {},
  said: [],
  forms: nothingCounted,
  links: nothingCounted,
});

const keyOf = ({ start, end }: { start: number; end: number }): string => `${start} ${end}`;

/** Adds how well the names of a story were found; `meanings` has the entity of each `kb` of the story that is known. */
export function evaluated(
  sum: Evaluation,
  story: GoldStory,
  found: readonly FoundName[],
  meanings: ReadonlyMap<string, number>,
): Evaluation {
  const runs = story.blocks.flatMap(({ text, from }) =>
    from === undefined
      ? []
      : capitalisedRuns(text).map((run) => ({ ...run, start: run.start + from, end: run.end + from })),
  );
  const bare = distinct(found.map(bareName));
  const names = namesAlone(story.mentions);
  const marked = asMarked(story.mentions);
  const told = [...found, ...found.map(({ phrase }) => phrase)];
  return {
    stories: sum.stories + 1,
    marked: readingOf(sum.marked, marked, told, runs),
    spoken: readingOf(
      sum.spoken,
      marked.filter((mention) => !isPronoun(mention.text)),
      told,
      runs,
    ),
    names: readingOf(sum.names, names, bare, runs.map(bareName)),
    kinds: kindsOf(sum.kinds, names, bare),
    confusion: confusionOf(sum.confusion, story, names, bare),
    said: [...sum.said, ...saidOf(names, bare)],
    forms: add(sum.forms, formsOf(names, found)),
    links: add(sum.links, linksOf(names, bare, meanings)),
  };
}

const readingOf = (
  sum: Reading,
  asked: readonly Asked[],
  found: readonly { start: number; end: number }[],
  runs: readonly { start: number; end: number }[],
): Reading => ({
  exact: add(sum.exact, exactly(asked, found)),
  overlap: add(sum.overlap, overlapping(asked, found)),
  runs: add(sum.runs, exactly(asked, runs)),
});

function kindsOf(sum: Evaluation['kinds'], asked: readonly Asked[], found: readonly FoundName[]): Evaluation['kinds'] {
  const one = (guess: Guess): Counts =>
    add(
      sum[guess],
      exactly(
        asked.filter(({ kind }) => kind !== undefined && guessOf[kind] === guess),
        found.filter((name) => name.guess === guess),
      ),
    );
  return { PERSON: one('PERSON'), ORGANISATION: one('ORGANISATION'), PLACE: one('PLACE') };
}

function confusionOf(
  sum: Evaluation['confusion'],
  story: GoldStory,
  names: readonly Asked[],
  found: readonly FoundName[],
): Evaluation['confusion'] {
  const all = Object.fromEntries(Object.entries(sum).map(([marked, row]) => [marked, { ...row }]));
  const count = (marked: string, guess: string) => {
    const row = (all[marked] ??= {});
    row[guess] = (row[guess] ?? 0) + 1;
  };
  const asked = groupOf(names);
  const others = new Map(story.mentions.map(bareName).map((mention) => [keyOf(mention), mention]));
  for (const name of found) {
    const kinds = asked.get(keyOf(name))?.map(({ kind }) => kind);
    const agreed =
      kinds?.find((kind) => kind !== undefined && guessOf[kind] === name.guess) ??
      kinds?.find((kind) => kind !== undefined);
    const marked = kinds
      ? agreed === undefined
        ? 'no sort'
        : guessOf[agreed]
      : others.has(keyOf(name))
        ? 'of another sort'
        : 'not marked';
    count(marked, name.guess ?? 'no guess');
  }
  const there = new Set(found.map(keyOf));
  for (const [key, [mention]] of asked) {
    if (!there.has(key)) count(mention?.kind === undefined ? 'no sort' : guessOf[mention.kind], 'not found');
  }
  return all;
}

function groupOf(names: readonly Asked[]): Map<string, Asked[]> {
  const groups = new Map<string, Asked[]>();
  for (const name of names) groups.set(keyOf(name), [...(groups.get(keyOf(name)) ?? []), name]);
  return groups;
}

function saidOf(names: readonly Asked[], found: readonly FoundName[]): Said[] {
  const asked = new Set(names.map(keyOf));
  return found.map((name) => ({ confidence: name.confidence, right: asked.has(keyOf(name)) }));
}

/** Where the gold says what means the same: whether other places of a name mean what its first one means. */
function formsOf(names: readonly Asked[], found: readonly FoundName[]): Counts {
  const chains = new Map(
    names.flatMap(({ chain, ...name }) => (chain === undefined ? [] : [[keyOf(name), chain] as const])),
  );
  const chainOf = (place: { start: number; end: number; text?: string }) => chains.get(keyOf(place));
  const bare = found.map((name) => ({ ...bareName(name), first: name.formOf ?? name }));
  const firstOf = new Map(bare.map((name) => [keyOf(name), keyOf(name.first)]));
  let [said, right] = [0, 0];
  for (const name of bare) {
    const [own, first] = [chainOf(name), chainOf(name.first)];
    if (name.formOf === undefined || own === undefined || first === undefined) continue;
    said += 1;
    if (own === first) right += 1;
  }
  const byChain = new Map<string, string[]>();
  for (const [key, chain] of chains)
    if (firstOf.has(key)) byChain.set(chain, [...(byChain.get(chain) ?? []), firstOf.get(key)!]);
  const groups = [...byChain.values()];
  const asked = groups.reduce((sum, firsts) => sum + firsts.length - 1, 0);
  const met = groups.reduce((sum, firsts) => sum + firsts.length - new Set(firsts).size, 0);
  return { asked, found: said, right, met };
}

function linksOf(names: readonly Asked[], found: readonly FoundName[], meanings: ReadonlyMap<string, number>): Counts {
  const asked = new Map(
    names.flatMap((name) => {
      const entityId = name.kb === undefined ? undefined : meanings.get(name.kb);
      return entityId === undefined ? [] : [[keyOf(name), entityId] as const];
    }),
  );
  const said = found.filter((name) => name.entityId !== undefined && asked.has(keyOf(name)));
  const right = said.filter((name) => asked.get(keyOf(name)) === name.entityId).length;
  return { asked: asked.size, found: said.length, right, met: right };
}

export interface Calibration {
  buckets: Bucket[];
  error: number;
}

/** How near what was said is to what was right. */
export const calibrated = ({ said }: Evaluation): Calibration => calibrationOf(said);

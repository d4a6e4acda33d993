/** How well spans that were found agree with those that were asked for. */
export interface Span {
  start: number;
  end: number;
}

export interface Counts {
  asked: number;
  found: number;
  /** Of those found, how many are right, and of those asked for, how many are met. */
  right: number;
  met: number;
}

export interface Score {
  precision: number;
  recall: number;
  f1: number;
}

export const nothingCounted: Counts = { asked: 0, found: 0, right: 0, met: 0 };

export const add = (a: Counts, b: Counts): Counts => ({
  asked: a.asked + b.asked,
  found: a.found + b.found,
  right: a.right + b.right,
  met: a.met + b.met,
});

/** Precision, recall and their harmonic mean, each from 0 to 1. */
export function scoreOf({ asked, found, right, met }: Counts): Score {
  const precision = found === 0 ? 0 : right / found;
  const recall = asked === 0 ? 0 : met / asked;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

const keyOf = ({ start, end }: Span): string => `${start} ${end}`;

/** One of each place: what begins and ends alike is one name. */
export const distinct = <Each extends Span>(spans: readonly Each[]): Each[] => [
  ...new Map(spans.map((span) => [keyOf(span), span])).values(),
];

/** Right is what begins and ends where a name that was asked for does. */
export function exactly(asked: readonly Span[], found: readonly Span[]): Counts {
  const [wanted, given] = [new Set(asked.map(keyOf)), new Set(found.map(keyOf))];
  const right = [...given].filter((key) => wanted.has(key)).length;
  return { asked: wanted.size, found: given.size, right, met: right };
}

/** Right is what stands on a name that was asked for at all. */
export function overlapping(asked: readonly Span[], found: readonly Span[]): Counts {
  const [wanted, given] = [distinct(asked), distinct(found)];
  const touches = (a: Span) => (b: Span) => a.start < b.end && b.start < a.end;
  return {
    asked: wanted.length,
    found: given.length,
    right: given.filter((span) => wanted.some(touches(span))).length,
    met: wanted.filter((span) => given.some(touches(span))).length,
  };
}

export interface Said {
  confidence: number;
  right: boolean;
}

export interface Bucket {
  from: number;
  to: number;
  names: number;
  said: number;
  right: number;
}

/** What was said and what was right, by tenths of confidence; and the mean distance of the two, each name counting the same. */
export function calibrationOf(all: readonly Said[]): { buckets: Bucket[]; error: number } {
  const buckets = Array.from({ length: 10 }, (_, tenth): Bucket => {
    const inside = all.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10 + 1e-9)) === tenth);
    const mean = (sum: number) => (inside.length === 0 ? 0 : sum / inside.length);
    return {
      from: tenth / 10,
      to: (tenth + 1) / 10,
      names: inside.length,
      said: mean(inside.reduce((sum, { confidence }) => sum + confidence, 0)),
      right: mean(inside.filter(({ right }) => right).length),
    };
  }).filter(({ names }) => names > 0);
  const off = buckets.reduce((sum, { names, said, right }) => sum + names * Math.abs(said - right), 0);
  return { buckets, error: all.length === 0 ? 0 : off / all.length };
}

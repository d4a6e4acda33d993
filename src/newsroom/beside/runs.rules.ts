import { hashOf, stirred, type AnalysedPart } from './wording.rules.js';

/** How many words a run has, how many runs of a text are kept, and the part of all runs that may be. */
const words = 5;
const most = 64;
const kept = 2 ** 32 / 4;
/** Fewer runs in common say nothing. */
const least = 6;

/**
 * A sample of the runs of five words in a text: always the same ones of the same words, so that what two samples have in
 * common tells how much the texts do.
 */
export function runsIn(parts: readonly AnalysedPart[]): number[] {
  const all = parts.flatMap((part) => part.words.map(({ word }) => hashOf(word)));
  const runs = new Set<number>();
  for (let i = 0; i + words <= all.length; i++) {
    let run = 0;
    for (let j = i; j < i + words; j++) run = Math.imul(run, 0x9e3779b1) + all[j]!;
    run = stirred(run) >>> 0;
    if (run < kept) runs.add(run);
  }
  return [...runs].sort((a, b) => a - b).slice(0, most);
}

/** How much of the shorter of two texts is in the other, word for word, from 0 to 1. */
export function sameness(a: readonly number[], b: readonly number[]): number {
  const until = Math.min(a.length < most ? kept : a.at(-1)!, b.length < most ? kept : b.at(-1)!);
  let [i, j, common] = [0, 0, 0];
  while (i < a.length && j < b.length && a[i]! <= until && b[j]! <= until) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  if (common < least) return 0;
  const upTo = (runs: readonly number[]): number => runs.filter((run) => run <= until).length;
  return common / Math.min(upTo(a), upTo(b));
}

export const packedRuns = (runs: readonly number[]): string =>
  Buffer.from(new Uint32Array(runs).buffer).toString('base64');

export function unpackedRuns(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  const runs: number[] = [];
  for (let i = 0; i < bytes.length; i += 4) runs.push(bytes.readUInt32LE(i));
  return runs;
}

import type { Asked, Ranked } from './related.ranking.js';
import type { GoldFigures } from './related.trial.js';

interface Recall {
  at5: number;
  at10: number;
  at20: number;
  mrr: number;
}

export interface Figures {
  stories: number;
  asked: number;
  links: number;
  ours: Recall;
  tfIdf: Recall;
  milliseconds: { p50: number; p95: number };
  gold: GoldFigures;
}

/** How much of what editors linked is found, by us and by TF-IDF, and how long we take. */
export function figuresOf(
  asked: readonly Asked[],
  ours: readonly Ranked[],
  tfIdf: readonly (readonly number[])[],
): Pick<Figures, 'ours' | 'tfIdf' | 'milliseconds'> {
  const times = ours.map(({ took }) => took);
  return {
    ours: recallOf(
      asked,
      ours.map(({ found }) => found),
    ),
    tfIdf: recallOf(asked, tfIdf),
    milliseconds: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
  };
}

function recallOf(asked: readonly Asked[], found: readonly (readonly number[])[]): Recall {
  const ranks = asked.map(({ links }, i) => links.map((link) => found[i]!.indexOf(link) + 1));
  const all = ranks.flat();
  const share = (most: number) => all.filter((rank) => rank > 0 && rank <= most).length / all.length;
  const first = ranks.map((each) => Math.min(...each.map((rank) => rank || Infinity)));
  const mrr = first.reduce((sum, rank) => sum + 1 / rank, 0) / asked.length;
  return { at5: share(5), at10: share(10), at20: share(20), mrr };
}

export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`.padStart(10);

/** What is found, as a table. */
export function recallLines({ ours, tfIdf }: Pick<Figures, 'ours' | 'tfIdf'>): string[] {
  const row = (name: string, { at5, at10, at20, mrr }: Recall) =>
    `${name.padEnd(16)}${percent(at5)}${percent(at10)}${percent(at20)}${mrr.toFixed(3).padStart(8)}`;
  return ['found in the first      5        10        20     MRR', row('plain TF-IDF', tfIdf), row('the desk', ours)];
}

/** All figures, as they are printed. */
export function linesOf({ stories, asked, links, ours, tfIdf, milliseconds, gold }: Figures): string[] {
  return [
    `${links} links that editors made from ${asked} stories to others, of ${stories}; all of them are looked among.`,
    'A story is asked for as if nothing stood beside it: its own links are not known, nor those that lead to it, nor',
    'those of stories that came later. The words of its text stay as readers read them.',
    '',
    ...recallLines({ ours, tfIdf }),
    '',
    `A suggestion takes ${milliseconds.p50.toFixed(1)} ms in the middle, ${milliseconds.p95.toFixed(1)} ms at the 95th percentile.`,
    '',
    'Of events of our own, in a newsroom of their own:',
    `${gold.sameEvent.suggested} of ${gold.sameEvent.pairs} reports of the same event are suggested, ${gold.sameEvent.asSame} of them as that;`,
    `${gold.otherEvent.keptOut} of ${gold.otherEvent.pairs} reports of another event of the same kind are kept out;`,
    `${gold.sentAgain.flagged} of ${gold.sentAgain.texts} reports that were sent again are flagged, and ${gold.sentAgain.wrongly} others.`,
    ...gold.off.map((each) => `  ${each}`),
  ];
}

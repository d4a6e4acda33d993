import { median } from '../figures.js';
import { publishRatio } from '../targets.js';
import type { PublishingRounds } from './publishing.js';
import type { Writing } from './writers.js';

/** What publishing took, by the command and by hand, in sentences. */
export function publishLines(publish: PublishingRounds): string {
  const { rounds, statements } = publish;
  const line = (who: 'ours' | 'by hand') => {
    const [ms, cpu] = (['ms', 'cpu'] as const).map((figure) => rounds.map((round) => round[who][figure]));
    const least = Math.min(...cpu!).toFixed(2);
    return `publishing    ${who.padEnd(8)} ${median(ms!).toFixed(2)} ms a story, ${median(cpu!).toFixed(2)} ms of CPU (least ${least})`;
  };
  return [
    line('ours'),
    line('by hand'),
    `              ${statements.toFixed(1)} statements each, begin and commit among them; throughput ours / by hand ${publishRatio(publish).toFixed(2)}`,
  ].join('\n');
}

/** What readers notice of eight writers. */
export function writersTable(found: readonly Writing[]): string {
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i < 2 ? cell.padEnd(16) : cell.padStart(10))).join(' ');
  const rows = found.map(({ readers, writers, rounds }) => {
    const middle = (figure: keyof (typeof rounds)[number], digits: number) =>
      median(rounds.map((round) => round[figure])).toFixed(digits);
    const writes = writers === 'nobody' ? '–' : middle('writes', 1);
    return line([
      readers,
      `8 ${writers}`.replace('8 nobody', 'nobody'),
      writes,
      middle('reads', 0),
      middle('p50', 2),
      middle('p99', 2),
    ]);
  });
  return [line(['4 readers', 'writers', 'writes/s', 'reads/s', 'p50 ms', 'p99 ms']), ...rows].join('\n');
}

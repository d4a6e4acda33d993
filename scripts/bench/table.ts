import { figuresOf, ratiosOf, type Figures } from './figures.js';
import type { Measured } from './measure.js';
import type { DocumentName } from './requests.js';

const widths = [13, 6, 26, 8, 15, 9, 9, 9, 9, 9, 8];
const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i < 3 && i !== 1 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' ');

const header = ['document', 'conn.', '', 'req/s', '(min–max)', 'p50 ms', 'p99 ms', 'CPU ms', 'least', 'DB ms', 'SQL'];

const shown = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');

function cells(figures: Figures, range: string, rpsDigits: number): string[] {
  const { rps, p50, p99, cpu, cpuMin, databaseCpu, statements } = figures;
  const times = [p50, p99].map((value) => shown(value, 2));
  const cpus = [cpu, cpuMin, databaseCpu].map((value) => shown(value, 3));
  return [shown(rps, rpsDigits), range, ...times, ...cpus, shown(statements, 2)];
}

/** The figures as a table: the variants of each document and number of connections, and below them the ratio. */
export function table(measured: readonly Measured[]): string {
  const lines = [line(header)];
  const ratios = ratiosOf(measured);
  for (const [i, one] of measured.entries()) {
    const name = [one.document, String(one.connections)];
    const rates = one.rounds.map((round) => round.rps);
    const range = `(${shown(Math.min(...rates), 0)}–${shown(Math.max(...rates), 0)})`;
    lines.push(line([...name, one.variant, ...cells(figuresOf(one), range, 0)]));
    const next = measured[i + 1];
    if (next?.document === one.document && next.connections === one.connections) continue;
    for (const { document, connections, of, to, ratio } of ratios) {
      if (document !== one.document || connections !== one.connections) continue;
      lines.push(line([...name, `${of} / ${to}`, ...cells(ratio, '', 2)]));
    }
    lines.push('');
  }
  return lines.join('\n');
}

/** What the figures were taken on and how, in sentences. */
export const legend = (run: {
  cores: number;
  node: string;
  database: string;
  articles: number;
  entities: number;
  rounds: number;
  seconds: number;
  bytes: Record<DocumentName, number>;
  databaseOfOthers: number;
}): string =>
  [
    `${run.cores} cores shared by servers, database and load; Node ${run.node}; ${run.database}; ${run.articles} articles, ` +
      `${run.entities} entities; answers of ${run.bytes.article} and ${run.bytes.section} bytes.`,
    `Middle of ${run.rounds} rounds of ${run.seconds} s, taken in turn; ratios are the middle of each round’s own; min–max is the noise.`,
    'CPU (the middle, and the least of a round), DB (the database’s CPU) and SQL (statements, counted apart on the wire) are for one request. Before the rounds ' +
      `others took ${run.databaseOfOthers.toFixed(0)} ms of the database’s CPU a second.`,
  ].join('\n');

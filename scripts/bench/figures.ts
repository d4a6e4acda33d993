import type { Measured, Round } from './measure.js';
import type { DocumentName, Variant } from './requests.js';

/** The middle of the rounds for each figure, the least CPU of any round, and the statements a request. */
export type Figures = { [Name in keyof Round]: number } & { cpuMin: number; statements: number };

const names = ['rps', 'p50', 'p99', 'cpu', 'databaseCpu'] as const;

const figuresBy = (pick: (name: keyof Round) => number, more: Pick<Figures, 'cpuMin' | 'statements'>): Figures =>
  ({ ...Object.fromEntries(names.map((name) => [name, pick(name)])), ...more }) as Figures;

const leastCpu = (rounds: readonly Round[]): number => Math.min(...rounds.map(({ cpu = NaN }) => cpu));

export const figuresOf = ({ rounds, statements = NaN }: Measured): Figures =>
  figuresBy((name) => median(rounds.map((round) => round[name] ?? NaN)), { cpuMin: leastCpu(rounds), statements });

/** What is compared with what. */
const pairs = [
  ['ours', 'by hand'],
  ['known', 'constant'],
  ['ours, 2 workers', 'ours'],
  ['known, 2 workers', 'known'],
] as const satisfies readonly (readonly [Variant, Variant])[];

export interface Ratio {
  document: DocumentName;
  connections: number;
  of: Variant;
  to: Variant;
  ratio: Figures;
}

/** For each figure the middle of the ratios of rounds that ran next to each other. */
export function ratiosOf(measured: readonly Measured[]): Ratio[] {
  return measured.flatMap(({ document, connections, variant, rounds, statements = NaN }) => {
    const to = pairs.find(([of]) => of === variant)?.[1];
    const other = measured.find(
      (each) => each.document === document && each.connections === connections && each.variant === to,
    );
    if (!to || !other) return [];
    const ratio = figuresBy(
      (name) => median(rounds.map((round, i) => (round[name] ?? NaN) / (other.rounds[i]![name] ?? NaN))),
      { cpuMin: leastCpu(rounds) / leastCpu(other.rounds), statements: statements / (other.statements ?? NaN) },
    );
    return [{ document, connections, of: variant, to, ratio }];
  });
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

import type { Measured, Round } from './measure.js';
import type { DocumentName } from './requests.js';

/** The middle of the rounds for each figure, and the statements a request. */
export type Figures = { [Name in keyof Round]: number } & { statements: number };

const names = ['rps', 'p50', 'p99', 'cpu', 'databaseCpu'] as const;

const figuresBy = (pick: (name: keyof Round) => number, statements: number): Figures =>
  ({ ...Object.fromEntries(names.map((name) => [name, pick(name)])), statements }) as Figures;

export const figuresOf = ({ rounds, statements = NaN }: Measured): Figures =>
  figuresBy((name) => median(rounds.map((round) => round[name] ?? NaN)), statements);

export interface Ratio {
  document: DocumentName;
  connections: number;
  ratio: Figures;
}

/** Ours to by hand: for each figure the middle of the ratios of rounds that ran next to each other. */
export function ratiosOf(measured: readonly Measured[]): Ratio[] {
  return measured.flatMap(({ document, connections, variant, rounds, statements = NaN }) => {
    if (variant !== 'ours') return [];
    const byHand = measured.find(
      (each) => each.document === document && each.connections === connections && each.variant === 'by hand',
    )!;
    const ratio = figuresBy(
      (name) => median(rounds.map((round, i) => (round[name] ?? NaN) / (byHand.rounds[i]![name] ?? NaN))),
      statements / (byHand.statements ?? NaN),
    );
    return [{ document, connections, ratio }];
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

import { median } from '../figures.js';
import type { Grown } from './main.js';

const power = (articles: number): string => articles.toLocaleString('en');

/** What each question took at each size: p50 at one connection, and the rows read for it. */
export function growthTable(grown: readonly Grown[]): string {
  const sizes = [...new Set(grown.map(({ articles }) => articles))];
  const questions = [...new Set(grown.map(({ question }) => question))];
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(36) : cell.padStart(13))).join(' ');
  const rows = questions.map((question) => {
    const each = sizes.map((size) => grown.find((one) => one.articles === size && one.question === question)!);
    const growth = median(each.at(-1)!.p50) / median(each[0]!.p50);
    return [
      question,
      ...each.map(({ p50 }) => median(p50).toFixed(2)),
      `× ${growth.toFixed(2)}`,
      ...each.map(({ rowsRead }) => (rowsRead === undefined ? '–' : String(rowsRead))),
      String(each.at(-1)!.statements),
    ];
  });
  const head = [
    'p50 ms at 1 connection',
    ...sizes.map(power),
    'growth',
    ...sizes.map((size) => `rows ${power(size)}`),
    'SQL',
  ];
  return [head, ...rows].map(line).join('\n');
}

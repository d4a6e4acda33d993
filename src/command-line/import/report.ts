import { closeSync, openSync, writeSync } from 'node:fs';
import { OperatorError } from '../../kernel/errors.js';
import type { ImportSummary, ItemReport } from '../../newsroom/import/import-many.commands.js';

/** A file of JSON Lines: an item to a line that somebody should know of, and what it came to in the last. */
export class ReportFile {
  private readonly file: number;
  lines = 0;

  constructor(readonly path: string) {
    try {
      this.file = openSync(path, 'w');
    } catch (error) {
      throw new OperatorError(`The report cannot be written: ${(error as Error).message}. --report says where to.`);
    }
  }

  add(report: ItemReport): void {
    const { notes = [], reason } = report;
    if (reason === undefined && notes.length === 0) return;
    this.lines += 1;
    this.write({ ...report, notes: notes.length > 0 ? notes : undefined });
  }

  /** Writes down what the whole import came to. */
  sum({ unknownCategories, ...summary }: ImportSummary, cost: ImportCost): void {
    this.write({ summary: { ...summary, unknownCategories: Object.fromEntries(unknownCategories), ...cost } });
  }

  /** At once, so that nothing waits in memory and what was done is there when the rest is cut off. */
  private write(line: object): void {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** How long an import took, and how much memory the process had at most, in MB. */
export interface ImportCost {
  seconds: number;
  megabytes: number;
}

export const costSince = (started: number): ImportCost => ({
  seconds: Number(((performance.now() - started) / 1_000).toFixed(1)),
  megabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
});

/** What an import did, in lines for a terminal. */
export function summaryLines(
  summary: ImportSummary,
  { report, dryRun, cost }: { report: ReportFile; dryRun: boolean; cost: ImportCost },
): string[] {
  const { read, written, updated, unchanged, skipped, failed, related, madeSections, unknownCategories } = summary;
  const would = dryRun ? 'Nothing was written; it would be: ' : '';
  const unknown = [...unknownCategories].sort(([, a], [, b]) => b - a);
  const shown = unknown.slice(0, 20).map(([name, count]) => `  ${name} (${count})`);
  return [
    `${would}${read} read, ${written} written, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`,
    `${cost.seconds} s, ${Math.round(read / Math.max(cost.seconds, 0.1))} items a second, ${cost.megabytes} MB of memory at most`,
    ...(related > 0 ? [`${related} stories were related to stories that came after them`] : []),
    ...(madeSections.length > 0 ? [`Sections made: ${madeSections.join(', ')}`] : []),
    ...(unknown.length > 0
      ? [
          `Categories without a section, whose stories went to the default section; --sections gives them one:`,
          ...shown,
        ]
      : []),
    ...(unknown.length > shown.length ? [`  and ${unknown.length - shown.length} more`] : []),
    ...(report.lines > 0 ? [`${report.lines} items to look at: ${report.path}`] : []),
  ];
}

import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import type { ImportSummary, ItemReport } from '../../newsroom/import/import-many.commands.js';

/** A file of JSON Lines: an item to a line that somebody should know of, and what it came to in the last. */
export class ReportFile {
  private stream: WriteStream | undefined;
  lines = 0;

  constructor(readonly path: string) {}

  add(report: ItemReport): void {
    const { notes = [], reason } = report;
    if (reason === undefined && notes.length === 0) return;
    this.lines += 1;
    this.write({ ...report, notes: notes.length > 0 ? notes : undefined });
  }

  /** Writes down what the whole import came to. */
  sum({ unknownCategories, ...summary }: ImportSummary): void {
    this.write({ summary: { ...summary, unknownCategories: Object.fromEntries(unknownCategories) } });
  }

  private write(line: object): void {
    this.stream ??= createWriteStream(this.path);
    this.stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    if (!this.stream) return;
    this.stream.end();
    await once(this.stream, 'close');
  }
}

/** What an import did, in lines for a terminal. */
export function summaryLines(
  summary: ImportSummary,
  { report, dryRun, seconds }: { report: ReportFile; dryRun: boolean; seconds: number },
): string[] {
  const { read, written, updated, unchanged, skipped, failed, related, madeSections, unknownCategories } = summary;
  const would = dryRun ? 'Nothing was written; it would be: ' : '';
  const unknown = [...unknownCategories].sort(([, a], [, b]) => b - a);
  const shown = unknown.slice(0, 20).map(([name, count]) => `  ${name} (${count})`);
  return [
    `${would}${read} read, ${written} written, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`,
    `${seconds.toFixed(1)} s, ${Math.round(read / Math.max(seconds, 0.001))} items a second`,
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

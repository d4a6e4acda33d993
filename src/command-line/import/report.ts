import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { OperatorError } from '../../kernel/errors.js';
import type { ImportSummary, ItemReport } from '../../newsroom/import/import-many.commands.js';

/**
 * A file of JSON Lines: an item to a line that somebody should know of, and what it came to in the last. One without that
 * last line is of an import that was cut off, and is gone on with: what was there is not told again.
 */
export class ReportFile {
  private file: number | undefined;
  lines = 0;
  /** How many items were told what, in the first words of it. */
  readonly told = new Map<string, number>();
  /** Why the first items failed. */
  readonly failures: string[] = [];

  constructor(readonly path: string) {}

  add(report: ItemReport): void {
    const { notes = [], reason } = report;
    if (reason === undefined && notes.length === 0) return;
    this.lines += 1;
    if (report.outcome === 'failed' && this.failures.length < mostFailures) this.failures.push(failureOf(report));
    for (const said of new Set([...(reason === undefined ? [] : [reason]), ...notes].map(beginningOf))) {
      if (this.told.has(said) || this.told.size < mostTold) this.told.set(said, (this.told.get(said) ?? 0) + 1);
    }
    this.write({ ...report, notes: notes.length > 0 ? notes : undefined });
  }

  /** Writes down what the whole import came to. */
  sum({ unknownCategories, ...summary }: ImportSummary, cost: ImportCost): void {
    this.write({ summary: { ...summary, unknownCategories: Object.fromEntries(unknownCategories), ...cost } });
  }

  /** At once, so that nothing waits in memory and what was done is there when the rest is cut off. */
  private write(line: object): void {
    writeSync(this.opened(), `${JSON.stringify(line)}\n`);
  }

  private opened(): number {
    try {
      return (this.file ??= openSync(this.path, wasCutOff(this.path) ? 'a' : 'w'));
    } catch (error) {
      throw new OperatorError(`The report cannot be written: ${(error as Error).message}. --report says where to.`);
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }
}

/** Whether a report is there that does not end with what all came to; of its last line what was half written goes. */
function wasCutOff(path: string): boolean {
  const lines = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = lines.lastIndexOf('\n') + 1;
  const last = lines.subarray(lines.lastIndexOf('\n', whole - 2) + 1, whole);
  if (whole === 0 || last.indexOf('{"summary":') === 0) return false;
  truncateSync(path, whole);
  return true;
}

/** How much of the report is said on the terminal too. */
const mostTold = 12;
const mostFailures = 5;

/** What a note says without what it says it of. */
const beginningOf = (note: string): string =>
  note
    .split(/[:,“"]/, 1)[0]!
    .replace(/\.$/, '')
    .trim();

function failureOf({ file, line, item, reason }: ItemReport): string {
  const place = [file, line && `line ${line}`, item && `item ${item}`].filter(Boolean).join(', ');
  return `  ${place}: ${reason}`;
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
  const would = dryRun ? 'A dry run, nothing was written. Without --dry-run this would come of it: ' : '';
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const perSecond = Math.round(read / Math.max(cost.seconds, 0.1));
  const unknown = [...unknownCategories].sort(([, a], [, b]) => b - a);
  const shown = unknown.slice(0, 20).map(([name, count]) => `  ${name} (${count})`);
  return [
    `${would}${read} read, ${written} written, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`,
    `${cost.seconds} s, ${counted(perSecond, 'item')} a second, ${cost.megabytes} MB of memory at most`,
    ...(related > 0
      ? [`${counted(related, 'text')} made anew, of stories that lead to others that came after them`]
      : []),
    ...(madeSections.length > 0 ? [`Sections ${dryRun ? 'to be made' : 'made'}: ${madeSections.join(', ')}`] : []),
    ...(unknown.length > 0
      ? [
          'Categories that have no section here: their stories are in the default section; --sections gives them others:',
          ...shown,
        ]
      : []),
    ...(unknown.length > shown.length ? [`  and ${unknown.length - shown.length} more`] : []),
    ...(failed > 0 ? ['What failed:', ...report.failures] : []),
    ...(failed > report.failures.length ? [`  and ${failed - report.failures.length} more`] : []),
    ...(report.lines > 0
      ? [
          `${counted(report.lines, 'item')} to look at, a line for each in ${report.path}:`,
          ...[...report.told].sort(([, a], [, b]) => b - a).map(([said, count]) => `  ${said} (${count})`),
        ]
      : []),
  ];
}

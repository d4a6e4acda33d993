import { median, ratiosOf, type Figures } from './figures.js';
import type { Measured } from './measure.js';
import type { Report, SectionName } from './report.js';
import type { DocumentName, Variant } from './requests.js';
import type { PublishingRounds } from './writes/publishing.js';

/** What the service is to reach: a ratio of what one run measured, or a figure where it says of what. */
export interface Target {
  name: string;
  section: SectionName;
  bound: 'at most' | 'at least';
  value: number;
  unit?: string;
  of: (report: Report) => number | undefined;
}

const ratio =
  (section: 'pages' | 'sqlite', document: DocumentName, connections: number, of: Variant, figure: keyof Figures) =>
  (report: Report): number | undefined =>
    ratioIn(report[section], document, connections, of)?.[figure];

/** The figures of one variant against what it is compared with. */
export const ratioIn = (
  measured: readonly Measured[] | undefined,
  document: DocumentName,
  connections: number,
  of: Variant,
): Figures | undefined =>
  ratiosOf(measured ?? []).find(
    (each) => each.document === document && each.connections === connections && each.of === of,
  )?.ratio;

export const publishRatio = ({ rounds }: PublishingRounds): number =>
  median(rounds.map((round) => round['by hand'].ms / round.ours.ms));

const memoryAt = (report: Report, part: number): number | undefined =>
  report.memory?.[Math.round(report.memory.length * part) - 1]?.mb;

export const targets: readonly Target[] = [
  {
    name: 'article page, made, 16 connections: CPU against by hand',
    section: 'pages',
    bound: 'at most',
    value: 1,
    of: ratio('pages', 'article', 16, 'ours', 'cpu'),
  },
  {
    name: 'the same: throughput against by hand',
    section: 'pages',
    bound: 'at least',
    value: 1,
    of: ratio('pages', 'article', 16, 'ours', 'rps'),
  },
  {
    name: 'the same: CPU of the database against by hand',
    section: 'pages',
    bound: 'at most',
    value: 0.4,
    of: ratio('pages', 'article', 16, 'ours', 'databaseCpu'),
  },
  {
    name: 'the same, 1 connection: p50 against by hand',
    section: 'pages',
    bound: 'at most',
    value: 1.6,
    of: ratio('pages', 'article', 1, 'ours', 'p50'),
  },
  {
    name: 'article page, known, 16 connections: throughput against a constant',
    section: 'pages',
    bound: 'at least',
    value: 0.9,
    of: ratio('pages', 'article', 16, 'known', 'rps'),
  },
  {
    name: 'section front of 20, made, 16 connections: throughput against by hand',
    section: 'pages',
    bound: 'at least',
    value: 1,
    of: ratio('pages', 'section', 16, 'ours', 'rps'),
  },
  {
    name: 'SQLite, article page, made, 16 connections: throughput against by hand',
    section: 'sqlite',
    bound: 'at least',
    value: 0.6,
    of: ratio('sqlite', 'article', 16, 'ours', 'rps'),
  },
  {
    name: 'publishing: throughput against the same statements by hand',
    section: 'publish',
    bound: 'at least',
    value: 0.7,
    of: ({ publish }) => publish && publishRatio(publish),
  },
  {
    name: 'cold start with samples, to the first article page: CPU',
    section: 'start',
    bound: 'at most',
    value: 2,
    unit: 's',
    of: ({ start }) => start && median(start.ours.map(({ cpu }) => cpu)),
  },
  {
    name: 'memory after all requests',
    section: 'memory',
    bound: 'at most',
    value: 200,
    unit: 'MB',
    of: (report) => memoryAt(report, 1),
  },
  {
    name: 'memory after all requests against after half of them',
    section: 'memory',
    bound: 'at most',
    value: 1.1,
    of: (report) => {
      const [half, whole] = [memoryAt(report, 0.5), memoryAt(report, 1)];
      return half === undefined || whole === undefined ? undefined : whole / half;
    },
  },
];

/** A target with what was measured: by how much it is missed is told as a part of it. */
export interface Reached {
  name: string;
  target: string;
  measured: number | undefined;
  /** How far beyond the target it is, from 0; nothing when it is met or was not measured. */
  missedBy: number | undefined;
}

export function reachedBy(report: Report): Reached[] {
  return targets.map(({ name, bound, value, unit, of }) => {
    const figure = of(report);
    const measured = figure !== undefined && Number.isFinite(figure) ? figure : undefined;
    const beyond = measured === undefined ? 0 : bound === 'at most' ? measured / value - 1 : 1 - measured / value;
    const target = `${bound === 'at most' ? '≤' : '≥'} ${value}${unit === undefined ? '' : ` ${unit}`}`;
    return { name, target, measured, missedBy: beyond > 0 ? beyond : undefined };
  });
}

/** The targets as a table of Markdown, as it stands in the README. */
export function targetTable(report: Report): string {
  const rows = reachedBy(report).map(({ name, target, measured, missedBy }) => {
    const found = measured === undefined ? '–' : measured >= 10 ? measured.toFixed(0) : measured.toFixed(2);
    const verdict =
      measured === undefined ? 'not measured' : missedBy === undefined ? 'met' : `missed by ${percent(missedBy)}`;
    return [name, target, found, verdict];
  });
  const lines = [['work', 'target', 'measured', ''], ...rows];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...lines.map((cells) => cells[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const [head, ...body] = lines.map(line);
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

const percent = (part: number): string => (part < 0.01 ? 'less than 1 %' : `${(100 * part).toFixed(0)} %`);

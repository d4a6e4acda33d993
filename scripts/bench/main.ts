import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withProgress } from '../../src/command-line/progress.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { refuseDrift } from './drift.js';
import { figuresOf, median, ratiosOf } from './figures.js';
import type { Scale } from './generate.js';
import type { Plan } from './measure.js';
import { dropNewsroom, prepareNewsroom, type Newsroom } from './newsroom.database.js';
import { stopAll } from './processes.js';
import { sections, type Report, type SectionName } from './report.js';
import { documents } from './requests.js';
import { memory } from './sections/memory.js';
import { pages } from './sections/pages.js';
import { starts } from './sections/start.js';
import { workers } from './sections/workers.js';
import { legend, table } from './table.js';
import { reachedBy, targetTable } from './targets.js';
import { publishing } from './writes/publishing.js';
import { publishLines, writersTable } from './writes/table.js';
import { writing } from './writes/writers.js';

interface Options extends Scale, Pick<Plan, 'rounds' | 'seconds' | 'warmUp'> {
  database: string;
  serve: string[];
  json?: string;
  keep?: true;
  only: readonly SectionName[];
  memoryRequests: number;
}

const from = (least: number) => (text: string) => {
  const value = Number(text);
  if (!(value >= least && value < Infinity)) throw new InvalidArgumentError(`It must be a number from ${least}.`);
  return value;
};

const sectionsIn = (text: string): SectionName[] => {
  const asked = text.split(',').flatMap((name) => (name === 'writes' ? ['publish', 'writers'] : [name]));
  const known = sections.filter((name) => asked.includes(name));
  if (known.length < asked.length) throw new InvalidArgumentError(`It is some of ${sections.join(', ')}.`);
  return known;
};

const program = new Command('bench')
  .description(
    'Measures pages, writes, starts and memory against the same work by hand, and tells which targets are met.',
  )
  .option('--articles <n>', 'how many stories the newsroom has', from(100), 20_000)
  .option('--entities <n>', 'how many people, organisations and places; half as many as stories when absent', from(100))
  .option('--seconds <n>', 'how long a round lasts', from(0.1), 2)
  .option('--rounds <n>', 'how many rounds', from(1), 5)
  .option('--warm-up <n>', 'requests before the first round, for each document', from(0), 10_000)
  .option('--database <url>', 'the bench’s own database', 'mariadb://root@127.0.0.1:3306/newsgraph_bench')
  .option('--serve <script...>', 'what serves our side', [join(import.meta.dirname, '../../src/main.js'), 'serve'])
  .option('--only <sections>', `some of ${sections.join(',')}; writes is publish,writers`, sectionsIn, [...sections])
  .option('--memory-requests <n>', 'requests after which memory is looked at', from(100), 100_000)
  .option('--json <file>', 'write all figures there')
  .option('--keep', 'leave the newsroom for the next run');

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function bench(options: Options): Promise<void> {
  await refuseDrift();
  const report: Report = {};
  const { articles, entities, rounds, seconds } = options;
  const run: Record<string, unknown> = { articles, entities, rounds, seconds, node: process.version };
  const beside = { articles: Math.min(3_000, articles), entities: Math.min(1_500, entities) };
  const wants = (...names: SectionName[]) => names.some((name) => options.only.includes(name));
  const how = { ...options, documents, connections: [1, 16, 64] };

  if (wants('pages', 'workers', 'memory')) {
    await withNewsroom(options.database, options, options.keep, async ({ slugs, databaseVersion }) => {
      if (wants('pages')) {
        const { measured, bytes, databaseOfOthers } = await pages(options.database, slugs, how);
        report.pages = measured;
        Object.assign(run, { cores: cpus().length, database: databaseVersion, bytes, databaseOfOthers });
        print(`\n${table(measured)}\n${legend(run as unknown as Parameters<typeof legend>[0])}\n`);
      }
      if (wants('workers')) {
        report.workers = await workers(options.database, slugs, how);
        print(table(report.workers));
      }
      if (wants('memory')) {
        report.memory = await memory(options.database, slugs, { ...options, requests: options.memoryRequests });
        print(`memory        ${memoryLine(report.memory)}`);
      }
    });
  }
  if (wants('sqlite')) {
    const folder = await mkdtemp(join(tmpdir(), 'newsgraph-bench-'));
    const url = `sqlite:${join(folder, 'bench.sqlite')}`;
    try {
      await withNewsroom(url, beside, undefined, async ({ slugs }) => {
        const only = { documents: ['article'] as const, connections: [16] };
        report.sqlite = (await pages(url, slugs, { ...how, ...only })).measured;
        print(`\nSQLite, ${beside.articles} articles\n${table(report.sqlite)}`);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const onServer = !options.database.startsWith('sqlite:');
  if (wants('publish') && onServer) {
    const stories = Math.max(3, Math.round(10 * seconds));
    report.publish = await publishing(options.database, { articles: 300, entities: 150 }, { rounds, stories });
    print(publishLines(report.publish));
  }
  if (wants('writers') && onServer) {
    report.writers = await writing(options.database, beside, options);
    print(`\n${writersTable(report.writers)}\n`);
  }
  if (wants('start')) {
    report.start = await starts(options.serve, Math.min(5, rounds));
    print(startLines(report.start));
  }
  print(`\n${targetTable(report)}`);
  if (options.json) {
    const groups = [report.pages, report.sqlite, report.workers].map((measured) => measured ?? []);
    const middles = groups.map((group) => group.map((each) => ({ ...each, rounds: undefined, ...figuresOf(each) })));
    const ratios = groups.map(ratiosOf);
    const figures = { pages: middles[0], sqlite: middles[1], workers: middles[2] };
    const all = { run, targets: reachedBy(report), figures, ratios: ratios.flat(), report };
    await writeFile(options.json, JSON.stringify(all, null, 2));
  }
}

async function withNewsroom(
  url: string,
  scale: Scale,
  keep: true | undefined,
  work: (newsroom: Newsroom) => Promise<void>,
): Promise<void> {
  const newsroom = await withProgress('Newsroom', (progress) => prepareNewsroom(url, scale, progress));
  const { reused, loadSeconds } = newsroom;
  print(`Newsroom      ${reused ? 'as it was left' : `loaded in ${loadSeconds.toFixed(1)} s`}`);
  try {
    await work(newsroom);
  } finally {
    await stopAll();
    if (!keep && !reused) await dropNewsroom(url);
  }
}

const memoryLine = (found: Report['memory'] & object): string =>
  [0.25, 0.5, 0.75, 1]
    .map((part) => found[Math.round(found.length * part) - 1]!)
    .map(({ requests, mb }) => `${mb.toFixed(0)} MB after ${requests}`)
    .join(', ');

function startLines({ ours, 'by hand': byHand }: Report['start'] & object): string {
  const line = (who: string, all: typeof ours) =>
    `cold start    ${who.padEnd(8)} ${median(all.map(({ cpu }) => cpu)).toFixed(2)} s of CPU (least ${Math.min(
      ...all.map(({ cpu }) => cpu),
    ).toFixed(2)}), ${median(all.map(({ wall }) => wall)).toFixed(2)} s to the first article page`;
  return [line('ours', ours), line('by hand', byHand)].join('\n');
}

try {
  await program.parseAsync();
  const given = program.opts<Partial<Options> & Omit<Options, 'entities'>>();
  await bench({ ...given, entities: given.entities ?? Math.max(100, Math.round(given.articles / 2)) });
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

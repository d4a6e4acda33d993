import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { withProgress } from '../../src/command-line/progress.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { refuseDifference, type Slugs } from './compare.js';
import { refuseDrift } from './drift.js';
import { figuresOf, ratiosOf } from './figures.js';
import type { Scale } from './generate.js';
import { countOf, measure, type Plan } from './measure.js';
import { databasePid, othersAtWork } from './meters.js';
import { dropNewsroom, prepareNewsroom } from './newsroom.database.js';
import { stopAll } from './processes.js';
import { bytesOf, startConstant, startKnowing, startLoad, startSides, type Bytes } from './sides.js';
import { countStatements } from './statements.js';
import { legend, table } from './table.js';

interface Options extends Scale, Pick<Plan, 'rounds' | 'seconds' | 'warmUp'> {
  database: string;
  serve: string[];
  json?: string;
  keep?: true;
}

const from = (least: number) => (text: string) => {
  const value = Number(text);
  if (!(value >= least && value < Infinity)) throw new InvalidArgumentError(`It must be a number from ${least}.`);
  return value;
};

const program = new Command('bench')
  .description('Measures the article page and the section front against the same answers written by hand.')
  .option('--articles <n>', 'how many stories the newsroom has', from(100), 20_000)
  .option('--entities <n>', 'how many people, organisations and places; half as many as stories when absent', from(100))
  .option('--seconds <n>', 'how long a round lasts', from(0.1), 2)
  .option('--rounds <n>', 'how many rounds', from(1), 5)
  .option('--warm-up <n>', 'requests before the first round, for each document', from(0), 500)
  .option('--database <url>', 'the bench’s own database', 'mariadb://root@127.0.0.1:3306/newsgraph_bench')
  .option('--serve <script...>', 'what serves our side', [join(import.meta.dirname, '../../src/main.js'), 'serve'])
  .option('--json <file>', 'write all figures there')
  .option('--keep', 'leave the newsroom for the next run');

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function bench(options: Options): Promise<void> {
  await refuseDrift();
  const newsroom = await withProgress('Newsroom', (progress) => prepareNewsroom(options.database, options, progress));
  const { reused, loadSeconds, slugs } = newsroom;
  print(`Newsroom      ${reused ? 'as it was left' : `loaded in ${loadSeconds.toFixed(1)} s`}`);
  try {
    const { statements, bytes } = await check(options, slugs);
    await stopAll();
    const { measured, databaseOfOthers } = await time(options, { slugs, statements, bytes });
    const { articles, entities, rounds, seconds } = options;
    const machine = { cores: cpus().length, node: process.version, database: newsroom.databaseVersion };
    const run = { ...machine, articles, entities, rounds, seconds, bytes, databaseOfOthers };
    print(`\n${table(measured)}\n${legend(run)}`);
    if (options.json) {
      const results = measured.map((result) => ({ ...result, middle: figuresOf(result) }));
      await writeFile(options.json, JSON.stringify({ run, results, ratios: ratiosOf(measured) }, null, 2));
    }
  } finally {
    await stopAll();
    if (!options.keep && !reused) await dropNewsroom(options.database);
  }
}

/** Sees that both sides answer the same, and counts their statements, behind a counter that the timed servers do not have. */
async function check({ database, serve, articles }: Options, slugs: Slugs) {
  const counter = database.startsWith('sqlite:') ? undefined : await countStatements(database);
  try {
    const targets = await startSides(serve, counter?.url ?? database);
    print(`Compared      ${await refuseDifference(targets.ours, targets['by hand'], slugs)} answers: they are equal`);
    const load = startLoad();
    const bytes = await bytesOf(targets['by hand'], slugs, load);
    const requests = Math.min(200, Math.round(articles / 5));
    const statements = counter
      ? await countOf({ targets, slugs, load }, requests, counter.counted)
      : new Map<string, number>();
    return { statements, bytes };
  } finally {
    counter?.close();
  }
}

async function time(options: Options, counted: Pick<Plan, 'slugs' | 'statements'> & { bytes: Bytes }) {
  const [sides, known, constant] = await Promise.all([
    startSides(options.serve, options.database),
    startKnowing(options.serve, options.database),
    startConstant(counted.bytes),
  ]);
  const pid = await databasePid(options.database);
  const databaseOfOthers = await othersAtWork(pid, Math.min(1, options.seconds));
  const warmUp = Math.min(options.warmUp, Math.round(options.articles / 3));
  const plan = {
    ...options,
    ...counted,
    targets: { ...sides, known, constant },
    load: startLoad(),
    databasePid: pid,
    warmUp,
  };
  const measured = await withProgress('Rounds', (progress) => measure({ ...plan, progress }));
  return { measured, databaseOfOthers };
}

try {
  await program.parseAsync();
  const given = program.opts<Partial<Options> & Omit<Options, 'entities'>>();
  await bench({ ...given, entities: given.entities ?? Math.max(100, Math.round(given.articles / 2)) });
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { readFile } from 'node:fs/promises';
import { readConfig } from '../../src/config.js';
import {
  editorsLinks,
  rankedByTfIdf,
  mostFound,
  rankedByUs,
  type Trial,
} from '../../src/command-line/evaluate/related.ranking.js';
import { figuresOf, quantile, recallLines } from '../../src/command-line/evaluate/related.figures.js';
import { sourcesOf } from '../../src/command-line/import/sources.js';
import { withProgress } from '../../src/command-line/progress.js';
import { createContext, type Context } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { wordAllStories } from '../../src/newsroom/beside/wording.commands.js';
import { databaseNow } from '../../src/newsroom/import/import.queries.js';
import { importMany } from '../../src/newsroom/import/import-many.commands.js';
import { readers } from '../../src/newsroom/import/readers.js';
import { openStorage } from '../../src/storage.js';
import { prepareNewsroom } from './newsroom.database.js';

/** Measures what is suggested to stand beside a story, and how long it takes, in a newsroom of very many stories. */
const program = new Command('bench:beside')
  .argument('<file...>', 'stories as JSON Lines, with links to one another; the others are written with their words')
  .option('--articles <n>', 'how many stories are generated beside them', whole(100), 50_000)
  .option('--stories <n>', 'about how many of the generated ones is asked', whole(5), 200)
  .option('--database <url...>', 'the bench’s own databases', [
    'sqlite:data/bench-beside.sqlite',
    'mariadb://root@127.0.0.1:3306/newsgraph_bench_beside',
  ]);

interface Options {
  articles: number;
  stories: number;
  database: string[];
}

function whole(least: number) {
  return (text: string) => {
    const value = Number(text);
    if (!(Number.isInteger(value) && value >= least)) throw new InvalidArgumentError(`It must be from ${least}.`);
    return value;
  };
}

const source = 'trial';
/** How many stories the desk is told of. */
const asManyAsTheDesk = 10;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const addresses = { siteUrl: 'https://bench.example', mediaUrl: 'https://bench.example/media', siteName: 'Bench' };

/** The words of some files, the most frequent first. */
async function wordsOf(files: readonly string[]): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const file of files) {
    for (const line of (await readFile(file, 'utf8')).split('\n').filter((each) => each.trim() !== '')) {
      const { title, body } = JSON.parse(line) as { title: string; body: string };
      for (const [word] of `${title}\n${body}`.matchAll(/\p{L}+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1)).map(([word]) => word);
}

async function bringIn(contextOf: () => Context, files: readonly string[]): Promise<void> {
  const sources = await sourcesOf(files);
  const now = await databaseNow(contextOf());
  await importMany(contextOf(), readers.jsonl.read(sources, { now }), { source }, () => undefined);
  await withProgress('Reading the words', (progress) => wordAllStories(contextOf(), progress));
  const statement = contextOf().database.dialect === 'mysql' ? 'analyze table wording, wording_term' : 'analyze';
  await contextOf().database.transaction((tx) => tx.run(raw(statement)));
}

async function measure(contextOf: () => Context, stories: number, tfIdf: (trial: Trial) => number[][]): Promise<void> {
  const own = await contextOf().database.read<{ id: number }>(sql`select id from article where source = ${source}`);
  const isOwn = new Set(own.map(({ id }) => id));
  const { asked: all, texts } = await editorsLinks(contextOf());
  const asked = all.filter(({ articleId }) => isOwn.has(articleId));
  if (asked.length === 0) throw new OperatorError('No story of the file has a link to another one.');
  const generated = all.filter(({ articleId }) => !isOwn.has(articleId));
  const some = generated.filter((_, i) => i % Math.floor(generated.length / stories) === 0);
  const rows: string[] = [];
  const timed = async (name: string, about: Trial['asked'], most: number) => {
    const before = process.cpuUsage();
    const ranked = await withProgress('Suggesting', (progress) => rankedByUs(contextOf, about, progress, most));
    const { user, system } = process.cpuUsage(before);
    const took = ranked.map((each) => each.took);
    const cells = [took[0]!, quantile(took, 0.5), quantile(took, 0.95), (user + system) / 1_000 / took.length];
    rows.push(`${name.padEnd(26)}${cells.map((cell) => cell.toFixed(1).padStart(7)).join('')}`);
    return ranked;
  };
  const ours = await timed(`${asked.length} of the file, ${mostFound}`, asked, mostFound);
  await timed(`${some.length} generated, ${asManyAsTheDesk}`, some, asManyAsTheDesk);
  const links = asked.reduce((sum, each) => sum + each.links.length, 0);
  print(`${links} links between ${isOwn.size} stories of the file, looked for among ${texts.size}`);
  for (const line of recallLines(figuresOf(asked, ours, tfIdf({ asked, texts })))) print(line);
  print('\nmilliseconds a suggestion   first    p50    p95    CPU');
  for (const row of rows) print(row);
}

/** What TF-IDF finds takes long, and is the same on every database but for the ids of stories. */
function onceOver(): (trial: Trial) => number[][] {
  let places: number[][] | undefined;
  return (trial) => {
    const ids = [...trial.texts.keys()];
    const placeOf = new Map(ids.map((id, place) => [id, place]));
    places ??= rankedByTfIdf(trial).map((found) => found.map((id) => placeOf.get(id)!));
    return places.map((found) => found.map((place) => ids[place]!));
  };
}

async function bench(files: readonly string[], { articles, stories, database: urls }: Options): Promise<void> {
  const scale = { articles, entities: Math.max(100, Math.round(articles / 2)), vocabulary: await wordsOf(files) };
  const tfIdf = onceOver();
  for (const url of urls) {
    const { databaseVersion } = await withProgress('Newsroom', (progress) => prepareNewsroom(url, scale, progress));
    const database: Database = await openStorage(readConfig({ DATABASE_URL: url }).database);
    const contextOf = () => createContext(database, addresses, { viewer: operator });
    try {
      print(`\n${databaseVersion}`);
      await bringIn(contextOf, files);
      await measure(contextOf, stories, tfIdf);
    } finally {
      await database.close();
    }
  }
}

try {
  program.parse();
  await bench(program.args, program.opts<Options>());
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { parse, type GraphQLSchema } from 'graphql';
import { cpus } from 'node:os';
import { readConfig } from '../../src/config.js';
import { withProgress } from '../../src/command-line/progress.js';
import { createContext } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { Freshness } from '../../src/kernel/freshness.js';
import { join, raw, sql } from '../../src/kernel/sql.js';
import { Documents } from '../../src/http/compiled/documents.js';
import { createSchema } from '../../src/schema.js';
import { enginesStatement } from '../../src/search/database.engine.js';
import { planOf } from '../../src/search/plan.rules.js';
import { askedIn } from '../../src/search/query.rules.js';
import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { schedule } from '../../src/schedule.js';
import { openStorage } from '../../src/storage.js';
import { madeUpName, wordOf } from './words.js';
import { prepareNewsroom } from './newsroom.database.js';
import { randomOf } from './random.js';

/** Measures the search against the bare statement of the database's own full text index, for the same queries. */
const program = new Command('bench:search')
  .option('--articles <n>', 'how many stories the newsroom has', whole(100), 50_000)
  .option('--queries <n>', 'how many queries of each sort', whole(5), 60)
  .option('--database <url...>', 'the bench’s own databases', [
    'sqlite:data/bench-search.sqlite',
    'mariadb://root@127.0.0.1:3306/newsgraph_bench_search',
  ])
  .option('--explain', 'print the database’s plan of the statement');

interface Options {
  articles: number;
  queries: number;
  database: string[];
  explain?: true;
}

function whole(least: number) {
  return (text: string) => {
    const value = Number(text);
    if (!(Number.isInteger(value) && value >= least)) throw new InvalidArgumentError(`It must be from ${least}.`);
    return value;
  };
}

const vocabulary = 30_000;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const addresses = { siteUrl: 'https://bench.example', mediaUrl: 'https://bench.example/media', siteName: 'Bench' };

/** Two words by how common they are: each sort is asked by itself, and all of them together. */
const sorts: Record<string, (n: number) => string> = {
  'a name': (n) => `${madeUpName(n * 7)} ${madeUpName(n % 2_000)}`,
  'rare words': (n) => pair(n, 2_000, 20_000),
  'middling words': (n) => pair(n, 200, 2_000),
  'common and rare': (n) => pair(n, 20, 100).split(' ')[0]! + ' ' + pair(n, 500, 5_000).split(' ')[1]!,
  'common words': (n) => pair(n, 20, 200),
};

function pair(n: number, from: number, to: number): string {
  const random = randomOf(`query ${n} ${from}`);
  return `${wordOf(random.between(from, to))} ${wordOf(random.between(from, to))}`;
}

const page = `query ($query: String!) { search(query: $query, first: 20) { edges { score
  node { slug title standfirst publishedAt section { name } } } pageInfo { hasNextPage endCursor } } }`;
const whole_ = `query ($query: String!) { search(query: $query, first: 20) { totalCount edges { score highlight
  node { slug title standfirst publishedAt section { name } } } pageInfo { hasNextPage endCursor }
  facets { sections { section { slug name } count } entities { entity { __typename slug name } count } } } }`;

const rounds = 5;

/**
 * How long each work takes for each query, in milliseconds: the works in turn, each once before, and of five times the
 * shortest, as whatever else the machine does only adds.
 */
async function timesOf(queries: readonly string[], works: readonly ((query: string) => Promise<unknown>)[]) {
  const times = works.map((): number[] => []);
  for (const query of queries) {
    const least = works.map(() => Infinity);
    for (let round = 0; round <= rounds; round++) {
      for (const [i, work] of works.entries()) {
        const started = performance.now();
        await work(query);
        if (round > 0) least[i] = Math.min(least[i]!, performance.now() - started);
      }
    }
    for (const [i, time] of least.entries()) times[i]!.push(time);
  }
  return times;
}

const p50 = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

async function measure(database: Database, schema: GraphQLSchema, options: Options): Promise<void> {
  const freshness = new Freshness(database, schedule);
  const contextOf = () => createContext(database, addresses, { freshness });
  const documents = new Documents(schema);
  /** As the service answers a document that it knows, up to the text that it sends. */
  const asking = (text: string) => {
    documents.learn(text, parse(text));
    return async (query: string) => {
      const found = documents.find({ text, print: undefined, operationName: undefined, variables: { query } })!;
      return JSON.stringify({ data: await found.program()!.run(contextOf(), found.variables) });
    };
  };
  const bare = (query: string) => {
    const plan = planOf(askedIn(query), {
      facets: [],
      notFacets: [],
      after: null,
      before: null,
      of: 'READERS',
      at: null,
      most: 20,
    });
    return database.read(enginesStatement(contextOf(), plan!));
  };
  print('two words          engine    page   ratio    whole   ratio   (p50, milliseconds)');
  const all = { bare: [] as number[], page: [] as number[], whole: [] as number[] };
  const row = (name: string, times: typeof all) => {
    const [engine, ours, full] = [p50(times.bare), p50(times.page), p50(times.whole)];
    const cells = [
      engine.toFixed(1),
      ours.toFixed(1),
      (ours / engine).toFixed(2),
      full.toFixed(1),
      (full / engine).toFixed(2),
    ];
    print(`${name.padEnd(17)}${cells.map((cell) => cell.padStart(8)).join('')}`);
  };
  for (const [name, queryOf] of Object.entries(sorts)) {
    const queries = Array.from({ length: options.queries }, (_, n) => queryOf(n));
    const [bareTimes, pageTimes, wholeTimes] = await timesOf(queries, [bare, asking(page), asking(whole_)]);
    const times = { bare: bareTimes!, page: pageTimes!, whole: wholeTimes! };
    row(name, times);
    for (const each of ['bare', 'page', 'whole'] as const) all[each].push(...times[each]);
  }
  row('all together', all);
  if (options.explain) await explain(database, bare, sorts['middling words']!(1));
}

async function explain(database: Database, bare: (query: string) => Promise<unknown>, query: string): Promise<void> {
  void bare;
  const ctx = createContext(database, addresses);
  const plan = planOf(askedIn(query), {
    facets: [],
    notFacets: [],
    after: null,
    before: null,
    of: 'READERS',
    at: null,
    most: 20,
  })!;
  const statement = enginesStatement(ctx, plan);
  const keyword = database.dialect === 'mysql' ? 'explain' : 'explain query plan';
  for (const step of await database.read(join([raw(keyword), statement], ' '))) print(JSON.stringify(step));
}

async function bench(options: Options): Promise<void> {
  const schema = createSchema();
  print(`${cpus().length} cores, Node ${process.version}, ${options.articles.toLocaleString('en')} stories`);
  for (const url of options.database) {
    const scale = { articles: options.articles, entities: Math.max(100, Math.round(options.articles / 2)), vocabulary };
    const { databaseVersion } = await withProgress('Newsroom', (progress) => prepareNewsroom(url, scale, progress));
    const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
    try {
      print(`\n${databaseVersion}`);
      const [{ there }] = (await database.read<{ there: number }>(sql`select count(*) as there from search_text`)) as [
        { there: number },
      ];
      if (there < options.articles) {
        const started = performance.now();
        const stories = await withProgress('Indexing', (progress) =>
          rebuildIndex(createContext(database, addresses), progress),
        );
        const seconds = (performance.now() - started) / 1_000;
        print(
          `index         built in ${seconds.toFixed(1)} s, ${Math.round(stories / seconds).toLocaleString('en')} stories a second`,
        );
      }
      await measure(database, schema, options);
    } finally {
      await database.close();
    }
  }
}

try {
  await program.parseAsync();
  await bench(program.opts<Options>());
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

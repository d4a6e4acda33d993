import 'reflect-metadata';
import { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withProgress } from '../../../src/command-line/progress.js';
import { median } from '../figures.js';
import { dropNewsroom, prepareNewsroom } from '../newsroom.database.js';
import { stopAll } from '../processes.js';
import { startLoad, startUnknowing } from '../sides.js';
import { growthPlot } from './plot.js';
import { costsOf, named, questionsOf, shapeOf, type Cost, type Question } from './questions.js';
import { growthTable } from './table.js';

interface Options {
  database: string;
  million?: true;
  rounds: number;
  requests: number;
  keep?: true;
  json?: string;
  plot: string;
  serve: string[];
}

/** What one question took at one size. */
export interface Grown extends Cost {
  articles: number;
  question: string;
  plotted: boolean;
  /** Milliseconds at one connection, the middle of each round. */
  p50: number[];
}

/** One newsroom with what serves it. */
interface Asked {
  port: number;
  slugs: readonly string[];
  questions: readonly Question[];
  grown: Grown[];
}

const program = new Command('bench:growth')
  .description('Measures what questions take in newsrooms of 10,000, 100,000 and a million articles.')
  .option(
    '--database <url>',
    'what the names of its databases begin with',
    'mariadb://root@127.0.0.1:3306/newsgraph_bench_growth',
  )
  .option('--million', 'with a million articles too: loading them takes an hour')
  .option('--rounds <n>', 'how many rounds', Number, 5)
  .option('--requests <n>', 'requests of a round', Number, 100)
  .option('--serve <script...>', 'what serves', [join(import.meta.dirname, '../../../src/main.js'), 'serve'])
  .option('--json <file>', 'write all figures there')
  .option('--plot <file>', 'where the plot goes', 'docs/growth.svg')
  .option('--keep', 'leave the newsrooms for the next run');

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function growth(options: Options): Promise<void> {
  const { rounds, requests, database, serve, keep } = options;
  const newsrooms: { url: string; articles: number; reused: boolean }[] = [];
  try {
    for (const articles of [10_000, 100_000, ...(options.million ? [1_000_000] : [])]) {
      newsrooms.push({ url: `${database}_${articles}`, articles, reused: false });
    }
    const asked: Asked[] = [];
    for (const newsroom of newsrooms) {
      const { url, articles } = newsroom;
      const scale = { articles, entities: articles / 2, named };
      const ready = await withProgress(`${articles} articles`, (progress) => prepareNewsroom(url, scale, progress));
      newsroom.reused = ready.reused;
      const rate = ready.reused
        ? 'as they were left'
        : `loaded at ${(articles / ready.loadSeconds).toFixed(0)} a second`;
      print(`${articles} articles, ${rate}`);
      const slugs = ready.slugs.article;
      const questions = await questionsOf(url, scale);
      const costs = await costsOf(url, questions, slugs[Math.floor(slugs.length / 2)]!);
      const server = await startUnknowing(serve, url);
      const grown = questions.map(({ name, plotted = false }, i): Grown => ({
        articles,
        question: name,
        plotted,
        p50: [],
        ...costs[i]!,
      }));
      asked.push({ port: server.port, slugs, questions, grown });
    }
    const load = startLoad();
    await withProgress('Rounds', async (progress) => {
      const questionCount = asked[0]!.questions.length;
      for (let round = 0; round <= rounds; round++) {
        for (let q = 0; q < questionCount; q++) {
          for (const { port, slugs, questions, grown } of asked) {
            const question: Question = questions[q]!;
            const about = question.ofAnyStory ? slugs : [''];
            const stretch = { port, shape: shapeOf(question), slugs: about, connections: 1, seed: `growth ${round}` };
            const { p50 } = await load({ ...stretch, requests, seconds: 10 });
            if (round > 0) grown[q]!.p50.push(p50); // the first is the warm-up
          }
          progress(round * questionCount + q + 1, (rounds + 1) * questionCount);
        }
      }
    });
    const grown = asked.flatMap((each) => each.grown);
    print(`\n${growthTable(grown)}`);
    await writeFile(options.plot, growthPlot(grown.filter(({ plotted }) => plotted)));
    print(`\nPlotted to ${options.plot}`);
    if (options.json) {
      const middles = grown.map((each) => ({ ...each, middle: median(each.p50) }));
      await writeFile(options.json, JSON.stringify(middles, null, 2));
    }
  } finally {
    await stopAll();
    for (const { url, reused } of newsrooms) if (!keep && !reused) await dropNewsroom(url);
  }
}

try {
  await program.parseAsync();
  await growth(program.opts<Options>());
} catch (error) {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

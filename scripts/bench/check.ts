import 'reflect-metadata';
import { Command } from 'commander';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseDrift } from './drift.js';
import { keyOf } from './measure.js';
import { dropNewsroom, prepareNewsroom } from './newsroom.database.js';
import { stopAll } from './processes.js';
import { documents, type DocumentName, type Variant } from './requests.js';
import { pages, type Pages } from './sections/pages.js';
import { ratioIn } from './targets.js';

/** What the CPU of a request may be against the other's, by the least of the rounds, which noise touches least: about twice what it is. */
interface Bound {
  document: DocumentName;
  of: Variant;
  most: number;
}

const boundsOf: Record<'MariaDB' | 'SQLite', readonly Bound[]> = {
  MariaDB: [
    { document: 'article', of: 'ours', most: 3 },
    { document: 'section', of: 'ours', most: 3.6 },
    { document: 'article', of: 'known', most: 2.8 },
  ],
  SQLite: [
    { document: 'article', of: 'ours', most: 3.4 },
    { document: 'article', of: 'known', most: 2.8 },
  ],
};

/** Statements of a request that waits for nobody, at most: 4.1 and 1 by themselves, and looks how fresh things are, by the clock. */
const statementsOf: Record<DocumentName, number> = { article: 4.6, section: 1.6 };

const program = new Command('bench:check')
  .description('Measures a little, and fails when a ratio fell to half of what it normally is.')
  .option('--database <url>', 'the bench’s own database', 'mariadb://root@127.0.0.1:3306/newsgraph_bench_check');

const scale = { articles: 600, entities: 300 };
const how = {
  serve: [join(import.meta.dirname, '../../src/main.js'), 'serve'],
  documents,
  connections: [16],
  countedAt: [1],
  rounds: 3,
  seconds: 0.3,
  warmUp: 1_500,
};

async function check(url: string): Promise<string[]> {
  const { slugs } = await prepareNewsroom(url, scale, () => undefined);
  try {
    if (url.startsWith('sqlite:')) return fallen('SQLite', await pages(url, slugs, { ...how, documents: ['article'] }));
    return fallen('MariaDB', await pages(url, slugs, how));
  } finally {
    await stopAll();
    await dropNewsroom(url);
  }
}

function fallen(database: 'MariaDB' | 'SQLite', { measured, statements }: Pages): string[] {
  const say = (what: string, found: number, most: number): string[] => {
    const holds = found <= most;
    process.stdout.write(`${holds ? 'holds' : 'FELL '}  ${database}: ${what} ${found.toFixed(2)}, at most ${most}\n`);
    return holds ? [] : [`${database}: ${what} is ${found.toFixed(2)}, and may be at most ${most}.`];
  };
  const ratios = boundsOf[database].flatMap(({ document, of, most }) => {
    const found = ratioIn(measured, document, 16, of)?.cpuMin ?? NaN;
    const to = of === 'known' ? 'a constant' : 'by hand';
    return say(`CPU of the ${document}, ${of}, against ${to}`, found, most);
  });
  if (database === 'SQLite') return ratios;
  const counts = documents.flatMap((document) => {
    const found = statements.get(keyOf('ours', document, 1)) ?? NaN;
    return say(`statements of the ${document}`, found, statementsOf[document]);
  });
  return [...ratios, ...counts];
}

try {
  await program.parseAsync();
  const { database } = program.opts<{ database: string }>();
  await refuseDrift();
  const folder = await mkdtemp(join(tmpdir(), 'newsgraph-bench-'));
  const fell = [...(await check(database)), ...(await check(`sqlite:${join(folder, 'check.sqlite')}`))];
  await rm(folder, { recursive: true });
  if (fell.length > 0) throw new Error(fell.join('\n'));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

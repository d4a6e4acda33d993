import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../../src/config.js';
import { setImmediate as turn } from 'node:timers/promises';
import { withProgress } from '../../src/command-line/progress.js';
import { formsOf, pieces } from '../../src/entities/form.rules.js';
import type { EntityKind } from '../../src/entities/entity.rows.js';
import { createContext } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { Freshness } from '../../src/kernel/freshness.js';
import { join, raw, sql, type Sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { formsAsked, formsLookedUp } from '../../src/newsroom/suggestions/known.queries.js';
import { namedIn } from '../../src/newsroom/suggestions/named.queries.js';
import { schedule } from '../../src/schedule.js';
import { openStorage } from '../../src/storage.js';
import { prepareNewsroom } from './newsroom.database.js';
import { randomOf, type Random } from './random.js';
import { bodies, madeUpName, wordOf, words } from './words.js';

/** How many stories are asked about before it is measured: the process reads the forms of names meanwhile, and is compiled. */
const warmingUp = 300;

/** Measures how long it takes to tell whom a story of 500 words names, in a newsroom that knows very many names. */
const program = new Command('bench:suggest')
  .option('--names <n>', 'how many people, organisations and places are known', whole(1_000), 100_000)
  .option('--stories <n>', 'how many stories are asked about', whole(5), 100)
  .option('--database <url...>', 'the bench’s own databases', [
    'sqlite:data/bench-suggest.sqlite',
    'mariadb://root@127.0.0.1:3306/newsgraph_bench_suggest',
  ])
  .option('--explain', 'print the database’s plan of the look-up');

interface Options {
  names: number;
  stories: number;
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

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const addresses = { siteUrl: 'https://bench.example', mediaUrl: 'https://bench.example/media', siteName: 'Bench' };
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
/** A made-up word of its own for each number. */
const made = (n: number): string => capital(wordOf(words.length + n));

/** The n-th thing that is known: mostly people, of whom many share a family name. */
function knownThing(n: number): { kind: EntityKind; name: string } {
  const random = randomOf(`known ${n}`);
  if (n % 10 < 6) return { kind: 'Person', name: `${madeUpName(random.below(2_000))} ${made(random.below(30_000))}` };
  if (n % 10 < 8) return { kind: 'Organisation', name: `${made(40_000 + n)} ${random.pick(bodies)}` };
  return { kind: 'Place', name: made(200_000 + n) };
}

/** Paragraphs of about 500 words that name some who are known, often again by the family name, and some who are not. */
function story(n: number, names: number): { key: string; text: string }[] {
  const random = randomOf(`story ${n}`);
  const people = Array.from({ length: 6 }, () => knownThing(random.below(names / 10) * 10).name);
  const others = Array.from({ length: 8 }, () => knownThing(random.below(names / 10) * 10 + random.between(6, 9)).name);
  const unknown = Array.from(
    { length: 5 },
    () => `${madeUpName(random.below(2_000))} ${made(random.between(500_000, 600_000))}`,
  );
  return Array.from({ length: 10 }, (_, i) => ({
    key: `b${i + 1}`,
    text: paragraph(random, [people, others, unknown]),
  }));
}

function paragraph(random: Random, named: readonly string[][]): string {
  const text = Array.from({ length: 44 }, () => random.pick(words));
  for (const names of named) {
    const name = random.pick(names);
    text.splice(random.between(2, text.length), 0, random.chance(0.4) ? name.split(' ').at(-1)! : name);
  }
  return `${capital(text.join(' '))}.`;
}

async function load(database: Database, names: number): Promise<void> {
  const [row] = await database.read<{ n: number }>(raw('select count(*) as n from entity'));
  if (Number(row!.n) >= names) return;
  await withProgress('Loading names', async (progress) => {
    for (let from = Number(row!.n); from < names; from += 1_000) {
      const some = Array.from({ length: Math.min(1_000, names - from) }, (_, i) => ({
        id: 10_000_000 + from + i,
        ...knownThing(from + i),
      }));
      await database.transaction(async (tx) => {
        const insert = (table: Sql, rows: Sql[]) => tx.run(sql`insert into ${table} values ${join(rows, ', ')}`);
        await insert(
          raw('entity (id, kind, slug, name, description, version, createdAt, updatedAt)'),
          some.map(
            ({ id, kind, name }) =>
              sql`(${id}, ${kind}, ${`known-${id}`}, ${name}, ${`Known as number ${id}.`}, 1, 0, 0)`,
          ),
        );
        await insert(
          raw('entity_form (form, entityId)'),
          some.flatMap(({ id, kind, name }) => formsOf(kind, [name]).map((form) => sql`(${form}, ${id})`)),
        );
      });
      progress(from + some.length, names);
    }
  });
}

async function measure(database: Database, { names, stories, explain }: Options): Promise<void> {
  const times: number[] = [];
  let [known, unknown, cpu] = [0, 0, 0];
  const freshness = new Freshness(database, schedule);
  const context = () => createContext(database, addresses, { viewer: operator, freshness });
  for (let n = -warmingUp; n < stories; n++) {
    await turn();
    const blocks = story(n, names);
    const ctx = context();
    const [started, before] = [performance.now(), process.cpuUsage()];
    const named = await namedIn(ctx, blocks);
    if (n < 0) continue;
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpu += (user + system) / 1_000;
    known += named.mentions.length;
    unknown += named.unknownNames.length;
  }
  times.sort((a, b) => a - b);
  const at = (part: number): string => times[Math.floor(times.length * part)]!.toFixed(1);
  print(
    `${database.dialect.padEnd(7)}p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, CPU ${(cpu / stories).toFixed(1)} ms; ` +
      `${(known / stories).toFixed(1)} mentions and ${(unknown / stories).toFixed(1)} unknown names a story`,
  );
  if (!explain) return;
  const texts = story(1, names).map(({ text }) => pieces(text));
  const statement = formsLookedUp(database, await formsAsked(context(), texts, ''));
  const keyword = database.dialect === 'mysql' ? 'explain' : 'explain query plan';
  for (const step of await database.read(join([raw(keyword), statement], ' '))) print(JSON.stringify(step));
}

const options = program.parse().opts<Options>();
print(`A story of 500 words, ${options.names} known names:`);
for (const url of options.database) {
  await prepareNewsroom(url, { articles: 100, entities: 100 }, () => undefined);
  const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  try {
    await load(database, options.names);
    const statement = database.dialect === 'mysql' ? 'analyze table entity, entity_form' : 'analyze';
    await database.transaction((tx) => tx.run(raw(statement)));
    await measure(database, options);
  } finally {
    await database.close();
  }
}

import { createHash } from 'node:crypto';
import { visible } from '../articles/visibility.js';
import { read, type Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { all, join, nothing, raw, sql, type Sql } from '../kernel/sql.js';
import type { SearchDocument } from './document.rules.js';
import { mostFound, type Finding, type Found, type ReadStories, type SearchEngine } from './engine.js';
import type { Plan } from './plan.rules.js';
import { forgetWords, learnWords, wordsNear } from './word.queries.js';

/** The newsroom's own database as the engine: InnoDB's FULLTEXT or SQLite's FTS5, over the same tokens. */
export const databaseEngine: SearchEngine = { name: 'database', write, find, wordsNear };

/** Stories are held meanwhile, so that what was read later is written later. */
function write({ database }: Context, articleIds: readonly number[], readStories: ReadStories): Promise<void> {
  return database.transaction(async (tx) => {
    const ids = [...articleIds].sort((a, b) => a - b);
    await tx.run(sql`update article set version = version where id in ${ids}`);
    const documents = (await readStories(tx)).map((document) => ({ ...document, print: printOf(document) }));
    const wanted = new Map(documents.map((document) => [document.editionId, document]));
    const there = await tx.read<Stored>(
      sql`select id, editionId, isForReaders, print, words from search_text where articleId in ${ids}`,
    );
    const stale = there.filter(({ editionId, print }) => wanted.get(editionId)?.print !== print);
    const kept = new Set(there.filter((row) => !stale.includes(row)).map(({ editionId }) => editionId));
    const fresh = documents.filter(({ editionId }) => !kept.has(editionId));
    await remove(tx, stale);
    await insert(tx, fresh);
  });
}

interface Stored {
  id: number;
  editionId: number;
  isForReaders: number;
  print: string;
  words: string;
}

type Printed = SearchDocument & { print: string };

const printOf = (document: SearchDocument): string =>
  createHash('sha256').update(JSON.stringify(document)).digest('base64url');

async function remove(tx: Transaction, rows: readonly Stored[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  if (tx.dialect === 'sqlite') await tx.run(sql`delete from search_index where rowid in ${ids}`);
  await tx.run(sql`delete from search_text where id in ${ids}`);
  await forgetWords(
    tx,
    rows.filter(({ isForReaders }) => isForReaders).flatMap(({ words }) => words.split(' ')),
  );
}

const atOnce = 100;

async function insert(tx: Transaction, documents: readonly Printed[]): Promise<void> {
  for (let i = 0; i < documents.length; i += atOnce) {
    const rows = documents.slice(i, i + atOnce);
    const newest = tx.dialect === 'sqlite' ? await newestRow(tx) : 0;
    const values = rows.map(
      (row) => sql`(${row.articleId}, ${row.editionId}, ${row.isForReaders}, ${row.isNewest}, ${row.date}, ${row.size},
        ${row.print}, ${row.facets}, ${row.words.join(' ')}, ${row.terms})`,
    );
    await tx.run(
      sql`insert into search_text (articleId, editionId, isForReaders, isNewest, date, size, print, facets, words, terms)
          values ${join(values, ', ')}`,
    );
    if (tx.dialect === 'sqlite') {
      await tx.run(sql`insert into search_index (rowid, terms) select id, terms from search_text where id > ${newest}`);
    }
  }
  await learnWords(
    tx,
    documents.filter(({ isForReaders }) => isForReaders).flatMap(({ words }) => words),
  );
}

async function newestRow(tx: Transaction): Promise<number> {
  const [row] = await tx.read<{ id: number | null }>(raw('select max(id) as id from search_text'));
  return row?.id ?? 0;
}

async function find(ctx: Context, plan: Plan): Promise<Finding> {
  const at = plan.at === null ? ctx.database.now : sql`${plan.at}`;
  const { from, score, matches } = ctx.database.dialect === 'mysql' ? inInnodb(plan) : inFts5(plan);
  const best = sql`select t.articleId, t.editionId, t.facets, ${score} * ${newness(at)} as score from ${from}
      where ${all([matches, ...conditionsOf(plan)])} order by score desc, t.articleId desc limit ${mostFound}`;
  const seen =
    plan.of === 'READERS'
      ? sql`join publication p on p.articleId = c.articleId and p.editionId = c.editionId and ${visible(ctx, 'p')}`
      : nothing;
  const found = await read<Found & { at: number }>(
    ctx,
    sql`select c.articleId, c.editionId, c.facets, c.score, ${at} as at from (${best}) c ${seen} order by c.score desc, c.articleId desc`,
  );
  return { at: found[0]?.at ?? 0, found };
}

/** What is of today counts twice, what is of a month ago half as much more, what is old as it is. */
const newness = (at: Sql): Sql => sql`(1.0 + 1.0 / (1.0 + abs(${at} - t.date) / ${month}))`;
const month = raw('2592000000.0'); // milliseconds, with a point: whole numbers are divided otherwise

/** The bare statement of the engine for a plan: ranked, without newness, visibility or conditions; for measuring by. */
export function enginesStatement(ctx: Context, plan: Plan, first: number): Sql {
  const { from, score, matches } = ctx.database.dialect === 'mysql' ? inInnodb(plan) : inFts5(plan);
  return sql`select t.articleId, ${score} as score from ${from} where ${matches} order by score desc limit ${first}`;
}

interface Matching {
  from: Sql;
  score: Sql;
  matches: Sql;
}

/** Boolean mode over our tokens; what it gives is not reckoned for length, so long texts are weighed down here. */
function inInnodb({ must, not }: Plan): Matching {
  const wanted = must.map((group) => (group.length === 1 ? `+${group[0]}` : `+(${group.join(' ')})`));
  const words = [...wanted, ...not.map((token) => `-${token}`)].join(' ');
  const matches = sql`match (t.terms) against (${words} in boolean mode)`;
  return { from: raw('search_text t'), score: sql`${matches} / sqrt(0.25 + t.size / 400)`, matches };
}

function inFts5({ must, not }: Plan): Matching {
  const any = (tokens: readonly string[]) => `(${tokens.map((token) => `"${token}"`).join(' OR ')})`;
  const words = must.map(any).join(' AND ') + (not.length === 0 ? '' : ` NOT ${any(not)}`);
  return {
    from: raw('search_index join search_text t on t.id = search_index.rowid'),
    score: raw('-bm25(search_index)'),
    matches: sql`search_index match ${not.length === 0 ? words : `(${must.map(any).join(' AND ')}) NOT ${any(not)}`}`,
  };
}

function conditionsOf(plan: Plan): Sql[] {
  const has = (column: 'terms' | 'facets', pieces: readonly string[]) =>
    sql`(${join(
      pieces.map((piece) => sql`t.${raw(column)} like ${`% ${piece} %`}`),
      ' or ',
    )})`;
  return [
    raw(plan.of === 'READERS' ? 't.isForReaders = 1' : 't.isNewest = 1'),
    ...(plan.after === null ? [] : [sql`t.date >= ${plan.after}`]),
    ...(plan.before === null ? [] : [sql`t.date < ${plan.before}`]),
    ...plan.facets.map((group) => has('facets', group)),
    ...(plan.notFacets.length === 0 ? [] : [sql`not ${has('facets', plan.notFacets)}`]),
    ...plan.runs.map((ways) => has('terms', ways)),
    ...plan.notRuns.map((ways) => sql`not ${has('terms', ways)}`),
  ];
}

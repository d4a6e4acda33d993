import { createHash } from 'node:crypto';
import { leftBy, shortest } from '../articles/list.queries.js';
import { listOf } from '../articles/list.rules.js';
import { visible } from '../articles/visibility.js';
import { read, type Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { all, join, nothing, raw, sql, type Sql } from '../kernel/sql.js';
import { listOfFacet, type SearchDocument } from './document.rules.js';
import { type Finding, type Found, type ReadStories, type SearchEngine } from './engine.js';
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
      sql`select id, editionId, isForReaders, print from search_text where articleId in ${ids}`,
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
}

type Printed = SearchDocument & { print: string };

const printOf = (document: SearchDocument): string =>
  createHash('sha256').update(JSON.stringify(document)).digest('base64url');

async function remove(tx: Transaction, rows: readonly Stored[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const known = rows.filter(({ isForReaders }) => isForReaders).map(({ id }) => id);
  const [table, key] = tx.dialect === 'sqlite' ? ['search_index', 'rowid'] : ['search_text', 'id'];
  const words = await tx.read<{ words: string }>(sql`select words from ${raw(table)} where ${raw(key)} in ${known}`);
  if (tx.dialect === 'sqlite') await tx.run(sql`delete from search_index where rowid in ${ids}`);
  await tx.run(sql`delete from search_text where id in ${ids}`);
  await forgetWords(
    tx,
    words.flatMap((row) => row.words.split(' ')),
  );
}

/** How much one statement carries: MariaDB takes 16 MB. */
const most = { rows: 100, characters: 2_000_000 };

async function insert(tx: Transaction, documents: readonly Printed[]): Promise<void> {
  for (let from = 0; from < documents.length;) {
    let until = from;
    for (let characters = 0; until < documents.length && until - from < most.rows; until++) {
      characters += documents[until]!.terms.length;
      if (until > from && characters > most.characters) break;
    }
    const rows = documents.slice(from, until);
    await (tx.dialect === 'sqlite' ? insertInFts5(tx, rows) : insertInInnodb(tx, rows));
    from = until;
  }
  await learnWords(
    tx,
    documents.filter(({ isForReaders }) => isForReaders).flatMap(({ words }) => words),
  );
}

const columns = raw('articleId, editionId, isForReaders, isNewest, date, size, print, facets');
const valuesOf = (row: Printed): Sql =>
  sql`${row.articleId}, ${row.editionId}, ${row.isForReaders}, ${row.isNewest}, ${row.date}, ${row.size}, ${row.print}, ${row.facets}`;

async function insertInInnodb(tx: Transaction, rows: readonly Printed[]): Promise<void> {
  const values = rows.map((row) => sql`(${valuesOf(row)}, ${row.words.join(' ')}, ${row.terms})`);
  await tx.run(sql`insert into search_text (${columns}, words, terms) values ${join(values, ', ')}`);
}

/** The long texts lie apart, so that the rows that are ranked are short. */
async function insertInFts5(tx: Transaction, rows: readonly Printed[]): Promise<void> {
  let id = await newestRow(tx);
  const numbered = rows.map((row) => ({ ...row, id: (id += 1) }));
  const texts = numbered.map((row) => sql`(${row.id}, ${valuesOf(row)})`);
  await tx.run(sql`insert into search_text (id, ${columns}) values ${join(texts, ', ')}`);
  const words = numbered.map((row) => sql`(${row.id}, ${row.terms}, ${row.words.join(' ')})`);
  await tx.run(sql`insert into search_index (rowid, terms, words) values ${join(words, ', ')}`);
}

async function newestRow(tx: Transaction): Promise<number> {
  const [row] = await tx.read<{ id: number | null }>(raw('select max(id) as id from search_text'));
  return row?.id ?? 0;
}

async function find(ctx: Context, plan: Plan): Promise<Finding> {
  const at = plan.at === null ? ctx.database.now : sql`${plan.at}`;
  const isListed = plan.isByDate && plan.of === 'READERS';
  const best = isListed ? await newestListed(ctx, plan, at) : bestOf(ctx, plan, at);
  const [seen, isSeen] =
    plan.of === 'READERS' && !isListed
      ? [
          sql`left join publication p on p.articleId = c.articleId and p.editionId = c.editionId and ${visible(ctx, 'p')}`,
          'p.id is not null',
        ]
      : [nothing, '1 = 1'];
  const [row] = await read<{ at: number; looked: number; found: string | null; facets: string | null }>(
    ctx,
    sql`select ${at} as at, ${inOneText[ctx.database.dialect](isSeen)} from (${best}) c ${seen}`,
  );
  const { at: moment, looked, found, facets } = row!;
  return {
    at: moment,
    found: found === null ? [] : found.split(',').map(foundOf),
    facets: facets ?? '',
    isCut: looked >= plan.most,
  };
}

const matching = ({ database: { dialect } }: Context, plan: Plan): Matching =>
  dialect === 'mysql' ? inInnodb(plan) : inFts5(plan);

/** What fits best, or is newest, whoever sees it. */
function bestOf(ctx: Context, plan: Plan, at: Sql): Sql {
  const { from, score, matches, terms } = matching(ctx, plan);
  const conditions = all([matches, ...conditionsOf(plan, terms)]);
  return plan.isByDate
    ? sql`select t.articleId, t.editionId, t.facets, ${newness(at, 't.date')} as score from ${from}
          where ${conditions} order by t.date desc, t.articleId desc limit ${plan.most}`
    : sql`select t.articleId, t.editionId, t.facets, ${score} * ${newness(at, 't.date')} as score from ${from}
          where ${conditions} order by score desc, t.articleId desc limit ${plan.most}`;
}

/** The newest of what readers see now, without words: a walk along lists, as for a filter of lists. */
async function newestListed(ctx: Context, plan: Plan, at: Sql): Promise<Sql> {
  const groups = plan.facets.map((group) => group.map(listOfFacet));
  const walked = (await shortest(ctx, groups)) ?? [listOf.everything];
  const { from, matches, terms } = matching(ctx, { ...plan, must: [] });
  const conditions = all([
    ...leftBy({ groups, publishedAfter: plan.after, publishedBefore: plan.before }, walked),
    sql`t.articleId = l.articleId and t.editionId = p.editionId`,
    matches,
    ...conditionsOf({ ...plan, facets: [], after: null, before: null }, terms),
  ]);
  const then = raw(ctx.database.dialect === 'mysql' ? 'straight_join' : 'cross join'); // else texts may be read whole, and sorted
  const ranges = walked.map(
    (list) => sql`select t.articleId, t.editionId, t.facets, ${newness(at, 'l.publishedAt')} as score, l.publishedAt
                  from listing l ${then} publication p ${then} ${from}
                  where p.id = l.publicationId and l.list = ${list} and ${visible(ctx, 'l')} and ${conditions}
                  order by l.publishedAt desc, l.articleId desc limit ${plan.most}`,
  );
  if (ranges.length === 1) return ranges[0]!;
  const parts = ranges.map((range) => sql`select * from (${range}) r`);
  return sql`select * from (${join(parts, ' union ')}) u order by publishedAt desc, articleId desc limit ${plan.most}`;
}

/** All that is found comes as one row, as each row costs more to hand over than to find; a number as all its digits. */
const inOneText = {
  sqlite: (isSeen: string): Sql =>
    raw(
      `count(*) as looked, group_concat(case when ${isSeen} then format('%d %!.17g', c.articleId, c.score) end
         order by c.score desc, c.articleId desc) as found,
       group_concat(case when ${isSeen} then c.facets end, '') as facets`,
    ),
  mysql: (isSeen: string): Sql =>
    raw(
      `count(*) as looked, group_concat(case when ${isSeen} then concat(c.articleId, ' ', c.score) end
         order by c.score desc, c.articleId desc) as found,
       group_concat(case when ${isSeen} then c.facets end separator '') as facets`,
    ),
};

function foundOf(text: string): Found {
  const space = text.indexOf(' ');
  return { articleId: Number(text.slice(0, space)), score: Number(text.slice(space + 1)) };
}

/** What is of today counts twice, what is of a month ago half as much more, what is old as it is. */
const newness = (at: Sql, date: string): Sql => sql`(1e0 + 1e0 / (1e0 + abs(${at} - ${raw(date)}) / ${month}))`;
const month = raw('2592e6'); // milliseconds, as a double: whole numbers are divided otherwise, and decimals come as text

/** The bare statement of the engine for a plan: ranked, without newness, visibility or conditions; for measuring by. */
export function enginesStatement(ctx: Context, plan: Plan): Sql {
  const { from, score, matches } = matching(ctx, plan);
  return sql`select t.articleId, ${score} as score from ${from} where ${matches} order by score desc limit ${plan.most}`;
}

interface Matching {
  from: Sql;
  score: Sql;
  matches: Sql;
  /** The column that runs of tokens are looked for in. */
  terms: Sql;
}

/** Boolean mode over our tokens; what it gives is not reckoned for length, so long texts are weighed down here. */
function inInnodb({ must, not }: Plan): Matching {
  if (must.length === 0) return anything('search_text t', 't.terms', not);
  const wanted = must.map((group) => (group.length === 1 ? `+${group[0]}` : `+(${group.join(' ')})`));
  const words = [...wanted, ...not.map((token) => `-${token}`)].join(' ');
  const matches = sql`match (t.terms) against (${words} in boolean mode)`;
  return {
    from: raw('search_text t'),
    score: sql`${matches} / sqrt(0.25 + t.size / 400)`,
    matches,
    terms: raw('t.terms'),
  };
}

const withTerms = 'search_text t join search_index on search_index.rowid = t.id';

/** Without words all stories are gone through, newest first. */
const anything = (from: string, terms: string, not: readonly string[]): Matching => ({
  from: raw(from),
  score: raw('1e0'),
  matches: all([raw('1 = 1'), ...not.map((token) => sql`not ${has(raw(terms), [token])}`)]),
  terms: raw(terms),
});

function inFts5({ must, not, runs, notRuns }: Plan): Matching {
  const needsTerms = not.length + runs.length + notRuns.length > 0; // they lie apart
  if (must.length === 0) return anything(needsTerms ? withTerms : 'search_text t', 'search_index.terms', not);
  const any = (tokens: readonly string[]) => `(${tokens.map((token) => `"${token}"`).join(' OR ')})`;
  const wanted = must.map(any).join(' AND ');
  return {
    from: raw('search_index join search_text t on t.id = search_index.rowid'),
    score: raw('-bm25(search_index)'),
    matches: sql`search_index match ${not.length === 0 ? wanted : `(${wanted}) NOT ${any(not)}`}`,
    terms: raw('search_index.terms'),
  };
}

const has = (column: Sql, pieces: readonly string[]): Sql =>
  sql`(${join(
    pieces.map((piece) => sql`${column} like ${`% ${piece} %`}`),
    ' or ',
  )})`;

function conditionsOf(plan: Plan, terms: Sql): Sql[] {
  const facets = raw('t.facets');
  return [
    raw(plan.of === 'READERS' ? 't.isForReaders = 1' : 't.isNewest = 1'),
    ...(plan.after === null ? [] : [sql`t.date >= ${plan.after}`]),
    ...(plan.before === null ? [] : [sql`t.date < ${plan.before}`]),
    ...plan.facets.map((group) => has(facets, group)),
    ...(plan.notFacets.length === 0 ? [] : [sql`not ${has(facets, plan.notFacets)}`]),
    ...plan.runs.map((ways) => has(terms, ways)),
    ...plan.notRuns.map((ways) => sql`not ${has(terms, ways)}`),
  ];
}

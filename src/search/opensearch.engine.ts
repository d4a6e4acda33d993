import { visible } from '../articles/visibility.js';
import { read, type Context } from '../kernel/context.js';
import type { Database } from '../kernel/database.js';
import { raw, sql } from '../kernel/sql.js';
import { nowIn } from '../kernel/write.js';
import { mostFound, useEngine, type Finding, type ReadStories, type SearchEngine } from './engine.js';
import { ask, openSearchPlace, type OpenSearchPlace } from './opensearch.client.js';
import { indexBody, searchBody, sourceOf, spellingBody } from './opensearch.rules.js';
import type { Plan } from './plan.rules.js';

/** Has an OpenSearch search a newsroom, where one is named. */
export const chooseEngine = (database: Database, address: string | undefined): unknown =>
  address === undefined ? undefined : useEngine(database, openSearchEngine(address));

/** OpenSearch as the engine. Its index lies behind an alias, so that another one can be filled and put in its place. */
export function openSearchEngine(address: string): SearchEngine {
  const place = openSearchPlace(address);
  return {
    name: `opensearch:${place.alias}`,
    write: (ctx, articleIds, readStories) => write(ctx, place, articleIds, readStories),
    find: (ctx, plan) => find(ctx, place, plan),
    wordsNear: (_, word) => wordsNear(place, word),
    beginRebuild: async (ctx) => void (await createIndex(ctx, place)),
    endRebuild: () => goOver(place),
  };
}

const patience = { question: 2_000, write: 30_000 };

interface BulkAnswer {
  errors: boolean;
  items: Record<string, { status: number; error?: { type: string } }>[];
}

/**
 * What is read is stamped with the database's moment while the stories are held; OpenSearch drops what carries an older
 * one. So whoever writes last does not undo what was read later, and a job may be done twice.
 */
async function write(
  ctx: Context,
  place: OpenSearchPlace,
  articleIds: readonly number[],
  readStories: ReadStories,
): Promise<void> {
  const ids = [...articleIds].sort((a, b) => a - b);
  const { documents, editions, version } = await ctx.database.transaction(async (tx) => {
    await tx.run(sql`update article set version = version where id in ${ids}`);
    const version = await nowIn(tx);
    const editions = await tx.read<{ id: number }>(sql`select id from edition where articleId in ${ids}`);
    return { documents: await readStories(tx), editions, version };
  });
  const stamp = { version, version_type: 'external_gte' };
  const wanted = new Set(documents.map(({ editionId }) => editionId));
  const actions = (await indexesFor(ctx, place)).flatMap((index) => [
    ...documents.flatMap((document) => [
      { index: { _index: index, _id: String(document.editionId), ...stamp } },
      sourceOf(document),
    ]),
    ...editions
      .filter(({ id }) => !wanted.has(id))
      .map(({ id }) => ({ delete: { _index: index, _id: String(id), ...stamp } })),
  ]);
  if (actions.length === 0) return;
  const request = { method: 'POST', path: '/_bulk', body: actions, patience: patience.write } as const;
  const { errors, items } = await ask<BulkAnswer>(place, request);
  if (!errors) return;
  const failed = items.flatMap((item) => Object.values(item)).find(({ status, error }) => error && status !== 409);
  if (failed) throw new Error(`OpenSearch did not take a story: ${failed.status} ${failed.error?.type}`);
}

/** Every index of ours: the one that is searched, and one that is being filled. The first write makes the first one. */
async function indexesFor(ctx: Context, place: OpenSearchPlace): Promise<string[]> {
  const there = Object.keys(await aliases(place));
  if (there.length > 0) return there;
  const made = await createIndex(ctx, place);
  await goOver(place);
  return [made];
}

/** Our indexes, each with the aliases it has: not those of another newsroom whose name goes on where ours ends. */
async function aliases(place: OpenSearchPlace): Promise<Record<string, { aliases: object }>> {
  const there = await ask<Record<string, { aliases: object }>>(place, {
    method: 'GET',
    path: `/${place.alias}-*/_alias`,
    patience: patience.write,
  });
  const isOurs = (name: string) => /^\d+$/.test(name.slice(`${place.alias}-`.length));
  return Object.fromEntries(Object.entries(there).filter(([name]) => isOurs(name)));
}

async function createIndex({ database }: Context, place: OpenSearchPlace): Promise<string> {
  const [{ now }] = (await database.read<{ now: number }>(sql`select ${database.now} as now`)) as [{ now: number }];
  const name = `${place.alias}-${now}`;
  await ask(place, { method: 'PUT', path: `/${name}`, body: indexBody, patience: patience.write });
  return name;
}

/** Has the alias lead to the newest index, in one step, and drops the others. */
async function goOver(place: OpenSearchPlace): Promise<void> {
  const there = await aliases(place);
  const names = Object.keys(there).sort();
  const newest = names.at(-1);
  if (newest === undefined) return;
  const old = names.filter((name) => name !== newest);
  const leading = old.filter((name) => place.alias in there[name]!.aliases);
  const actions = [
    ...leading.map((index) => ({ remove: { index, alias: place.alias } })),
    { add: { index: newest, alias: place.alias } },
  ];
  await ask(place, { method: 'POST', path: '/_aliases', body: { actions }, patience: patience.write });
  for (const name of old) {
    await ask(place, { method: 'DELETE', path: `/${name}`, patience: patience.write, accept: [404] });
  }
}

interface Hit {
  _score: number;
  _source: { articleId: number; editionId: number; facets: string[] };
  /** The date and the id, where what is found is in the order of dates. */
  sort: [number, number];
}

interface SearchAnswer {
  hits: { hits: Hit[] };
}

async function find(ctx: Context, place: OpenSearchPlace, plan: Plan): Promise<Finding> {
  const [{ now }] = (await read<{ now: number }>(ctx, sql`select ${ctx.database.now} as now`)) as [{ now: number }];
  const at = plan.at ?? now;
  const most = Math.min(plan.most, mostFound);
  const isUntilNow = plan.isByDate && plan.of === 'READERS' && ctx.audience === 'PUBLIC'; // who sees no story before its date
  const before = isUntilNow ? Math.min(plan.before ?? Infinity, at + 1) : plan.before;
  const { hits } = await ask<SearchAnswer>(place, {
    method: 'POST',
    path: `/${place.alias}/_search`,
    body: searchBody({ ...plan, before, most }, at),
    patience: patience.question,
  });
  const scoreOf = ({ _score, sort: [date] }: Hit): number => (plan.isByDate ? newness(at, date) : _score);
  const sources = hits.hits.map((hit) => ({ ...hit._source, score: scoreOf(hit) }));
  if (plan.isByDate) sources.sort((a, b) => b.score - a.score || b.articleId - a.articleId);
  const found = plan.of === 'READERS' ? await seen(ctx, sources) : sources;
  return {
    at,
    found: found.map(({ articleId, score }) => ({ articleId, score })),
    facets: found.flatMap(({ facets }) => facets).join(' '),
    isCut: sources.length >= most,
  };
}

const month = 2_592_000_000;
/** As the database reckons it where nothing but the date counts. */
const newness = (at: number, date: number): number => 1 + 1 / (1 + Math.abs(at - date) / month);

/** What readers see now of what was found. */
async function seen<Text extends { articleId: number; editionId: number }>(
  ctx: Context,
  found: readonly Text[],
): Promise<readonly Text[]> {
  const rows = await read<{ editionId: number }>(
    ctx,
    sql`select p.editionId from ${raw('publication p')}
        where p.articleId in ${found.map(({ articleId }) => articleId)} and ${visible(ctx, 'p')}`,
  );
  const editions = new Set(rows.map(({ editionId }) => editionId));
  return found.filter(({ editionId }) => editions.has(editionId));
}

interface SpellingAnswer {
  hits: { total: { value: number } };
  suggest: { near: { options: { text: string; freq: number }[] }[] };
}

async function wordsNear(place: OpenSearchPlace, word: string): Promise<{ word: string; stories: number }[]> {
  const { hits, suggest } = await ask<SpellingAnswer>(place, {
    method: 'POST',
    path: `/${place.alias}/_search`,
    body: spellingBody(word),
    patience: patience.question,
  });
  const near = suggest.near.flatMap(({ options }) => options.map(({ text, freq }) => ({ word: text, stories: freq })));
  return hits.total.value > 0 ? [{ word, stories: hits.total.value }, ...near] : near;
}

import { articleById, bodyByEdition, type ArticleView } from '../articles/article.queries.js';
import { entityById, type EntityView } from '../entities/entity.queries.js';
import { formsIn, formsOf, pieces } from '../entities/form.rules.js';
import { entityColumns, entityOf } from '../entities/entity.queries.js';
import { read, type Context } from '../kernel/context.js';
import { checkFirst, cursorsOf, parseCursor, type Connection, type PageArgs } from '../kernel/page.js';
import { sql } from '../kernel/sql.js';
import { sectionTree } from '../sections/section.queries.js';
import { facet } from './document.rules.js';
import { engineOf, mostFound, type Finding, type Found } from './engine.js';
import { rangesIn, snippetOf, soughtBy, type Range, type Snippet, type Sought } from './highlight.rules.js';
import { planOf, type Narrowed, type Plan } from './plan.rules.js';
import { askedIn, type Asked } from './query.rules.js';
import { corrected, respelt } from './spelling.rules.js';

export interface SearchFilter extends Pick<Narrowed, 'after' | 'before'> {
  facets: readonly (readonly string[])[];
}

export interface Hit<Node> {
  cursor: string;
  score: number;
  node: Node;
  asked: Asked;
}

export interface Hits<Node> extends Connection<Hit<Node>> {
  query: string;
  asked: Asked;
  /** What the fields of the query and the filter leave. */
  left: Left;
  found: readonly Found[];
  facets: string;
}

type Left = Pick<Narrowed, 'facets' | 'notFacets' | 'after' | 'before'>;

type Place = [at: number, score: string, articleId: number];

/** How many more are found than a page shows, as some may not be seen any more. */
const spare = 10;

const nothingFound: Finding = { at: 0, found: [], facets: '', isCut: false };

/** What an engine finds; once more as far as it goes, when so much of it is not to be seen that no more than `enough` is left. */
async function findingOf(ctx: Context, plan: Plan | null, enough: number): Promise<Finding> {
  if (plan === null) return nothingFound;
  const finding = await engineOf(ctx).find(ctx, plan);
  const isShort = finding.isCut && finding.found.length <= enough && plan.most < mostFound;
  return isShort ? engineOf(ctx).find(ctx, { ...plan, most: mostFound }) : finding;
}

/**
 * A page of what a query finds, best first; the moment that ages are told from is the first page's for all. Unless what
 * `isWhole` is asked for is counted, the first page is found without looking further.
 */
export async function search<Node extends { id: number }>(
  ctx: Context,
  { query, filter, of, isWhole }: { query: string; filter: SearchFilter; of: Narrowed['of']; isWhole: boolean },
  page: PageArgs,
  nodeOf: (ctx: Context, id: number) => Promise<Node | null>,
): Promise<Hits<Node>> {
  checkFirst(page.first);
  const name = JSON.stringify(['search', of, query, filter]);
  const place = page.after == null ? null : parseCursor<Place>(name, page.after, ['number', 'string', 'number']);
  const asked = askedIn(query);
  const most = isWhole || place !== null ? mostFound : page.first + spare;
  const left = await narrowed(ctx, asked, filter);
  const plan = planOf(asked, { ...left, of, at: place?.[0] ?? null, most });
  const { at, found, facets } = await findingOf(ctx, plan, page.first);
  const from = place === null ? 0 : found.findIndex((each) => isBehind(each, place));
  const some = from < 0 ? [] : found.slice(from, from + page.first);
  const nodes = await Promise.all(some.map(({ articleId }) => nodeOf(ctx, articleId)));
  const cursor = cursorsOf(name);
  const edges = some.flatMap(({ score, articleId }, i) => {
    const node = nodes[i];
    return node
      ? [{ cursor: cursor([at, String(score), articleId]), score: Number(score.toPrecision(6)), node, asked }]
      : [];
  });
  return {
    ...{ query, asked, left, found, facets, edges },
    pageInfo: {
      hasNextPage: from >= 0 && found.length > from + page.first,
      hasPreviousPage: place !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    count: async () => found.length,
  };
}

const isBehind = ({ score, articleId }: Found, [, last, lastId]: Place): boolean =>
  score < Number(last) || (score === Number(last) && articleId < lastId);

export const articleNode = (ctx: Context, id: number): Promise<ArticleView | null> => articleById(ctx).load(id);

/** What the fields of a query and its filter leave. */
export async function narrowed(ctx: Context, { fields }: Asked, filter: SearchFilter): Promise<Left> {
  const facets = [...filter.facets];
  const notFacets: string[] = [];
  for (const { field, value, not } of fields) {
    const group = field === 'section' ? await sectionFacets(ctx, value) : await entityFacets(ctx, value, field);
    if (not) notFacets.push(...group);
    else facets.push(group.length === 0 ? [facet.entity(0)] : group);
  }
  return { facets, notFacets, after: filter.after, before: filter.before };
}

async function sectionFacets(ctx: Context, value: string): Promise<string[]> {
  const { all } = await sectionTree(ctx);
  const wanted = value.toLowerCase();
  return all
    .filter(({ slug, name }) => slug === wanted || name.toLowerCase() === wanted)
    .map(({ id }) => facet.section(id));
}

const mostEntities = 50;

async function entityFacets(ctx: Context, name: string, field: 'person' | 'entity'): Promise<string[]> {
  const entities = await entitiesWith(ctx, formsOf('Person', [name]));
  return entities
    .filter(({ __typename }) => field === 'entity' || __typename === 'Person')
    .map(({ id }) => facet.entity(id));
}

/** People, organisations and places that a query names, by any of their names; those of the longest names first. */
export function entitiesNamed(ctx: Context, { plain, fields }: Asked): Promise<EntityView[]> {
  const names = fields.filter(({ field }) => field !== 'section').map(({ value }) => value);
  return entitiesWith(ctx, formsIn([plain.map(({ word }) => word).join(' '), ...names].map(pieces), 100));
}

async function entitiesWith(ctx: Context, forms: readonly string[]): Promise<EntityView[]> {
  if (forms.length === 0) return [];
  const rows = await read<{ size: number }>(
    ctx,
    sql`select n.size, ${entityColumns('e')} from
          (select coalesce(k.mergedInto, k.id) as id, max(length(f.form)) as size
           from entity_form f join entity k on k.id = f.entityId
           where f.form in ${[...forms]} group by coalesce(k.mergedInto, k.id) order by size desc, id limit ${mostEntities}) n
        join entity e on e.id = n.id order by n.size desc, e.id`,
  );
  return rows.map((row) => entityOf(row)!);
}

/** How many stories have each of some facets, by the sort of facet, most frequent first. */
export type Counts = ReadonlyMap<string, readonly { value: string; count: number }[]>;

const mostCounts = 20;

export function countsOf(facets: string): Counts {
  const counts = new Map<string, number>();
  for (const each of facets.split(' ')) if (each !== '') counts.set(each, (counts.get(each) ?? 0) + 1);
  const bySort = new Map<string, { value: string; count: number }[]>();
  for (const [each, count] of counts) {
    const sort = bySort.get(each[0]!) ?? [];
    bySort.set(each[0]!, sort);
    sort.push({ value: each.slice(1), count });
  }
  for (const [sort, values] of bySort) {
    values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    bySort.set(sort, values.slice(0, mostCounts));
  }
  return bySort;
}

export async function sectionCounts(ctx: Context, counts: Counts) {
  const { byId } = await sectionTree(ctx);
  return (counts.get('s') ?? []).flatMap(({ value, count }) => {
    const section = byId.get(Number(value));
    return section ? [{ section, count }] : [];
  });
}

export async function entityCounts(ctx: Context, counts: Counts) {
  const named = counts.get('e') ?? [];
  const entities = await Promise.all(named.map(({ value }) => entityById(ctx).load(Number(value))));
  return named.flatMap(({ count }, i) => (entities[i] ? [{ entity: entities[i], count }] : []));
}

/** The place of a story that a snippet is made of, and what of its headline was sought. */
export async function snippetFor(ctx: Context, { node, asked }: Hit<ArticleView>): Promise<Snippet> {
  const { blocks } = (await bodyByEdition(ctx).load(node.editionId)) ?? { blocks: [] };
  return snippetOf({ ...node, blocks }, soughtIn(asked));
}

export const titleRanges = ({ node, asked }: Hit<{ title: string; language: string }>): Range[] =>
  rangesIn(node.title, node.language, soughtIn(asked));

const ready = new WeakMap<Asked, Sought>();

/** What a query looks for in texts: the same for all it finds. */
function soughtIn(asked: Asked): Sought {
  const known = ready.get(asked) ?? soughtBy([...asked.words, ...asked.titleWords]);
  ready.set(asked, known);
  return known;
}

/** Below this many stories a query is looked at for misspelt words. */
const few = 3;

/** The query with its misspelt words as the paper spells them, when that finds more; only words readers see are known. */
export async function suggestionFor(ctx: Context, hits: Hits<unknown>): Promise<string | null> {
  const { asked, found, left } = hits;
  if (found.length >= few) return null;
  const words = await Promise.all(
    asked.plain.map(async ({ word, start, end }) => {
      const near = /^\p{L}{4,40}$/u.test(word) ? await engineOf(ctx).wordsNear(ctx, word) : [];
      return { word, start, end, spelling: corrected(word, near) ?? word };
    }),
  );
  const misspelt = words.filter(({ word, spelling }) => spelling !== word);
  if (misspelt.length === 0) return null;
  const query = respelt(hits.query.toWellFormed(), misspelt);
  const plan = planOf(askedIn(query), { ...left, of: 'READERS', at: null, most: few + spare });
  const { found: better } = await findingOf(ctx, plan, found.length);
  return better.length > found.length ? query : null;
}

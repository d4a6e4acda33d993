import { entityIdOf, listOf } from '../../articles/list.rules.js';
import { visible } from '../../articles/visibility.js';
import { read, type Context } from '../../kernel/context.js';
import type { Dialect } from '../../kernel/database.js';
import { raw, sql, type Sql } from '../../kernel/sql.js';
import { Sayings } from './shelf.rules.js';
import type { TermCounts } from './wording.rules.js';

/** In how many texts some terms stand, and how many texts there are. */
export async function countsOf(
  dialect: Dialect,
  readRows: (statement: Sql) => Promise<{ counts: string | null }[]>,
  terms: readonly number[],
): Promise<TermCounts> {
  const counts = new Map<number, number>();
  const all = [0, ...terms];
  for (let i = 0; i < all.length; i += 1_024) {
    const [row] = await readRows(
      sql`select ${countsInOneText[dialect]} as counts from wording_count
          where term in ${all.slice(i, i + 1_024)} and texts > 0`,
    );
    const flat = JSON.parse(`[${row!.counts ?? ''}]`) as number[];
    for (let j = 0; j < flat.length; j += 2) counts.set(flat[j]!, flat[j + 1]!);
  }
  return { texts: counts.get(0) ?? 0, of: (term) => counts.get(term) ?? 0 };
}

const countsInOneText = {
  sqlite: raw("group_concat(term || ',' || texts)"),
  mysql: raw("group_concat(term, ',', texts)"),
};

/** The editions that say most of some terms, nearest first: at most so many. */
export async function wordedLike(
  ctx: Context,
  terms: readonly { term: number; weight: number }[],
  limit: number,
): Promise<number[]> {
  if (terms.length === 0) return [];
  const [row] = await read<{ shelves: string | null; editions: string | null }>(
    ctx,
    sql`select ${shelvesInOneText[ctx.database.dialect]} from wording_term where term in ${terms.map(({ term }) => term)}`,
  );
  const { shelves, editions } = row!;
  const weights = new Map(terms.map(({ term, weight }) => [term, weight]));
  const sayings = new Sayings();
  sayings.add(JSON.parse(`[${shelves ?? ''}]`) as number[], editions ?? '', (term) => weights.get(term)!);
  return sayings.most(limit);
}

/** All comes as one row, as each row costs more to hand over than to find. */
const shelvesInOneText = {
  sqlite: raw(
    "group_concat(term || ',' || shelf || ',' || length(editions)) as shelves, group_concat(editions, '') as editions",
  ),
  mysql: raw(
    "group_concat(term, ',', shelf, ',', length(editions)) as shelves, group_concat(editions separator '') as editions",
  ),
};

export interface WordedRow {
  articleId: number;
  publishedAt: number;
  terms: string;
  runs: string;
  length: number;
  /** The entities it names. */
  named: readonly number[];
}

/** How some editions are worded that the viewer sees. */
export const wordingsOfEditions = (ctx: Context, editionIds: readonly number[]): Promise<WordedRow[]> =>
  worded(
    ctx,
    sql`wording w join publication p on p.articleId = w.articleId and p.editionId = w.editionId
        where w.editionId in ${editionIds}`,
  );

/** How some stories are worded as the viewer sees them. */
export const wordingsOfStories = (ctx: Context, articleIds: readonly number[]): Promise<WordedRow[]> =>
  worded(
    ctx,
    sql`publication p join wording w on w.editionId = p.editionId where p.articleId in ${[...new Set(articleIds)]}`,
  );

async function worded(ctx: Context, from: Sql): Promise<WordedRow[]> {
  const rows = await read<Omit<WordedRow, 'named'> & { named: string | null }>(
    ctx,
    sql`select p.articleId, p.publishedAt, w.terms, w.runs, w.length,
               (select group_concat(l.list) from listing l
                where l.publicationId = p.id and l.list like ${listOf.anyEntity}) as named
        from ${from} and ${visible(ctx, 'p')}`,
  );
  return rows.map((row) => ({ ...row, named: row.named?.split(',').map(entityIdOf) ?? [] }));
}

export interface Edge {
  beginsAt: number;
  leadsTo: number;
}

/** Which stories some were put beside, and which were put beside them, by those that came before a moment. */
export const edgesOf = (ctx: Context, articleIds: readonly number[], before: number): Promise<Edge[]> =>
  articleIds.length === 0
    ? Promise.resolve([])
    : read<Edge>(
        ctx,
        sql`select p.articleId as beginsAt, r.articleId as leadsTo from publication p
            join related_story r on r.editionId = p.editionId
            where p.articleId in ${articleIds} and p.publishedAt < ${before} and ${visible(ctx, 'p')}
            union
            select p.articleId, r.articleId from related_story r
            join edition e on e.id = r.editionId
            join publication p on p.articleId = e.articleId and p.editionId = r.editionId
            where r.articleId in ${articleIds} and p.publishedAt < ${before} and ${visible(ctx, 'p')} limit ${mostEdges}`,
      );

const mostEdges = 2_000;

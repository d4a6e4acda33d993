import { setImmediate as turn } from 'node:timers/promises';
import type { Block } from '../articles/body.rules.js';
import { sectionLines } from '../articles/story.commands.js';
import type { Transaction } from '../kernel/database.js';
import { sql } from '../kernel/sql.js';
import { documentOf, type SearchDocument } from './document.rules.js';

interface TextRow {
  articleId: number;
  editionId: number;
  language: string;
  kind: string;
  title: string;
  standfirst: string;
  body: string;
  sectionId: number;
  savedAt: number;
  createdBy: number | null;
  publishedAt: number | null;
  isForReaders: number;
  isNewest: number;
}

/** How many of the names of what a story names it is found by. */
const namesOfEach = 20;

/**
 * What an index holds of some stories: the texts that readers or partners see or will see, and the newest one of each.
 * Five statements, however many stories.
 */
export async function documentsOf(tx: Transaction, articleIds: readonly number[]): Promise<SearchDocument[]> {
  const rows = await textsOf(tx, articleIds);
  return rows.map(await documentMaker(tx, rows));
}

/** What an index would hold of some texts, whoever may see them; everybody else has a turn before each. */
export async function* documentsOfEditions(
  source: Source,
  editionIds: readonly number[],
): AsyncGenerator<SearchDocument, void, void> {
  const rows = await source.read<TextRow>(
    sql`select e.articleId, e.id as editionId, e.language, e.kind, e.title, e.standfirst, e.body, e.sectionId, e.savedAt,
               null as createdBy, null as publishedAt, 0 as isForReaders, 0 as isNewest
        from edition e where e.id in ${editionIds}`,
  );
  const documentFrom = await documentMaker(source, rows);
  for (const row of rows) {
    await turn();
    yield documentFrom(row);
  }
}

/** Where rows are read from: a transaction, or a database. */
type Source = Pick<Transaction, 'read'>;

/** Reads what belongs to some texts; gives what makes a document of each. */
async function documentMaker(tx: Source, rows: readonly TextRow[]): Promise<(row: TextRow) => SearchDocument> {
  const editionIds = rows.map(({ editionId }) => editionId);
  const lineOf = await sectionLines(tx);
  const named = await tx.read<{ editionId: number; entityId: number; name: string }>(
    sql`select distinct m.editionId, n.id as entityId, n.name from mention m
        join entity e on e.id = m.entityId join entity n on n.id = coalesce(e.mergedInto, e.id)
        where m.editionId in ${editionIds} order by m.editionId, n.id`,
  );
  const aliases = await tx.read<{ entityId: number; name: string }>(
    sql`select entityId, name from entity_alias
        where entityId in ${[...new Set(named.map(({ entityId }) => entityId))]} and position < ${namesOfEach}
        order by entityId, position`,
  );
  const bylines = await tx.read<{ editionId: number; name: string }>(
    sql`select editionId, text as name from credit where editionId in ${editionIds} order by editionId, position`,
  );
  const namedIn = grouped(named, ({ editionId }) => editionId);
  const otherNames = grouped(aliases, ({ entityId }) => entityId);
  const bylinesOf = grouped(bylines, ({ editionId }) => editionId);
  return ({ body, sectionId, savedAt, publishedAt, isForReaders, isNewest, ...row }) => {
    const entities = namedIn.get(row.editionId) ?? [];
    const others = entities.flatMap(({ entityId }) => otherNames.get(entityId) ?? []);
    return documentOf({
      ...row,
      blocks: JSON.parse(body) as Block[],
      sectionIds: lineOf(sectionId),
      entityIds: entities.map(({ entityId }) => entityId),
      names: [...(bylinesOf.get(row.editionId) ?? []), ...entities, ...others].map(({ name }) => name),
      date: publishedAt ?? savedAt,
      isForReaders: isForReaders === 1,
      isNewest: isNewest === 1,
    });
  };
}

/** Each text once, with the date that its latest publication carries. */
async function textsOf(tx: Transaction, articleIds: readonly number[]): Promise<TextRow[]> {
  const rows = await tx.read<TextRow>(
    sql`select e.articleId, e.id as editionId, e.language, e.kind, e.title, e.standfirst, e.body, e.sectionId, e.savedAt,
               a.createdBy, p.publishedAt, case when p.id is null then 0 else 1 end as isForReaders,
               case when e.number = n.number then 1 else 0 end as isNewest
        from (select articleId, max(number) as number from edition where articleId in ${articleIds} group by articleId) n
        join article a on a.id = n.articleId
        join edition e on e.articleId = n.articleId
        left join publication p on p.articleId = e.articleId and p.editionId = e.id and p.recalledAt is null
          and (p.visibleUntil > ${tx.now} or p.partnersUntil > ${tx.now})
        where p.id is not null or e.number = n.number
        order by e.articleId, e.id, p.visibleFrom`,
  );
  return [...new Map(rows.map((row) => [row.editionId, row])).values()];
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known) known.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

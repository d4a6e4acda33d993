import { picturesIn, type Block } from '../../src/articles/body.rules.js';
import type { ArticleKind } from '../../src/articles/edition.rows.js';
import { listsOf } from '../../src/articles/list.rules.js';
import type { Transaction } from '../../src/kernel/database.js';
import { sql } from '../../src/kernel/sql.js';
import { lineage } from '../../src/sections/section.rules.js';
import type { Check } from './invariants.js';

/** Checks of the texts of stories, and of the lists they stand in. */
export const textChecks: readonly Check[] = [
  {
    name: 'texts are numbered without a gap',
    broken: sql`select concat('story ', articleId) as what from edition group by articleId
      having min(number) <> 1 or max(number) <> count(*)`,
  },
  {
    name: 'a story is at least as new as its newest text',
    broken: sql`select concat('story ', a.id) as what from article a join edition e on e.articleId = a.id
      group by a.id, a.changedAt having max(e.savedAt) > a.changedAt + 60000`,
  },
  {
    name: 'names in a text are numbered without a gap',
    broken: sql`select concat('edition ', editionId) as what from mention group by editionId
      having min(position) <> 0 or max(position) <> count(*) - 1`,
  },
  { name: 'the pictures of a text are known', broken: wrongPictures },
  { name: 'a publication stands in its lists', broken: wrongLists },
  {
    name: 'what nobody sees any more stands in no list',
    broken: ({ now }) => sql`select distinct concat('publication ', p.id) as what
      from publication p join listing l on l.publicationId = p.id
      where p.recalledAt is not null or (p.visibleUntil <= ${now} and p.partnersUntil <= p.visibleUntil
        and exists (select 1 from publication n
          where n.articleId = p.articleId and n.visibleFrom = p.visibleUntil and n.seq is not null))`,
  },
  {
    name: 'lists belong to publications',
    broken: sql`select concat('list ', l.list, ' of publication ', l.publicationId) as what
      from listing l left join publication p on p.id = l.publicationId
      where p.id is null or p.articleId <> l.articleId or p.publishedAt <> l.publishedAt
        or p.visibleFrom <> l.visibleFrom or p.visibleUntil <> l.visibleUntil
        or p.partnersFrom <> l.partnersFrom or p.partnersUntil <> l.partnersUntil`,
  },
];

const atOnce = 500;

async function wrongPictures(tx: Transaction): Promise<string[]> {
  interface Text {
    id: number;
    body: string;
    leadPictureId: number | null;
  }
  const wrong: string[] = [];
  for (let after = 0; ;) {
    const texts = await tx.read<Text>(
      sql`select id, body, leadPictureId from edition where id > ${after} order by id limit ${atOnce}`,
    );
    if (texts.length === 0) return wrong;
    after = texts.at(-1)!.id;
    const uses = await tx.read<{ editionId: number; pictureId: number }>(
      sql`select editionId, pictureId from picture_use where editionId in ${texts.map(({ id }) => id)}`,
    );
    const known = grouped(uses, ({ editionId, pictureId }) => [editionId, pictureId]);
    for (const { id, body, leadPictureId } of texts) {
      const shown = new Set([...picturesIn(JSON.parse(body) as Block[]), ...(leadPictureId ? [leadPictureId] : [])]);
      if (!same(known.get(id), shown)) wrong.push(`edition ${id}`);
    }
  }
}

interface Shown {
  id: number;
  editionId: number;
  kind: ArticleKind;
  language: string;
  sectionId: number;
}

/** What readers or partners see or will see, and stands in other lists than it should. */
async function wrongLists(tx: Transaction): Promise<string[]> {
  const sections = await tx.read<{ id: number; slug: string; parentId: number | null }>(
    sql`select id, slug, parentId from section`,
  );
  const byId = new Map(sections.map((section) => [section.id, section]));
  const wrong: string[] = [];
  for (let after = 0; ;) {
    const shown = await tx.read<Shown>(
      sql`select p.id, p.editionId, e.kind, e.language, e.sectionId from publication p join edition e on e.id = p.editionId
          where p.id > ${after} and p.recalledAt is null
            and (p.visibleUntil > ${tx.now} or p.partnersUntil > ${tx.now})
            and (p.visibleFrom < p.visibleUntil or p.partnersFrom < p.partnersUntil)
          order by p.id limit ${atOnce}`,
    );
    if (shown.length === 0) return wrong;
    after = shown.at(-1)!.id;
    const named = await tx.read<{ editionId: number; entityId: number }>(
      sql`select distinct editionId, entityId from mention where editionId in ${shown.map((row) => row.editionId)}`,
    );
    const listed = await tx.read<{ publicationId: number; list: string }>(
      sql`select publicationId, list from listing where publicationId in ${shown.map(({ id }) => id)}`,
    );
    const entities = grouped(named, (row) => [row.editionId, row.entityId]);
    const lists = grouped(listed, (row) => [row.publicationId, row.list]);
    for (const { id, editionId, kind, language, sectionId } of shown) {
      const sectionIds = lineage(byId, sectionId).map((section) => section.id);
      const entityIds = [...(entities.get(editionId) ?? [])];
      if (!same(lists.get(id), new Set(listsOf({ kind, language, sectionIds, entityIds })))) {
        wrong.push(`publication ${id}`);
      }
    }
  }
}

function grouped<Row, Value>(rows: readonly Row[], of: (row: Row) => [number, Value]): Map<number, Set<Value>> {
  const groups = new Map<number, Set<Value>>();
  for (const row of rows) {
    const [key, value] = of(row);
    groups.set(key, (groups.get(key) ?? new Set()).add(value));
  }
  return groups;
}

const same = <Value>(one: ReadonlySet<Value> = new Set(), other: ReadonlySet<Value>): boolean =>
  one.size === other.size && [...one].every((value) => other.has(value));

import { read, type Context, type Reading } from '../../kernel/context.js';
import { loadManyWith, loadOne } from '../../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { sql } from '../../kernel/sql.js';

/** One of the texts a story had, and how it came to be. */
export interface RevisionView {
  articleId: number;
  editionId: number;
  /** The edition that was the newest when it was saved; none before the first. */
  previousId: number | null;
  number: number;
  savedAt: number;
  savedBy: number | null;
  title: string;
  standfirst: string;
  wordCount: number;
  note: string | null;
  visibleFrom: number | null;
}

export interface RevisionEdge {
  cursor: string;
  node: RevisionView;
}

/** The longest page of revisions: each may bring two bodies. */
export const maxRevisions = 50;

/** The highest numbers of stories that are lower than a number, so many of each. */
const revisionsBelow = loadManyWith(
  (reading: Reading, { below, first }: { below: number; first: number }, articleIds: readonly number[]) =>
    read<RevisionView>(
      reading,
      sql`select e.articleId, e.id as editionId, r.previousId, e.number, e.savedAt, e.savedBy, e.title, e.standfirst,
                 e.wordCount, e.note,
                 (select min(p.visibleFrom) from publication p
                  where p.articleId = e.articleId and p.editionId = e.id and p.visibleFrom <= ${reading.database.now})
                   as visibleFrom
          from (select id, lag(id) over (partition by articleId order by number) as previousId,
                       row_number() over (partition by articleId order by number desc) as place
                from edition where articleId in ${articleIds} and number < ${below}) r
          join edition e on e.id = r.id
          where r.place <= ${first} order by e.articleId, e.number desc`,
    ),
  (revision) => revision.articleId,
  'unkept',
);

const revisionCount = loadOne(
  (reading: Reading, articleIds: readonly number[]) =>
    read<{ articleId: number; total: number }>(
      reading,
      sql`select articleId, count(*) as total from edition where articleId in ${articleIds} group by articleId`,
    ),
  (count) => count.articleId,
  'unkept',
);

/** A page of the texts of a story, newest first. */
export async function revisionsOf(ctx: Context, articleId: number, page: PageArgs): Promise<Connection<RevisionEdge>> {
  const first = checkFirst(page.first, maxRevisions);
  const list = `revisions:${articleId}`;
  const cursor = cursorsOf(list);
  const [below] = page.after == null ? [anyNumber] : parseCursor<[number]>(list, page.after, ['number']);
  const rows = await revisionsBelow(ctx, { below, first: first + 1 }).load(articleId);
  return pageOf(
    rows,
    page,
    (node) => ({ cursor: cursor([node.number]), node }),
    async () => (await revisionCount(ctx).load(articleId))?.total ?? 0,
  );
}

const anyNumber = 2_147_483_647;

/** The text of a story with this number. */
export async function revisionOf(ctx: Context, articleId: number, number: number): Promise<RevisionView | null> {
  if (number < 1 || number >= anyNumber) return null;
  const [revision] = await revisionsBelow(ctx, { below: number + 1, first: 1 }).load(articleId);
  return revision?.number === number ? revision : null;
}

import { articleById, type ArticleView } from '../../articles/article.queries.js';
import type { RelationKind } from '../../articles/edition.rows.js';
import { newsroomArticleById, type NewsroomArticleView } from '../../articles/newsroom-article.queries.js';
import { read, type Context, type Reading } from '../../kernel/context.js';
import { loadMany } from '../../kernel/loader.js';
import { cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { sql } from '../../kernel/sql.js';

interface RelatedRow {
  editionId: number;
  position: number;
  articleId: number;
  kind: RelationKind;
  kicker: string | null;
  title: string | null;
  reason: string | null;
}

export const relatedRows = loadMany(
  (reading: Reading, editionIds: readonly number[]) =>
    read<RelatedRow>(
      reading,
      sql`select editionId, position, articleId, kind, kicker, title, reason from related_story
          where editionId in ${editionIds} order by editionId, position`,
    ),
  (row) => row.editionId,
  'unkept',
);

export interface RelatedDraftView extends Omit<RelatedRow, 'editionId' | 'position' | 'articleId'> {
  cursor: string;
  node: ArticleView | NewsroomArticleView;
}

/** Stories beside an edition, published or not; not those that neither readers nor the viewer may see. */
export async function relatedDrafts(
  ctx: Context,
  editionId: number,
  page: PageArgs,
): Promise<Connection<RelatedDraftView>> {
  const list = `related-drafts:${editionId}`;
  const cursor = cursorsOf(list);
  const [behind] = page.after == null ? [-1] : parseCursor<[number]>(list, page.after, ['number']);
  const rows = await relatedRows(ctx).load(editionId);
  const found = await Promise.all(
    rows.map(async ({ editionId: _, position, articleId, ...edge }) => {
      const node = (await articleById(ctx).load(articleId)) ?? (await newsroomArticleById(ctx, articleId));
      return node ? [{ ...edge, position, cursor: cursor([position]), node }] : [];
    }),
  );
  const shown = found.flat();
  return pageOf(
    shown.filter(({ position }) => position > behind).slice(0, page.first + 1),
    page,
    (edge) => edge,
    () => Promise.resolve(shown.length),
  );
}

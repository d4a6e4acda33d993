import {
  articleColumns,
  articleOf,
  articleTables,
  articleTags,
  type ArticleView,
} from '../articles/article.queries.js';
import { publications, visible } from '../articles/visibility.js';
import { read, type Reading } from '../kernel/context.js';
import { loadManyWith } from '../kernel/loader.js';
import { cursorsOf } from '../kernel/page.js';
import { tag } from '../kernel/tags.js';
import { sql } from '../kernel/sql.js';
import type { RelationKind } from '../articles/edition.rows.js';

export interface RelatedView {
  fromEditionId: number;
  cursor: string;
  kind: RelationKind;
  kicker: string | null;
  title: string | null;
  reason: string | null;
  /** How many there are from the cursor on. */
  left: number;
  node: ArticleView;
}

interface RelatedColumns {
  fromEditionId: number;
  position: number;
  relationKind: RelationKind;
  kicker: string | null;
  titleOverride: string | null;
  reason: string | null;
  remaining: number;
}

interface RelatedPage {
  first: number;
  behind: number;
  /** The moment the edition is shown as of; now when `null`. */
  asOf: number | null;
}

/** The name of an edition's list, which its cursors carry. */
export const relatedList = (editionId: number): string => `related:${editionId}`;

/** Stories beside an edition that readers may see, in the editor's order: one more than the page, for each edition. */
export const relatedByEdition = loadManyWith(
  async (reading: Reading, { first, behind, asOf }: RelatedPage, editionIds: readonly number[]) => {
    const rows = await read<RelatedColumns>(
      reading,
      sql`select beside.fromEditionId, beside.position, beside.relationKind, beside.kicker, beside.titleOverride,
                 beside.reason, beside.remaining, ${articleColumns}
          from (select r.editionId as fromEditionId, r.position, r.kind as relationKind, r.kicker,
                       r.title as titleOverride, r.reason, p.id as publicationId, p.articleId,
                       row_number() over (partition by r.editionId order by r.position) as place,
                       count(*) over (partition by r.editionId) as remaining
                from related_story r
                join ${publications(reading)} p on p.articleId = r.articleId and ${visible(reading, 'p', asOf)}
                where r.editionId in ${editionIds} and r.position > ${behind}) beside
          join ${publications(reading)} p on p.articleId = beside.articleId and p.id = beside.publicationId ${articleTables}
          where beside.place <= ${first + 1}
          order by beside.fromEditionId, beside.position`,
    );
    return rows.map((row): RelatedView => ({
      fromEditionId: row.fromEditionId,
      cursor: cursorsOf(relatedList(row.fromEditionId))([row.position]),
      kind: row.relationKind,
      kicker: row.kicker,
      title: row.titleOverride,
      reason: row.reason,
      left: row.remaining,
      node: articleOf(row, asOf),
    }));
  },
  (related) => related.fromEditionId,
  (stories, editionId) => [tag('related', editionId), ...stories.flatMap(({ node }) => articleTags(node))],
);

export const relatedCounts = loadManyWith(
  (reading: Reading, { asOf }: Pick<RelatedPage, 'asOf'>, editionIds: readonly number[]) =>
    read<{ editionId: number; total: number }>(
      reading,
      sql`select r.editionId, count(*) as total from related_story r
          join ${publications(reading)} p on p.articleId = r.articleId and ${visible(reading, 'p', asOf)}
          where r.editionId in ${editionIds} group by r.editionId`,
    ),
  (row) => row.editionId,
  (_, editionId) => [tag('related', editionId)],
);

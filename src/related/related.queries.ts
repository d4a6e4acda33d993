import { articleTags, storiesById, type ArticleView } from '../articles/article.queries.js';
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
  articleId: number;
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
      sql`select fromEditionId, position, articleId, relationKind, kicker, titleOverride, reason, remaining
          from (select r.editionId as fromEditionId, r.position, r.articleId, r.kind as relationKind, r.kicker,
                       r.title as titleOverride, r.reason,
                       row_number() over (partition by r.editionId order by r.position) as place,
                       count(*) over (partition by r.editionId) as remaining
                from related_story r
                join ${publications(reading)} p on p.articleId = r.articleId and ${visible(reading, 'p', asOf)}
                where r.editionId in ${editionIds} and r.position > ${behind}) beside
          where place <= ${first + 1}
          order by fromEditionId, position`,
    );
    const stories = await storiesById(
      reading,
      rows.map(({ articleId }) => articleId),
      asOf,
    );
    return rows.flatMap((row): RelatedView[] => {
      const node = stories.get(row.articleId);
      if (!node) return [];
      const { fromEditionId, relationKind: kind, kicker, titleOverride: title, reason, remaining: left } = row;
      const cursor = cursorsOf(relatedList(fromEditionId))([row.position]);
      return [{ fromEditionId, cursor, kind, kicker, title, reason, left, node }];
    });
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

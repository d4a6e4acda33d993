import { isTheirs } from '../accounts/policy.js';
import type { Context, Reading } from '../kernel/context.js';
import { read } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { loadOne } from '../kernel/loader.js';
import { raw, sql, type Sql } from '../kernel/sql.js';
import type { Audience } from '../kernel/viewer.js';
import { pictureColumns } from '../media/picture.queries.js';
import { sectionTree } from '../sections/section.queries.js';
import { lineage } from '../sections/section.rules.js';
import { isCorrected, storyOf, type StoryView } from './article.queries.js';
import type { EditionRow } from './edition.rows.js';
import type { WorkflowState } from './workflow.rules.js';

/** A story as the desk sees it: its newest text, and where it stands. */
export interface NewsroomArticleView extends StoryView {
  __typename: 'NewsroomArticle';
  version: number;
  workflowState: WorkflowState;
  createdBy: number | null;
  changedAt: number;
  /** The edition readers see now. */
  liveEditionId: number | null;
  scheduled: { at: number; revision: number } | null;
  /** Who does not have yet what readers see or will see. */
  embargoes: { audience: Audience; until: number }[];
  passingOn: { allowed: boolean; usageTerms: string | null };
}

interface Columns {
  id: number;
  slug: string;
  sectionSlug: string;
  version: number;
  workflowState: WorkflowState;
  createdBy: number | null;
  changedAt: number;
  liveEditionId: number | null;
  scheduledAt: number | null;
  scheduledRevision: number | null;
  partnersUntil: number | null;
  passingOn: EditionRow['passingOn'];
  passingOnTerms: string | null;
}

/** Stories with their newest editions, under a condition on `a`, `e` and `s`; `now` is the database's clock. */
export const newsroomArticles = (now: Sql, condition: Sql, tail: Sql = raw('')): Sql =>
  sql`select a.id, e.id as editionId, e.number as editionNumber, e.savedAt, a.slug, s.slug as sectionSlug, e.kind,
             e.language, e.title, e.standfirst, e.wordCount, e.sectionId,
             coalesce(a.firstPublishedAt, p.publishedAt) as firstPublishedAt, p.publishedAt, p.updatedAt, e.seoTitle,
             e.seoDescription, e.leadPictureCaption, ${isCorrected}, a.version, a.createdBy, a.changedAt, p.editionId as liveEditionId,
             case when a.workflowState = 'SCHEDULED' and w.id is null then 'PUBLISHED' else a.workflowState end
               as workflowState,
             (select max(x.partnersFrom) from publication x where x.articleId = a.id and x.recalledAt is null
                and x.partnersFrom > ${now}) as partnersUntil,
             e.passingOn, e.passingOnTerms, w.visibleFrom as scheduledAt, we.number as scheduledRevision, ${pictureColumns('pic')}
      from article a
      join edition e on e.articleId = a.id and e.number = (select max(n.number) from edition n where n.articleId = a.id)
      join section s on s.id = e.sectionId
      left join picture pic on pic.id = e.leadPictureId
      left join publication p on p.articleId = a.id and p.visibleFrom <= ${now} and p.visibleUntil > ${now}
      left join publication w on w.articleId = a.id and w.seq is null and w.visibleFrom > ${now}
      left join edition we on we.id = w.editionId
      where ${condition}${tail}`;

export function newsroomArticleOf(row: object): NewsroomArticleView {
  const columns = row as Columns;
  const { scheduledAt, scheduledRevision, partnersUntil } = columns;
  return {
    ...storyOf({ ...row, path: `/${columns.sectionSlug}/${columns.slug}` }),
    __typename: 'NewsroomArticle',
    version: columns.version,
    workflowState: columns.workflowState,
    createdBy: columns.createdBy,
    changedAt: columns.changedAt,
    liveEditionId: columns.liveEditionId,
    embargoes: partnersUntil === null ? [] : [{ audience: 'PARTNERS', until: partnersUntil }],
    passingOn: { allowed: columns.passingOn === 'ALLOWED', usageTerms: columns.passingOnTerms },
    scheduled: scheduledAt === null ? null : { at: scheduledAt, revision: scheduledRevision! },
  };
}

/** A story as a transaction sees it, for the answer of the mutation. */
export async function newsroomArticleIn(tx: Transaction, articleId: number): Promise<NewsroomArticleView> {
  const [row] = await tx.read<object>(newsroomArticles(tx.now, sql`a.id = ${articleId}`));
  return newsroomArticleOf(row!);
}

const anyNewsroomArticle = loadOne(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<object>(reading, newsroomArticles(reading.database.now, sql`a.id in ${ids}`));
    return rows.map(newsroomArticleOf);
  },
  (article) => article.id,
  'unkept',
);

/** The story with this id, if it is the viewer's to work on. */
export async function newsroomArticleById(ctx: Context, id: number): Promise<NewsroomArticleView | null> {
  const article = await anyNewsroomArticle(ctx).load(id);
  return article && (await isForViewer(ctx, article)) ? article : null;
}

async function isForViewer(ctx: Context, { sectionId, createdBy }: NewsroomArticleView): Promise<boolean> {
  const line = lineage((await sectionTree(ctx)).byId, sectionId);
  return isTheirs(ctx, { sectionIds: line.map((section) => section.id), createdBy });
}

import { articleColumns, articleTables, storyOf, type StoryView } from '../../articles/article.queries.js';
import type { Context, Reading } from '../../kernel/context.js';
import { read } from '../../kernel/context.js';
import { loadManyWith } from '../../kernel/loader.js';
import { sql, type Sql } from '../../kernel/sql.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import type { DocumentFormat, PicturesPassed } from '../partners/partner.words.js';
import type { ChangeKind } from '../feed/change.words.js';

/** What a product lets a partner do with its stories. */
export interface ProductRights {
  pictures: PicturesPassed;
  formats: readonly DocumentFormat[];
  territories: readonly string[];
  terms: string | null;
}

/** A text of a story as a partner has it: who has this one may have what its rights do not leave out. */
export interface SyndicatedStoryView extends StoryView {
  __typename: 'SyndicatedStory';
  publicationId: number;
  productId: number;
  /** The version that the newest change of it in his feed names. */
  version: number;
  /** What the newest change is that brought him this text. */
  toldAs: ChangeKind;
  createdAt: number;
  /** When readers will see it, while they do not yet. */
  embargoedUntil: number | null;
  /** When the right to keep it ends. */
  expiresAt: number | null;
  rights: ProductRights;
  /** The database's clock when it was read. */
  readAt: number;
}

type Columns = Omit<SyndicatedStoryView, '__typename' | 'rights' | 'embargoedUntil' | 'expiresAt' | keyof StoryView> & {
  visibleFrom: number;
  keepDays: number | null;
  pictures: PicturesPassed;
  formats: string;
  territories: string;
  terms: string | null;
  passingOnTerms: string | null;
};

/** Whether no right of a partner to the story of a publication `p` has ended that his feed does not speak of yet. */
export const stillHis = (reading: Reading, partnerId: number): Sql => sql`
  not exists (select 1 from partner_due x
              where x.articleId = p.articleId and x.partnerId = ${partnerId} and x.kind = 'EXPIRE'
                and x.dueAt <= ${reading.database.now})`;

/**
 * Whether a partner may have a publication `p` of a story that he holds: he was told of that text, his right to it has not
 * ended, and nobody took the text back. Nothing else leads to a story of a partner.
 */
const isHis = (reading: Reading, partnerId: number): Sql => sql`
  p.recalledAt is null
  and exists (select 1 from partner_change c
              where c.articleId = p.articleId and c.partnerId = ${partnerId} and c.publicationId = p.id)
  and ${stillHis(reading, partnerId)}`;

const storiesOf = loadManyWith(
  async (reading: Reading, { partnerId }: { partnerId: number }, publicationIds: readonly number[]) => {
    const rows = await read<Columns>(
      reading,
      sql`select p.id as publicationId, d.id as productId, ${articleColumns}, a.createdAt, ${reading.database.now} as readAt,
            (select max(c.version) from partner_change c
             where c.articleId = p.articleId and c.partnerId = ${partnerId}
               and (c.publicationId = p.id or p.id = s.publicationId)) as version,
            (select c.kind from partner_change c
             where c.articleId = p.articleId and c.partnerId = ${partnerId} and c.publicationId = p.id
             order by c.version desc, c.seq desc limit 1) as toldAs,
            d.keepDays, d.pictures, d.formats, d.territories, d.usageTerms as terms, e.passingOnTerms
          from publication p
          join partner_story s on s.partnerId = ${partnerId} and s.articleId = p.articleId and s.state = 'HELD'
          join partner_product h on h.partnerId = s.partnerId and h.productId = s.productId
          join partner o on o.id = h.partnerId and o.isActive = 1
          join product d on d.id = h.productId
          ${articleTables}
          where p.id in ${publicationIds} and ${isHis(reading, partnerId)}`,
    );
    return rows.map(viewOf);
  },
  ({ publicationId }) => publicationId,
  'unkept',
);

const dayMs = 86_400_000;

function viewOf(row: Columns): SyndicatedStoryView {
  const story = storyOf(row);
  return {
    ...story,
    __typename: 'SyndicatedStory',
    publicationId: row.publicationId,
    productId: row.productId,
    version: row.version,
    toldAs: row.toldAs,
    createdAt: row.createdAt,
    embargoedUntil: row.visibleFrom > row.readAt ? row.visibleFrom : null,
    expiresAt: row.keepDays === null ? null : (story.firstPublishedAt ?? row.visibleFrom) + row.keepDays * dayMs,
    rights: {
      pictures: row.pictures,
      formats: JSON.parse(row.formats) as DocumentFormat[],
      territories: JSON.parse(row.territories) as string[],
      terms: [row.passingOnTerms, row.terms].filter((text) => text !== null).join(' ') || null,
    },
    readAt: row.readAt,
  };
}

/** A text that a partner was told of, with the rights of the product he holds it by now; nothing when it is not his, or not any more. */
export const syndicatedStory = (
  ctx: Context,
): { load: (key: { publicationId: number }) => Promise<SyndicatedStoryView | null> } => {
  const stories = storiesOf(ctx, { partnerId: partnerIdOf(ctx.viewer) });
  return { load: async ({ publicationId }) => (await stories.load(publicationId))[0] ?? null };
};

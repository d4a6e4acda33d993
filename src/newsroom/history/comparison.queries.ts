import {
  articleById,
  bodyByEdition,
  creditsByEdition,
  mentionsByEdition,
  type StoryView,
} from '../../articles/article.queries.js';
import { changesBetween, type Change, type ComparedText } from '../../articles/diff.rules.js';
import { newsroomArticleById } from '../../articles/newsroom-article.queries.js';
import type { ArticleKind } from '../../articles/edition.rows.js';
import { read, type Context, type Reading } from '../../kernel/context.js';
import { badInput } from '../../kernel/errors.js';
import { loadOne } from '../../kernel/loader.js';
import { sql } from '../../kernel/sql.js';
import { relatedRows } from '../desk/related.queries.js';
import { revisionOf, type RevisionView } from './revision.queries.js';

/** What was changed in a text since the one before it; nothing in the first. */
export async function changesIn(ctx: Context, { editionId, previousId }: RevisionView): Promise<Change[]> {
  return previousId === null ? [] : between(ctx, previousId, editionId);
}

/** What has to be changed in one text of a story to make another of it, by their numbers. */
export async function compared(
  ctx: Context,
  articleId: number,
  { from, to }: { from: number; to: number },
): Promise<Change[]> {
  const [before, after] = await Promise.all([revisionOf(ctx, articleId, from), revisionOf(ctx, articleId, to)]);
  if (!before) throw badInput(`The story has no revision ${from}.`, 'from');
  if (!after) throw badInput(`The story has no revision ${to}.`, 'to');
  return between(ctx, before.editionId, after.editionId);
}

async function between(ctx: Context, before: number, after: number): Promise<Change[]> {
  const [old, young] = await Promise.all([comparedText(ctx, before), comparedText(ctx, after)]);
  return changesBetween(old, young);
}

interface EditionColumns {
  id: number;
  title: string;
  standfirst: string;
  kind: ArticleKind;
  language: string;
  section: string;
  pictureId: number | null;
  alt: string | null;
  caption: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
  passingOn: string;
  passingOnTerms: string | null;
}

const editionById = loadOne(
  (reading: Reading, ids: readonly number[]) =>
    read<EditionColumns>(
      reading,
      sql`select e.id, e.title, e.standfirst, e.kind, e.language, s.slug as section, e.leadPictureId as pictureId,
                 pic.alt, e.leadPictureCaption as caption, e.seoTitle, e.seoDescription,
                 e.passingOn, e.passingOnTerms
          from edition e join section s on s.id = e.sectionId left join picture pic on pic.id = e.leadPictureId
          where e.id in ${ids}`,
    ),
  (edition) => edition.id,
  'unkept',
);

/** A text with all that belongs to it, in words that an editor can read. */
async function comparedText(ctx: Context, editionId: number): Promise<ComparedText> {
  const [edition, body, credits, mentions, related] = await Promise.all([
    editionById(ctx).load(editionId),
    bodyByEdition(ctx).load(editionId),
    creditsByEdition(ctx).load(editionId),
    mentionsByEdition(ctx).load(editionId),
    relatedTo(ctx, editionId),
  ]);
  const { pictureId, alt, caption, seoTitle, seoDescription, passingOn, passingOnTerms, id: _, ...text } = edition!;
  return {
    ...text,
    blocks: body?.blocks ?? [],
    leadPicture: pictureId === null ? null : { picture: `${alt || 'Picture'} (${pictureId})`, caption },
    seo: { title: seoTitle, description: seoDescription },
    passingOn: { allowed: passingOn === 'ALLOWED' ? 'yes' : 'no', usageTerms: passingOnTerms },
    credits: credits.map(({ role, text, entity }) => ({ role, text, entity: entity?.name ?? null })),
    mentions: mentions.map(({ entity, surface, blockKey, start, end }) => ({
      entity: entity.name,
      surface,
      blockKey,
      start,
      end,
    })),
    related,
  };
}

async function relatedTo(ctx: Context, editionId: number): Promise<ComparedText['related']> {
  const rows = await relatedRows(ctx).load(editionId);
  return Promise.all(
    rows.map(async ({ articleId, kind, kicker, title, reason }) => {
      const story: StoryView | null =
        (await articleById(ctx).load(articleId)) ?? (await newsroomArticleById(ctx, articleId));
      return { article: story?.slug ?? `a story that is not yours to see (${articleId})`, kind, kicker, title, reason };
    }),
  );
}

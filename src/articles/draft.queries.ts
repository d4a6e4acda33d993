import type { Transaction } from '../kernel/database.js';
import { missing } from '../kernel/errors.js';
import { raw, sql } from '../kernel/sql.js';
import type { Block } from './body.rules.js';
import type { EditionText } from './edition.commands.js';
import type { ArticleKind, CreditRole, EditionRow, RelationKind } from './edition.rows.js';
import { passingOnOf } from './passing-on.rules.js';

interface EditionColumns {
  id: number;
  number: number;
  kind: ArticleKind;
  language: string;
  title: string;
  standfirst: string;
  body: string;
  sectionId: number;
  leadPictureId: number | null;
  leadPictureCaption: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
  passingOn: EditionRow['passingOn'];
  passingOnTerms: string | null;
}

export interface StoredText {
  editionId: number;
  number: number;
  text: EditionText;
}

/** A text of a story with all that belongs to it, as it could be saved again: the newest, or the one of a number. */
export async function storedText(
  tx: Transaction,
  articleId: number,
  number: number | 'newest' = 'newest',
): Promise<StoredText> {
  const wanted = number === 'newest' ? raw('order by number desc limit 1') : sql`and number = ${number}`;
  const [edition] = await tx.read<EditionColumns>(
    sql`select id, number, kind, language, title, standfirst, body, sectionId, leadPictureId, leadPictureCaption,
               seoTitle, seoDescription, passingOn, passingOnTerms
        from edition where articleId = ${articleId} ${wanted}`,
  );
  if (!edition) throw missing('revision of that story', 'revision');
  const { id: editionId, leadPictureId, seoTitle, seoDescription } = edition;
  const text: EditionText = {
    kind: edition.kind,
    language: edition.language,
    title: edition.title,
    standfirst: edition.standfirst,
    blocks: JSON.parse(edition.body) as Block[],
    sectionId: edition.sectionId,
    leadPicture:
      leadPictureId === null
        ? undefined
        : { pictureId: leadPictureId, caption: edition.leadPictureCaption ?? undefined },
    seo: { title: seoTitle ?? undefined, description: seoDescription ?? undefined },
    passingOn: passingOnOf(edition.passingOn === 'ALLOWED', edition.passingOnTerms),
    ...(await storedParts(tx, editionId)),
  };
  return { editionId, number: edition.number, text };
}

async function storedParts(
  tx: Transaction,
  editionId: number,
): Promise<Pick<EditionText, 'credits' | 'related' | 'mentions'>> {
  const credits = await tx.read<{ role: CreditRole; text: string; entityId: number | null }>(
    sql`select role, text, entityId from credit where editionId = ${editionId} order by position`,
  );
  const related = await tx.read<{
    articleId: number;
    kind: RelationKind;
    kicker: string | null;
    title: string | null;
    reason: string | null;
  }>(
    sql`select articleId, kind, kicker, title, reason from related_story where editionId = ${editionId} order by position`,
  );
  const mentions = await tx.read<{
    entityId: number;
    blockKey: string;
    startOffset: number;
    endOffset: number;
    surface: string;
  }>(
    sql`select entityId, blockKey, startOffset, endOffset, surface from mention
        where editionId = ${editionId} order by position`,
  );
  return {
    credits: credits.map(({ entityId, ...credit }) => ({ ...credit, entityId: entityId ?? undefined })),
    related: related.map(({ kicker, title, reason, ...edge }) => ({
      ...edge,
      kicker: kicker ?? undefined,
      title: title ?? undefined,
      reason: reason ?? undefined,
    })),
    mentions: mentions.map(({ startOffset: start, endOffset: end, ...mention }) => ({ ...mention, start, end })),
  };
}

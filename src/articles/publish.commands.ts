import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertAll, insertUnlessThere, nowIn } from '../kernel/write.js';
import { lineage } from '../sections/section.rules.js';
import { CorrectionRow, ListingRow, PathRow, PublicationRow } from './article.rows.js';
import type { ArticleKind } from './edition.rows.js';
import { listsOf } from './list.rules.js';
import { forever } from './visibility.js';

export interface PublishInput {
  articleId: number;
  editionId: number;
  /** The date it carries and, when the story was never seen before, from when on readers see it; now when absent. */
  publishedAt?: number | undefined;
}

interface Draft {
  articleId: number;
  slug: string;
  firstPublishedAt: number | null;
  kind: ArticleKind;
  language: string;
  sectionId: number;
}

interface Open {
  id: number;
  editionId: number;
  publishedAt: number;
  visibleFrom: number;
}

/** Makes an edition what readers see: closes the interval of the one before and opens its own, lists and path included. */
export function publishEdition(ctx: Context, input: PublishInput): Promise<{ changed: boolean }> {
  return inTransaction(ctx, async (tx) => {
    await tx.run(sql`update article set version = version where id = ${input.articleId}`);
    const draft = await draftOf(tx, input);
    const now = await nowIn(tx);
    const [open] = await tx.read<Open>(
      sql`select id, editionId, publishedAt, visibleFrom from publication
          where articleId = ${input.articleId} and visibleUntil = ${forever}`,
    );
    if (open?.editionId === input.editionId) return { changed: false };
    if ((input.publishedAt ?? 0) > now)
      throw badInput('publishedAt lies in the future: a story cannot be scheduled yet.');
    await tx.run(sql`update article set version = version + 1 where id = ${input.articleId}`);
    const publishedAt = input.publishedAt ?? open?.publishedAt ?? now;
    const seenBefore = draft.firstPublishedAt !== null;
    const visibleFrom = seenBefore ? Math.max(now, (open?.visibleFrom ?? 0) + 1) : publishedAt;
    if (open) await close(tx, open, visibleFrom);
    await openInterval(tx, draft, input.editionId, { publishedAt, visibleFrom });
    if (!seenBefore) {
      await tx.run(sql`update article set firstPublishedAt = ${visibleFrom} where id = ${input.articleId}`);
    }
    return { changed: true };
  });
}

async function draftOf(tx: Transaction, { articleId, editionId }: PublishInput): Promise<Draft> {
  const [draft] = await tx.read<Draft>(
    sql`select a.id as articleId, a.slug, a.firstPublishedAt, e.kind, e.language, e.sectionId
        from article a join edition e on e.articleId = a.id and e.id = ${editionId} where a.id = ${articleId}`,
  );
  if (!draft) throw badInput('There is no such edition of that story.');
  return draft;
}

async function close(tx: Transaction, open: Open, until: number): Promise<void> {
  await tx.manager.delete(ListingRow, { publicationId: open.id });
  await tx.run(sql`update publication set visibleUntil = ${Math.max(until, open.visibleFrom)} where id = ${open.id}`);
}

async function openInterval(
  tx: Transaction,
  draft: Draft,
  editionId: number,
  { publishedAt, visibleFrom }: { publishedAt: number; visibleFrom: number },
): Promise<void> {
  const { articleId } = draft;
  const sections = await tx.read<{ id: number; slug: string; parentId: number | null }>(
    sql`select id, slug, parentId from section`,
  );
  const line = lineage(new Map(sections.map((section) => [section.id, section])), draft.sectionId);
  const path = `/${line[0]?.slug}/${draft.slug}`;
  await claimPath(tx, path, articleId, visibleFrom);
  const interval = { visibleFrom, visibleUntil: forever };
  const inserted = await tx.manager.insert(PublicationRow, {
    articleId,
    editionId,
    ...interval,
    publishedAt,
    updatedAt: visibleFrom,
    path,
  });
  const publicationId = (inserted.identifiers[0] as { id: number }).id;
  const entities = await tx.read<{ entityId: number }>(
    sql`select distinct entityId from mention where editionId = ${editionId}`,
  );
  const lists = listsOf({
    kind: draft.kind,
    language: draft.language,
    sectionIds: line.map((section) => section.id),
    entityIds: entities.map((row) => row.entityId),
  });
  await insertAll(
    tx,
    ListingRow,
    lists.map((list) => ({ list, publishedAt, articleId, publicationId, ...interval })),
  );
}

async function claimPath(tx: Transaction, path: string, articleId: number, createdAt: number): Promise<void> {
  if (await insertUnlessThere(tx, PathRow, { path, articleId, createdAt })) return;
  const [owner] = await tx.read<{ articleId: number }>(sql`select articleId from path where path = ${path}`);
  if (owner?.articleId !== articleId) throw badInput(`Another story was at ${path} before: choose another slug.`);
}

/** Tells readers what was wrong; the same note of the same moment is kept once. */
export function issueCorrection(
  ctx: Context,
  { articleId, note, issuedAt }: { articleId: number; note: string; issuedAt: number },
): Promise<boolean> {
  const text = checkText('note', note, { min: 1, max: 1_000 });
  return inTransaction(ctx, async (tx) => {
    if (await insertUnlessThere(tx, CorrectionRow, { articleId, note: text, issuedAt })) return true;
    const [there] = await tx.read<{ note: string }>(
      sql`select note from correction where articleId = ${articleId} and issuedAt = ${issuedAt}`,
    );
    if (there?.note !== text) throw badInput('The story has another correction of that very moment.');
    return false;
  });
}

import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput } from '../kernel/errors.js';
import { recordAudit, recordChange, touchSchedule } from '../kernel/ledger.js';
import { sql, type Sql } from '../kernel/sql.js';
import { held, insertAll, insertUnlessThere } from '../kernel/write.js';
import { lineage } from '../sections/section.rules.js';
import { ListingRow, PathRow, PublicationRow } from './article.rows.js';
import type { ArticleKind } from './edition.rows.js';
import { listsOf } from './list.rules.js';
import { reachOf } from './reach.queries.js';
import { claimSlug } from './slug.commands.js';
import { forever } from './visibility.js';

/** A publication that nothing ends yet. */
export interface OpenInterval {
  id: number;
  editionId: number;
  publishedAt: number;
  visibleFrom: number;
}

/** What readers see now or will see next, and go on seeing. */
export async function openIntervalOf(tx: Transaction, articleId: number): Promise<OpenInterval | undefined> {
  const [open] = await tx.read<OpenInterval>(
    sql`select id, editionId, publishedAt, visibleFrom from publication
        where articleId = ${articleId} and visibleUntil = ${forever}`,
  );
  return open;
}

/** Who sees it from when on, and the date it carries. */
export interface Moments {
  visibleFrom: number;
  partnersFrom: number;
  publishedAt: number;
}

/**
 * Ends what is open and opens an interval of an edition instead, its lists, path and slug included. Gives its id, and the
 * tags of what that reaches.
 */
export async function openInterval(
  tx: Transaction,
  { articleId, slug, editionId, now }: { articleId: number; slug: string; editionId: number; now: number },
  moments: Moments,
): Promise<{ publicationId: number; touches: string[] }> {
  const open = await openIntervalOf(tx, articleId);
  if (open) await endInterval(tx, articleId, open.id, moments);
  const edition = await editionIn(tx, articleId, editionId);
  const sections = await tx.read<{ id: number; slug: string; parentId: number | null }>(
    sql`select id, slug, parentId from section`,
  );
  const line = lineage(new Map(sections.map((section) => [section.id, section])), edition.sectionId);
  const path = `/${line[0]?.slug}/${slug}`;
  await claimPath(tx, path, articleId, now);
  await claimSlug(tx, slug, articleId);
  const { publishedAt, visibleFrom, partnersFrom } = moments;
  const interval = { visibleFrom, visibleUntil: forever, partnersFrom, partnersUntil: forever };
  const inserted = await tx.manager.insert(PublicationRow, {
    articleId,
    editionId,
    ...interval,
    publishedAt,
    updatedAt: visibleFrom,
    path,
    slug,
    seq: null,
    recalledAt: null,
  });
  const publicationId = (inserted.identifiers[0] as { id: number }).id;
  const entities = await tx.read<{ entityId: number }>(
    sql`select distinct m.entityId from mention m join entity e on e.id = m.entityId
        where m.editionId = ${editionId} ${held(tx)}`, // so that nobody is merged before the lists below are there
  );
  const lists = listsOf({
    kind: edition.kind,
    language: edition.language,
    sectionIds: line.map((section) => section.id),
    entityIds: entities.map((row) => row.entityId),
  });
  await insertAll(
    tx,
    ListingRow,
    lists.map((list) => ({ list, publishedAt, articleId, publicationId, ...interval })),
  );
  const touches = await reachOf(tx, [articleId]);
  if (open) await dropEnded(tx, articleId, now);
  return { publicationId, touches };
}

interface Listed {
  kind: ArticleKind;
  language: string;
  sectionId: number;
}

async function editionIn(tx: Transaction, articleId: number, editionId: number): Promise<Listed> {
  const [edition] = await tx.read<Listed>(
    sql`select kind, language, sectionId from edition where id = ${editionId} and articleId = ${articleId}`,
  );
  if (!edition) throw badInput('There is no such edition of that story.');
  return edition;
}

/** Ends an interval where the next begins, for each audience. */
async function endInterval(
  tx: Transaction,
  articleId: number,
  publicationId: number,
  { visibleFrom, partnersFrom }: Pick<Moments, 'visibleFrom' | 'partnersFrom'>,
): Promise<void> {
  await tx.run(sql`update publication set visibleUntil = ${visibleFrom} where id = ${publicationId}`);
  await tx.run(sql`update listing set visibleUntil = ${visibleFrom} where publicationId = ${publicationId}`);
  await fitPartners(tx, articleId, partnersFrom);
}

/** Takes publications that nobody sees any more out of their lists. */
const dropEnded = (tx: Transaction, articleId: number, now: number): Promise<void> =>
  dropLists(tx, articleId, sql`visibleUntil <= ${now} and partnersUntil <= ${now}`);

/** Takes publications of a story out of their lists; by their ids, as MariaDB walks and holds the whole table otherwise. */
async function dropLists(tx: Transaction, articleId: number, which: Sql): Promise<void> {
  const ended = await tx.read<{ id: number }>(
    sql`select id from publication where articleId = ${articleId} and ${which}`,
  );
  if (ended.length === 0) return;
  await tx.run(sql`delete from listing where publicationId in ${ended.map(({ id }) => id)}`);
}

/**
 * Lets partners see each text of a story until they get any later one: an embargo that is lifted early ends what they
 * saw under it, and not only what readers saw last.
 */
async function fitPartners(tx: Transaction, articleId: number, nextFrom: number): Promise<void> {
  const latestFirst = await tx.read<{ id: number; partnersFrom: number; partnersUntil: number }>(
    sql`select id, partnersFrom, partnersUntil from publication
        where articleId = ${articleId} and recalledAt is null order by visibleFrom desc`,
  );
  let until = nextFrom;
  for (const { id, partnersFrom, partnersUntil } of latestFirst) {
    if (partnersUntil !== until) {
      await tx.run(sql`update publication set partnersUntil = ${until} where id = ${id}`);
      await tx.run(sql`update listing set partnersUntil = ${until} where publicationId = ${id}`);
    }
    until = Math.min(until, partnersFrom);
  }
}

/** Takes back what was scheduled and has not begun, and lets what it would have ended go on. Gives whether there was any. */
export async function dropPending(tx: Transaction, articleId: number, now: number): Promise<boolean> {
  const pending = await tx.read<{ id: number; visibleFrom: number; path: string }>(
    sql`select id, visibleFrom, path from publication
        where articleId = ${articleId} and seq is null and visibleFrom > ${now}`,
  );
  for (const { id, visibleFrom, path } of pending) {
    await tx.manager.delete(ListingRow, { publicationId: id });
    await tx.manager.delete(PublicationRow, { id });
    await tx.run(sql`delete from path where path = ${path} and articleId = ${articleId}
                     and not exists (select 1 from publication p where p.articleId = ${articleId} and p.path = ${path})`);
    const [before] = await tx.read<{ id: number }>(
      sql`select id from publication where articleId = ${articleId} and visibleUntil = ${visibleFrom}`,
    );
    if (!before) continue;
    await tx.run(sql`update publication set visibleUntil = ${forever} where id = ${before.id}`);
    await tx.run(sql`update listing set visibleUntil = ${forever} where publicationId = ${before.id}`);
    await fitPartners(tx, articleId, forever);
  }
  if (pending.length > 0) await touchSchedule(tx);
  return pending.length > 0;
}

/** Ends everything readers or partners see of a story, and recalls all its editions. Gives the tags of what that reaches. */
export async function recallAll(tx: Transaction, articleId: number, now: number): Promise<string[]> {
  await dropPending(tx, articleId, now);
  await tx.run(sql`update publication set visibleUntil = case when visibleFrom > ${now} then visibleFrom else ${now} end
      where articleId = ${articleId} and visibleUntil > ${now}`);
  await tx.run(sql`update publication set partnersUntil = case when partnersFrom > ${now} then partnersFrom else ${now} end
      where articleId = ${articleId} and partnersUntil > ${now}`);
  await tx.run(sql`update publication set recalledAt = ${now} where articleId = ${articleId} and recalledAt is null`);
  const touches = await reachOf(tx, [articleId]);
  await dropLists(tx, articleId, sql`recalledAt is not null`);
  return touches;
}

/** Enters a publication that has begun into the delta feed, once: as new to readers, or as news of what they know. */
export async function enterPublication(
  tx: Transaction,
  {
    articleId,
    publicationId,
    op,
    note,
    touches,
  }: { articleId: number; publicationId: number; op: string; note?: string | null; touches: readonly string[] },
): Promise<void> {
  const [article] = await tx.read<{ version: number }>(sql`select version from article where id = ${articleId}`);
  const subject = { subject: 'Article', subjectId: articleId };
  const seq = await recordChange(tx, { ...subject, op, version: article!.version, publicationId, note, touches });
  await tx.run(sql`update publication set seq = ${seq} where id = ${publicationId}`);
}

/** Enters what was scheduled and whose moment has come: state, first date, audit and feed. Gives whether it did. */
export async function settle(ctx: Context, tx: Transaction, articleId: number, now: number): Promise<boolean> {
  const [due] = await tx.read<{ id: number; visibleFrom: number }>(
    sql`select id, visibleFrom from publication
        where articleId = ${articleId} and seq is null and visibleFrom <= ${now} order by visibleFrom limit 1`,
  );
  if (!due) return false;
  const [{ firstPublishedAt }] = (await tx.read<{ firstPublishedAt: number | null }>(
    sql`select firstPublishedAt from article where id = ${articleId}`,
  )) as [{ firstPublishedAt: number | null }];
  await tx.run(
    sql`update article set workflowState = 'PUBLISHED', firstPublishedAt = coalesce(firstPublishedAt, ${due.visibleFrom})
        where id = ${articleId}`,
  );
  const touches = await reachOf(tx, [articleId]);
  await dropEnded(tx, articleId, now);
  const subject = { subject: 'Article', subjectId: articleId };
  await recordAudit(ctx, tx, { ...subject, action: 'appear', note: null, detail: { publicationId: due.id } });
  const op = firstPublishedAt === null ? 'PUBLISHED' : 'UPDATED';
  await enterPublication(tx, { articleId, publicationId: due.id, op, touches });
  return true;
}

async function claimPath(tx: Transaction, path: string, articleId: number, createdAt: number): Promise<void> {
  if (await insertUnlessThere(tx, PathRow, { path, articleId, createdAt })) return;
  const [owner] = await tx.read<{ articleId: number }>(sql`select articleId from path where path = ${path}`);
  if (owner?.articleId !== articleId)
    throw badInput(`Another story was at ${path} before: choose another slug.`, 'slug');
}

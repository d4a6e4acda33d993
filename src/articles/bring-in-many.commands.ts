import { standingFor } from '../entities/survivor.queries.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing } from '../kernel/errors.js';
import { queueTexts, recordManyChanges, touchEverything } from '../kernel/ledger.js';
import { AuditRow } from '../kernel/ledger.rows.js';
import { join, sql, type SqlValue } from '../kernel/sql.js';
import { accountIdOf } from '../kernel/viewer.js';
import { insertMany, nowIn } from '../kernel/write.js';
import { lineage } from '../sections/section.rules.js';
import { ArticleRow, ListingRow, PathRow, PublicationRow, SlugClaimRow } from './article.rows.js';
import type { CheckedEdition } from './edition.commands.js';
import { CreditRow, EditionRow, MentionRow, PictureUseRow, RelatedStoryRow } from './edition.rows.js';
import { listsOf } from './list.rules.js';
import { forever } from './visibility.js';

/** A story to be made: where it comes from, the slugs it would take in that order, the section it will stand in. */
export interface StoryToMake {
  source: string;
  externalId: string;
  slugs: readonly string[];
  sectionSlug: string;
  /** From when on readers will see it, in the past; `null` keeps it from them. */
  publishedAt: number | null;
}

export interface MadeStory {
  id: number;
  slug: string;
}

/**
 * Makes many stories that are not there yet, as they will be with their first texts, each under the first of its slugs that no story has or had, in this batch
 * included; in the order they were given. One for which all are taken gets nothing.
 */
export async function makeStories(tx: Transaction, stories: readonly StoryToMake[]): Promise<(MadeStory | null)[]> {
  const taken = await takenNames(tx, stories);
  const now = await nowIn(tx);
  const slugs = stories.map(({ slugs: wished, sectionSlug }) => {
    const slug = wished.find((each) => !taken.has(each) && !taken.has(`/${sectionSlug}/${each}`));
    if (slug !== undefined) taken.add(slug);
    return slug;
  });
  const begun = stories.flatMap(({ source, externalId, publishedAt }, i) =>
    slugs[i] === undefined
      ? []
      : [{ source, externalId, slug: slugs[i], firstPublishedAt: publishedAt, ...stateOf(publishedAt) }],
  );
  const common = { createdBy: null, createdAt: now, changedAt: now };
  await insertMany(
    tx,
    ArticleRow,
    begun.map((story) => ({ ...story, ...common })),
  );
  const made = await tx.read<{ id: number; slug: string }>(
    sql`select id, slug from article where slug in ${begun.map(({ slug }) => slug)}`,
  );
  const idOf = new Map(made.map(({ id, slug }) => [slug, id]));
  await insertMany(
    tx,
    SlugClaimRow,
    made.map(({ id, slug }) => ({ slug, articleId: id })),
  );
  return slugs.map((slug) => (slug === undefined ? null : { id: idOf.get(slug)!, slug }));
}

/** What a story is once its first text is saved and, unless it is a draft, shown. */
const stateOf = (publishedAt: number | null) =>
  publishedAt === null ? { version: 1, workflowState: 'DRAFT' } : { version: 2, workflowState: 'PUBLISHED' };

/** Slugs and paths of those wished for that a story has or had. */
async function takenNames(tx: Transaction, stories: readonly StoryToMake[]): Promise<Set<string>> {
  const taken = new Set<string>();
  const look = async (wishes: readonly StoryToMake[]) => {
    const slugs = [...new Set(wishes.flatMap((story) => story.slugs))];
    const paths = [...new Set(wishes.flatMap((story) => story.slugs.map((slug) => `/${story.sectionSlug}/${slug}`)))];
    const rows = await tx.read<{ name: string }>(
      sql`select slug as name from slug_claim where slug in ${slugs}
          union all select path from path where path in ${paths}`,
    );
    for (const { name } of rows) taken.add(name);
  };
  const seen = new Set<string>();
  await look(stories.map((story) => ({ ...story, slugs: story.slugs.slice(0, 1) })));
  const more = stories.filter(({ slugs: [first], sectionSlug }) => {
    const isTaken = seen.has(first!) || taken.has(first!) || taken.has(`/${sectionSlug}/${first}`);
    seen.add(first!);
    return isTaken;
  });
  if (more.length > 0) await look(more.map((story) => ({ ...story, slugs: story.slugs.slice(1) })));
  return taken;
}

/** The first text of a story that was just made, for the same moment. */
export interface FirstText {
  story: MadeStory;
  edition: CheckedEdition;
  /** From when on readers see it, in the past; `null` keeps it from them. */
  publishedAt: number | null;
}

/**
 * Stores the first texts of stories that this transaction made, and shows those to readers that have a date: with their
 * paths, lists, audit and places in the feed. One job has all of them looked at by the search. Gives the ids of the texts, in the order they were given.
 */
export async function storeFirstTexts(ctx: Context, tx: Transaction, texts: readonly FirstText[]): Promise<number[]> {
  if (texts.length === 0) return [];
  const now = await nowIn(tx);
  const named = texts.flatMap(({ edition: { parts } }) =>
    [...parts.mentions, ...parts.credits].flatMap(({ entityId }) => entityId ?? []),
  );
  const standing = await standingFor(tx, named);
  if (named.some((id) => !standing.has(id))) throw missing('person, organisation or place', 'entity');
  const editionIds = await insertEditions(tx, texts, { now, standing });
  const shown = texts.flatMap(({ publishedAt, ...text }, i) =>
    publishedAt === null ? [] : [{ ...text, publishedAt, editionId: editionIds[i]! }],
  );
  await queueTexts(
    tx,
    texts.map(({ story }) => story.id),
  );
  if (shown.length > 0) await show(ctx, tx, shown, { now, standing });
  return editionIds;
}

interface Known {
  now: number;
  standing: ReadonlyMap<number, number>;
}

async function insertEditions(tx: Transaction, texts: readonly FirstText[], { now, standing }: Known) {
  await insertMany(
    tx,
    EditionRow,
    texts.map(({ story, edition: { row } }) => ({
      ...row,
      body: JSON.stringify(row.body),
      articleId: story.id,
      number: 1,
      savedAt: now,
      savedBy: null,
      note: null,
    })),
  );
  const stored = await tx.read<{ id: number; articleId: number }>(
    sql`select id, articleId from edition where articleId in ${texts.map(({ story }) => story.id)}`,
  );
  const idOf = new Map(stored.map(({ id, articleId }) => [articleId, id]));
  const editionIds = texts.map(({ story }) => idOf.get(story.id)!);
  const owned = (part: keyof CheckedEdition['parts']) =>
    texts.flatMap(({ edition }, i) =>
      (edition.parts[part] as readonly Record<string, SqlValue>[]).map((row) => ({
        editionId: editionIds[i]!,
        ...row,
        ...('entityId' in row && { entityId: standing.get(Number(row.entityId)) ?? null }),
      })),
    );
  await insertMany(tx, PictureUseRow, owned('pictures'));
  await insertMany(tx, MentionRow, owned('mentions'));
  await insertMany(tx, CreditRow, owned('credits'));
  await insertMany(tx, RelatedStoryRow, owned('related'));
  return editionIds;
}

interface ShownText extends FirstText {
  publishedAt: number;
  editionId: number;
}

async function show(ctx: Context, tx: Transaction, texts: readonly ShownText[], { now, standing }: Known) {
  const lineOf = await sectionLineIn(tx);
  const rows = texts.map(({ story, edition: { row, parts }, publishedAt, editionId }) => {
    const line = lineOf(row.sectionId);
    const interval = {
      visibleFrom: publishedAt,
      visibleUntil: forever,
      partnersFrom: publishedAt,
      partnersUntil: forever,
    };
    const lists = listsOf({
      kind: row.kind,
      language: row.language,
      sectionIds: line.map(({ id }) => id),
      entityIds: parts.mentions.map(({ entityId }) => standing.get(entityId)!),
    });
    return {
      articleId: story.id,
      slug: story.slug,
      path: `/${line[0]!.slug}/${story.slug}`,
      editionId,
      interval,
      lists,
    };
  });
  await insertMany(
    tx,
    PathRow,
    rows.map(({ path, articleId }) => ({ path, articleId, createdAt: now })),
    { unlessThere: true },
  );
  await checkPaths(tx, rows);
  await insertMany(
    tx,
    PublicationRow,
    rows.map(({ articleId, editionId, interval, path, slug }) => ({
      ...{ articleId, editionId, ...interval, publishedAt: interval.visibleFrom, updatedAt: interval.visibleFrom },
      ...{ path, slug, seq: null, recalledAt: null },
    })),
  );
  const articleIds = rows.map(({ articleId }) => articleId);
  const publications = await tx.read<{ id: number; articleId: number }>(
    sql`select id, articleId from publication where articleId in ${articleIds} order by visibleFrom, id`,
  );
  const idOf = new Map(publications.map(({ id, articleId }) => [articleId, id]));
  await insertMany(
    tx,
    ListingRow,
    rows.flatMap(({ articleId, interval, lists }) =>
      lists.map((list) => ({
        ...{ list, publishedAt: interval.visibleFrom, articleId, publicationId: idOf.get(articleId)! },
        ...interval,
      })),
    ),
  );
  await insertMany(
    tx,
    AuditRow,
    publications.map(({ id: publicationId, articleId: subjectId }) => ({
      ...{ at: now, accountId: accountIdOf(ctx.viewer), action: 'publish', subject: 'Article', subjectId, note: null },
      detail: JSON.stringify({ publicationId }),
    })),
  );
  await touchEverything(tx);
  const first = await recordManyChanges(
    tx,
    publications.map(({ id: publicationId, articleId: subjectId }) => ({
      ...{ op: 'PUBLISHED', subject: 'Article', subjectId, version: 2, publicationId },
    })),
  );
  const seqs = publications.map(({ id }, i) => sql`when ${id} then ${first + i}`);
  await tx.run(
    sql`update publication set seq = case id ${join(seqs, ' ')} end where id in ${publications.map(({ id }) => id)}`,
  );
}

/** `makeStories` has looked whose the paths are; somebody may have been quicker since. */
async function checkPaths(tx: Transaction, rows: readonly { path: string; articleId: number }[]): Promise<void> {
  const owners = await tx.read<{ path: string; articleId: number }>(
    sql`select path, articleId from path where path in ${rows.map(({ path }) => path)}`,
  );
  const ownerOf = new Map(owners.map(({ path, articleId }) => [path, articleId]));
  const lost = rows.find(({ path, articleId }) => ownerOf.get(path) !== articleId);
  if (lost) throw badInput(`Another story was at ${lost.path} before: choose another slug.`, 'slug');
}

async function sectionLineIn(tx: Transaction) {
  const sections = await tx.read<{ id: number; slug: string; parentId: number | null }>(
    sql`select id, slug, parentId from section`,
  );
  const byId = new Map(sections.map((section) => [section.id, section]));
  return (sectionId: number) => lineage(byId, sectionId);
}

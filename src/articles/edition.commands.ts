import { createHash } from 'node:crypto';
import { standingFor } from '../entities/survivor.queries.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing } from '../kernel/errors.js';
import { queueText } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertAll, nowIn } from '../kernel/write.js';
import { bodyText, countWords, picturesIn, type Block } from './body.rules.js';
import {
  CreditRow,
  EditionRow,
  maxCredits,
  maxMentions,
  maxRelated,
  MentionRow,
  PictureUseRow,
  RelatedStoryRow,
  type ArticleKind,
  type CreditRole,
  type RelationKind,
} from './edition.rows.js';
import type { FoundMention } from './naming.rules.js';
import { salienceOf } from './salience.rules.js';
import { makeStory, slugsFor } from './slug.commands.js';

/** A story by where it came from and what it is called there; the slug it gets when it is new, or the next one free. */
export interface StoryRef {
  source: string;
  externalId: string;
  slug: string;
}

/** A text of a story with all that belongs to it. */
export interface EditionText {
  kind: ArticleKind;
  language: string;
  title: string;
  standfirst: string;
  blocks: readonly Block[];
  sectionId: number;
  leadPicture?: { pictureId: number; caption?: string | undefined } | undefined;
  credits: readonly { role: CreditRole; text: string; entityId?: number | undefined }[];
  related: readonly {
    articleId: number;
    kind: RelationKind;
    kicker?: string | undefined;
    title?: string | undefined;
    reason?: string | undefined;
  }[];
  mentions: readonly FoundMention[];
  seo?: { title?: string | undefined; description?: string | undefined } | undefined;
  /** What partners may do with it, where that is not left to their products. */
  passingOn?: { allowed: boolean; usageTerms?: string | undefined } | undefined;
}

export interface EditionInput extends EditionText {
  /** Which story it is a text of. A story that is not there is made. */
  article: StoryRef;
}

export interface SavedEdition {
  articleId: number;
  editionId: number;
  slug: string;
  number: number;
  /** Whether this made a new edition: saving what is there already does not. */
  changed: boolean;
  /** Whether readers have ever seen the story. */
  seenBefore: boolean;
}

/**
 * Saves a text of a story as its newest edition, with all that belongs to it; readers see it once it is published. The
 * newest text again makes no other; `unlessEver`, nor does any text the story has had, so that nothing is turned back.
 */
export function saveEdition(
  ctx: Context,
  input: EditionInput,
  { unlessEver = false }: { unlessEver?: boolean } = {},
): Promise<SavedEdition> {
  const { article: ref, ...text } = input;
  const edition = checkedEdition(text);
  return inTransaction(ctx, async (tx) => saveText(tx, await findOrMakeArticle(tx, ref), edition, { unlessEver }));
}

/** `saveEdition` within a transaction, for a story that is there. */
export async function saveText(
  tx: Transaction,
  article: KnownStory,
  edition: CheckedEdition,
  { unlessEver = false }: { unlessEver?: boolean } = {},
): Promise<SavedEdition> {
  await tx.run(sql`update article set version = version where id = ${article.id}`);
  const had = await tx.read<{ id: number; number: number; contentHash: string }>(
    sql`select id, number, contentHash from edition
        where articleId = ${article.id} and (contentHash = ${edition.row.contentHash}
          or number = (select max(n.number) from edition n where n.articleId = ${article.id}))
        order by number desc`,
  );
  const newest = had[0];
  const same = had.find(({ contentHash }) => contentHash === edition.row.contentHash);
  const saved = { articleId: article.id, slug: article.slug, seenBefore: article.firstPublishedAt !== null };
  if (same && (unlessEver || same.id === newest?.id)) {
    return { ...saved, editionId: same.id, number: same.number, changed: false };
  }
  await tx.run(sql`update article set version = version + 1, changedAt = ${await nowIn(tx)} where id = ${article.id}`);
  const stored = await storeEdition(tx, article.id, edition, { savedBy: null, note: null });
  return { ...saved, editionId: stored.id, number: stored.number, changed: true };
}

/** Stores a checked text as the newest edition of a story that the transaction holds. */
export async function storeEdition(
  tx: Transaction,
  articleId: number,
  { row, parts }: CheckedEdition,
  by: { savedBy: number | null; note: string | null },
): Promise<{ id: number; number: number }> {
  const [last] = await tx.read<{ number: number | null }>(
    sql`select max(number) as number from edition where articleId = ${articleId}`,
  );
  const number = (last?.number ?? 0) + 1;
  const savedAt = await nowIn(tx);
  const inserted = await tx.manager.insert(EditionRow, { ...row, ...by, articleId, number, savedAt });
  const { id } = inserted.identifiers[0] as { id: number };
  await insertParts(tx, id, parts);
  await queueText(tx, articleId);
  return { id, number };
}

export type CheckedEdition = ReturnType<typeof checkedEdition>;

/** Checks a text and all that belongs to it, and makes rows of them. */
export function checkedEdition(input: EditionText) {
  return { row: checkedRow(input), parts: checkedParts(input) };
}

function checkedRow(input: EditionText) {
  if (input.mentions.length > maxMentions) throw badInput(`A story names at most ${maxMentions} times.`);
  if (input.credits.length > maxCredits) throw badInput(`A story has at most ${maxCredits} credits.`);
  if (input.related.length > maxRelated) throw badInput(`A story has at most ${maxRelated} related stories.`);
  if (JSON.stringify(input.blocks).length > 2_000_000)
    throw badInput('The body is too long: at most two million characters fit.');
  const passingOn: EditionRow['passingOn'] = input.passingOn?.allowed === false ? 'WITHHELD' : 'ALLOWED';
  return {
    kind: input.kind,
    language: checkText('language', input.language, { min: 2, max: 35 }),
    title: checkText('title', input.title, { min: 1, max: 300 }),
    standfirst: checkText('standfirst', input.standfirst, { max: 1_000 }),
    body: input.blocks,
    wordCount: countWords(bodyText(input.blocks)),
    sectionId: input.sectionId,
    leadPictureId: input.leadPicture?.pictureId ?? null,
    leadPictureCaption: optionalText('leadPicture.caption', input.leadPicture?.caption, 1_000),
    seoTitle: optionalText('seo.title', input.seo?.title, 300),
    seoDescription: optionalText('seo.description', input.seo?.description, 500),
    passingOn,
    passingOnTerms: optionalText('passingOn.usageTerms', input.passingOn?.usageTerms, 1_000),
    contentHash: createHash('sha256')
      .update(JSON.stringify({ article: null, ...input })) // in the shape that earlier versions printed
      .digest('base64url'),
  };
}

/** Makes sure that a story is there, so that others can refer to it before it has a text. Gives its id. */
export async function reserveStory(ctx: Context, story: StoryRef): Promise<number> {
  return (await inTransaction(ctx, (tx) => findOrMakeArticle(tx, story))).id;
}

export interface KnownStory {
  id: number;
  slug: string;
  firstPublishedAt: number | null;
}

/** The story that came from there, or a new one, under the first slug nobody has. */
async function findOrMakeArticle(tx: Transaction, story: StoryRef): Promise<KnownStory> {
  const { source, externalId } = story;
  const known = sql`select id, slug, firstPublishedAt from article where source = ${source} and externalId = ${externalId}`;
  for (const slug of slugsFor(story.slug)) {
    const [there] = await tx.read<KnownStory>(known);
    if (there) return there;
    await makeStory(tx, slug, { source, externalId, createdBy: null, createdAt: await nowIn(tx) });
  }
  const [there] = await tx.read<KnownStory>(known);
  if (there) return there;
  throw badInput(`There are too many stories called "${story.slug}": give it a slug of its own.`, 'slug');
}

/** What belongs to an edition, ready to be stored under its id. */
function checkedParts(input: EditionText) {
  const salience = salienceOf(input.mentions, input.title);
  const shown = input.leadPicture ? [input.leadPicture.pictureId] : [];
  return {
    pictures: [...new Set([...shown, ...picturesIn(input.blocks)])].map((pictureId) => ({ pictureId })),
    mentions: input.mentions.map((mention, position) => ({
      position,
      entityId: mention.entityId,
      blockKey: mention.blockKey,
      startOffset: mention.start,
      endOffset: mention.end,
      surface: mention.surface.slice(0, 255),
      salience: salience.get(mention.entityId) ?? 0,
    })),
    credits: input.credits.map((credit, position) => ({
      position,
      role: credit.role,
      text: checkText('credits.text', credit.text, { min: 1, max: 255 }),
      entityId: credit.entityId ?? null,
    })),
    related: input.related.map((related, position) => ({
      position,
      articleId: related.articleId,
      kind: related.kind,
      kicker: optionalText('related.kicker', related.kicker, 80),
      title: optionalText('related.title', related.title, 300),
      reason: optionalText('related.reason', related.reason, 300),
    })),
  };
}

const optionalText = (field: string, text: string | undefined, max: number): string | null =>
  text === undefined ? null : checkText(field, text, { max });

async function insertParts(tx: Transaction, editionId: number, parts: ReturnType<typeof checkedParts>): Promise<void> {
  const named = [...parts.mentions, ...parts.credits].flatMap(({ entityId }) => entityId ?? []);
  const standing = await standingFor(tx, named);
  if (named.some((id) => !standing.has(id))) throw missing('person, organisation or place', 'entity');
  const owned = (rows: readonly object[]) => rows.map((row) => ({ ...row, editionId }));
  const withStanding = (rows: readonly { entityId: number | null }[]) =>
    rows.map((row) => ({ ...row, entityId: row.entityId && standing.get(row.entityId)! }));
  await insertAll(tx, PictureUseRow, owned(parts.pictures));
  await insertAll(tx, MentionRow, owned(withStanding(parts.mentions)));
  await insertAll(tx, CreditRow, owned(withStanding(parts.credits)));
  await insertAll(tx, RelatedStoryRow, owned(parts.related));
}

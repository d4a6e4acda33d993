import { createHash } from 'node:crypto';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertAll, insertUnlessThere, nowIn } from '../kernel/write.js';
import { ArticleRow } from './article.rows.js';
import { bodyText, countWords, type Block } from './body.rules.js';
import {
  CreditRow,
  EditionRow,
  maxCredits,
  maxMentions,
  maxRelated,
  MentionRow,
  RelatedStoryRow,
  type ArticleKind,
  type CreditRole,
  type RelationKind,
} from './edition.rows.js';
import type { FoundMention } from './naming.rules.js';
import { salienceOf } from './salience.rules.js';

/** A story by where it came from and what it is called there; the slug it gets when it is new, or the next one free. */
export interface StoryRef {
  source: string;
  externalId: string;
  slug: string;
}

export interface EditionInput {
  /** Which story it is a text of. A story that is not there is made. */
  article: StoryRef;
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
  const edition = checkedEdition(input);
  const parts = checkedParts(input);
  return inTransaction(ctx, async (tx) => {
    const article = await findOrMakeArticle(tx, input.article);
    await tx.run(sql`update article set version = version where id = ${article.id}`);
    const now = await nowIn(tx);
    const had = await tx.read<{ id: number; number: number; contentHash: string }>(
      sql`select id, number, contentHash from edition
          where articleId = ${article.id} and (contentHash = ${edition.contentHash}
            or number = (select max(n.number) from edition n where n.articleId = ${article.id}))
          order by number desc`,
    );
    const newest = had[0];
    const same = had.find(({ contentHash }) => contentHash === edition.contentHash);
    const saved = { articleId: article.id, slug: article.slug, seenBefore: article.firstPublishedAt !== null };
    if (same && (unlessEver || same.id === newest?.id)) {
      return { ...saved, editionId: same.id, number: same.number, changed: false };
    }
    await tx.run(sql`update article set version = version + 1 where id = ${article.id}`);
    const number = (newest?.number ?? 0) + 1;
    const inserted = await tx.manager.insert(EditionRow, {
      ...edition,
      articleId: article.id,
      number,
      savedAt: now,
    });
    const editionId = (inserted.identifiers[0] as { id: number }).id;
    await insertParts(tx, editionId, parts);
    return { ...saved, editionId, number, changed: true };
  });
}

function checkedEdition(input: EditionInput) {
  if (input.mentions.length > maxMentions) throw badInput(`A story names at most ${maxMentions} times.`);
  if (input.credits.length > maxCredits) throw badInput(`A story has at most ${maxCredits} credits.`);
  if (input.related.length > maxRelated) throw badInput(`A story has at most ${maxRelated} related stories.`);
  if (JSON.stringify(input.blocks).length > 2_000_000)
    throw badInput('The body is too long: at most two million characters fit.');
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
    contentHash: createHash('sha256')
      .update(JSON.stringify({ ...input, article: null }))
      .digest('base64url'),
  };
}

/** Makes sure that a story is there, so that others can refer to it before it has a text. Gives its id. */
export async function reserveStory(ctx: Context, story: StoryRef): Promise<number> {
  return (await inTransaction(ctx, (tx) => findOrMakeArticle(tx, story))).id;
}

interface KnownStory {
  id: number;
  slug: string;
  firstPublishedAt: number | null;
}

/** The story that came from there, or a new one, under the first slug nobody has. */
async function findOrMakeArticle(tx: Transaction, story: StoryRef): Promise<KnownStory> {
  const { source, externalId } = story;
  const known = sql`select id, slug, firstPublishedAt from article where source = ${source} and externalId = ${externalId}`;
  const wished = checkText('slug', story.slug, { min: 1, max: 150 });
  for (let n = 1; n <= 1_000; n++) {
    const [there] = await tx.read<KnownStory>(known);
    if (there) return there;
    const candidate = n === 1 ? wished : `${wished}-${n}`;
    await insertUnlessThere(tx, ArticleRow, {
      slug: candidate,
      version: 0,
      source,
      externalId,
      createdAt: await nowIn(tx),
    });
  }
  throw badInput(`There are too many stories called "${wished}": give it a slug of its own.`);
}

/** What belongs to an edition, ready to be stored under its id. */
function checkedParts(input: EditionInput) {
  const salience = salienceOf(input.mentions, input.title);
  return {
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
  const owned = (rows: readonly object[]) => rows.map((row) => ({ ...row, editionId }));
  await insertAll(tx, MentionRow, owned(parts.mentions));
  await insertAll(tx, CreditRow, owned(parts.credits));
  await insertAll(tx, RelatedStoryRow, owned(parts.related));
}

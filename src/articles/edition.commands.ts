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
  /** Which story it is a text of: known by where it came from, or by its slug. A story that is not there is made. */
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
}

/** Saves a text of a story as its newest edition, with all that belongs to it; readers see it once it is published. */
export function saveEdition(ctx: Context, input: EditionInput): Promise<SavedEdition> {
  const edition = checkedEdition(input);
  return inTransaction(ctx, async (tx) => {
    const now = await nowIn(tx);
    const article = await findOrMakeArticle(tx, input.article);
    await tx.run(sql`update article set version = version + 1 where id = ${article.id}`);
    const [newest] = await tx.read<{ id: number; number: number; contentHash: string }>(
      sql`select id, number, contentHash from edition where articleId = ${article.id} order by number desc limit 1`,
    );
    const saved = { articleId: article.id, slug: article.slug };
    if (newest?.contentHash === edition.contentHash) {
      return { ...saved, editionId: newest.id, number: newest.number, changed: false };
    }
    const number = (newest?.number ?? 0) + 1;
    const inserted = await tx.manager.insert(EditionRow, {
      ...edition,
      articleId: article.id,
      number,
      savedAt: now,
    });
    const editionId = (inserted.identifiers[0] as { id: number }).id;
    await insertParts(tx, editionId, input);
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
    leadPictureCaption: input.leadPicture?.caption ?? null,
    seoTitle: input.seo?.title ?? null,
    seoDescription: input.seo?.description ?? null,
    contentHash: createHash('sha256')
      .update(JSON.stringify({ ...input, article: null }))
      .digest('base64url'),
  };
}

/** Makes sure that a story is there, so that others can refer to it before it has a text. Gives its id. */
export async function reserveStory(ctx: Context, story: StoryRef): Promise<number> {
  return (await inTransaction(ctx, (tx) => findOrMakeArticle(tx, story))).id;
}

/** The story that came from there, or a new one, under the first slug nobody has. */
async function findOrMakeArticle(tx: Transaction, story: StoryRef): Promise<{ id: number; slug: string }> {
  const { source, externalId } = story;
  const known = sql`select id, slug from article where source = ${source} and externalId = ${externalId}`;
  const wished = checkText('slug', story.slug, { min: 1, max: 150 });
  for (let n = 1; n <= 1_000; n++) {
    const [there] = await tx.read<{ id: number; slug: string }>(known);
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

async function insertParts(tx: Transaction, editionId: number, input: EditionInput): Promise<void> {
  const salience = salienceOf(input.mentions, input.title);
  await insertAll(
    tx,
    MentionRow,
    input.mentions.map((mention, position) => ({
      editionId,
      position,
      entityId: mention.entityId,
      blockKey: mention.blockKey,
      startOffset: mention.start,
      endOffset: mention.end,
      surface: mention.surface,
      salience: salience.get(mention.entityId) ?? 0,
    })),
  );
  await insertAll(
    tx,
    CreditRow,
    input.credits.map((credit, position) => ({
      editionId,
      position,
      role: credit.role,
      text: checkText('credits.text', credit.text, { min: 1, max: 255 }),
      entityId: credit.entityId ?? null,
    })),
  );
  await insertAll(
    tx,
    RelatedStoryRow,
    input.related.map((related, position) => ({
      editionId,
      position,
      articleId: related.articleId,
      kind: related.kind,
      kicker: related.kicker ?? null,
      title: related.title ?? null,
      reason: related.reason ?? null,
    })),
  );
}

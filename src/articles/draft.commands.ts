import { isTheirs } from '../accounts/policy.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing, type UserErrorView } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import type { CommandInput } from '../kernel/perform.js';
import { slugOf } from '../kernel/slug.js';
import { raw, sql } from '../kernel/sql.js';
import { accountIdOf } from '../kernel/viewer.js';
import { checkText, nowIn } from '../kernel/write.js';
import { blocksOf, cutsPair, type BodyText } from './body-input.rules.js';
import { blockText, picturesIn, withInner } from './body.rules.js';
import { storedText } from './draft.queries.js';
import { passingOnAfter } from './passing-on.rules.js';
import { checkedEdition, storeEdition, type EditionText } from './edition.commands.js';
import type { ArticleKind, CreditRole, RelationKind } from './edition.rows.js';
import { movedMentions } from './moved-mentions.rules.js';
import {
  newsroomArticleIn,
  newsroomArticleOf,
  newsroomArticles,
  type NewsroomArticleView,
} from './newsroom-article.queries.js';
import { isPictureForViewer } from './open-picture.queries.js';
import { claimSlug, makeStory, slugsFor } from './slug.commands.js';
import { checkSection, move, performOnStory, sectionLines, takeStory, type StoryTarget } from './story.commands.js';

/** What an editor writes; what is absent stays as it is, `null` takes it away. */
export interface DraftFields {
  title?: string | null;
  slug?: string | null;
  standfirst?: string | null;
  kind?: ArticleKind | null;
  language?: string | null;
  /** Slug of the section. */
  section?: string | null;
  body?: BodyText | null;
  leadPicture?: { pictureId: number; caption?: string | null } | null;
  seo?: { title?: string | null; description?: string | null } | null;
  passingOn?: { allowed?: boolean | null; usageTerms?: string | null } | null;
  note?: string | null;
}

export interface Warning {
  message: string;
  path: string[];
}

export interface SavedDraft {
  __typename: string;
  article: NewsroomArticleView;
  warnings: Warning[];
}

type Answer = Promise<SavedDraft | UserErrorView>;

/** Begins a story with its first text. */
export function createDraft(
  ctx: Context,
  input: DraftFields & CommandInput & { title: string; section: string },
): Answer {
  return performOnStory(ctx, 'createDraft', input, async (tx) => {
    const savedBy = accountIdOf(ctx.viewer);
    const empty: EditionText = {
      kind: 'NEWS',
      language: 'en',
      title: '',
      standfirst: '',
      blocks: [],
      sectionId: 0,
      credits: [],
      related: [],
      mentions: [],
    };
    const { text, warnings } = await written(ctx, tx, empty, input);
    const articleId = await newStory(tx, input, savedBy);
    await storeEdition(tx, articleId, checkedEdition(text), { savedBy, note: noteOf(input) });
    await tx.run(sql`update article set version = 1 where id = ${articleId}`);
    await recordAudit(ctx, tx, { action: 'create', subject: 'Article', subjectId: articleId, note: input.note });
    return { __typename: 'DraftSaved', article: await newsroomArticleIn(tx, articleId), warnings };
  });
}

async function newStory(
  tx: Transaction,
  { slug, title }: { slug?: string | null; title: string },
  createdBy: number | null,
): Promise<number> {
  const story = { source: null, externalId: null, createdBy, createdAt: await nowIn(tx) };
  for (const candidate of slug == null ? slugsFor(slugOf(title)) : [checkSlug(slug)]) {
    const made = await makeStory(tx, candidate, story);
    if (made !== undefined) return made;
  }
  throw badInput(`Another story has or had the slug "${slug ?? slugOf(title)}": choose another one.`, 'slug');
}

/** Saves a new text of a story; what readers see stays as it is. */
export function saveDraft(ctx: Context, input: DraftFields & CommandInput & StoryTarget): Answer {
  return amend(ctx, 'saveDraft', input, async (tx, before) => {
    if (input.slug != null) await wishSlug(tx, input.articleId, checkSlug(input.slug));
    return written(ctx, tx, before, input);
  });
}

/** Sets the stories that stand beside the newest text. */
export function relateStories(
  ctx: Context,
  input: CommandInput & StoryTarget & { related: readonly RelatedInput[]; note?: string | null },
): Answer {
  const set = async (tx: Transaction, before: EditionText): Promise<Written> => {
    const there = await relatable(
      ctx,
      tx,
      input.related.map((edge) => edge.articleId),
    );
    const seen = new Set<number>();
    input.related.forEach(({ articleId }, i) => {
      const path = `related.${i}.article`;
      if (articleId === input.articleId) throw badInput('A story cannot stand beside itself.', path);
      if (!there.has(articleId)) throw missing('story', path);
      if (seen.has(articleId)) throw badInput('The story is in the list twice.', path);
      seen.add(articleId);
    });
    return { text: { ...before, related: input.related.map(filled) }, warnings: [] };
  };
  return amend(ctx, 'relateStories', input, set, 'StoriesRelated');
}

/** Which of some stories can stand beside another: what readers see, and what is the viewer's to work on. */
export async function relatable(
  ctx: Context,
  tx: Transaction,
  ids: readonly number[],
): Promise<ReadonlyMap<number, NewsroomArticleView>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.read<object>(newsroomArticles(tx.now, sql`a.id in ${[...new Set(ids)]}`));
  const lineOf = await sectionLines(tx);
  const stories = rows
    .map(newsroomArticleOf)
    .filter(
      ({ liveEditionId, sectionId, createdBy }) =>
        liveEditionId !== null || isTheirs(ctx, { sectionIds: lineOf(sectionId), createdBy }),
    );
  return new Map(stories.map((story) => [story.id, story]));
}

export interface RelatedInput {
  articleId: number;
  kind: RelationKind;
  kicker?: string | null;
  title?: string | null;
  reason?: string | null;
}

const filled = ({ articleId, kind, kicker, title, reason }: RelatedInput): EditionText['related'][number] => ({
  articleId,
  kind,
  kicker: kicker ?? undefined,
  title: title ?? undefined,
  reason: reason ?? undefined,
});

/** Sets who wrote, photographed, edited or supplied the newest text, in the order of the byline. */
export function setCredits(
  ctx: Context,
  input: CommandInput &
    StoryTarget & {
      credits: readonly { role: CreditRole; text: string; entityId?: number | null }[];
      note?: string | null;
    },
): Answer {
  return amend(ctx, 'setCredits', input, async (tx, before) => {
    const there = await existing(
      tx,
      'entity',
      input.credits.flatMap(({ entityId }) => entityId ?? []),
    );
    const credits = input.credits.map(({ role, text, entityId }, i) => {
      if (entityId != null && !there.has(entityId)) throw missing('person or organisation', `credits.${i}.entity`);
      return {
        role,
        text: checkText(`credits.${i}.text`, text, { min: 1, max: 255 }),
        entityId: entityId ?? undefined,
      };
    });
    return { text: { ...before, credits }, warnings: [] };
  });
}

export interface MentionInput {
  entityId: number;
  blockKey: string;
  start: number;
  end: number;
}

/** Sets where the newest text names people, organisations and places. */
export function setMentions(
  ctx: Context,
  input: CommandInput & StoryTarget & { mentions: readonly MentionInput[]; note?: string | null },
): Answer {
  return amend(ctx, 'setMentions', input, async (tx, before) => {
    const there = await existing(
      tx,
      'entity',
      input.mentions.map(({ entityId }) => entityId),
    );
    const texts = textsOf(before);
    const places = [...texts.keys()];
    const mentions = input.mentions.map(({ entityId, blockKey, start, end }, i) => {
      if (!there.has(entityId)) throw missing('person, organisation or place', `mentions.${i}.entity`);
      const text = texts.get(blockKey);
      if (text === undefined) throw missing('block in the newest text', `mentions.${i}.blockKey`);
      if (!(start >= 0 && start < end && end <= text.length)) {
        throw badInput(`start and end must lie within the ${text.length} units of the block.`, `mentions.${i}.start`);
      }
      if (cutsPair(text, start) || cutsPair(text, end))
        throw badInput('start and end must not cut a character.', `mentions.${i}.start`);
      return { entityId, blockKey, start, end, surface: text.slice(start, end) };
    });
    const place = (blockKey: string) => places.indexOf(blockKey);
    mentions.sort((a, b) => place(a.blockKey) - place(b.blockKey) || a.start - b.start || b.end - a.end);
    return { text: { ...before, mentions }, warnings: [] };
  });
}

const textsOf = ({ title, standfirst, blocks }: EditionText): Map<string, string> =>
  new Map([
    ['title', title],
    ['standfirst', standfirst],
    ...withInner(blocks).map((block) => [block.key, blockText(block)] as const),
  ]);

/** Makes an earlier text of a story its newest again. */
export function restoreRevision(
  ctx: Context,
  input: CommandInput & StoryTarget & { revision: number; note?: string | null },
): Answer {
  return amend(ctx, 'restoreRevision', input, async (tx) => {
    const { text } = await storedText(tx, input.articleId, input.revision);
    await checkSection(ctx, tx, text.sectionId, 'revision');
    return { text, warnings: [] };
  });
}

interface Written {
  text: EditionText;
  warnings: Warning[];
}

/** Stores what becomes of the newest text of a story as its next edition, one version up. */
function amend(
  ctx: Context,
  name: string,
  input: CommandInput & StoryTarget & { note?: string | null },
  change: (tx: Transaction, before: EditionText) => Promise<Written>,
  answer = 'DraftSaved',
): Answer {
  return performOnStory(ctx, name, input, async (tx) => {
    const story = await takeStory(ctx, tx, input, 'SAVE');
    const before = await storedText(tx, story.id);
    const { text, warnings } = await change(tx, before.text);
    const by = { savedBy: accountIdOf(ctx.viewer), note: noteOf(input) };
    const { number } = await storeEdition(tx, story.id, checkedEdition(text), by);
    await move(tx, story, 'SAVE');
    const action = name === 'restoreRevision' ? 'restore' : 'save';
    const detail = { revision: number };
    await recordAudit(ctx, tx, { action, subject: 'Article', subjectId: story.id, note: input.note, detail });
    return { __typename: answer, article: await newsroomArticleIn(tx, story.id), warnings };
  });
}

/** A text with an editor's changes; mentions move with the words they stand on. */
async function written(ctx: Context, tx: Transaction, before: EditionText, input: DraftFields): Promise<Written> {
  const blocks = input.body == null ? before.blocks : blocksOf(input.body, before.blocks);
  const leadPicture =
    input.leadPicture === undefined
      ? before.leadPicture
      : input.leadPicture
        ? { pictureId: input.leadPicture.pictureId, caption: input.leadPicture.caption ?? undefined }
        : undefined;
  const text: EditionText = {
    ...before,
    title: input.title ?? before.title,
    standfirst: input.standfirst === undefined ? before.standfirst : (input.standfirst ?? ''),
    kind: input.kind ?? before.kind,
    language: input.language == null ? before.language : checkLanguage(input.language),
    sectionId: input.section == null ? before.sectionId : await sectionFor(ctx, tx, input.section),
    blocks,
    leadPicture,
    seo:
      input.seo === undefined
        ? before.seo
        : { title: input.seo?.title ?? undefined, description: input.seo?.description ?? undefined },
    passingOn: passingOnAfter(before.passingOn, input.passingOn),
  };
  await checkPictures(ctx, tx, text, before);
  const { mentions, dropped } = movedMentions(text, before.mentions);
  const warnings = dropped.map(({ surface, blockKey }) => ({
    message: `The text does not say “${surface}” there any more: the mention is gone.`,
    path: ['body', blockKey],
  }));
  return { text: { ...text, mentions }, warnings };
}

/** Refuses pictures that are not the viewer's to show; those the story shows already stay. */
async function checkPictures(ctx: Context, tx: Transaction, text: EditionText, before: EditionText): Promise<void> {
  const had = new Set(shownIn(before));
  const added = shownIn(text).filter((id) => !had.has(id));
  if (added.length === 0) return;
  const rows = await tx.read<{ id: number }>(
    sql`select p.id from picture p where p.id in ${added} and ${isPictureForViewer(ctx, tx.now)}`,
  );
  const theirs = new Set(rows.map(({ id }) => id));
  const refused = added.find((id) => !theirs.has(id));
  if (refused === undefined) return;
  throw missing('picture', refused === text.leadPicture?.pictureId ? 'leadPicture.picture' : 'body');
}

const shownIn = ({ leadPicture, blocks }: EditionText): number[] => [
  ...(leadPicture ? [leadPicture.pictureId] : []),
  ...picturesIn(blocks),
];

async function sectionFor(ctx: Context, tx: Transaction, slug: string): Promise<number> {
  const [section] = await tx.read<{ id: number }>(sql`select id from section where slug = ${slug}`);
  if (!section) throw missing('section', 'section');
  await checkSection(ctx, tx, section.id, 'section');
  return section.id;
}

/** Which of some ids are there. */
async function existing(
  tx: Transaction,
  table: 'article' | 'entity',
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.read<{ id: number }>(sql`select id from ${raw(table)} where id in ${[...new Set(ids)]}`);
  return new Set(rows.map(({ id }) => id));
}

/** Has a story found under another slug from its next publication on; the old ones lead to it. */
async function wishSlug(tx: Transaction, articleId: number, slug: string): Promise<void> {
  await claimSlug(tx, slug, articleId);
  await tx.run(sql`update article set slug = ${slug} where id = ${articleId}`);
}

function checkSlug(slug: string): string {
  const text = checkText('slug', slug, { min: 1, max: 150 });
  const good = slugOf(text, 150);
  if (text !== good) throw badInput(`A slug is lower-case words joined by hyphens, such as "${good}".`, 'slug');
  return text;
}

function checkLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0]!;
  } catch {
    throw badInput('A language is a tag such as en, fa or pt-BR.', 'language');
  }
}

const noteOf = ({ note }: { note?: string | null }): string | null =>
  note == null ? null : checkText('note', note, { max: 500 });

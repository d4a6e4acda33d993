import { actions, checkRole } from '../accounts/policy.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, type UserErrorView } from '../kernel/errors.js';
import { queueText, recordAudit, recordChange, touchSchedule } from '../kernel/ledger.js';
import type { CommandInput } from '../kernel/perform.js';
import { sql } from '../kernel/sql.js';
import type { Audience } from '../kernel/viewer.js';
import { checkText } from '../kernel/write.js';
import { CorrectionRow } from './article.rows.js';
import { storedText, type StoredText } from './draft.queries.js';
import { dropPending, enterPublication, openInterval, openIntervalOf } from './interval.commands.js';
import { newsroomArticleIn, type NewsroomArticleView } from './newsroom-article.queries.js';
import {
  checkSection,
  move,
  noteFor,
  performOnStory,
  takeStory,
  type HeldStory,
  type StoryTarget,
} from './story.commands.js';
import { takeDown, takeOffSchedule, wasSeen } from './take-down.commands.js';
import { forever } from './visibility.js';

export interface Embargo {
  audience: Audience;
  until: number;
}

export type PublishInput = CommandInput &
  StoryTarget & {
    /** The number of the text; the newest when absent. */
    revision?: number | null;
    embargoes?: readonly Embargo[] | null;
    note?: string | null;
  };

export interface StoryAnswer<Name extends string = string> {
  __typename: Name;
  article: NewsroomArticleView;
}

type Answer<Name extends string, More = object> = Promise<(StoryAnswer<Name> & More) | UserErrorView>;

/** Shows a text of a story to readers from now on. */
export function publishArticle(ctx: Context, input: PublishInput): Answer<'ArticlePublished'> {
  return performOnStory(ctx, 'publishArticle', input, async (tx) => {
    const story = await takeStory(ctx, tx, input, 'PUBLISH');
    const text = await finishedText(ctx, tx, story, input.revision);
    await dropPending(tx, story.id, story.now);
    await move(tx, story, 'PUBLISH');
    const seenBefore = story.firstPublishedAt !== null;
    await show(ctx, tx, story, text, {
      embargoes: input.embargoes,
      action: 'publish',
      op: seenBefore ? 'UPDATED' : 'PUBLISHED',
      note: noteFor('PUBLISH', input.note),
    });
    return { __typename: 'ArticlePublished', article: await newsroomArticleIn(tx, story.id) };
  });
}

/** Has a text of a story appear at a moment, whatever is saved until then; in the place of what was scheduled before. */
export function schedulePublication(
  ctx: Context,
  input: PublishInput & { at: number },
): Answer<'PublicationScheduled', { at: number; revision: number }> {
  return performOnStory(ctx, 'schedulePublication', input, async (tx) => {
    const story = await takeStory(ctx, tx, input, 'SCHEDULE');
    const { now } = story;
    if (input.at <= now) throw badInput('The moment has passed: publish the story, or choose one to come.', 'at');
    if (input.at > now + longestAhead) throw badInput('The moment is more than ten years ahead.', 'at');
    const text = await finishedText(ctx, tx, story, input.revision);
    await dropPending(tx, story.id, now);
    await move(tx, story, 'SCHEDULE');
    const open = await openIntervalOf(tx, story.id);
    const partnersFrom = await partnersFromOf(tx, story, input.embargoes, input.at);
    if (open && partnersFrom < input.at) {
      throw badInput('Partners cannot get an update before readers: only what is new.', 'embargoes');
    }
    const publishedAt = (await dateOf(tx, story.id)) ?? input.at;
    const moments = { visibleFrom: input.at, partnersFrom: Math.max(partnersFrom, now), publishedAt };
    await openInterval(tx, { ...identity(story), editionId: text.editionId, now }, moments);
    await touchSchedule(tx);
    await queueText(tx, story.id);
    const detail = { at: input.at, revision: text.number };
    const note = noteFor('SCHEDULE', input.note);
    await recordAudit(ctx, tx, { action: 'schedule', subject: 'Article', subjectId: story.id, note, detail });
    return {
      __typename: 'PublicationScheduled',
      article: await newsroomArticleIn(tx, story.id),
      at: input.at,
      revision: text.number,
    };
  });
}

const longestAhead = 10 * 366 * 86_400_000;

/** Takes back what was scheduled, before its moment. */
export function unschedulePublication(
  ctx: Context,
  input: CommandInput & StoryTarget & { note?: string | null },
): Answer<'ArticleMoved'> {
  return performOnStory(ctx, 'unschedulePublication', input, async (tx) => {
    const story = await takeStory(ctx, tx, input, 'UNSCHEDULE');
    if (await partnersHavePending(tx, story)) throw badInput('Partners have it already: withdraw it.', 'articleId');
    await takeOffSchedule(ctx, tx, story, noteFor('UNSCHEDULE', input.note));
    return { __typename: 'ArticleMoved', article: await newsroomArticleIn(tx, story.id) };
  });
}

async function partnersHavePending(tx: Transaction, { id, now }: HeldStory): Promise<boolean> {
  const early = await tx.read<{ id: number }>(
    sql`select id from publication where articleId = ${id} and seq is null and partnersFrom <= ${now} limit 1`,
  );
  return early.length > 0;
}

/** Tells readers what was wrong and shows them the text that is right: the newest, unless another is named. */
export function correctArticle(
  ctx: Context,
  input: CommandInput & StoryTarget & { note: string; revision?: number | null },
): Answer<'ArticleCorrected'> {
  return performOnStory(ctx, 'correctArticle', input, async (tx) => {
    const note = checkText('note', input.note, { min: 1, max: 1_000 });
    const story = await takeStory(ctx, tx, input, 'CORRECT');
    const text = await finishedText(ctx, tx, story, input.revision);
    const [last] = await tx.read<{ issuedAt: number | null }>(
      sql`select max(issuedAt) as issuedAt from correction where articleId = ${story.id}`,
    );
    const issuedAt = Math.max(story.now, (last?.issuedAt ?? 0) + 1);
    await tx.manager.insert(CorrectionRow, { articleId: story.id, note, issuedAt });
    await move(tx, story, 'CORRECT');
    const open = await openIntervalOf(tx, story.id);
    if (open?.editionId === text.editionId) {
      const subject = { subject: 'Article', subjectId: story.id };
      await recordAudit(ctx, tx, { ...subject, action: 'correct', note });
      await recordChange(tx, { ...subject, op: 'CORRECTED', version: story.version + 1, note });
    } else {
      await show(ctx, tx, story, text, { action: 'correct', op: 'CORRECTED', note });
    }
    return { __typename: 'ArticleCorrected', article: await newsroomArticleIn(tx, story.id) };
  });
}

/** Takes a story down; with `kill`, for good. */
export function withdrawArticle(
  ctx: Context,
  input: CommandInput & StoryTarget & { note: string; publicNote?: string | null; kill?: boolean | null },
): Answer<'ArticleWithdrawn'> {
  const transition = input.kill ? 'KILL' : 'WITHDRAW';
  if (input.kill) checkRole(ctx, actions.kill);
  return performOnStory(ctx, 'withdrawArticle', input, async (tx) => {
    const note = noteFor(transition, input.note);
    const publicNote = input.publicNote == null ? null : checkText('publicNote', input.publicNote, { max: 1_000 });
    const story = await takeStory(ctx, tx, input, transition);
    if (!(await wasSeen(tx, story)))
      throw badInput('Nobody has seen the story yet: unschedule it instead.', 'articleId');
    await takeDown(ctx, tx, story, { transition, note, publicNote });
    return { __typename: 'ArticleWithdrawn', article: await newsroomArticleIn(tx, story.id) };
  });
}

/** Opens an interval for readers that begins now, and writes it into audit and feed. */
async function show(
  ctx: Context,
  tx: Transaction,
  story: HeldStory,
  { editionId, number }: StoredText,
  {
    embargoes,
    action,
    op,
    note,
  }: { embargoes?: readonly Embargo[] | null | undefined; action: string; op: string; note: string | null },
): Promise<void> {
  const visibleFrom = await momentAfterLast(tx, story);
  const publishedAt = (await dateOf(tx, story.id)) ?? visibleFrom;
  const partnersFrom = Math.max(await partnersFromOf(tx, story, embargoes, visibleFrom), visibleFrom);
  const moments = { visibleFrom, partnersFrom, publishedAt };
  const { publicationId, touches } = await openInterval(tx, { ...identity(story), editionId, now: story.now }, moments);
  await tx.run(
    sql`update article set firstPublishedAt = coalesce(firstPublishedAt, ${visibleFrom}) where id = ${story.id}`,
  );
  const detail = { revision: number, publicationId };
  await recordAudit(ctx, tx, { action, subject: 'Article', subjectId: story.id, note, detail });
  const told = op === 'CORRECTED' ? note : null; // any other note is the newsroom's
  await enterPublication(tx, { articleId: story.id, publicationId, op, note: told, touches });
}

const identity = ({ id: articleId, slug }: HeldStory) => ({ articleId, slug });

/** Now, or the millisecond after the last interval began: two never begin at once. */
async function momentAfterLast(tx: Transaction, { id, now }: HeldStory): Promise<number> {
  const [last] = await tx.read<{ visibleFrom: number | null }>(
    sql`select max(visibleFrom) as visibleFrom from publication where articleId = ${id}`,
  );
  return Math.max(now, (last?.visibleFrom ?? 0) + 1);
}

/** The date a story carries since it was first published. */
async function dateOf(tx: Transaction, articleId: number): Promise<number | undefined> {
  const [last] = await tx.read<{ publishedAt: number }>(
    sql`select publishedAt from publication where articleId = ${articleId} order by visibleFrom desc limit 1`,
  );
  return last?.publishedAt;
}

/** From when on partners see what readers see from a moment on; an embargo that still holds goes on unless another is set. */
async function partnersFromOf(
  tx: Transaction,
  { id, now }: HeldStory,
  embargoes: readonly Embargo[] | null | undefined,
  visibleFrom: number,
): Promise<number> {
  const [held] = await tx.read<{ partnersFrom: number }>(
    sql`select partnersFrom from publication where articleId = ${id} and recalledAt is null
        order by visibleFrom desc limit 1`,
  );
  let from = Math.max(visibleFrom, (held?.partnersFrom ?? 0) > now ? held!.partnersFrom : 0);
  embargoes?.forEach(({ audience, until }, i) => {
    if (audience === 'PUBLIC') {
      throw badInput('The moment for readers is the publication itself: schedule it.', `embargoes.${i}.audience`);
    }
    if (until >= forever) throw badInput('An embargo has to end.', `embargoes.${i}.until`);
    from = until;
  });
  return from;
}

/** A text that may be shown: it has a body, and stands in a section of the viewer's. */
async function finishedText(
  ctx: Context,
  tx: Transaction,
  story: HeldStory,
  revision: number | null | undefined,
): Promise<StoredText> {
  const stored = await storedText(tx, story.id, revision ?? 'newest');
  await checkSection(ctx, tx, stored.text.sectionId, 'revision');
  if (stored.text.blocks.length === 0) throw badInput('The story has no body yet: write one first.', 'articleId');
  return stored;
}

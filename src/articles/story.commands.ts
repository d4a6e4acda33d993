import { isTheirs, isTheirSection } from '../accounts/policy.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing, Refusal, staleVersion, type UserErrorView } from '../kernel/errors.js';
import { perform, type CommandInput } from '../kernel/perform.js';
import { sql } from '../kernel/sql.js';
import { checkText, nowIn } from '../kernel/write.js';
import { lineage } from '../sections/section.rules.js';
import { settle } from './interval.commands.js';
import type { NewsroomArticleView } from './newsroom-article.queries.js';
import { allowedFrom, reached, workflow, type Transition, type WorkflowState } from './workflow.rules.js';

/** A story whose row this transaction holds: nobody else changes it until the commit. */
export interface HeldStory {
  id: number;
  slug: string;
  version: number;
  workflowState: WorkflowState;
  firstPublishedAt: number | null;
  createdBy: number | null;
  /** The database's clock, in milliseconds. */
  now: number;
  /** Whether what was scheduled has just been entered, as its moment had come. */
  settled: boolean;
}

export interface StoryTarget {
  articleId: number;
  expectedVersion: number;
}

/** Holds a story, with what was scheduled entered if its moment has come; `null` when there is none. */
export async function holdStory(ctx: Context, tx: Transaction, articleId: number): Promise<HeldStory | null> {
  await tx.run(sql`update article set version = version where id = ${articleId}`);
  const now = await nowIn(tx);
  const settled = await settle(ctx, tx, articleId, now);
  const [row] = await tx.read<Omit<HeldStory, 'now' | 'settled'>>(
    sql`select id, slug, version, workflowState, firstPublishedAt, createdBy from article where id = ${articleId}`,
  );
  return row ? { ...row, now, settled } : null;
}

/** Holds a story for something the viewer does to it: his to work on, at the version he saw, in a state that allows it. */
export async function takeStory(
  ctx: Context,
  tx: Transaction,
  { articleId, expectedVersion }: StoryTarget,
  transition: Transition,
): Promise<HeldStory> {
  const story = await holdStory(ctx, tx, articleId);
  if (!story || !(await isForViewer(ctx, tx, story))) throw missing('story', 'articleId');
  if (story.version !== expectedVersion) throw staleVersion('story', expectedVersion, story.version);
  if (!workflow[transition].from.includes(story.workflowState)) throw illegal(transition, story.workflowState);
  return story;
}

/** Whether a story is the viewer's to work on. */
export async function isForViewer(
  ctx: Context,
  tx: Transaction,
  story: Pick<HeldStory, 'id' | 'createdBy'>,
): Promise<boolean> {
  const [newest] = await tx.read<{ sectionId: number }>(
    sql`select sectionId from edition where articleId = ${story.id} order by number desc limit 1`,
  );
  const lineOf = await sectionLines(tx);
  return isTheirs(ctx, { sectionIds: lineOf(newest?.sectionId ?? null), createdBy: story.createdBy });
}

/** Refuses a text of a section that the viewer does not work in. */
export async function checkSection(ctx: Context, tx: Transaction, sectionId: number, path: string): Promise<void> {
  if (isTheirSection(ctx, (await sectionLines(tx))(sectionId))) return;
  throw badInput('That is not one of the sections you work in.', path);
}

/** `perform` for what is answered with a story: a kept answer is given again only to somebody whose story it still is. */
export function performOnStory<Result extends { article: NewsroomArticleView }>(
  ctx: Context,
  name: string,
  input: CommandInput,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result | UserErrorView> {
  return perform(ctx, name, input, work, async (tx, { article }) => {
    if (!(await isForViewer(ctx, tx, article))) throw missing('story', 'articleId');
  });
}

/** Tells the ids of a section and of those above it. */
export async function sectionLines(tx: Pick<Transaction, 'read'>): Promise<(sectionId: number | null) => number[]> {
  const sections = await tx.read<{ id: number; parentId: number | null }>(sql`select id, parentId from section`);
  const byId = new Map(sections.map((section) => [section.id, section]));
  return (sectionId) => lineage(byId, sectionId).map(({ id }) => id);
}

function illegal(transition: Transition, from: WorkflowState): Refusal {
  const allowed = allowedFrom(from);
  const can = allowed.length === 0 ? 'nothing can be done with it any more' : `it allows ${allowed.join(', ')}`;
  const view = { message: `${transition} does not go with a story that is ${from}: ${can}.`, path: [] };
  return new Refusal(Object.assign({ __typename: 'IllegalTransition', ...view }, { from, allowed }));
}

/** Moves a held story on, one version up. Gives the state it is in now. */
export async function move(
  tx: Transaction,
  story: HeldStory,
  transition: Transition,
  to: WorkflowState = reached(transition, story.workflowState),
): Promise<WorkflowState> {
  await tx.run(
    sql`update article set version = version + 1, workflowState = ${to}, changedAt = ${story.now} where id = ${story.id}`,
  );
  return to;
}

/** Checks what was said about a transition: there must be something when the workflow wants it. */
export const noteFor = (transition: Transition, note: string | null | undefined): string | null =>
  note == null && !workflow[transition].note
    ? null
    : checkText('note', note ?? '', { min: workflow[transition].note ? 1 : 0, max: 1_000 });

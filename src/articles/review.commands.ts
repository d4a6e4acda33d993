import type { Context } from '../kernel/context.js';
import type { UserErrorView } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import type { CommandInput } from '../kernel/perform.js';
import { newsroomArticleIn, type NewsroomArticleView } from './newsroom-article.queries.js';
import { move, noteFor, performOnStory, takeStory, type StoryTarget } from './story.commands.js';

export type ReviewInput = CommandInput & StoryTarget & { note?: string | null };

export interface MovedStory {
  __typename: 'ArticleMoved';
  article: NewsroomArticleView;
}

const reviews = { SUBMIT: 'submit', RETURN: 'return', APPROVE: 'approve' } as const;

/** Moves a story on its way to publication, which changes neither its text nor what readers see. */
export function review(
  ctx: Context,
  transition: keyof typeof reviews,
  input: ReviewInput,
): Promise<MovedStory | UserErrorView> {
  const action = reviews[transition];
  return performOnStory(ctx, action, input, async (tx) => {
    const note = noteFor(transition, input.note);
    const story = await takeStory(ctx, tx, input, transition);
    await move(tx, story, transition);
    await recordAudit(ctx, tx, { action, subject: 'Article', subjectId: story.id, note });
    return { __typename: 'ArticleMoved', article: await newsroomArticleIn(tx, story.id) };
  });
}

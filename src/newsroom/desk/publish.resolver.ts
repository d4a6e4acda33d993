import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  correctArticle,
  publishArticle,
  schedulePublication,
  unschedulePublication,
  withdrawArticle,
} from '../../articles/publish.commands.js';
import { review } from '../../articles/review.commands.js';
import type { Context } from '../../kernel/context.js';
import { storyOf } from './draft.resolver.js';
import {
  CorrectArticleInput,
  CorrectArticleResult,
  MoveArticleInput,
  MoveArticleResult,
  PublishArticleInput,
  PublishArticleResult,
  SchedulePublicationInput,
  SchedulePublicationResult,
  WithdrawArticleInput,
  WithdrawArticleResult,
} from './publish.types.js';

@Resolver()
export class PublishResolver {
  @Mutation(() => MoveArticleResult, { description: 'Hands a draft in for review.' })
  submitArticle(@Ctx() ctx: Context, @Arg('input', () => MoveArticleInput) input: MoveArticleInput): Promise<object> {
    return review(ctx, 'SUBMIT', storyOf(input));
  }

  @Mutation(() => MoveArticleResult, { description: 'Gives a story back to its writer, saying what to change.' })
  returnArticle(@Ctx() ctx: Context, @Arg('input', () => MoveArticleInput) input: MoveArticleInput): Promise<object> {
    return review(ctx, 'RETURN', storyOf(input));
  }

  @Mutation(() => MoveArticleResult, { description: 'Says that a story may be published as it is.' })
  approveArticle(@Ctx() ctx: Context, @Arg('input', () => MoveArticleInput) input: MoveArticleInput): Promise<object> {
    return review(ctx, 'APPROVE', storyOf(input));
  }

  @Mutation(() => PublishArticleResult, { description: 'Shows a text of a story to readers from now on.' })
  publishArticle(
    @Ctx() ctx: Context,
    @Arg('input', () => PublishArticleInput) input: PublishArticleInput,
  ): Promise<object> {
    const { revision, embargoes } = input;
    return publishArticle(ctx, { ...storyOf(input), revision, embargoes });
  }

  @Mutation(() => SchedulePublicationResult, {
    description: 'Has a text of a story appear at a moment, in the place of what was scheduled before.',
  })
  schedulePublication(
    @Ctx() ctx: Context,
    @Arg('input', () => SchedulePublicationInput) input: SchedulePublicationInput,
  ): Promise<object> {
    const { revision, embargoes, at } = input;
    return schedulePublication(ctx, { ...storyOf(input), revision, embargoes, at });
  }

  @Mutation(() => MoveArticleResult, { description: 'Takes back what was scheduled, before its moment.' })
  unschedulePublication(
    @Ctx() ctx: Context,
    @Arg('input', () => MoveArticleInput) input: MoveArticleInput,
  ): Promise<object> {
    return unschedulePublication(ctx, storyOf(input));
  }

  @Mutation(() => CorrectArticleResult, { description: 'Tells readers what was wrong and shows them the right text.' })
  correctArticle(
    @Ctx() ctx: Context,
    @Arg('input', () => CorrectArticleInput) input: CorrectArticleInput,
  ): Promise<object> {
    return correctArticle(ctx, { ...storyOf(input), note: input.note, revision: input.revision });
  }

  @Mutation(() => WithdrawArticleResult, { description: 'Takes a story down; with `kill`, for good.' })
  withdrawArticle(
    @Ctx() ctx: Context,
    @Arg('input', () => WithdrawArticleInput) input: WithdrawArticleInput,
  ): Promise<object> {
    const { note, publicNote, kill } = input;
    return withdrawArticle(ctx, { ...storyOf(input), note, publicNote, kill });
  }
}

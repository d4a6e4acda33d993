import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { idIn } from '../kernel/global-id.js';
import { createFront, restoreFront, saveFront, type FrontFields } from './front.commands.js';
import {
  CreateFrontInput,
  CreateFrontResult,
  FrontMutationInput,
  PreviewFrontInput,
  PreviewFrontResult,
  PublishFrontInput,
  PublishFrontResult,
  RestoreFrontInput,
  SaveFrontInput,
  SaveFrontResult,
  ScheduleFrontInput,
  ScheduleFrontResult,
  UnscheduleFrontInput,
  UnscheduleFrontResult,
  WithdrawFrontResult,
  type FrontBlockInput,
} from './newsroom-front.types.js';
import { previewFront } from './preview.commands.js';
import { publishFront, scheduleFront, unscheduleFront, withdrawFront } from './publish.commands.js';

@Resolver()
export class ArrangeResolver {
  @Mutation(() => CreateFrontResult, { description: 'Makes a front; readers see it once it is published.' })
  createFront(@Ctx() ctx: Context, @Arg('input', () => CreateFrontInput) input: CreateFrontInput): Promise<object> {
    return createFront(ctx, { ...input, blocks: blocksOf(input.blocks) });
  }

  @Mutation(() => SaveFrontResult, {
    description: 'Saves a new arrangement of a front; what readers see stays as it is.',
  })
  saveFront(@Ctx() ctx: Context, @Arg('input', () => SaveFrontInput) input: SaveFrontInput): Promise<object> {
    const { title, description, blocks } = input;
    return saveFront(ctx, { ...frontOf(input), title, description, blocks: blocksOf(blocks) });
  }

  @Mutation(() => SaveFrontResult, { description: 'Makes an earlier arrangement the newest; what readers see stays.' })
  restoreFront(@Ctx() ctx: Context, @Arg('input', () => RestoreFrontInput) input: RestoreFrontInput): Promise<object> {
    return restoreFront(ctx, { ...frontOf(input), revision: input.revision });
  }

  @Mutation(() => PublishFrontResult, {
    description: 'Shows an arrangement to readers from now on, until the next that is scheduled.',
  })
  publishFront(@Ctx() ctx: Context, @Arg('input', () => PublishFrontInput) input: PublishFrontInput): Promise<object> {
    return publishFront(ctx, { ...frontOf(input), revision: input.revision });
  }

  @Mutation(() => ScheduleFrontResult, {
    description: 'Has an arrangement appear at a moment; others that are scheduled stay.',
  })
  scheduleFront(
    @Ctx() ctx: Context,
    @Arg('input', () => ScheduleFrontInput) input: ScheduleFrontInput,
  ): Promise<object> {
    return scheduleFront(ctx, { ...frontOf(input), revision: input.revision, at: input.at });
  }

  @Mutation(() => UnscheduleFrontResult, {
    description: 'Takes back what was scheduled for a moment, before it comes.',
  })
  unscheduleFront(
    @Ctx() ctx: Context,
    @Arg('input', () => UnscheduleFrontInput) input: UnscheduleFrontInput,
  ): Promise<object> {
    return unscheduleFront(ctx, { ...frontOf(input), at: input.at });
  }

  @Mutation(() => WithdrawFrontResult, {
    description: 'Takes a front from readers, with all that is scheduled for it; it can be published again.',
  })
  withdrawFront(
    @Ctx() ctx: Context,
    @Arg('input', () => FrontMutationInput) input: FrontMutationInput,
  ): Promise<object> {
    return withdrawFront(ctx, frontOf(input));
  }

  @Mutation(() => PreviewFrontResult, {
    description: 'Makes a token that shows the newest arrangement of a front, drafts included, to whoever has it.',
  })
  previewFront(@Ctx() ctx: Context, @Arg('input', () => PreviewFrontInput) input: PreviewFrontInput): Promise<object> {
    return previewFront(ctx, { ...input, frontId: idIn('id', input.id, 'Front') });
  }
}

/** The front that an input is about, with what is said of the change. */
const frontOf = ({ id, expectedVersion, note, idempotencyKey }: FrontMutationInput) => ({
  frontId: idIn('id', id, 'Front'),
  expectedVersion,
  note,
  idempotencyKey,
});

const blocksOf = (blocks: readonly FrontBlockInput[] | null | undefined): FrontFields['blocks'] =>
  blocks?.map(({ pins, ...block }, i) => ({
    ...block,
    pins: pins?.map(({ article, ...pin }, j) => ({
      ...pin,
      articleId: idIn(`blocks.${i}.pins.${j}.article`, article, 'Article'),
    })),
  }));

import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn } from '../../kernel/global-id.js';
import { checkFirst, FirstArg, PageArgs, type Connection } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { savedSearchById, type SavedSearchView } from '../alerts/saved-search.queries.js';
import { SavedSearch } from '../alerts/saved-search.types.js';
import { cursorOf } from '../feed/change.rules.js';
import { Partner } from '../partners/partner.types.js';
import { rotateWebhookSecret } from './secret.commands.js';
import { pauseWebhook, replayDeadLetter, replayWebhook, resumeWebhook } from './state.commands.js';
import { testWebhook } from './test.commands.js';
import { changeWebhook, createWebhook, deleteWebhook } from './webhook.commands.js';
import {
  deadLetters,
  webhooksOfPartner,
  type DeadLetterEdge,
  type DeadLetterView,
  type WebhookView,
} from './webhook.queries.js';
import {
  ChangeWebhookInput,
  ChangeWebhookResult,
  CreateWebhookInput,
  CreateWebhookResult,
  DeadLetter,
  DeadLetterPages,
  DeleteWebhookResult,
  PauseWebhookResult,
  ReplayDeadLetterInput,
  ReplayDeadLetterResult,
  ReplayWebhookInput,
  ReplayWebhookResult,
  ResumeWebhookResult,
  RotateWebhookSecretResult,
  TestWebhookResult,
  Webhook,
  WebhookDeleted,
  WebhookInput,
} from './webhook.types.js';
import { most } from './webhook.words.js';

@Resolver(() => Partner)
export class PartnerWebhooks {
  @FieldResolver(() => [Webhook], { description: 'Where it has its changes sent, oldest first.' })
  async webhooks(
    @Ctx() ctx: Context,
    @Root() partner: { id: number },
    @FirstArg(most.webhooks, most.webhooks) first: number,
  ): Promise<WebhookView[]> {
    return (await webhooksOfPartner(ctx).load(partner.id)).slice(0, checkFirst(first, most.webhooks));
  }
}

@Resolver(() => Webhook)
export class WebhookResolver {
  @FieldResolver(() => ID)
  id(@Root() webhook: WebhookView): string {
    return globalId('Webhook', webhook.id);
  }

  @FieldResolver(() => String, { description: 'The cursor in `changes` up to which everything was sent or given up.' })
  cursor(@Root() { partnerId, place }: WebhookView): string {
    return cursorOf(partnerId, place);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When the next change is tried again.' })
  nextTryAt(@Root() { attempts, nextAt }: WebhookView): number | null {
    return attempts === 0 ? null : nextAt;
  }

  @FieldResolver(() => SavedSearch, { nullable: true, description: 'What it has to be about to be sent.' })
  savedSearch(@Ctx() ctx: Context, @Root() { savedSearchId }: WebhookView): Promise<SavedSearchView | null> | null {
    return savedSearchId === null ? null : savedSearchById(ctx).load(savedSearchId);
  }

  @FieldResolver(() => DeadLetterPages.Connection, { description: 'What it did not take, in the order of the feed.' })
  deadLetters(
    @Ctx() ctx: Context,
    @Root() webhook: WebhookView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<DeadLetterEdge>> {
    return deadLetters(ctx, webhook.id, page);
  }
}

@Resolver(() => DeadLetter)
export class DeadLetterResolver {
  @FieldResolver(() => ID)
  id(@Root() letter: DeadLetterView): string {
    return globalId('DeadLetter', letter.id);
  }
}

@Resolver(() => WebhookDeleted)
export class WebhookDeletedResolver {
  @FieldResolver(() => ID)
  webhookId(@Root() deleted: { webhookId: number }): string {
    return globalId('Webhook', deleted.webhookId);
  }
}

@Resolver()
export class WebhookMutations {
  @Mutation(() => CreateWebhookResult, { description: 'Has the changes of a partner’s feed sent to an endpoint.' })
  createWebhook(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateWebhookInput) input: CreateWebhookInput,
  ): Promise<object> {
    const partnerId = input.partnerId == null ? null : idIn('partnerId', input.partnerId, 'Partner');
    return createWebhook(ctx, { ...input, partnerId, savedSearchId: searchIdIn(input) });
  }

  @Mutation(() => ChangeWebhookResult, { description: 'Changes an endpoint; what it did not take is tried anew.' })
  changeWebhook(
    @Ctx() ctx: Context,
    @Arg('input', () => ChangeWebhookInput) input: ChangeWebhookInput,
  ): Promise<object> {
    return changeWebhook(ctx, { ...input, ...targetOf(input), savedSearchId: searchIdIn(input) });
  }

  @Mutation(() => RotateWebhookSecretResult, { description: 'Gives an endpoint another secret, without a gap.' })
  rotateWebhookSecret(@Ctx() ctx: Context, @Arg('input', () => WebhookInput) input: WebhookInput): Promise<object> {
    return rotateWebhookSecret(ctx, targetOf(input));
  }

  @Mutation(() => PauseWebhookResult, { description: 'Has an endpoint sent nothing until it is resumed.' })
  pauseWebhook(@Ctx() ctx: Context, @Arg('input', () => WebhookInput) input: WebhookInput): Promise<object> {
    return pauseWebhook(ctx, targetOf(input));
  }

  @Mutation(() => ResumeWebhookResult, {
    description: 'Has an endpoint sent to again, where it was left; one that is not paused is tried at once.',
  })
  resumeWebhook(@Ctx() ctx: Context, @Arg('input', () => WebhookInput) input: WebhookInput): Promise<object> {
    return resumeWebhook(ctx, targetOf(input));
  }

  @Mutation(() => ReplayWebhookResult, { description: 'Has everything behind a cursor sent once more.' })
  replayWebhook(
    @Ctx() ctx: Context,
    @Arg('input', () => ReplayWebhookInput) input: ReplayWebhookInput,
  ): Promise<object> {
    return replayWebhook(ctx, { ...targetOf(input), after: input.after });
  }

  @Mutation(() => ReplayDeadLetterResult, { description: 'Has a change that was given up sent once more.' })
  replayDeadLetter(
    @Ctx() ctx: Context,
    @Arg('input', () => ReplayDeadLetterInput) { deadLetterId, idempotencyKey }: ReplayDeadLetterInput,
  ): Promise<object> {
    return replayDeadLetter(ctx, { deadLetterId: idIn('deadLetterId', deadLetterId, 'DeadLetter'), idempotencyKey });
  }

  @Mutation(() => DeleteWebhookResult, { description: 'Takes an endpoint away, with its dead letters.' })
  deleteWebhook(@Ctx() ctx: Context, @Arg('input', () => WebhookInput) input: WebhookInput): Promise<object> {
    return deleteWebhook(ctx, targetOf(input));
  }

  @Mutation(() => TestWebhookResult, { description: 'Sends a signed example at once, and says what came of it.' })
  testWebhook(@Ctx() ctx: Context, @Arg('input', () => WebhookInput) input: WebhookInput): Promise<object> {
    return testWebhook(ctx, targetOf(input));
  }
}

const targetOf = ({ webhookId, idempotencyKey }: WebhookInput) => ({
  webhookId: idIn('webhookId', webhookId, 'Webhook'),
  idempotencyKey,
});

const searchIdIn = ({ savedSearchId: id }: { savedSearchId?: string | null }): number | null | undefined =>
  id == null ? id : idIn('savedSearchId', id, 'SavedSearch');

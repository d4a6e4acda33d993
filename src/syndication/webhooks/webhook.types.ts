import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import type { ChangeKind } from '../feed/change.words.js';
import { ChangeKind as ChangeKindEnum } from '../feed/change.types.js';
import { webhookStates, type WebhookState } from './webhook.words.js';

const WebhookStateEnum = Object.fromEntries(webhookStates.map((state) => [state, state]));
registerEnumType(WebhookStateEnum, {
  name: 'WebhookState',
  description: 'Whether an endpoint is sent to.',
  valuesConfig: {
    ACTIVE: { description: 'It is.' },
    PAUSED: { description: 'It is not, until it is resumed; then it gets what came meanwhile.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'Where a partner has the changes of his feed sent: in their order, one after the other, signed as Standard Webhooks has it.',
})
export class Webhook extends Node {
  @Field(() => String)
  url: string;

  @Field(() => String, { description: 'What it is for, in the words of who made it.' })
  description: string;

  @Field(() => WebhookStateEnum)
  state: WebhookState;

  @Field(() => String, { nullable: true, description: 'Why we paused it; none when somebody did.' })
  pausedBecause?: string | null;

  @Field(() => [ChangeKindEnum], { nullable: true, description: 'Which changes are sent; none is all.' })
  kinds?: ChangeKind[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when what is sent is signed with the secret before, too; none when there is none.',
  })
  formerSecretUntil?: number | null;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw as `expectedVersion`.' })
  version: number;

  @Field(() => DateTime)
  createdAt: number;

  @Field(() => Int, { description: 'How often the next change was tried in vain.' })
  attempts: number;

  @Field(() => DateTime, { nullable: true, description: 'When something was taken last.' })
  deliveredAt?: number | null;

  @Field(() => Int, { nullable: true, description: 'What the last try was answered; none when there was no answer.' })
  lastStatus?: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last try does not count; none when it does.' })
  lastError?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'A change that an endpoint did not take and that is not tried any more: `replayDeadLetter` sends it again.',
})
export class DeadLetter extends Node {
  @Field(() => ChangeKindEnum)
  kind: ChangeKind;

  @Field(() => DateTime, { description: 'When it was given up.' })
  at: number;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts: number;

  @Field(() => Int, { nullable: true, description: 'What the last try was answered; none when there was no answer.' })
  status?: number | null;

  @Field(() => String, { description: 'Why the last try does not count.' })
  error: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it waits to be sent again; none when nobody asked.',
  })
  dueAt?: number | null;
}

export const DeadLetterPages = connectionTypes(DeadLetter, 'DeadLetter', 'changes that were given up, in their order');

@InputType()
abstract class Input {
  @Field(() => String, { nullable: true, description: 'The same mutation with the same key is done once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'An endpoint that is to be sent to.' })
export class CreateWebhookInput extends Input {
  @Field(() => ID, { nullable: true, description: 'Whose; only for the desk to say.' })
  partnerId?: string | null;

  @Field(() => String, { description: 'An https address on the open internet, at most 1,000 characters.' })
  url: string;

  @Field(() => String, { nullable: true, description: 'At most 200 characters.' })
  description?: string | null;

  @Field(() => [ChangeKindEnum], { nullable: true, description: 'Which changes are sent; all where it is not given.' })
  kinds?: ChangeKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Only what this saved search is about; all where it is not given.' })
  savedSearchId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A cursor of `changes`: what comes behind it is sent. From now on where it is not given.',
  })
  after?: string | null;
}

@InputType({ description: 'What is to be different; what is absent stays.' })
export class ChangeWebhookInput extends Input {
  @Field(() => ID)
  webhookId: string;

  @Field(() => Int, { description: 'The `version` of the webhook that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  url?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => [ChangeKindEnum], { nullable: true, description: '`null` is all.' })
  kinds?: ChangeKind[] | null;

  @Field(() => ID, { nullable: true, description: '`null` is none: everything is sent.' })
  savedSearchId?: string | null;
}

@InputType({ description: 'An endpoint.' })
export class WebhookInput extends Input {
  @Field(() => ID)
  webhookId: string;
}

@InputType({ description: 'An endpoint, and from where on it is to be sent to again.' })
export class ReplayWebhookInput extends Input {
  @Field(() => ID)
  webhookId: string;

  @Field(() => String, { nullable: true, description: 'A cursor of `changes`; the whole feed where it is not given.' })
  after?: string | null;
}

@InputType({ description: 'A change that was given up.' })
export class ReplayDeadLetterInput extends Input {
  @Field(() => ID)
  deadLetterId: string;
}

@ObjectType({ simpleResolvers: true, description: 'It is sent to from now on.' })
export class WebhookCreated {
  @Field(() => Webhook)
  webhook: Webhook;

  @Field(() => String, {
    nullable: true,
    description:
      'What it knows us by (`whsec_…`), shown this once. None when the same was asked again with its idempotency key: `rotateWebhookSecret` makes another.',
  })
  secret?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'For a day what is sent is signed with both secrets.' })
export class WebhookSecretRotated {
  @Field(() => Webhook)
  webhook: Webhook;

  @Field(() => String, { nullable: true, description: 'The new one, shown this once.' })
  secret?: string | null;
}

/** What says no more than that it was done. */
const doneType = (name: string, description: string) => {
  @ObjectType(name, { simpleResolvers: true, description })
  class Done {
    @Field(() => Webhook)
    webhook: Webhook;
  }
  return Done;
};

@ObjectType({ simpleResolvers: true, description: 'Nothing is sent there any more.' })
export class WebhookDeleted {
  @Field(() => ID)
  webhookId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What came of sending an example.' })
export class WebhookTested {
  @Field(() => Webhook)
  webhook: Webhook;

  @Field(() => Boolean, { description: 'Whether it counts as taken.' })
  taken: boolean;

  @Field(() => Int, { nullable: true, description: 'What was answered; none when there was no answer.' })
  status?: number | null;

  @Field(() => Int, { description: 'How long the answer took, in milliseconds.' })
  milliseconds: number;

  @Field(() => String, { description: 'The first bytes of the answer, as text.' })
  answer: string;

  @Field(() => String, { nullable: true, description: 'Why it does not count; none when it does.' })
  error?: string | null;
}

export const CreateWebhookResult = resultOf('CreateWebhookResult', WebhookCreated);
export const ChangeWebhookResult = resultOf(
  'ChangeWebhookResult',
  doneType('WebhookChanged', 'It is as it should be.'),
  StaleVersion,
);
export const RotateWebhookSecretResult = resultOf('RotateWebhookSecretResult', WebhookSecretRotated);
export const PauseWebhookResult = resultOf('PauseWebhookResult', doneType('WebhookPaused', 'It is not sent to.'));
export const ResumeWebhookResult = resultOf(
  'ResumeWebhookResult',
  doneType('WebhookResumed', 'It is sent what came meanwhile.'),
);
export const ReplayWebhookResult = resultOf(
  'ReplayWebhookResult',
  doneType('WebhookReplayed', 'It is sent everything from there on once more.'),
);
export const ReplayDeadLetterResult = resultOf(
  'ReplayDeadLetterResult',
  doneType('DeadLetterReplayed', 'It is sent once more.'),
);
export const DeleteWebhookResult = resultOf('DeleteWebhookResult', WebhookDeleted);
export const TestWebhookResult = resultOf('TestWebhookResult', WebhookTested);

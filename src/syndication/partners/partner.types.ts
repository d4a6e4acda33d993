import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import { keyScopes, type KeyScope } from './partner.words.js';

const KeyScopeEnum = Object.fromEntries(keyScopes.map((scope) => [scope, scope]));
registerEnumType(KeyScopeEnum, {
  name: 'KeyScope',
  description: 'What a key is good for.',
  valuesConfig: {
    READ: { description: 'Asking: the feed, stories, documents, usage.' },
    MANAGE: { description: 'Setting up webhooks and saved searches.' },
  },
});

@ObjectType({ simpleResolvers: true, implements: Node, description: 'A publisher who takes our stories.' })
export class Partner extends Node {
  @Field(() => String, { description: 'What the command line knows it by.' })
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => Boolean, { description: 'One that is not gets nothing, whatever keys and products it has.' })
  active: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many requests its keys may make in a minute; none is the usual quota.',
  })
  requestsPerMinute?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What its requests may cost in a minute; none is the usual quota.',
  })
  costPerMinute?: number | null;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw as `expectedVersion`.' })
  version: number;

  @Field(() => DateTime)
  createdAt: number;
}

export const PartnerPages = connectionTypes(Partner, 'Partner', 'partners, oldest first');

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'What a partner’s machines show to be known. The key itself is shown once, when it is made.',
})
export class PartnerKey extends Node {
  @Field(() => String, { description: 'What it begins with, by which people tell keys apart.' })
  prefix: string;

  @Field(() => String, { description: 'What it is used for, in the words of who made it.' })
  name: string;

  @Field(() => [KeyScopeEnum])
  scopes: KeyScope[];

  @Field(() => Boolean, { description: 'Whether it may be used now: neither revoked nor expired.' })
  live: boolean;

  @Field(() => DateTime)
  createdAt: number;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; none is never.' })
  expiresAt?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'To the minute; none when it was never used.' })
  lastUsedAt?: number | null;

  @Field(() => DateTime, { nullable: true })
  revokedAt?: number | null;
}

/** What all inputs of mutations have. */
@InputType()
class Input {
  @Field(() => String, { nullable: true, description: 'The same mutation with the same key is done once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A publisher who is to take our stories.' })
export class CreatePartnerInput extends Input {
  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true, description: 'Made from the name where it is not given.' })
  slug?: string | null;

  @Field(() => Int, { nullable: true, description: 'Requests a minute; the usual quota where it is not given.' })
  requestsPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'Cost a minute; the usual quota where it is not given.' })
  costPerMinute?: number | null;
}

@InputType({ description: 'What is to be different; what is absent stays.' })
export class SavePartnerInput extends Input {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the partner that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => Boolean, { nullable: true, description: '`false` ends what it gets at once; its keys are kept.' })
  active?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Requests a minute; `null` is the usual quota.' })
  requestsPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'Cost a minute; `null` is the usual quota.' })
  costPerMinute?: number | null;
}

@InputType({ description: 'A partner and a product.' })
export class PartnerProductInput extends Input {
  @Field(() => ID)
  partnerId: string;

  @Field(() => ID)
  productId: string;
}

@InputType({ description: 'A key for a partner, who may have two at a time: one in use, and the next one.' })
export class CreatePartnerKeyInput extends Input {
  @Field(() => ID)
  partnerId: string;

  @Field(() => String, { description: 'What it is used for, such as `website`.' })
  name: string;

  @Field(() => [KeyScopeEnum], { defaultValue: ['READ'] })
  scopes: KeyScope[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; never where it is not given.' })
  expiresAt?: number | null;
}

@InputType({ description: 'A key that is not to be used any more.' })
export class RevokePartnerKeyInput extends Input {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true, description: 'Why, for the audit trail; at most 500 characters.' })
  note?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The partner is as it should be.' })
export class PartnerSaved {
  @Field(() => Partner)
  partner: Partner;
}

@ObjectType({ simpleResolvers: true, description: 'The key may be used from now on.' })
export class PartnerKeyCreated {
  @Field(() => PartnerKey)
  key: PartnerKey;

  @Field(() => String, {
    nullable: true,
    description:
      'The key itself, which is not kept: hand it to the partner now. None when the same was asked again with its idempotency key: revoke it then, and make another.',
  })
  secret?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The key is refused from now on, on every node.' })
export class PartnerKeyRevoked {
  @Field(() => PartnerKey)
  key: PartnerKey;
}

export const SavePartnerResult = resultOf('SavePartnerResult', PartnerSaved, StaleVersion);
export const CreatePartnerKeyResult = resultOf('CreatePartnerKeyResult', PartnerKeyCreated);
export const RevokePartnerKeyResult = resultOf('RevokePartnerKeyResult', PartnerKeyRevoked);

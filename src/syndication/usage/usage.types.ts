import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../../kernel/scalars.js';
import { PartnerKey } from '../partners/partner.types.js';
import { Product } from '../partners/product.types.js';

/** What is counted. */
@ObjectType({ simpleResolvers: true })
abstract class Used {
  @Field(() => Int, { description: 'How many requests were let in; opening a stream is one.' })
  requests: number;

  @Field(() => Int, {
    description:
      'How many stories were given: each once in a request, an event of a stream, or a message to a webhook.',
  })
  stories: number;

  @Field(() => Int, { description: 'What the requests cost that were answered, and the events of streams.' })
  cost: number;
}

@ObjectType({ simpleResolvers: true, description: 'What was taken with one key.' })
export class UsageOfKey extends Used {
  @Field(() => PartnerKey, { nullable: true, description: 'None is what was sent to webhooks.' })
  key?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'What was taken of one product.' })
export class UsageOfProduct extends Used {
  @Field(() => Product, { nullable: true, description: 'None is what belongs to no product, as requests do.' })
  product?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'What a partner took on a day.' })
export class UsageDay extends Used {
  @Field(() => Day, { description: 'In UTC.' })
  date: string;

  @Field(() => [UsageOfKey], { description: 'The same by key.' })
  keys: UsageOfKey[];

  @Field(() => [UsageOfProduct], { description: 'The same by product.' })
  products: UsageOfProduct[];
}

import { createUnionType, Field, InterfaceType, Int, ObjectType } from 'type-graphql';
import type { ClassType } from 'type-graphql';

@InterfaceType({ description: 'Why nothing was done, for whoever can act on it.' })
export abstract class UserError {
  @Field(() => String, { description: 'What is wrong and what to do about it.' })
  message: string;

  @Field(() => [String], { description: 'The field of the input, outermost first; empty when no field is to blame.' })
  path: string[];
}

@ObjectType({
  simpleResolvers: true,
  implements: UserError,
  description: 'A field of the input cannot be taken as it is.',
})
export class InvalidInput extends UserError {}

@ObjectType({ simpleResolvers: true, implements: UserError, description: 'What the input speaks of is not there.' })
export class Missing extends UserError {}

@ObjectType({
  simpleResolvers: true,
  implements: UserError,
  description: 'Somebody has changed it since: load it again and repeat the change.',
})
export class StaleVersion extends UserError {
  @Field(() => Int, { description: 'The version the change was made to.' })
  expectedVersion: number;

  @Field(() => Int, { description: 'The version it is at now.' })
  currentVersion: number;
}

@ObjectType({
  simpleResolvers: true,
  implements: UserError,
  description: 'The idempotency key was used before, with another input.',
})
export class IdempotencyKeyReused extends UserError {}

@ObjectType({ simpleResolvers: true, description: 'Something to look at; it was done all the same.' })
export class Warning {
  @Field(() => String)
  message: string;

  @Field(() => [String], { description: 'The field it is about, outermost first.' })
  path: string[];
}

/** What a mutation can answer: what it did, or why it did not. Every result can refuse an input and a reused key. */
export const resultOf = (name: string, ...types: ClassType[]) =>
  createUnionType({
    name,
    types: () => [...types, Missing, InvalidInput, IdempotencyKeyReused] as unknown as readonly [ClassType],
  });

import { Field, InputType } from 'type-graphql';

/** What every mutation takes. */
@InputType()
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input is done once and answered alike; with another input it is refused.',
  })
  idempotencyKey?: string | null;
}

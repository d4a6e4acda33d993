import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf } from '../../kernel/user-error.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';

@InputType({ description: 'A story to be shown before it is published.' })
export class CreatePreviewInput extends MutationInput {
  @Field(() => ID)
  articleId: string;

  @Field(() => Int, { defaultValue: 24, description: 'How long it can be looked at, from 1 hour to 336.' })
  hours: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Send the token as the header `X-Preview-Token`: the graph shows the newest text of the story and of those beside it.',
})
export class PreviewCreated {
  @Field(() => String)
  token: string;

  @Field(() => String, { description: 'The address of the story on the site, with the token.' })
  url: string;

  @Field(() => DateTime)
  expiresAt: number;
}

export const CreatePreviewResult = resultOf('CreatePreviewResult', PreviewCreated);

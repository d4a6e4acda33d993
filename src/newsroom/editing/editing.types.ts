import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Colleague } from '../../accounts/colleague.types.js';
import { NewsroomArticle } from '../../articles/newsroom-article.types.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf } from '../../kernel/user-error.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Somebody has a story open to work on it: a word to the others, which keeps nobody from saving.',
})
export class Editing {
  @Field(() => Colleague)
  by: unknown;

  @Field(() => DateTime)
  since: number;

  @Field(() => DateTime, { description: 'When it ends by itself, unless it is said again.' })
  expiresAt: number;

  @Field(() => NewsroomArticle, {
    nullable: true,
    description: 'The story; nothing once it is no longer yours to see.',
  })
  article?: unknown;
}

@InputType({ description: 'The story you have open. Say it again, before the time is over, for as long as you do.' })
export class StartEditingInput extends MutationInput {
  @Field(() => ID)
  articleId: string;

  @Field(() => Int, { defaultValue: 5, description: 'For how long it holds, from 1 to 60.' })
  minutes: number;
}

@InputType({ description: 'The story you have closed.' })
export class StopEditingInput extends MutationInput {
  @Field(() => ID)
  articleId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The others see that you work on the story.' })
export class EditingStarted {
  @Field(() => [Editing], { description: 'Everybody who works on it now, you included, who began first first.' })
  editing: Editing[];
}

@ObjectType({ simpleResolvers: true, description: 'The others see that you no longer work on the story.' })
export class EditingStopped {
  @Field(() => [Editing], { description: 'Everybody who still works on it, who began first first.' })
  editing: Editing[];
}

export const StartEditingResult = resultOf('StartEditingResult', EditingStarted);
export const StopEditingResult = resultOf('StopEditingResult', EditingStopped);

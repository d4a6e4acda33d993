import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf } from '../../kernel/user-error.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'Work behind a change that failed eight times and is left for you to look at.',
})
export class FailedJob extends Node {
  @Field(() => String, { description: 'What sort of work it is.' })
  topic: string;

  @Field(() => String, { description: 'What it is about, as JSON.' })
  payload: string;

  @Field(() => DateTime, { description: 'When the change was made.' })
  createdAt: number;

  @Field(() => Int)
  attempts: number;

  @Field(() => String, { nullable: true, description: 'Why it failed the last time.' })
  lastError?: string | null;
}

export const FailedJobPages = connectionTypes(FailedJob, 'FailedJob', 'work that failed, oldest first');

@InputType({ description: 'Work to be tried again.' })
export class RetryJobInput extends MutationInput {
  @Field(() => ID)
  id: string;
}

@ObjectType({ simpleResolvers: true, description: 'It will be tried again now.' })
export class JobRetried {
  @Field(() => ID)
  jobId: string;
}

export const RetryJobResult = resultOf('RetryJobResult', JobRetried);

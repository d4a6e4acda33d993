import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../kernel/node.types.js';
import { DateTime } from '../kernel/scalars.js';
import { UserError } from '../kernel/user-error.types.js';
import { audiences, type Audience } from '../kernel/viewer.js';
import { Article, enumOf, Story } from './article.types.js';
import { transitions, workflowStates, type Transition, type WorkflowState } from './workflow.rules.js';

export const WorkflowStateEnum = enumOf(workflowStates);
registerEnumType(WorkflowStateEnum, {
  name: 'WorkflowState',
  description: 'Where a story stands between the first word and the last.',
});

export const AudienceEnum = enumOf(audiences);
registerEnumType(AudienceEnum, { name: 'Audience', description: 'Whom something is published to.' });

export const TransitionEnum = enumOf(transitions);
registerEnumType(TransitionEnum, { name: 'Transition', description: 'What moves a story from one state to another.' });

@ObjectType({ simpleResolvers: true, description: 'What can be done with a story, and where it leads.' })
export class AllowedTransition {
  @Field(() => TransitionEnum)
  transition: Transition;

  @Field(() => WorkflowStateEnum, { description: 'The state the story is in afterwards.' })
  to: WorkflowState;

  @Field(() => String, { description: 'The mutation that does it.' })
  mutation: string;

  @Field(() => Boolean, { description: 'Whether it must be said why.' })
  needsNote: boolean;

  @Field(() => String)
  description: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A text that will appear at a moment, whatever is saved until then.',
})
export class Scheduled {
  @Field(() => DateTime)
  at: number;

  @Field(() => Int, { description: 'The number of the revision.' })
  revision: number;
}

@ObjectType({ simpleResolvers: true, description: 'Until when an audience does not get it.' })
export class Embargo {
  @Field(() => AudienceEnum)
  audience: Audience;

  @Field(() => DateTime)
  until: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Whether partners may have a story, and what they have to keep to with it.',
})
export class PassingOn {
  @Field(() => Boolean, { description: 'False for what is not ours to pass on.' })
  allowed: boolean;

  @Field(() => String, { nullable: true, description: 'Said to partners before the terms of their product.' })
  usageTerms?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Story],
  description: 'A story as the desk sees it: its newest text, published or not, and where it stands.',
})
export class NewsroomArticle extends Story {
  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw as `expectedVersion`.' })
  version: number;

  @Field(() => WorkflowStateEnum)
  workflowState: WorkflowState;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  changedAt: number;

  @Field(() => [Embargo], { description: 'Who does not have yet what readers see, or are about to.' })
  embargoes: Embargo[];

  @Field(() => PassingOn)
  passingOn: PassingOn;

  @Field(() => Scheduled, { nullable: true, description: 'What will appear next, and when.' })
  scheduled?: Scheduled | null;

  @Field(() => Article, { nullable: true, description: 'What readers see of it now.' })
  live?: unknown;
}

@ObjectType({
  simpleResolvers: true,
  implements: UserError,
  description: 'The state the story is in does not allow that.',
})
export class IllegalTransition extends UserError {
  @Field(() => WorkflowStateEnum, { description: 'The state the story is in.' })
  from: WorkflowState;

  @Field(() => [TransitionEnum], { description: 'What the state allows.' })
  allowed: Transition[];
}

import { Field, InputType, ObjectType } from 'type-graphql';
import { RelationKindEnum, Story } from '../../articles/article.types.js';
import type { RelationKind } from '../../articles/edition.rows.js';
import { AllowedTransition, NewsroomArticle, WorkflowStateEnum } from '../../articles/newsroom-article.types.js';
import type { WorkflowState } from '../../articles/workflow.rules.js';
import { connectionOver, connectionTypes } from '../../kernel/page.js';

@InputType({ description: 'Narrows the list of the desk: all that is given must hold.' })
export class NewsroomArticleFilter {
  @Field(() => [WorkflowStateEnum], { nullable: true })
  states?: WorkflowState[] | null;

  @Field(() => String, { nullable: true, description: 'Slug of a section; those below it are included.' })
  section?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Only what you began.' })
  mine: boolean;
}

export const NewsroomArticlePages = connectionTypes(NewsroomArticle, 'NewsroomArticle', 'stories, last changed first');

@ObjectType({ simpleResolvers: true, description: 'A story that the newest text puts beside itself.' })
export class RelatedDraftEdge {
  @Field(() => String, { description: 'Hand this to `after` to start behind this one.' })
  cursor: string;

  @Field(() => RelationKindEnum)
  kind: RelationKind;

  @Field(() => String, { nullable: true, description: 'A word above the headline, such as `Israel`.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'A headline for this place, instead of its own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it stands here, for readers.' })
  reason?: string | null;

  @Field(() => Story, { description: 'What readers see of it; while they see nothing, its newest text.' })
  node: Story;
}

export const RelatedDrafts = connectionOver(RelatedDraftEdge, Story, 'RelatedDraft', 'stories put beside a text');

@ObjectType({ simpleResolvers: true, description: 'One state of the workflow, and what it allows.' })
export class WorkflowStep {
  @Field(() => WorkflowStateEnum)
  state: WorkflowState;

  @Field(() => [AllowedTransition])
  transitions: AllowedTransition[];
}

import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Colleague } from '../../accounts/colleague.types.js';
import { Entity } from '../../entities/entity.types.js';
import { Node } from '../../kernel/node.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'That one person, organisation or place took the place of another.',
})
export class EntityMerge extends Node {
  @Field(() => DateTime)
  at: number;

  @Field(() => Colleague, { nullable: true, description: 'Who did it; nobody when it was the service itself.' })
  by?: unknown;

  @Field(() => Entity, { nullable: true, description: 'The one that was merged: it is shown nowhere else.' })
  from?: unknown;

  @Field(() => Entity, { nullable: true, description: 'The one that took its place.' })
  into?: unknown;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back.' })
  undoneAt?: number | null;
}

export const EntityMergePages = connectionTypes(EntityMerge, 'EntityMerge', 'merges, newest first');

@InputType({ description: 'Two of one kind that are one and the same.' })
export class MergeEntitiesInput extends MutationInput {
  @Field(() => ID, { description: 'The one that goes.' })
  from: string;

  @Field(() => Int, { description: 'The `version` of the one that goes, as you saw it.' })
  fromVersion: number;

  @Field(() => ID, { description: 'The one that stays.' })
  into: string;

  @Field(() => Int, { description: 'The `version` of the one that stays, as you saw it.' })
  intoVersion: number;

  @Field(() => String, { nullable: true, description: 'Why they are one.' })
  note?: string | null;
}

@InputType({ description: 'A merge that was a mistake.' })
export class UndoMergeInput extends MutationInput {
  @Field(() => ID)
  merge: string;

  @Field(() => String, { nullable: true, description: 'Why they are not one.' })
  note?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'One stands for both: all that named the other names it, and the other’s addresses lead to it.',
})
export class EntitiesMerged {
  @Field(() => Entity, { description: 'The one that stands.' })
  entity: unknown;

  @Field(() => Int, { description: 'How many stories that readers see now name it.' })
  articleCount: number;

  @Field(() => EntityMerge, { description: 'What `undoMerge` wants to take it back.' })
  merge: unknown;
}

@ObjectType({
  simpleResolvers: true,
  description: 'They are two again: what was moved went back, what was said since of the one that stood stays with it.',
})
export class MergeUndone {
  @Field(() => EntityMerge)
  merge: unknown;
}

export const MergeEntitiesResult = resultOf('MergeEntitiesResult', EntitiesMerged, StaleVersion);
export const UndoMergeResult = resultOf('UndoMergeResult', MergeUndone);

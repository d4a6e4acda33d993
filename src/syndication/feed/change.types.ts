import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { changeActions, changeKinds, type ChangeAction as Action, type ChangeKind as Kind } from './change.words.js';

const enumOf = <Word extends string>(words: readonly Word[]) =>
  Object.fromEntries(words.map((word) => [word, word])) as { [key in Word]: key };

export const ChangeKind = enumOf(changeKinds);
registerEnumType(ChangeKind, {
  name: 'ChangeKind',
  description: 'What became of a story of yours.',
  valuesConfig: {
    PUBLISHED: { description: 'You have it from now on.' },
    UPDATED: { description: 'It has another text, its pictures other words, or you have it by another product.' },
    CORRECTED: { description: 'Something in it was wrong: `note` says what.' },
    WITHDRAWN: { description: 'It was taken down. It may come back.' },
    KILLED: { description: 'It was taken down for good, and must not be used any more.' },
    EMBARGO_LIFTED: { description: 'You had it before readers; now they see it.' },
    RIGHTS_EXPIRED: { description: 'None of your products lets you have it any more.' },
    ENTITY_MERGED: { description: 'Somebody or something that stories of yours name had two entries: one is left.' },
  },
});

export const ChangeAction = enumOf(changeActions);
registerEnumType(ChangeAction, {
  name: 'ChangeAction',
  description: 'What to do about a change.',
  valuesConfig: {
    PUBLISH: { description: 'Show the story.' },
    HOLD: {
      description: 'Keep the story, in the place of any text of it, and show it to nobody before `embargoedUntil`.',
    },
    REPLACE: { description: 'Show this text in the place of the one you have.' },
    CORRECT: { description: 'Show this text in the place of the one you have, and `note` beside it.' },
    RELEASE: { description: 'The embargo is over: show the story, in this text.' },
    NOTE: { description: 'Tell those who read a text of it at your place what `note` says; there is no text with it.' },
    REMOVE: { description: 'Take the story down wherever you have it, and do not pass it on.' },
    RELINK: { description: 'Have what leads to `formerEntity` lead to `entity`.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'An entry of somebody or something that stories name.' })
export class ChangedEntity {
  @Field(() => ID, { description: 'The same in all stories; hand it to `node` for more.' })
  entityId: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'Our page about it.' })
  uri: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Something you were told. It stays in your feed for good, as it was; only its story goes when you may not have it any more.',
})
export class SyndicationChange {
  @Field(() => ChangeKind)
  kind: Kind;

  @Field(() => ChangeAction, { description: 'What to do about it: enough for a machine that knows no kinds.' })
  action: Action;

  @Field(() => DateTime)
  occurredAt: number;

  @Field(() => String, { nullable: true, description: 'What our editors say about it.' })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: 'The story it is about; none when it is about an entity.' })
  storyId?: string | null;

  @Field(() => Int, {
    description:
      'The version of the story, or of the entity. Of a story each change has a higher one than the change before, also when only its rights or its pictures have changed.',
  })
  version: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Show it to nobody before this moment; none when you may at once.',
  })
  embargoedUntil?: number | null;
}

export const ChangePages = connectionTypes(SyndicationChange, 'SyndicationChange', 'changes', 1_000);

import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Article, enumOf } from '../articles/article.types.js';
import { NewsroomArticle } from '../articles/newsroom-article.types.js';
import { Entity } from '../entities/entity.types.js';
import { MutationInput } from '../kernel/mutation.types.js';
import { Node } from '../kernel/node.types.js';
import { connectionTypes } from '../kernel/page.js';
import { DateTime } from '../kernel/scalars.js';
import { resultOf, StaleVersion, Warning } from '../kernel/user-error.types.js';
import { Picture } from '../media/picture.types.js';
import { storylineStatuses, type StorylineStatus } from './storyline.rows.js';

export const StorylineStatusEnum = enumOf(storylineStatuses);
registerEnumType(StorylineStatusEnum, {
  name: 'StorylineStatus',
  description: 'Whether a storyline goes on. Readers see none that is a draft.',
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'An event that goes on, with its timeline.',
})
export class Storyline extends Node {
  @Field(() => String, { description: 'Its name in addresses, unique among storylines.' })
  slug: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'What it is about; may be empty.' })
  summary: string;

  @Field(() => StorylineStatusEnum)
  status: StorylineStatus;

  @Field(() => DateTime, { description: 'When its newest entry was; what lists of storylines are ordered by.' })
  activeAt: number;
}

@ObjectType({ simpleResolvers: true, description: 'A story of a timeline, or something that happened and has none.' })
export class StorylineEntry {
  @Field(() => DateTime, { description: 'When it happened, as the editor says; else the date of the story.' })
  at: number;

  @Field(() => String, { nullable: true, description: 'What happened; with a story, a headline for this place.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it means for the event.' })
  text?: string | null;

  @Field(() => Boolean, { description: 'Whether the event took a turn with it.' })
  isTurningPoint: boolean;

  @Field(() => Article, { nullable: true })
  article?: Article | null;
}

@ObjectType({ simpleResolvers: true, description: 'Whom or what the stories of a storyline are most about.' })
export class StorylineEntity {
  @Field(() => Entity)
  entity: unknown;

  @Field(() => Int, { description: 'In how many stories of the timeline.' })
  articleCount: number;
}

export const StorylinePages = connectionTypes(
  Storyline,
  'Storyline',
  'storylines, those with the newest entries first',
);

@ObjectType({ simpleResolvers: true, description: 'An entry of a timeline as its editor gave it.' })
export class NewsroomStorylineEntry {
  @Field(() => ID, { nullable: true })
  articleId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Nothing where it is the date of the story.' })
  at?: number | null;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => Boolean)
  isTurningPoint: boolean;

  @Field(() => NewsroomArticle, {
    nullable: true,
    description: 'The story as the desk sees it, if it is yours to see.',
  })
  article?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'A storyline as the desk sees it.' })
export class NewsroomStoryline {
  @Field(() => ID, { description: 'Hand it to mutations; `node` gives what readers see.' })
  storylineId: string;

  @Field(() => String)
  slug: string;

  @Field(() => String)
  title: string;

  @Field(() => String)
  summary: string;

  @Field(() => StorylineStatusEnum)
  status: StorylineStatus;

  @Field(() => Picture, { nullable: true })
  picture?: Picture | null;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw.' })
  version: number;

  @Field(() => DateTime)
  changedAt: number;
}

export const NewsroomStorylinePages = connectionTypes(
  NewsroomStoryline,
  'NewsroomStoryline',
  'storylines, last changed first',
);

@InputType({ description: 'A story of a timeline; or, without a story, what happened and when.' })
export class StorylineEntryInput {
  @Field(() => ID, { nullable: true })
  article?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it happened; the date of the story when absent.' })
  at?: number | null;

  @Field(() => String, { nullable: true, description: 'What happened; with a story, a headline for this place.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it means for the event.' })
  text?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the event took a turn with it.' })
  isTurningPoint: boolean;
}

@InputType()
abstract class StorylineWordsInput extends MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses; those it had before lead to the new one.',
  })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  summary?: string | null;

  @Field(() => StorylineStatusEnum, { nullable: true, description: 'A draft at first, which readers do not see.' })
  status?: StorylineStatus | null;

  @Field(() => ID, { nullable: true })
  picture?: string | null;

  @Field(() => [StorylineEntryInput], {
    nullable: true,
    description: 'The whole timeline: it takes the place of the one before.',
  })
  entries?: StorylineEntryInput[] | null;

  @Field(() => String, { nullable: true, description: 'What to say about the change in the audit.' })
  note?: string | null;
}

@InputType({ description: 'A new storyline.' })
export class CreateStorylineInput extends StorylineWordsInput {
  @Field(() => String)
  title: string;
}

@InputType({ description: 'A storyline; what is left out stays as it is, `null` takes it away.' })
export class SaveStorylineInput extends StorylineWordsInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the storyline that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  title?: string | null;
}

@InputType({ description: 'An entry to be added to a timeline.' })
export class AddToStorylineInput extends MutationInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the storyline that the change is made to.' })
  expectedVersion: number;

  @Field(() => StorylineEntryInput, {
    description: 'One of a story that is in the timeline already takes the place of that.',
  })
  entry: StorylineEntryInput;

  @Field(() => String, { nullable: true, description: 'What to say about the change in the audit.' })
  note?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The storyline is as you wanted.' })
export class StorylineSaved {
  @Field(() => NewsroomStoryline)
  storyline: NewsroomStoryline;

  @Field(() => [Warning], { description: 'What to look at: stories that readers do not see.' })
  warnings: Warning[];
}

export const CreateStorylineResult = resultOf('CreateStorylineResult', StorylineSaved);
export const SaveStorylineResult = resultOf('SaveStorylineResult', StorylineSaved, StaleVersion);

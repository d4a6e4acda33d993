import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { AudienceEnum, IllegalTransition, NewsroomArticle } from '../../articles/newsroom-article.types.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import type { Audience } from '../../kernel/viewer.js';
import { StoryMutationInput } from './draft.types.js';

@InputType({ description: 'Until when an audience does not get it.' })
export class EmbargoInput {
  @Field(() => AudienceEnum)
  audience: Audience;

  @Field(() => DateTime)
  until: number;
}

@InputType({ description: 'A story that is handed in, given back, approved or taken off the schedule.' })
export class MoveArticleInput extends StoryMutationInput {}

@InputType({ description: 'A text of a story, to be shown to readers now.' })
export class PublishArticleInput extends StoryMutationInput {
  @Field(() => Int, { nullable: true, description: 'The number of the revision; the newest when absent.' })
  revision?: number | null;

  @Field(() => [EmbargoInput], { nullable: true, description: 'Who else gets it at a moment of their own.' })
  embargoes?: EmbargoInput[] | null;
}

@InputType({ description: 'A text of a story, to appear at a moment, whatever is saved until then.' })
export class SchedulePublicationInput extends PublishArticleInput {
  @Field(() => DateTime, { description: 'When readers get it, by the clock of the database.' })
  at: number;
}

@InputType({ description: 'What was wrong, and the text that is right.' })
export class CorrectArticleInput extends StoryMutationInput {
  @Field(() => String, { description: 'What readers are told was wrong.' })
  override note: string;

  @Field(() => Int, { nullable: true, description: 'The number of the right revision; the newest when absent.' })
  revision?: number | null;
}

@InputType({ description: 'A story to be taken down.' })
export class WithdrawArticleInput extends StoryMutationInput {
  @Field(() => String, { description: 'Why, for the newsroom.' })
  override note: string;

  @Field(() => String, { nullable: true, description: 'Why, for readers and partners.' })
  publicNote?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'For good: earlier texts and pictures are hidden too, and partners are told to delete it.',
  })
  kill: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The story is in another state; its text is as it was.' })
export class ArticleMoved {
  @Field(() => NewsroomArticle)
  article: NewsroomArticle;
}

@ObjectType({ simpleResolvers: true, description: 'Readers see it.' })
export class ArticlePublished extends ArticleMoved {}

@ObjectType({ simpleResolvers: true, description: 'Readers will see it.' })
export class PublicationScheduled extends ArticleMoved {
  @Field(() => DateTime)
  at: number;

  @Field(() => Int, { description: 'The number of the revision that will appear.' })
  revision: number;
}

@ObjectType({ simpleResolvers: true, description: 'Readers see the right text and what was wrong.' })
export class ArticleCorrected extends ArticleMoved {}

@ObjectType({ simpleResolvers: true, description: 'Readers see it no more.' })
export class ArticleWithdrawn extends ArticleMoved {}

export const MoveArticleResult = resultOf('MoveArticleResult', ArticleMoved, StaleVersion, IllegalTransition);
export const PublishArticleResult = resultOf('PublishArticleResult', ArticlePublished, StaleVersion, IllegalTransition);
export const SchedulePublicationResult = resultOf(
  'SchedulePublicationResult',
  PublicationScheduled,
  StaleVersion,
  IllegalTransition,
);
export const CorrectArticleResult = resultOf('CorrectArticleResult', ArticleCorrected, StaleVersion, IllegalTransition);
export const WithdrawArticleResult = resultOf(
  'WithdrawArticleResult',
  ArticleWithdrawn,
  StaleVersion,
  IllegalTransition,
);

import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Colleague } from '../accounts/colleague.types.js';
import { ArticleFilter, ArticleKindEnum } from '../articles/article.types.js';
import type { ArticleKind } from '../articles/edition.rows.js';
import type { FilterInput } from '../articles/filter.rules.js';
import { NewsroomArticle } from '../articles/newsroom-article.types.js';
import { MutationInput } from '../kernel/mutation.types.js';
import { connectionTypes } from '../kernel/page.js';
import { DateTime } from '../kernel/scalars.js';
import { resultOf, StaleVersion, Warning } from '../kernel/user-error.types.js';
import { FrontStory } from './front.types.js';

@ObjectType({ simpleResolvers: true, description: 'What fills a block with the newest stories.' })
export class FrontFilter {
  @Field(() => [ArticleKindEnum], { nullable: true })
  kinds?: ArticleKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Language tags.' })
  languages?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'From this moment on.' })
  publishedAfter?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  publishedBefore?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A story that an editor put into a block, seen by readers or not.' })
export class FrontPin {
  @Field(() => Int, { description: 'Its place in the block, from 1.' })
  position: number;

  @Field(() => ID)
  articleId: string;

  @Field(() => String, { nullable: true })
  kicker?: string | null;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  standfirst?: string | null;

  @Field(() => NewsroomArticle, {
    nullable: true,
    description: 'The story as the desk sees it, if it is yours to see.',
  })
  article?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'A block as it was arranged.' })
export class FrontRevisionBlock {
  @Field(() => String, { description: 'Its name within the front.' })
  key: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { nullable: true })
  layout?: string | null;

  @Field(() => Int, { description: 'How many stories it shows.' })
  size: number;

  @Field(() => FrontFilter, { nullable: true, description: 'What fills it; without it only pinned stories are shown.' })
  filter?: unknown;

  @Field(() => [FrontStory], { description: 'What readers would see in it now.' })
  stories: FrontStory[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'One arrangement of a front. It never changes: every save makes another.',
})
export class FrontRevision {
  @Field(() => Int, { description: 'From 1 on, within its front.' })
  number: number;

  @Field(() => String)
  title: string;

  @Field(() => String)
  description: string;

  @Field(() => DateTime)
  savedAt: number;

  @Field(() => Colleague, { nullable: true, description: 'Who saved it; nobody when it was brought in.' })
  savedBy?: unknown;

  @Field(() => String, { nullable: true, description: 'What was said about the change.' })
  note?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When readers first saw it; nothing while they have not.' })
  visibleFrom?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'An arrangement that readers will see.' })
export class ScheduledFront {
  @Field(() => DateTime)
  at: number;

  @Field(() => FrontRevision)
  revision: FrontRevision;
}

@ObjectType({ simpleResolvers: true, description: 'A front as those who arrange it see it.' })
export class NewsroomFront {
  @Field(() => ID, { description: 'Hand it to mutations; `node` gives the front with this id as readers see it.' })
  frontId: string;

  @Field(() => String)
  slug: string;

  @Field(() => String, { description: 'Of its newest arrangement.' })
  title: string;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw.' })
  version: number;

  @Field(() => DateTime)
  changedAt: number;
}

export const NewsroomFrontPages = connectionTypes(NewsroomFront, 'NewsroomFront', 'fronts, by their slugs');
export const FrontRevisionPages = connectionTypes(
  FrontRevision,
  'FrontRevision',
  'the arrangements of a front, newest first',
);

@InputType({ description: 'A story to be put into a block.' })
export class FrontPinInput {
  @Field(() => ID)
  article: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place in the block, from 1; the one behind the pin before when absent.',
  })
  position?: number | null;

  @Field(() => String, { nullable: true, description: 'A word above the headline, such as `Israel`.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'A headline for this place, instead of its own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'A sentence for this place, instead of its own standfirst.' })
  standfirst?: string | null;
}

@InputType({
  description: 'A part of a front: stories that are pinned, and a filter whose newest stories fill all other places.',
})
export class FrontBlockInput {
  @Field(() => String, {
    nullable: true,
    description: 'Its name within the front, such as `top`; made up when absent.',
  })
  key?: string | null;

  @Field(() => String, { nullable: true, description: 'Its heading.' })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How it should look, in a word that front ends know, such as `hero`.',
  })
  layout?: string | null;

  @Field(() => Int, { description: 'How many stories it shows, from 1 to 50.' })
  size: number;

  @Field(() => ArticleFilter, {
    nullable: true,
    description: 'What fills it, newest first; without it only pinned stories are shown.',
  })
  filter?: FilterInput | null;

  @Field(() => [FrontPinInput], { nullable: true, description: 'In the order of their places.' })
  pins?: FrontPinInput[] | null;
}

@InputType()
abstract class ArrangementInput extends MutationInput {
  @Field(() => String, { nullable: true, description: 'What it is about, in one line.' })
  description?: string | null;

  @Field(() => [FrontBlockInput], {
    nullable: true,
    description: 'All blocks, in their order: they take the place of those before.',
  })
  blocks?: FrontBlockInput[] | null;

  @Field(() => String, { nullable: true, description: 'What to say about the change in the history of the front.' })
  note?: string | null;
}

@InputType({ description: 'A new front.' })
export class CreateFrontInput extends ArrangementInput {
  @Field(() => String)
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name for good, such as `home`; made of the title when absent.',
  })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the section whose front it is; none for the whole paper.',
  })
  section?: string | null;
}

@InputType({ description: 'A new arrangement of a front: what is absent stays as it is.' })
export class SaveFrontInput extends ArrangementInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the front that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  title?: string | null;
}

@InputType({ description: 'A front that something is done to.' })
export class FrontMutationInput extends MutationInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the front that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: 'What to say about it in the audit.' })
  note?: string | null;
}

@InputType({ description: 'An arrangement to be shown to readers now, until the next that is scheduled.' })
export class PublishFrontInput extends FrontMutationInput {
  @Field(() => Int, { nullable: true, description: 'The number of the revision; the newest when absent.' })
  revision?: number | null;
}

@InputType({ description: 'An arrangement to appear at a moment, whatever is saved until then.' })
export class ScheduleFrontInput extends PublishFrontInput {
  @Field(() => DateTime, { description: 'When readers get it; what was scheduled for that very moment gives way.' })
  at: number;
}

@InputType({ description: 'What was scheduled for a moment, to be taken back.' })
export class UnscheduleFrontInput extends FrontMutationInput {
  @Field(() => DateTime)
  at: number;
}

@InputType({ description: 'An earlier arrangement of a front, to be its newest again.' })
export class RestoreFrontInput extends FrontMutationInput {
  @Field(() => Int, { description: 'The number of the revision.' })
  revision: number;
}

@InputType({ description: 'A front to be shown before it is published.' })
export class PreviewFrontInput extends MutationInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { defaultValue: 24, description: 'How long it can be looked at, from 1 hour to 336.' })
  hours: number;
}

@ObjectType({ simpleResolvers: true, description: 'The arrangement is saved; what readers see is as it was.' })
export class FrontSaved {
  @Field(() => NewsroomFront)
  front: NewsroomFront;

  @Field(() => [Warning], { description: 'What to look at: stories that are pinned and that readers do not see.' })
  warnings: Warning[];
}

@ObjectType({ simpleResolvers: true, description: 'Readers see it.' })
export class FrontPublished {
  @Field(() => NewsroomFront)
  front: NewsroomFront;
}

@ObjectType({ simpleResolvers: true, description: 'Readers will see it.' })
export class FrontScheduled extends FrontPublished {
  @Field(() => DateTime)
  at: number;

  @Field(() => Int, { description: 'The number of the revision that will appear.' })
  revision: number;
}

@ObjectType({ simpleResolvers: true, description: 'It will not appear; what stands before it goes on.' })
export class FrontUnscheduled extends FrontPublished {}

@ObjectType({ simpleResolvers: true, description: 'Readers do not see it any more.' })
export class FrontWithdrawn extends FrontPublished {}

@ObjectType({
  simpleResolvers: true,
  description:
    'Send the token as the header `X-Preview-Token`: the graph shows the newest arrangement, and the newest texts of its stories.',
})
export class FrontPreviewCreated {
  @Field(() => String)
  token: string;

  @Field(() => DateTime)
  expiresAt: number;
}

export const CreateFrontResult = resultOf('CreateFrontResult', FrontSaved);
export const SaveFrontResult = resultOf('SaveFrontResult', FrontSaved, StaleVersion);
export const PublishFrontResult = resultOf('PublishFrontResult', FrontPublished, StaleVersion);
export const ScheduleFrontResult = resultOf('ScheduleFrontResult', FrontScheduled, StaleVersion);
export const UnscheduleFrontResult = resultOf('UnscheduleFrontResult', FrontUnscheduled, StaleVersion);
export const WithdrawFrontResult = resultOf('WithdrawFrontResult', FrontWithdrawn, StaleVersion);
export const PreviewFrontResult = resultOf('PreviewFrontResult', FrontPreviewCreated);

import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ArticleKindEnum, CreditRoleEnum, RelationKindEnum } from '../../articles/article.types.js';
import { BodyInput } from '../../articles/body-input.types.js';
import type { ArticleKind, CreditRole, RelationKind } from '../../articles/edition.rows.js';
import { IllegalTransition, NewsroomArticle } from '../../articles/newsroom-article.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';
import { resultOf, StaleVersion, Warning } from '../../kernel/user-error.types.js';

@InputType()
export abstract class StoryMutationInput extends MutationInput {
  @Field(() => ID)
  articleId: string;

  @Field(() => Int, { description: 'The `version` of the story that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: 'What to say about the change in the history of the story.' })
  note?: string | null;
}

@InputType({ description: 'The picture at the head of a story.' })
export class LeadPictureInput {
  @Field(() => ID)
  picture: string;

  @Field(() => String, { nullable: true, description: 'Said here in place of the caption of the picture.' })
  caption?: string | null;
}

@InputType({ description: 'What search engines and social networks are told in place of headline and standfirst.' })
export class SeoInput {
  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType({ description: 'Whether partners may have a story, and what they have to keep to with it.' })
export class PassingOnInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'False for what is not ours to pass on: no product brings it, and who has it loses it.',
  })
  allowed?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Said to partners before the terms of their product.' })
  usageTerms?: string | null;
}

@InputType()
abstract class TextInput extends MutationInput {
  @Field(() => String, { nullable: true, description: 'Its name in addresses; at first made of the headline.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  standfirst?: string | null;

  @Field(() => ArticleKindEnum, { nullable: true })
  kind?: ArticleKind | null;

  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47); `en` at first.' })
  language?: string | null;

  @Field(() => BodyInput, { nullable: true })
  body?: BodyInput | null;

  @Field(() => LeadPictureInput, { nullable: true })
  leadPicture?: LeadPictureInput | null;

  @Field(() => SeoInput, { nullable: true })
  seo?: SeoInput | null;

  @Field(() => PassingOnInput, { nullable: true })
  passingOn?: PassingOnInput | null;

  @Field(() => String, { nullable: true, description: 'What to say about the change in the history of the story.' })
  note?: string | null;
}

@InputType({ description: 'The first text of a story.' })
export class CreateDraftInput extends TextInput {
  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'Slug of its section.' })
  section: string;
}

@InputType({ description: 'A new text of a story: what is absent stays as it is, `null` takes it away.' })
export class SaveDraftInput extends TextInput {
  @Field(() => ID)
  articleId: string;

  @Field(() => Int, { description: 'The `version` of the story that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of its section.' })
  section?: string | null;
}

@InputType({ description: 'A story to put beside another.' })
export class RelatedStoryInput {
  @Field(() => ID)
  article: string;

  @Field(() => RelationKindEnum, { defaultValue: 'RELATED' })
  kind: RelationKind;

  @Field(() => String, { nullable: true, description: 'A word above the headline, such as `Israel`.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'A headline for this place, instead of its own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it stands there, for readers.' })
  reason?: string | null;
}

@InputType({ description: 'The stories beside a text, in their order: they take the place of those before.' })
export class RelateStoriesInput extends StoryMutationInput {
  @Field(() => [RelatedStoryInput])
  related: RelatedStoryInput[];
}

@InputType({ description: 'Somebody who wrote, photographed, edited or supplied a text.' })
export class CreditInput {
  @Field(() => CreditRoleEnum, { defaultValue: 'AUTHOR' })
  role: CreditRole;

  @Field(() => String, { description: 'As the byline has it.' })
  text: string;

  @Field(() => ID, { nullable: true, description: 'The person or organisation, when there is a page about it.' })
  entity?: string | null;
}

@InputType({ description: 'The byline of a text, in its order: it takes the place of the one before.' })
export class SetCreditsInput extends StoryMutationInput {
  @Field(() => [CreditInput])
  credits: CreditInput[];
}

@InputType({ description: 'Where the text names somebody, an organisation or a place.' })
export class MentionInput {
  @Field(() => ID)
  entity: string;

  @Field(() => String, { description: 'The block it is in; `title` and `standfirst` are blocks too.' })
  blockKey: string;

  @Field(() => Int, { description: 'Where it begins in the text of the block, in UTF-16 units.' })
  start: number;

  @Field(() => Int, { description: 'Where it ends: the first unit behind it.' })
  end: number;
}

@InputType({ description: 'What the newest text names: it takes the place of what it named before.' })
export class SetMentionsInput extends StoryMutationInput {
  @Field(() => [MentionInput])
  mentions: MentionInput[];
}

@InputType({ description: 'An earlier text of a story, to be its newest again.' })
export class RestoreRevisionInput extends StoryMutationInput {
  @Field(() => Int, { description: 'The number of the revision.' })
  revision: number;
}

@ObjectType({ simpleResolvers: true, description: 'The text is saved; what readers see is as it was.' })
export class DraftSaved {
  @Field(() => NewsroomArticle)
  article: NewsroomArticle;

  @Field(() => [Warning], { description: 'What to look at.' })
  warnings: Warning[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'The stories stand beside the newest text; what readers see is as it was.',
})
export class StoriesRelated extends DraftSaved {}

export const CreateDraftResult = resultOf('CreateDraftResult', DraftSaved);
export const SaveDraftResult = resultOf('SaveDraftResult', DraftSaved, StaleVersion, IllegalTransition);
export const RelateStoriesResult = resultOf('RelateStoriesResult', StoriesRelated, StaleVersion, IllegalTransition);

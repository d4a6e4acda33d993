import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  createDraft,
  relateStories,
  restoreRevision,
  saveDraft,
  setCredits,
  setMentions,
  type DraftFields,
  type SavedDraft,
} from '../../articles/draft.commands.js';
import type { Context } from '../../kernel/context.js';
import type { UserErrorView } from '../../kernel/errors.js';
import { idIn } from '../../kernel/global-id.js';
import {
  CreateDraftInput,
  CreateDraftResult,
  RelateStoriesInput,
  RelateStoriesResult,
  RestoreRevisionInput,
  SaveDraftInput,
  SaveDraftResult,
  SetCreditsInput,
  SetMentionsInput,
  type LeadPictureInput,
  type StoryMutationInput,
} from './draft.types.js';

type Answer = Promise<SavedDraft | UserErrorView>;

@Resolver()
export class DraftResolver {
  @Mutation(() => CreateDraftResult, { description: 'Begins a story with its first text.' })
  createDraft(@Ctx() ctx: Context, @Arg('input', () => CreateDraftInput) input: CreateDraftInput): Answer {
    const { leadPicture, ...text } = input;
    return createDraft(ctx, { ...text, leadPicture: pictureOf(leadPicture) });
  }

  @Mutation(() => SaveDraftResult, { description: 'Saves a new text of a story; what readers see stays as it is.' })
  saveDraft(@Ctx() ctx: Context, @Arg('input', () => SaveDraftInput) input: SaveDraftInput): Answer {
    const { leadPicture, articleId, ...text } = input;
    return saveDraft(ctx, {
      ...text,
      leadPicture: pictureOf(leadPicture),
      articleId: idIn('articleId', articleId, 'Article'),
    });
  }

  @Mutation(() => RelateStoriesResult, { description: 'Sets the stories that stand beside the newest text.' })
  relateStories(@Ctx() ctx: Context, @Arg('input', () => RelateStoriesInput) input: RelateStoriesInput): Answer {
    const related = input.related.map(({ article, ...edge }, i) => ({
      ...edge,
      articleId: idIn(`related.${i}.article`, article, 'Article'),
    }));
    return relateStories(ctx, { ...storyOf(input), related });
  }

  @Mutation(() => SaveDraftResult, { description: 'Sets who wrote, photographed, edited or supplied the newest text.' })
  setCredits(@Ctx() ctx: Context, @Arg('input', () => SetCreditsInput) input: SetCreditsInput): Answer {
    const credits = input.credits.map(({ entity, ...credit }, i) => ({
      ...credit,
      entityId: entity == null ? null : idIn(`credits.${i}.entity`, entity, 'Person', 'Organisation'),
    }));
    return setCredits(ctx, { ...storyOf(input), credits });
  }

  @Mutation(() => SaveDraftResult, { description: 'Sets whom and what the newest text names, and where.' })
  setMentions(@Ctx() ctx: Context, @Arg('input', () => SetMentionsInput) input: SetMentionsInput): Answer {
    const mentions = input.mentions.map(({ entity, ...mention }, i) => ({
      ...mention,
      entityId: idIn(`mentions.${i}.entity`, entity, 'Person', 'Organisation', 'Place'),
    }));
    return setMentions(ctx, { ...storyOf(input), mentions });
  }

  @Mutation(() => SaveDraftResult, {
    description: 'Makes an earlier text of a story its newest; what readers see stays.',
  })
  restoreRevision(@Ctx() ctx: Context, @Arg('input', () => RestoreRevisionInput) input: RestoreRevisionInput): Answer {
    return restoreRevision(ctx, { ...storyOf(input), revision: input.revision });
  }
}

/** The story that an input is about, with what is said of the change. */
export const storyOf = ({ articleId, expectedVersion, note, idempotencyKey }: StoryMutationInput) => ({
  articleId: idIn('articleId', articleId, 'Article'),
  expectedVersion,
  note,
  idempotencyKey,
});

function pictureOf(given: LeadPictureInput | null | undefined): DraftFields['leadPicture'] {
  return given && { pictureId: idIn('leadPicture.picture', given.picture, 'Picture'), caption: given.caption };
}

import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { entityUrl } from '../../entities/entity.rules.js';
import type { Context } from '../../kernel/context.js';
import { globalId } from '../../kernel/global-id.js';
import { type Connection } from '../../kernel/page.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import { storyId } from '../story/story.rules.js';
import { syndicatedStory, type SyndicatedStoryView } from '../story/story.loaders.js';
import { SyndicatedStory } from '../story/story.types.js';
import { Syndication } from '../syndication.types.js';
import { entryById, type ChangeEdge, type ChangeView, type EntryView } from './change.queries.js';
import { ChangedEntity, ChangePages, SyndicationChange } from './change.types.js';
import { feedOf, longestWait } from './feed.commands.js';

@Resolver(() => Syndication)
export class PartnerChanges {
  @FieldResolver(() => ChangePages.Connection, {
    description:
      'All that you were ever told, oldest first: it begins with the first story you got and never ends. Keep `endCursor` and ask on with it; it holds for good.',
  })
  changes(
    @Ctx() ctx: Context,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, at most 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor you had last; the beginning without it.' })
    after?: string | null,
    @Arg('wait', () => Int, {
      nullable: true,
      description: `When there is nothing new, wait for it, at most so many seconds, from 1 to ${longestWait}.`,
    })
    wait?: number | null,
  ): Promise<Connection<ChangeEdge>> {
    return feedOf(ctx, { partnerId: partnerIdOf(ctx.viewer), first, after, wait });
  }
}

@Resolver(() => SyndicationChange)
export class ChangeResolver {
  @FieldResolver()
  storyId(@Root() { articleId }: ChangeView): string | null {
    return articleId === null ? null : storyId(articleId);
  }

  @FieldResolver(() => SyndicatedStory, {
    nullable: true,
    description: 'The text it brings, as it was then; none when it brings none, or you may not have it any more.',
  })
  async story(@Ctx() ctx: Context, @Root() { publicationId }: ChangeView): Promise<SyndicatedStoryView | null> {
    if (publicationId === null) return null;
    const story = await syndicatedStory(ctx).load({ publicationId });
    if (story) ctx.meter?.story(story);
    return story;
  }

  @FieldResolver(() => ChangedEntity, { nullable: true, description: 'The entry that is left of a merge.' })
  entity(@Ctx() ctx: Context, @Root() { entityId }: ChangeView): Promise<EntryView | null> | null {
    return entityId === null ? null : entryById(ctx).load(entityId);
  }

  @FieldResolver(() => ChangedEntity, { nullable: true, description: 'The entry whose place was taken in a merge.' })
  formerEntity(@Ctx() ctx: Context, @Root() { formerEntityId }: ChangeView): Promise<EntryView | null> | null {
    return formerEntityId === null ? null : entryById(ctx).load(formerEntityId);
  }
}

@Resolver(() => ChangedEntity)
export class ChangedEntityResolver {
  @FieldResolver(() => ID)
  entityId(@Root() { kind, id }: EntryView): string {
    return globalId(kind, id);
  }

  @FieldResolver()
  uri(@Ctx() ctx: Context, @Root() entry: EntryView): string {
    return entityUrl(ctx.addresses, { __typename: entry.kind, slug: entry.slug });
  }
}

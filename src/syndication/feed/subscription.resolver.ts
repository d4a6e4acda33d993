import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { ArticleView } from '../../articles/article.queries.js';
import { Article } from '../../articles/article.types.js';
import type { Context } from '../../kernel/context.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import { lookCost } from '../alerts/match.queries.js';
import { ownSearch } from '../alerts/saved-search.queries.js';
import type { ChangeEdge } from './change.queries.js';
import { ChangePages } from './change.types.js';
import { changesFrom, checkSections, storiesIn } from './subscription.queries.js';

interface Begun<Args> {
  args: Args;
  context: Context;
}

@Resolver()
export class FeedSubscriptions {
  @Subscription(() => ChangePages.Edge, {
    description:
      'Your feed as it goes on, behind `after`; from its beginning without it. Keep the cursor of what you have dealt with, and begin again with it after a break.',
    subscribe: async ({ args, context }: Begun<{ after?: string | null; savedSearchId?: string | null }>) => {
      const about = await ownSearch(context, args.savedSearchId);
      if (about) await context.meter?.charge(lookCost);
      return changesFrom(context, { partnerId: partnerIdOf(context.viewer), after: args.after, about });
    },
  })
  syndicationChanges(
    @Root() edge: ChangeEdge,
    @Arg('after', () => String, { nullable: true, description: 'The cursor you had last.' }) _after?: string | null,
    @Arg('savedSearchId', () => ID, { nullable: true, description: 'Only what this saved search of yours is about.' })
    _savedSearchId?: string | null,
  ): ChangeEdge {
    return edge;
  }

  @Subscription(() => Article, {
    description:
      'Stories as readers get them for the first time, of some sections and those below them; of all without.',
    subscribe: async ({ args, context }: Begun<{ sections?: string[] | null }>) => {
      await checkSections(context, args.sections);
      return storiesIn(context, args.sections);
    },
  })
  articlePublished(
    @Root() article: ArticleView,
    @Arg('sections', () => [String], { nullable: true, description: 'Their slugs, at most 50.' })
    _sections?: string[] | null,
  ): ArticleView {
    return article;
  }
}

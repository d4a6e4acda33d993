import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { EntityView } from '../entities/entity.queries.js';
import { entityFolder } from '../entities/entity.rules.js';
import { Entity } from '../entities/entity.types.js';
import type { Context } from '../kernel/context.js';
import type { SectionView } from '../sections/section.queries.js';
import { Section } from '../sections/section.types.js';
import { feedForms, feedPath, type FeedForm } from './address.rules.js';
import { Feeds } from './feed.types.js';

type FeedsView = Record<FeedForm, string>;

const feedsOf = ({ addresses: { siteUrl } }: Context, place: string): FeedsView =>
  Object.fromEntries(feedForms.map((form) => [form, siteUrl + feedPath(place, form)])) as FeedsView;

@Resolver()
export class SiteFeeds {
  @Query(() => Feeds, { description: 'The feeds of the whole site.' })
  feeds(@Ctx() ctx: Context): FeedsView {
    return feedsOf(ctx, 'all');
  }
}

@Resolver(() => Section)
export class SectionFeeds {
  @FieldResolver(() => Feeds, { description: 'Of its stories and those of the sections below it.' })
  feeds(@Ctx() ctx: Context, @Root() section: SectionView): FeedsView {
    return feedsOf(ctx, `sections/${section.slug}`);
  }
}

@Resolver(() => Entity)
export class EntityFeeds {
  @FieldResolver(() => Feeds, { description: 'Of the stories that name it.' })
  feeds(@Ctx() ctx: Context, @Root() entity: EntityView): FeedsView {
    return feedsOf(ctx, `${entityFolder[entity.__typename]}/${entity.slug}`);
  }
}

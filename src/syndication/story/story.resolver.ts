import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { correctionsOf, type CorrectionView, type CreditView } from '../../articles/article.queries.js';
import { maxCorrections, maxCredits, maxRelated } from '../../articles/edition.rows.js';
import { articleUrl } from '../../articles/path.rules.js';
import { entityUrl } from '../../entities/entity.rules.js';
import type { Context } from '../../kernel/context.js';
import { idIn } from '../../kernel/global-id.js';
import { checkFirst, FirstArg } from '../../kernel/page.js';
import type { SectionView } from '../../sections/section.queries.js';
import { Syndication } from '../syndication.types.js';
import { heldStory } from './held.loaders.js';
import {
  bodyOf,
  creditsOf,
  entitiesOf,
  passedOf,
  picturesOf,
  relatedOf,
  sectionsOf,
  type NamedEntity,
  type RelatedStoryView,
} from './parts.loaders.js';
import type { BodyView, SyndicatedPictureView } from './passed.rules.js';
import { termsOf, type Redaction as RedactionView } from './rights.rules.js';
import type { SyndicatedStoryView } from './story.loaders.js';
import { attributionOf, sameAsOf, storyId, storyUri } from './story.rules.js';
import {
  Redaction,
  SyndicatedBody,
  SyndicatedCorrection,
  SyndicatedCredit,
  SyndicatedEntity,
  SyndicatedPicture,
  SyndicatedRelated,
  SyndicatedSection,
  SyndicatedStory,
} from './story.types.js';

/** How many of whom and what a story names may be asked for. */
const mostNamed = 100;

@Resolver(() => Syndication)
export class PartnerStory {
  @FieldResolver(() => SyndicatedStory, {
    nullable: true,
    description: 'A story that you hold, as it is now; nothing for what is not yours, or not any more.',
  })
  async story(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<SyndicatedStoryView | null> {
    const story = await heldStory(ctx, idIn('id', id, 'Article'));
    if (story) ctx.meter?.story(story);
    return story;
  }
}

@Resolver(() => SyndicatedStory)
export class SyndicatedStoryResolver {
  @FieldResolver()
  id(@Root() story: SyndicatedStoryView): string {
    return storyId(story.id);
  }

  @FieldResolver()
  uri(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): string {
    return storyUri(ctx.addresses, story);
  }

  @FieldResolver(() => SyndicatedBody)
  body(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<BodyView> {
    return bodyOf(ctx, story);
  }

  @FieldResolver(() => SyndicatedSection, { nullable: true })
  async section(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<SectionView | null> {
    return (await sectionsOf(ctx, story))[0] ?? null;
  }

  @FieldResolver(() => [SyndicatedSection], { description: 'Its section and those it is part of, nearest first.' })
  sections(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<SectionView[]> {
    return sectionsOf(ctx, story);
  }

  @FieldResolver(() => [SyndicatedEntity], { description: 'Those the story is most about first.' })
  async entities(
    @Ctx() ctx: Context,
    @Root() story: SyndicatedStoryView,
    @FirstArg(25, mostNamed) first: number,
  ): Promise<NamedEntity[]> {
    return (await entitiesOf(ctx, story)).slice(0, checkFirst(first, mostNamed));
  }

  @FieldResolver(() => [SyndicatedCredit], { description: 'In the order of the byline.' })
  async credits(
    @Ctx() ctx: Context,
    @Root() story: SyndicatedStoryView,
    @FirstArg(10, maxCredits) first: number,
  ): Promise<CreditView[]> {
    return (await creditsOf(ctx, story)).slice(0, checkFirst(first, maxCredits));
  }

  @FieldResolver(() => [SyndicatedPicture], {
    description: 'The one above the story first, then as the text has them.',
  })
  pictures(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<SyndicatedPictureView[]> {
    return picturesOf(ctx, story);
  }

  @FieldResolver(() => [SyndicatedCorrection], { description: 'The newest first.' })
  async corrections(
    @Ctx() ctx: Context,
    @Root() story: SyndicatedStoryView,
    @FirstArg(10, maxCorrections) first: number,
  ): Promise<CorrectionView[]> {
    return (await correctionsOf(ctx, story)).slice(0, checkFirst(first, maxCorrections));
  }

  @FieldResolver(() => [SyndicatedRelated], {
    description: 'Those of them that you hold, in the order of our editors.',
  })
  async related(
    @Ctx() ctx: Context,
    @Root() story: SyndicatedStoryView,
    @FirstArg(10, maxRelated) first: number,
  ): Promise<RelatedStoryView[]> {
    return (await relatedOf(ctx, story)).slice(0, checkFirst(first, maxRelated));
  }

  @FieldResolver(() => String, { nullable: true, description: 'What you may do with it, in words.' })
  usageTerms(@Root() { rights }: SyndicatedStoryView): string | null {
    return termsOf(rights);
  }

  @FieldResolver(() => [String], { description: 'The countries you may show it in (ISO 3166-1); empty is all.' })
  territories(@Root() { rights }: SyndicatedStoryView): readonly string[] {
    return rights.territories;
  }

  @FieldResolver(() => String, { description: 'The line that names who wrote it and whom it is from: show it.' })
  async attribution(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<string> {
    return attributionOf(ctx.addresses, await creditsOf(ctx, story));
  }

  @FieldResolver(() => String, { description: 'Where our readers find it: link to it.' })
  canonicalUrl(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): string {
    return articleUrl(ctx.addresses, story);
  }

  @FieldResolver(() => [Redaction], { description: 'What you do not get of it, and why.' })
  async redactions(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<RedactionView[]> {
    return (await passedOf(ctx, story)).redactions;
  }
}

@Resolver(() => SyndicatedEntity)
export class SyndicatedEntityResolver {
  @FieldResolver()
  uri(@Ctx() ctx: Context, @Root() entity: NamedEntity): string {
    return entityUrl(ctx.addresses, { __typename: entity.kind, slug: entity.slug });
  }

  @FieldResolver()
  sameAs(@Root() entity: NamedEntity): string[] {
    return sameAsOf(entity);
  }
}

@Resolver(() => SyndicatedCredit)
export class SyndicatedCreditResolver {
  @FieldResolver()
  name(@Root() credit: CreditView): string {
    return credit.text;
  }
}

@Resolver(() => SyndicatedRelated)
export class SyndicatedRelatedResolver {
  @FieldResolver()
  storyId(@Root() related: RelatedStoryView): string {
    return storyId(related.id);
  }

  @FieldResolver()
  uri(@Ctx() ctx: Context, @Root() related: RelatedStoryView): string {
    return storyUri(ctx.addresses, related);
  }
}

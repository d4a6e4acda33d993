import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { renditionOf } from '../media/picture.rules.js';
import { sectionTree } from '../sections/section.queries.js';
import { correctionsOf, creditsByEdition, mentionsByEdition, type StoryView } from './article.queries.js';
import { Seo } from './article.types.js';
import { jsonLd } from './json-ld.rules.js';
import { namedIn } from './mention.rules.js';
import { articleUrl } from './path.rules.js';

@Resolver(() => Seo)
export class SeoResolver {
  @FieldResolver()
  title(@Root() article: StoryView): string {
    return article.seoTitle ?? article.title;
  }

  @FieldResolver()
  description(@Root() article: StoryView): string {
    return article.seoDescription ?? article.standfirst;
  }

  @FieldResolver()
  canonicalUrl(@Ctx() ctx: Context, @Root() article: StoryView): string {
    return articleUrl(ctx.addresses, article);
  }

  @FieldResolver(() => String, {
    description: 'A schema.org NewsArticle, as JSON that can stand in a `<script type="application/ld+json">`.',
  })
  async jsonLd(@Ctx() ctx: Context, @Root() article: StoryView): Promise<string> {
    const [sections, credits, mentions, corrections] = await Promise.all([
      sectionTree(ctx),
      creditsByEdition(ctx).load(article.editionId),
      mentionsByEdition(ctx).load(article.editionId),
      correctionsOf(ctx, article),
    ]);
    // It is for everybody: only a preview may have keys of pictures in it.
    const addresses = ctx.preview ? ctx.addresses : { ...ctx.addresses, mediaKey: undefined };
    return jsonLd({
      article,
      section: sections.byId.get(article.sectionId),
      credits,
      entities: namedIn(mentions),
      corrections,
      images: [1200, 640].flatMap((width) =>
        article.leadPicture ? (renditionOf(addresses, article.leadPicture, width)?.url ?? []) : [],
      ),
      addresses: ctx.addresses,
    });
  }
}

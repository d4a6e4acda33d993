import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { renditionOf } from '../media/picture.rules.js';
import { sectionTree } from '../sections/section.queries.js';
import { correctionsByArticle, creditsByEdition, mentionsByEdition, type ArticleView } from './article.queries.js';
import { Seo } from './article.types.js';
import { jsonLd } from './json-ld.rules.js';
import { namedIn } from './mention.rules.js';
import { articleUrl } from './path.rules.js';

@Resolver(() => Seo)
export class SeoResolver {
  @FieldResolver()
  title(@Root() article: ArticleView): string {
    return article.seoTitle ?? article.title;
  }

  @FieldResolver()
  description(@Root() article: ArticleView): string {
    return article.seoDescription ?? article.standfirst;
  }

  @FieldResolver()
  canonicalUrl(@Ctx() ctx: Context, @Root() article: ArticleView): string {
    return articleUrl(ctx.addresses, article);
  }

  @FieldResolver(() => String, {
    description: 'A schema.org NewsArticle, as JSON that can stand in a `<script type="application/ld+json">`.',
  })
  async jsonLd(@Ctx() ctx: Context, @Root() article: ArticleView): Promise<string> {
    const [sections, credits, mentions, corrections] = await Promise.all([
      sectionTree(ctx),
      creditsByEdition(ctx).load(article.editionId),
      mentionsByEdition(ctx).load(article.editionId),
      correctionsByArticle(ctx).load(article.id),
    ]);
    return jsonLd({
      article,
      section: sections.byId.get(article.sectionId),
      credits,
      entities: namedIn(mentions),
      corrections,
      images: [1200, 640].flatMap((width) =>
        article.leadPicture ? (renditionOf(ctx.addresses, article.leadPicture, width)?.url ?? []) : [],
      ),
      addresses: ctx.addresses,
    });
  }
}

import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { entityById, type EntityView, type RoleView } from '../entities/entity.queries.js';
import { Entity, Role } from '../entities/entity.types.js';
import type { Context } from '../kernel/context.js';
import { checkFirst, PageArgs, type Connection } from '../kernel/page.js';
import type { SectionView } from '../sections/section.queries.js';
import { Section } from '../sections/section.types.js';
import { articleById, type ArticleView } from './article.queries.js';
import { Article, ArticlePages, Companion } from './article.types.js';
import { articlesInList, companionsOf, type ArticleEdge, type Companion as CompanionView } from './list.queries.js';
import { listOf } from './list.rules.js';

@Resolver(() => Section)
export class SectionArticles {
  @FieldResolver(() => ArticlePages.Connection, { description: 'Its stories and those of the sections below it.' })
  articles(
    @Ctx() ctx: Context,
    @Root() section: SectionView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ArticleEdge>> {
    return articlesInList(ctx, listOf.section(section.id), page);
  }
}

@Resolver(() => Entity)
export class EntityArticles {
  @FieldResolver(() => ArticlePages.Connection, { description: 'Stories that name it, newest first.' })
  articles(
    @Ctx() ctx: Context,
    @Root() entity: EntityView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ArticleEdge>> {
    return articlesInList(ctx, listOf.entity(entity.id), page);
  }

  @FieldResolver(() => [Companion], { description: 'Who and what its newest stories name most beside it.' })
  mentionedWith(
    @Ctx() ctx: Context,
    @Root() entity: EntityView,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
  ): Promise<CompanionView[]> {
    return companionsOf(ctx, { first: checkFirst(first, 50) }).load(listOf.entity(entity.id));
  }
}

@Resolver(() => Companion)
export class CompanionResolver {
  @FieldResolver()
  entity(@Ctx() ctx: Context, @Root() companion: CompanionView): Promise<EntityView | null> {
    return entityById(ctx).load(companion.entityId);
  }
}

@Resolver(() => Role)
export class RoleSource {
  @FieldResolver(() => Article, { nullable: true, description: 'The story that says so.' })
  async sourceArticle(@Ctx() ctx: Context, @Root() role: RoleView): Promise<ArticleView | null> {
    return role.sourceArticleId === null ? null : articleById(ctx).load(role.sourceArticleId);
  }
}

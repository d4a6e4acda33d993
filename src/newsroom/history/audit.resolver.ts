import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { colleagueOrNobody, type ColleagueView } from '../../accounts/colleague.queries.js';
import type { NewsroomArticleView } from '../../articles/newsroom-article.queries.js';
import { NewsroomArticle } from '../../articles/newsroom-article.types.js';
import type { Context } from '../../kernel/context.js';
import { idIn, parseGlobalId } from '../../kernel/global-id.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { auditOfStory, auditTrail, type AuditEdge, type AuditView } from './audit.queries.js';
import { AuditEntry, AuditFilter, AuditPages } from './audit.types.js';

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @FieldResolver()
  by(@Ctx() ctx: Context, @Root() entry: AuditView): Promise<ColleagueView | null> {
    return colleagueOrNobody(ctx, entry.accountId);
  }
}

@Resolver(() => NewsroomArticle)
export class ArticleAudit {
  @FieldResolver(() => AuditPages.Connection, { description: 'What was done to it, newest first.' })
  audit(
    @Ctx() ctx: Context,
    @Root() article: NewsroomArticleView,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AuditEdge>> {
    return auditOfStory(ctx, article.id, page);
  }
}

@Resolver(() => Newsroom)
export class AuditTrail {
  @FieldResolver(() => AuditPages.Connection, {
    description: 'What was done, newest first: to what is yours to see, and by yourself.',
  })
  audit(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditFilter, { nullable: true }) filter?: AuditFilter | null,
  ): Promise<Connection<AuditEdge>> {
    const narrowing = {
      accountId: filter?.account == null ? undefined : idIn('filter.account', filter.account, 'Account'),
      subject: filter?.subject == null ? undefined : parseGlobalId(filter.subject),
      on: filter?.on ?? undefined,
      action: filter?.action ?? undefined,
    };
    return auditTrail(ctx, narrowing, page);
  }
}

import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  accountById,
  accounts,
  sectionsByAccount,
  type AccountEdge,
  type AccountView,
} from '../../accounts/account.queries.js';
import { Account, AccountPages } from '../../accounts/account.types.js';
import type { Context } from '../../kernel/context.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { sectionTree, type SectionView } from '../../sections/section.queries.js';
import { Section } from '../../sections/section.types.js';
import { Newsroom } from '../../accounts/newsroom.types.js';

@Resolver(() => Newsroom)
export class StaffResolver {
  @FieldResolver(() => Account, { nullable: true, description: 'You.' })
  async viewer(@Ctx() ctx: Context): Promise<AccountView | null> {
    return ctx.viewer.kind === 'account' ? accountById(ctx).load(ctx.viewer.accountId) : null;
  }

  @FieldResolver(() => AccountPages.Connection, { description: 'Everybody who has or had a way in, oldest first.' })
  accounts(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<AccountEdge>> {
    return accounts(ctx, page);
  }
}

@Resolver(() => Account)
export class AccountSections {
  @FieldResolver(() => [Section], { description: 'The sections it is limited to; none is all.' })
  async sections(@Ctx() ctx: Context, @Root() account: AccountView): Promise<SectionView[]> {
    const { byId } = await sectionTree(ctx);
    const rows = await sectionsByAccount(ctx).load(account.id);
    return rows.flatMap(({ sectionId }) => byId.get(sectionId) ?? []);
  }
}

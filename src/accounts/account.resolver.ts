import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { globalId, idIn } from '../kernel/global-id.js';
import { changeAccount, changePassword, createAccount } from './account.commands.js';
import type { AccountView } from './account.queries.js';
import {
  Account,
  ChangeAccountInput,
  ChangePasswordInput,
  CreateAccountInput,
  SaveAccountResult,
  SignedOut,
  SignInInput,
  SignInResult,
} from './account.types.js';
import { signIn, signOut } from './session.commands.js';

@Resolver(() => Account)
export class AccountResolver {
  @FieldResolver(() => ID)
  id(@Root() account: AccountView): string {
    return globalId('Account', account.id);
  }

  @Mutation(() => SignInResult, { description: 'Opens a session; once in a request.' })
  signIn(@Ctx() ctx: Context, @Arg('input', () => SignInInput) input: SignInInput): Promise<object> {
    return signIn(ctx, input);
  }

  @Mutation(() => SignedOut, { description: 'Ends the session that asks.' })
  signOut(@Ctx() ctx: Context): Promise<object> {
    return signOut(ctx);
  }

  @Mutation(() => SaveAccountResult, { description: 'Sets your own password; all your sessions end.' })
  changePassword(
    @Ctx() ctx: Context,
    @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput,
  ): Promise<object> {
    return changePassword(ctx, input);
  }

  @Mutation(() => SaveAccountResult, { description: 'Makes an account.' })
  createAccount(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateAccountInput) input: CreateAccountInput,
  ): Promise<object> {
    return createAccount(ctx, input);
  }

  @Mutation(() => SaveAccountResult, {
    description: 'Changes an account: name, role, sections, password, or whether it is active.',
  })
  changeAccount(
    @Ctx() ctx: Context,
    @Arg('input', () => ChangeAccountInput) input: ChangeAccountInput,
  ): Promise<object> {
    const { id, ...change } = input;
    return changeAccount(ctx, { ...change, accountId: idIn('id', id, 'Account') });
  }
}

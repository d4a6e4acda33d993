import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../kernel/page.js';
import { Node } from '../kernel/node.types.js';
import { DateTime } from '../kernel/scalars.js';
import { resultOf, StaleVersion, UserError } from '../kernel/user-error.types.js';
import { accountRoles, type AccountRole } from '../kernel/viewer.js';

const AccountRoleEnum = Object.fromEntries(accountRoles.map((role) => [role, role]));
registerEnumType(AccountRoleEnum, {
  name: 'AccountRole',
  description: 'What an account may do, each with all the rights of the one before: see `docs/desk.md`.',
});

@ObjectType({ simpleResolvers: true, implements: Node, description: 'Somebody’s way into the newsroom.' })
export class Account extends Node {
  @Field(() => String)
  email: string;

  @Field(() => String)
  name: string;

  @Field(() => AccountRoleEnum)
  role: AccountRole;

  @Field(() => Boolean, { description: 'Whether it can sign in.' })
  active: boolean;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw as `expectedVersion`.' })
  version: number;

  @Field(() => DateTime)
  createdAt: number;
}

export const AccountPages = connectionTypes(Account, 'Account', 'accounts, oldest first');

@InputType({ description: 'Email and password.' })
export class SignInInput {
  @Field(() => String)
  email: string;

  @Field(() => String)
  password: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the session goes into a cookie that no script can read, rather than into the answer.',
  })
  cookie: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'A session is open: it lasts twelve hours.' })
export class SignedIn {
  @Field(() => String, { nullable: true, description: 'Send it as `Authorization: Bearer …`.' })
  token?: string | null;

  @Field(() => DateTime)
  expiresAt: number;

  @Field(() => Account)
  account: Account;
}

@ObjectType({ simpleResolvers: true, implements: UserError, description: 'No such email and password.' })
export class SignInRefused extends UserError {}

export const SignInResult = resultOf('SignInResult', SignedIn, SignInRefused);

@ObjectType({ simpleResolvers: true, description: 'The session has ended.' })
export class SignedOut {
  @Field(() => Boolean, { description: 'Whether there was one.' })
  done: boolean;
}

@InputType({ description: 'A new password of your own; all your sessions end.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password you have.' })
  current: string;

  @Field(() => String, { description: 'At least 12 characters.' })
  password: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Somebody who comes to work here.' })
export class CreateAccountInput {
  @Field(() => String)
  email: string;

  @Field(() => String)
  name: string;

  @Field(() => AccountRoleEnum)
  role: AccountRole;

  @Field(() => String, { nullable: true, description: 'None for those who sign in at your OpenID provider.' })
  password?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of the sections it is limited to; none is all.' })
  sections?: string[] | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is to be different; what is absent stays.' })
export class ChangeAccountInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the account that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => AccountRoleEnum, { nullable: true })
  role?: AccountRole | null;

  @Field(() => Boolean, { nullable: true, description: '`false` ends its sessions at once.' })
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A new password, which ends its sessions.' })
  password?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of the sections it is limited to; none is all.' })
  sections?: string[] | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The account is as it should be.' })
export class AccountSaved {
  @Field(() => Account)
  account: Account;
}

export const SaveAccountResult = resultOf('SaveAccountResult', AccountSaved, StaleVersion);

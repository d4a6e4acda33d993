import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Flag, Id, Instant, Reference, Text, Whole } from '../kernel/columns.js';
import type { AccountRole } from '../kernel/viewer.js';

/** Somebody who works in the newsroom. Never deleted: what he did stays his. */
@Entity('account')
@Index('account_email', ['email'], { unique: true })
@Index('account_subject', ['issuer', 'subject'], { unique: true })
export class AccountRow {
  @Id() id: number;
  /** In lower case. */
  @Text(191) email: string;
  @Text(120) name: string;
  @Text(16) role: AccountRole;
  @Flag() active: boolean;
  @Text(200, { nullable: true }) passwordHash: string | null;
  /** Who he is at an OpenID provider. */
  @Text(255, { nullable: true }) issuer: string | null;
  @Text(255, { nullable: true }) subject: string | null;
  @Whole() version: number;
  @Instant() createdAt: number;
}

/** A section an account is limited to; without any it works in all. */
@Entity('account_section')
export class AccountSectionRow {
  @PrimaryColumn('int') accountId: number;
  @PrimaryColumn('int') sectionId: number;
}

/** A sign-in that holds until it ends. */
@Entity('session')
@Index('session_account', ['accountId'])
export class SessionRow {
  /** A print of the token; the token itself is known to its holder alone. */
  @PrimaryColumn('varchar', { length: 43 }) id: string;
  @Reference('account') accountId: number;
  @Instant() createdAt: number;
  @Instant() expiresAt: number;
}

/** How often signing in failed lately, for an account or an address. */
@Entity('sign_in_failure')
export class SignInFailureRow {
  /** A print of the account's email or the client's address. */
  @PrimaryColumn('varchar', { length: 50 }) id: string;
  @Whole() failures: number;
  @Instant() since: number;
}

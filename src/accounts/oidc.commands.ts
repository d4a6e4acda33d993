import type { Context } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { openSession, type OpenSession } from './session.commands.js';

/** What an OpenID provider says of somebody. */
export interface Identity {
  issuer: string;
  subject: string;
  /** Given only when the provider has made sure that it is his. */
  email: string | undefined;
}

/**
 * Opens a session for whom a provider vouches: the account that is linked with him, else the active account with his
 * email, which is linked with him from then on. FORBIDDEN when there is none.
 */
export function signInWith(ctx: Context, { issuer, subject, email }: Identity): Promise<OpenSession> {
  return inTransaction(ctx, async (tx) => {
    const [linked] = await tx.read<{ id: number; active: number }>(
      sql`select id, active from account where issuer = ${issuer} and subject = ${subject}`,
    );
    if (linked?.active) return openSession(ctx, tx, linked.id);
    if (linked || email === undefined) throw noAccount();
    const taken = await tx.run(
      sql`update account set issuer = ${issuer}, subject = ${subject}, version = version + 1
          where email = ${email.trim().toLowerCase()} and active = ${true} and subject is null`,
    );
    if (taken !== 1) throw noAccount();
    const [account] = await tx.read<{ id: number }>(
      sql`select id from account where issuer = ${issuer} and subject = ${subject}`,
    );
    const accountId = account!.id;
    await recordAudit(ctx, tx, { action: 'link', subject: 'Account', subjectId: accountId, accountId, note: issuer });
    return openSession(ctx, tx, accountId);
  });
}

const noAccount = () =>
  codedError('FORBIDDEN', 'You have no account here: ask an administrator to make one with your email.');

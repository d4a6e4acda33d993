import { forever } from '../../articles/visibility.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { checkText, insertUnlessThere, nowIn } from '../../kernel/write.js';
import { checkScopes, hashOfKey, newKey } from './key.rules.js';
import { lockPartner } from './partner.commands.js';
import { keyOf, keysWhere, type KeyView } from './partner.queries.js';
import { PartnerKeyRow } from './partner.rows.js';
import type { KeyScope } from './partner.words.js';

export interface KeyCreated {
  __typename: 'PartnerKeyCreated';
  key: KeyView;
  /** What the partner sends: only whoever made it sees it, and only once. */
  secret: string | null;
}

export interface NewKey extends CommandInput {
  partnerId: number;
  name: string;
  scopes: readonly KeyScope[];
  expiresAt?: number | null;
}

/**
 * Makes a key for a partner, who may have two at a time. Its text is in this answer alone: where it is given again for
 * an idempotency key, it is without.
 */
export async function createPartnerKey(ctx: Context, input: NewKey): Promise<KeyCreated | UserErrorView> {
  let secret: string | null = null;
  const answer = await perform(ctx, 'createPartnerKey', input, async (tx): Promise<KeyCreated> => {
    const name = checkText('name', input.name, { min: 1, max: 80 });
    const scopes = checkScopes(input.scopes);
    const { id: partnerId } = await lockPartner(tx, input.partnerId, 'partnerId');
    const now = await nowIn(tx);
    const expiresAt = input.expiresAt ?? forever;
    if (expiresAt <= now) throw badInput('A key has to end later than now.', 'expiresAt');
    await tx.run(sql`update partner_key set slot = null where partnerId = ${partnerId} and expiresAt <= ${now}`);
    const row = { partnerId, name, hash: '', scopes, createdAt: now, expiresAt, lastUsedAt: null, revokedAt: null };
    const id = await insertKey(tx, row);
    secret = newKey(id);
    await tx.run(sql`update partner_key set hash = ${hashOfKey(ctx.signer, secret)} where id = ${id}`);
    const detail = { partnerId, name, scopes, expiresAt: expiresAt === forever ? null : expiresAt };
    await recordAudit(ctx, tx, { action: 'create', subject: 'PartnerKey', subjectId: id, detail });
    return { __typename: 'PartnerKeyCreated', key: await keyIn(tx, id), secret: null };
  });
  return 'key' in answer ? { ...answer, secret } : answer;
}

/** Two slots, of which the unique index gives each away once: so nobody ever has a third key. */
async function insertKey(tx: Transaction, row: Omit<PartnerKeyRow, 'id' | 'slot'>): Promise<number> {
  for (const slot of [1, 2]) {
    if (!(await insertUnlessThere(tx, PartnerKeyRow, { ...row, slot }))) continue;
    const [made] = await tx.read<{ id: number }>(
      sql`select id from partner_key where partnerId = ${row.partnerId} and slot = ${slot}`,
    );
    return made!.id;
  }
  throw badInput('The partner has two keys that may be used: revoke the one he does not use any more.', 'partnerId');
}

export interface KeyRevoked {
  __typename: 'PartnerKeyRevoked';
  key: KeyView;
}

/** Ends a key at once, on all nodes; one that was revoked stays so. */
export function revokePartnerKey(
  ctx: Context,
  input: CommandInput & { id: number; note?: string | null },
): Promise<KeyRevoked | UserErrorView> {
  return perform(ctx, 'revokePartnerKey', input, async (tx) => {
    const note = input.note == null ? null : checkText('note', input.note, { max: 500 });
    const revoking = sql`update partner_key set revokedAt = ${tx.now}, slot = null where id = ${input.id}`;
    const isDone = (await tx.run(sql`${revoking} and revokedAt is null`)) > 0;
    const key = await keyIn(tx, input.id);
    if (isDone) {
      const { partnerId } = key;
      await recordAudit(ctx, tx, {
        ...{ action: 'revoke', subject: 'PartnerKey', subjectId: key.id },
        note,
        detail: { partnerId },
      });
    }
    return { __typename: 'PartnerKeyRevoked', key };
  });
}

async function keyIn(tx: Transaction, id: number): Promise<KeyView> {
  const [row] = await tx.read<Parameters<typeof keyOf>[0]>(keysWhere(sql`k.id = ${id}`, tx.now));
  if (!row) throw missing('key', 'id');
  return keyOf(row);
}

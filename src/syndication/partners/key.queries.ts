import type { Database } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import type { Signer } from '../../kernel/signing.js';
import type { PartnerViewer } from '../../kernel/viewer.js';
import { hashOfKey, isSameHash, type ReadKey } from './key.rules.js';
import type { KeyScope } from './partner.words.js';

/** Whoever showed a key that is in order. */
export interface KnownPartner {
  viewer: PartnerViewer;
  /** The database's clock. */
  now: number;
  lastUsedAt: number | null;
  requestsPerMinute: number | null;
  costPerMinute: number | null;
}

/** Why a key is refused that was one of ours: only who has it hears so. */
export type KeyRefusal = 'REVOKED' | 'EXPIRED' | 'INACTIVE';

interface Row extends Omit<KnownPartner, 'viewer'> {
  partnerId: number;
  name: string;
  hash: string;
  scopes: string;
  expiresAt: number;
  revokedAt: number | null;
  isActive: number;
}

/** Whose key it is, by one statement at the primary, so that what was revoked is so everywhere; `null` is nobody's. */
export async function partnerOfKey(
  { database, signer }: { database: Database; signer: Signer },
  key: ReadKey,
): Promise<KnownPartner | KeyRefusal | null> {
  const [row] = await database.read<Row>(
    sql`select k.partnerId, k.hash, k.scopes, k.expiresAt, k.revokedAt, k.lastUsedAt,
               p.name, p.isActive, p.requestsPerMinute, p.costPerMinute, ${database.now} as now
        from partner_key k join partner p on p.id = k.partnerId where k.id = ${key.id}`,
    'primary',
  );
  if (!isSameHash(hashOfKey(signer, key.text), row?.hash ?? null) || !row) return null;
  const { partnerId, name, now, lastUsedAt, requestsPerMinute, costPerMinute } = row;
  if (row.revokedAt !== null) return 'REVOKED';
  if (row.expiresAt <= now) return 'EXPIRED';
  if (!row.isActive) return 'INACTIVE';
  const scopes = JSON.parse(row.scopes) as KeyScope[];
  const viewer: PartnerViewer = { kind: 'partner', partnerId, keyId: key.id, name, scopes };
  return { viewer, now, lastUsedAt, requestsPerMinute, costPerMinute };
}

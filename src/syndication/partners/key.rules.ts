import { randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { badInput } from '../../kernel/errors.js';
import type { Signer } from '../../kernel/signing.js';
import { keyScopes, type KeyScope } from './partner.words.js';

/** What a partner sends: `ngp_<id in base 36>_<43 random characters><6 of a checksum>`. */
const shape = /^ngp_([1-9a-z][0-9a-z]{0,5})_[A-Za-z0-9_-]{49}$/;
const checksumLength = 6;
const largestId = 2_147_483_647;

/** A key that may be one of ours. */
export interface ReadKey {
  id: number;
  text: string;
}

/** The part of a key that is no secret: by it people tell keys apart. */
export const prefixOf = (id: number): string => `ngp_${id.toString(36)}_`;

/** A new key, which nobody but its partner will know. */
export function newKey(id: number): string {
  const body = `${prefixOf(id)}${randomBytes(32).toString('base64url')}`;
  return body + checksumOf(body);
}

/** Reads a key; `null` for what cannot be one of ours: mistyped, cut short, or made up without care. */
export function readKey(text: string): ReadKey | null {
  const id = parseInt(shape.exec(text)?.[1] ?? '', 36);
  const body = text.slice(0, -checksumLength);
  if (!(id <= largestId) || checksumOf(body) !== text.slice(-checksumLength)) return null;
  return { id, text };
}

/** Tells mistakes from keys, and lets those who look for lost keys know one; it keeps no secret. */
function checksumOf(body: string): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return sum.toString('base64url');
}

/** What is stored of a key: nobody who lacks our secret can tell whether a key belongs to it. */
export const hashOfKey = (signer: Signer, text: string): string => signer.print('partner-key', text);

const nobodys = '-'.repeat(43);

/** Whether two hashes are the same, in a time that does not tell how much of them is; `null` is nobody's. */
export const isSameHash = (given: string, stored: string | null): boolean =>
  timingSafeEqual(Buffer.from(given), Buffer.from(stored?.length === given.length ? stored : nobodys)) &&
  stored !== null;

/** Scopes as they are stored: each once, at least one. */
export function checkScopes(scopes: readonly KeyScope[]): KeyScope[] {
  if (scopes.length === 0) throw badInput('A key needs at least one scope.', 'scopes');
  return keyScopes.filter((scope) => scopes.includes(scope));
}

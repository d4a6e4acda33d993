import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Makes tokens that only we can make, each for one purpose and until a moment, and seals what only we may read again. */
export interface Signer {
  sign(purpose: string, payload: string, expiresAt: number): string;
  /** What a token of this purpose says; `null` when we did not make it. Whether it has expired is the reader's to ask. */
  read(purpose: string, token: string): { payload: string; expiresAt: number } | null;
  /** What may lie in a database: nobody reads or changes it without our key. */
  seal(purpose: string, text: string): string;
  /** What was sealed for this purpose; `null` when it was not, or under another key. */
  open(purpose: string, sealed: string): string | null;
  /** What is stored of a secret that is only to be recognised again: 43 characters that tell nothing without the key. */
  print(purpose: string, secret: string): string;
}

/**
 * Tokens are `payload.expiry.signature`, each part safe in an address: HMAC-SHA256 under the key. What is sealed is AES-256-GCM
 * under a key of its purpose, made of ours by HKDF.
 */
export function createSigner(key: string): Signer {
  const mac = (purpose: string, body: string) => createHmac('sha256', key).update(`${purpose}\n${body}`).digest();
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `seal\n${purpose}`, 32));
  return {
    seal: (purpose, text) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
    },
    open: (purpose, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < nonceBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
        return Buffer.concat(text).toString();
      } catch {
        return null;
      }
    },
    print: (purpose, secret) => mac(purpose, secret).toString('base64url'),
    sign: (purpose, payload, expiresAt) => {
      const body = `${Buffer.from(payload).toString('base64url')}.${expiresAt.toString(36)}`;
      return `${body}.${mac(purpose, body).toString('base64url')}`;
    },
    read: (purpose, token) => {
      const [payload = '', expiry = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = mac(purpose, `${payload}.${expiry}`);
      if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return { payload: Buffer.from(payload, 'base64url').toString(), expiresAt: parseInt(expiry, 36) };
    },
  };
}

const nonceBytes = 12;
const tagBytes = 16;

/** For a process that shares no tokens with another. */
export const ownSigner = createSigner(randomBytes(32).toString('base64url'));

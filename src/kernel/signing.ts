import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Makes tokens that only we can make, each for one purpose and until a moment. */
export interface Signer {
  sign(purpose: string, payload: string, expiresAt: number): string;
  /** What a token of this purpose says; `null` when we did not make it. Whether it has expired is the reader's to ask. */
  read(purpose: string, token: string): { payload: string; expiresAt: number } | null;
  /** What is stored of a secret that is only to be recognised again: 43 characters that tell nothing without the key. */
  print(purpose: string, secret: string): string;
}

/** Tokens are `payload.expiry.signature`, each part safe in an address: HMAC-SHA256 under the key. */
export function createSigner(key: string): Signer {
  const mac = (purpose: string, body: string) => createHmac('sha256', key).update(`${purpose}\n${body}`).digest();
  return {
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

/** For a process that shares no tokens with another. */
export const ownSigner = createSigner(randomBytes(32).toString('base64url'));

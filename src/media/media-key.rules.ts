import type { Signer } from '../kernel/signing.js';

const purpose = 'media';
const hour = 3_600_000;
const hours = 12;

/**
 * Makes the keys that open pictures which readers do not see yet, for twelve to thirteen hours from `now`: for the
 * addresses of a request by somebody who does. Within an hour a picture has one key.
 */
export function mediaKeys(signer: Signer, now: number): (file: string) => string {
  const expiresAt = (Math.floor(now / hour) + hours + 1) * hour;
  return (file) => signer.sign(purpose, file, expiresAt);
}

/** Until when a key opens a picture, in milliseconds since 1970; 0 when it never does. */
export function keyExpiry(signer: Signer, file: string, key: string | undefined): number {
  const read = key === undefined ? null : signer.read(purpose, key);
  return read?.payload === file ? read.expiresAt : 0;
}

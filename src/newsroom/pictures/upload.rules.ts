import type { Signer } from '../../kernel/signing.js';
import type { KeptOriginal } from '../../media/upload.scalar.js';

const toPut = 'picture-upload';
const wasPut = 'picture-uploaded';

/** How long after it was put somebody may make a picture of a file. */
const keptFor = 3_600_000;

export interface AllowedUpload {
  accountId: number;
  /** How long the file is at most. */
  bytes: number;
  expiresAt: number;
}

/** What lets whoever has it put one file, on behalf of an account, until it expires. */
export const uploadToken = (signer: Signer, { accountId, bytes, expiresAt }: AllowedUpload): string =>
  signer.sign(toPut, `${accountId} ${bytes}`, expiresAt);

/** What an upload token allows; `null` when it is none of ours. Whether it has expired is the reader's to ask. */
export function allowedUpload(signer: Signer, token: string): AllowedUpload | null {
  const read = signer.read(toPut, token);
  if (!read) return null;
  const [accountId = 0, bytes = 0] = read.payload.split(' ').map(Number);
  return { accountId, bytes, expiresAt: read.expiresAt };
}

/** What is answered for a file that was put: it names the original, and who may make a picture of it. */
export const originalToken = (signer: Signer, accountId: number, kept: KeptOriginal, now: number): string =>
  signer.sign(wasPut, JSON.stringify([accountId, kept.file, kept.width, kept.height]), now + keptFor);

/** The original that such an answer names, when it was put there on behalf of this account and not long ago. */
export function originalIn(signer: Signer, token: string, by: { accountId: number; now: number }): KeptOriginal | null {
  const read = signer.read(wasPut, token);
  if (!read || read.expiresAt <= by.now) return null;
  const [accountId, file, width, height] = JSON.parse(read.payload) as [number, string, number, number];
  return accountId === by.accountId ? { file, width, height } : null;
}

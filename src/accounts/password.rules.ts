import { hash, verify } from '@node-rs/argon2';

/** A password as it is stored: argon2id with 19 MiB and two passes. */
export const hashed = (password: string): Promise<string> => hash(password);

let nobodys: Promise<string> | undefined;

/** Whether a password is the one that was stored; takes its time also when nothing was. */
export async function isPassword(stored: string | null, given: string): Promise<boolean> {
  const right = await verify(stored ?? (await (nobodys ??= hash('nobody has this password'))), given);
  return right && stored !== null;
}

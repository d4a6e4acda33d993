import { createHash } from 'node:crypto';
import type { MediaStore } from './media.store.js';
import { renditionWidths } from './picture.rules.js';

/** Where the original with this hash lies in the media store. */
export const originalPath = (file: string): string => `${file.slice(0, 2)}/${file}`;

export const renditionPath = (file: string, width: number): string => `renditions/${file}/${width}.webp`;

/** Keeps an original under the hash of its bytes, so that keeping it again changes nothing; gives the hash. */
export async function storeOriginal(store: MediaStore, bytes: Buffer): Promise<string> {
  const file = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  if (!(await store.has(originalPath(file)))) await store.write(originalPath(file), bytes);
  return file;
}

/** Removes what was made of a picture; its original stays, and who may see it has it made again. */
export async function forgetRenditions(store: MediaStore, file: string): Promise<void> {
  await Promise.all(renditionWidths.map((width) => store.remove(renditionPath(file, width))));
}

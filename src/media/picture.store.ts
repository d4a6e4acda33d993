import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the original with this hash lies below the media folder. */
export const originalPath = (mediaDir: string, file: string): string => join(mediaDir, file.slice(0, 2), file);

/** Keeps an original under the hash of its bytes, so that keeping it again changes nothing; gives the hash. */
export async function storeOriginal(mediaDir: string, bytes: Buffer): Promise<string> {
  const file = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const path = originalPath(mediaDir, file);
  if (await stat(path).catch(() => null)) return file;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, bytes);
  await rename(unfinished, path);
  return file;
}

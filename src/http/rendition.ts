import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { originalPath } from '../media/picture.store.js';
import { limited } from './limited.js';

/** Gives the bytes of a picture in one width, or nothing when there is no such original. */
export type Renditions = (file: string, width: number) => Promise<Buffer | null>;

const largestOriginal = 50 * 1024 * 1024;
const atOnce = 2;
const waitingAtMost = 100;

/** Renditions are made when first asked for, once however many ask, and kept on disk below the originals. */
export function createRenditions(mediaDir: string): Renditions {
  const making = new Map<string, Promise<Buffer | null>>();
  const inTurn = limited(atOnce, waitingAtMost);

  return async (file, width) => {
    const path = join(mediaDir, 'renditions', file, `${width}.webp`);
    const kept = await readFile(path).catch(absent);
    if (kept) return kept;
    const made =
      making.get(path) ??
      inTurn(() => make(originalPath(mediaDir, file), path, width)).finally(() => making.delete(path));
    making.set(path, made);
    return made;
  };
}

async function make(original: string, path: string, width: number): Promise<Buffer | null> {
  const found = await stat(original).catch(absent);
  if (!found?.isFile()) return null;
  if (found.size > largestOriginal) throw new Error(`the original ${original} is larger than 50 MB`);
  const bytes = await render(await readFile(original), width);
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return bytes;
}

/** The right way up, in sRGB, never larger than the original, and without what the camera wrote about its owner. */
function render(original: Buffer, width: number): Promise<Buffer> {
  return sharp(original, { limitInputPixels: 100_000_000, failOn: 'error' })
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 80 })
    .timeout({ seconds: 20 })
    .toBuffer();
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

import sharp from 'sharp';
import type { MediaStore } from '../media/media.store.js';
import { originalPath, renditionPath } from '../media/picture.store.js';
import { limited } from './limited.js';

/** Gives the bytes of a picture in one width, or nothing when there is no such original. */
export type Renditions = (file: string, width: number) => Promise<Buffer | null>;

const largestOriginal = 200 * 1024 * 1024;
const atOnce = 2;
const waitingAtMost = 100;

/** Renditions are made when first asked for, once however many ask, and kept in the store beside the originals. */
export function createRenditions(store: MediaStore): Renditions {
  const making = new Map<string, Promise<Buffer | null>>();
  const inTurn = limited(atOnce, waitingAtMost);

  return async (file, width) => {
    const path = renditionPath(file, width);
    const kept = await store.read(path);
    if (kept) return kept;
    const made = making.get(path) ?? inTurn(() => make(store, file, width)).finally(() => making.delete(path));
    making.set(path, made);
    return made;
  };
}

async function make(store: MediaStore, file: string, width: number): Promise<Buffer | null> {
  const original = await store.read(originalPath(file), largestOriginal);
  if (!original) return null;
  const bytes = await render(original, width);
  await store.write(renditionPath(file, width), bytes);
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

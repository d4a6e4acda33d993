import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { renditionWidths } from '../media/picture.rules.js';
import { originalPath } from '../media/picture.store.js';
import { errorBody } from './error.masking.js';

const largestPixels = 100_000_000;

/** Serves `/media/HASH/WIDTH.webp`: made from the original when first asked for, then kept; originals are not served. */
export function routeMedia(server: FastifyInstance, mediaDir: string): void {
  const inHand = new Map<string, Promise<void>>();

  server.get<{ Params: { file: string; rendition: string } }>('/media/:file/:rendition', async (request, reply) => {
    const { file, rendition } = request.params;
    const width = renditionWidths.find((each) => `${each}.webp` === rendition);
    const original = originalPath(mediaDir, file);
    if (!/^[0-9a-f]{32}$/.test(file) || !width || !(await exists(original))) {
      return reply.code(404).send(errorBody('NOT_FOUND', 'There is no such picture.'));
    }
    const made = join(mediaDir, 'renditions', file, rendition);
    if (!(await exists(made))) {
      const making = inHand.get(made) ?? make(original, made, width).finally(() => inHand.delete(made));
      inHand.set(made, making);
      await making;
    }
    return reply
      .type('image/webp')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(createReadStream(made));
  });
}

async function make(original: string, made: string, width: number): Promise<void> {
  const unfinished = `${made}.${randomUUID()}`;
  await mkdir(dirname(made), { recursive: true });
  await sharp(original, { limitInputPixels: largestPixels, failOn: 'error' })
    .rotate()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 82 })
    .toFile(unfinished);
  await rename(unfinished, made);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import { LRUCache } from 'lru-cache';

export type Encoding = 'br' | 'gzip';

/** A body in the encodings that were asked for, each made once. */
export type Encoded = Partial<Record<Encoding, Buffer | Promise<Buffer>>>;

const leastBytes = 1_024;

const encodings: Encoding[] = ['br', 'gzip'];
const wanted = new LRUCache<string, Encoding | 'none'>({ max: 200 });

const compress: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

/** The encoding that a request wants a body in; none for short ones. */
export function encodingFor(body: Buffer, accepted: string | undefined): Encoding | null {
  if (!accepted || accepted.length > 200 || body.length < leastBytes) return null;
  const known = wanted.get(accepted) ?? negotiate<Encoding>(accepted, encodings) ?? 'none';
  wanted.set(accepted, known);
  return known === 'none' ? null : known;
}

/** A body in an encoding: at once when it was made before. */
export function encodedBody(
  { body, encoded }: { body: Buffer; encoded: Encoded },
  encoding: Encoding,
): Buffer | Promise<Buffer> {
  return (encoded[encoding] ??= compress[encoding](body).then(
    (bytes) => (encoded[encoding] = bytes),
    (error: unknown) => {
      delete encoded[encoding];
      throw error;
    },
  ));
}

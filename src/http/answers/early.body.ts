import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { hangUpUnlessRead } from '../patience.js';

/** Bodies that were read before Fastify saw the request; it is given them again. */
export interface EarlyBodies {
  /** Whether a request brings JSON of a length that is told, and not more than so many bytes. */
  isShort(request: IncomingMessage, mostBytes: number): boolean;
  /** Reads the body; `then` gets what it says, or nothing when it is no JSON. A request that breaks off is nobody's. */
  read(request: IncomingMessage, then: (body: unknown) => void): void;
}

export function earlyBodies(server: FastifyInstance): EarlyBodies {
  const read = new WeakMap<IncomingMessage, Buffer>();
  server.addHook('preParsing', (request, _, payload, done) => {
    const bytes = read.get(request.raw);
    if (!bytes) return done(null, payload);
    done(null, Object.assign(Readable.from([bytes]), { receivedEncodedLength: bytes.length }));
  });
  return {
    isShort: ({ headers }, mostBytes) =>
      Number(headers['content-length']) <= mostBytes &&
      headers['content-encoding'] === undefined &&
      /^application\/json(;|$)/.test(headers['content-type'] ?? ''),
    read: (request, then) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => void parts.push(part));
      request.on('end', () => {
        const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
        read.set(request, bytes);
        then(parsed(bytes));
      });
      hangUpUnlessRead(request);
    },
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

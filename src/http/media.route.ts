import type { FastifyInstance } from 'fastify';
import { codedError } from '../kernel/errors.js';
import { renditionWidths } from '../media/picture.rules.js';
import type { Renditions } from './rendition.js';

interface Params {
  Params: { file: string; name: string };
}

const widths = new Set<string>(renditionWidths.map((width) => `${width}.webp`));

/** `/media/<hash of the original>/<width>.webp`: what is behind such an address never changes. */
export function mediaRoute(server: FastifyInstance, renditions: Renditions): void {
  server.get<Params>('/media/:file/:name', { logLevel: 'warn' }, async (request, reply) => {
    const { file, name } = request.params;
    if (!/^[0-9a-f]{32}$/.test(file) || !widths.has(name)) throw noPicture();
    const etag = `"${file}-${parseInt(name, 10)}"`;
    const known = request.headers['if-none-match'] === etag;
    const rendition = known ? null : await renditions(file, parseInt(name, 10));
    if (!known && !rendition) throw noPicture();
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('etag', etag);
    return known ? reply.code(304).send() : reply.type('image/webp').send(rendition);
  });
}

const noPicture = () => codedError('NOT_FOUND', 'There is no such picture, or not in this width.');

import type { FastifyInstance } from 'fastify';
import { codedError } from '../kernel/errors.js';
import { renditionWidths } from '../media/picture.rules.js';
import type { MediaAccess } from './media.access.js';
import type { Renditions } from './rendition.js';

interface Params {
  Params: { file: string; name: string };
  Querystring: { key?: unknown };
}

const widths = new Set<string>(renditionWidths.map((width) => `${width}.webp`));

/** Browsers ask again after an hour; caches of ours after a day, unless they are told by the surrogate key. */
const open = 'public, max-age=3600, s-maxage=86400, stale-if-error=86400';

/**
 * `/media/<hash of the original>/<width>.webp`: what is behind such an address never changes, but who may fetch it does.
 * A picture that readers do not see is there for nobody without `?key=`.
 */
export function mediaRoute(
  server: FastifyInstance,
  { renditions, accessOf }: { renditions: Renditions; accessOf: MediaAccess },
): void {
  server.get<Params>('/media/:file/:name', { logLevel: 'warn' }, async (request, reply) => {
    const { file, name } = request.params;
    if (!/^[0-9a-f]{32}$/.test(file) || !widths.has(name)) throw noPicture();
    const { key } = request.query;
    const access = await accessOf(file, typeof key === 'string' ? key : undefined);
    if (!access) throw noPicture();
    const etag = `"${file}-${parseInt(name, 10)}"`;
    const known = request.headers['if-none-match'] === etag;
    const rendition = known ? null : await renditions(file, parseInt(name, 10));
    if (!known && !rendition) throw noPicture();
    reply.header('cross-origin-resource-policy', 'cross-origin').header('etag', etag);
    if (access === 'OPEN') reply.header('cache-control', open).header('surrogate-key', `media-${file}`);
    else reply.header('cache-control', 'private, no-store');
    return known ? reply.code(304).send() : reply.type('image/webp').send(rendition);
  });
}

const noPicture = () => codedError('NOT_FOUND', 'There is no such picture, or not in this width.');

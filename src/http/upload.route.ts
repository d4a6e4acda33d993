import type { FastifyInstance, FastifyRequest } from 'fastify';
import { codedError } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import type { KeptOriginal } from '../media/upload.scalar.js';
import { allowedUpload, originalToken, type AllowedUpload } from '../newsroom/pictures/upload.rules.js';
import type { Service } from './context.js';
import { tooLong } from './upload.multipart.js';

interface Query {
  Querystring: { token?: unknown };
}

interface UploadOptions {
  service: Service;
  uploadBytes: number;
  keep: (bytes: Buffer) => Promise<KeptOriginal>;
}

/** `PUT /media/uploads?token=…`: one file as it is, for whoever has an address that `createPictureUpload` made. */
export async function uploadRoute(
  server: FastifyInstance,
  { service, uploadBytes, keep }: UploadOptions,
): Promise<void> {
  const { database, signer } = service;
  const allowed = new WeakMap<FastifyRequest, AllowedUpload & { now: number }>();
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    scope.put<Query>('/media/uploads', {
      bodyLimit: uploadBytes,
      onRequest: async (request, reply) => {
        const { token } = request.query;
        const upload = typeof token === 'string' ? allowedUpload(signer, token) : null;
        const [row] = await database.read<{ now: number }>(sql`select ${database.now} as now`, 'primary');
        void reply.header('connection', 'close'); // what is refused is not read
        if (!upload || upload.expiresAt <= row!.now) {
          throw codedError('UNAUTHENTICATED', 'This address takes no file any more: ask for another one.');
        }
        const most = Math.min(upload.bytes, uploadBytes);
        if (Number(request.headers['content-length'] ?? 0) > most) throw tooLong(most);
        void reply.removeHeader('connection');
        allowed.set(request, { ...upload, now: row!.now });
      },
      handler: async (request, reply) => {
        const { accountId, bytes, now } = allowed.get(request)!;
        const { body } = request;
        if (!Buffer.isBuffer(body) || body.length === 0) throw codedError('BAD_USER_INPUT', 'The request has no body.');
        if (body.length > bytes) throw tooLong(bytes);
        const upload = originalToken(signer, accountId, await keep(body), now);
        return reply.code(201).header('cache-control', 'no-store').send({ upload });
      },
    });
  });
}

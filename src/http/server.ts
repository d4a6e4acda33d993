import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import { errorBody } from './error.masking.js';

/** Headers that must never reach a log. */
const secrets = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'res.headers["set-cookie"]',
];

/** A web server with what every route has in common: limits, safe headers, CORS by list, errors as JSON, a quiet log. */
export async function createServer(config: Config): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: config.limits.bodyBytes,
    trustProxy: config.trustProxy,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    return503OnClosing: true,
    logger: {
      level: config.logLevel,
      redact: secrets,
      serializers: { req: ({ method, url }) => ({ method, path: url.split('?', 1)[0]! }) },
    },
    disableRequestLogging: true,
  });
  server.addHook('onResponse', async (request, reply) => {
    request.log.debug({ req: request, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  server.setNotFoundHandler((_, reply) => reply.code(404).send(errorBody('NOT_FOUND', 'There is nothing here.')));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ id: request.id, err: error }, 'A request failed');
      return reply.code(500).send(errorBody('INTERNAL', 'Something went wrong on our side.', { id: request.id }));
    }
    return reply.code(status).send(errorBody('BAD_USER_INPUT', said[error.code] ?? 'The request cannot be read.'));
  });
  await server.register(helmet, { crossOriginResourcePolicy: { policy: 'same-origin' } });
  if (config.corsOrigins.length > 0) {
    await server.register(cors, { origin: config.corsOrigins, methods: ['GET', 'POST'], maxAge: 600 });
  }
  return server;
}

/** What Fastify's own refusals mean to whoever sent the request. */
const said: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is too large. Send shorter documents, or fewer variables.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the request as application/json.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is not JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty: send a JSON object with a "query".',
};

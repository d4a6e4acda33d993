import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import proxyAddress from '@fastify/proxy-addr';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.js';
import { answerClientError, answerErrorsAsJson, answerFrameworkError } from './error.replies.js';
import { createMask, type Mask } from './errors.js';
import { limitPatience, patience } from './patience.js';
import { logOptions, pathOf, type LogStream } from './log.js';

export interface Server {
  server: FastifyInstance;
  mask: Mask;
}

/** An HTTP server without routes: what holds for every answer, and how much patience and room a client gets. */
export async function createServer(config: Config, logStream?: LogStream): Promise<Server> {
  const server = fastify({
    logger: logOptions(config.logLevel, logStream),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustIn(config.trustProxy),
    bodyLimit: config.limits.bodyBytes,
    requestTimeout: patience.file,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000, // longer than the 60 seconds of common load balancers, so that they hang up first
    http: { maxHeaderSize: 16_384, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    return503OnClosing: false, // what still comes in while we drain is answered
    clientErrorHandler: answerClientError,
    frameworkErrors: answerFrameworkError,
  });
  const mask = createMask(server.log);
  answerErrorsAsJson(server, config, mask);
  server.removeContentTypeParser('text/plain'); // a form on any site can send it
  server.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  server.addHook('onResponse', async (request, reply) => {
    const { id, method, url } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.debug({ reqId: id, method, path: pathOf(url), status: reply.statusCode, ms }, 'answered');
  });
  limitPatience(server);
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    xDnsPrefetchControl: false,
    xDownloadOptions: false, // these five are for browsers and plug-ins of long ago
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    originAgentCluster: false,
    strictTransportSecurity: config.siteUrl.startsWith('https:') && { maxAge: 31_536_000, includeSubDomains: false },
  });
  await server.register(cookie);
  if (config.corsOrigins.length > 0) {
    await server.register(cors, {
      origin: config.corsOrigins,
      credentials: true,
      methods: ['GET', 'POST', 'PUT'],
      maxAge: 600,
    });
  }
  return { server, mask };
}

/** Of the addresses that proxies wrote down, only those a trusted one wrote count: the client can write the first. */
const trustIn = (proxies: Config['trustProxy']) => (proxies === true ? (_: string, hop: number) => hop === 0 : proxies);

/** The address that a request comes from that the framework does not see, as it would tell it. */
export const addressFrom = (proxies: Config['trustProxy'], request: IncomingMessage): string => {
  const trust = trustIn(proxies);
  return trust === false ? (request.socket.remoteAddress ?? '') : proxyAddress(request, trust);
};

/** Nothing we answer is a page, except the explorer, which says so itself. */
const policy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

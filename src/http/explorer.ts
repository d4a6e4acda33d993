import fastifyStatic from '@fastify/static';
import { getDistDirectory, renderAltair } from 'altair-static';
import type { FastifyInstance } from 'fastify';
import { articlePageDocument, articlePageVariables } from './article-page.document.js';

/** An explorer in the browser at `/explorer/`, from files of ours, so that it works without a network. */
export async function routeExplorer(server: FastifyInstance): Promise<void> {
  const page = renderAltair({
    baseURL: '/explorer/',
    endpointURL: '/graphql',
    initialQuery: articlePageDocument,
    initialVariables: JSON.stringify(articlePageVariables, null, 2),
    instanceStorageNamespace: 'newsgraph_',
    persistedSettings: { 'alert.disableUpdateNotification': true, 'alert.disableWarnings': true } as never,
  });
  await server.register(async (explorer) => {
    explorer.addHook('onRequest', async (_, reply) => {
      void reply.header('content-security-policy', explorerPolicy);
    });
    explorer.get('/explorer/', (_, reply) => reply.type('text/html').send(page));
    await explorer.register(fastifyStatic, { root: getDistDirectory(), prefix: '/explorer/', index: false });
  });
  server.get('/', (_, reply) => reply.redirect('/explorer/'));
  server.get('/explorer', (_, reply) => reply.redirect('/explorer/'));
}

const explorerPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "frame-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

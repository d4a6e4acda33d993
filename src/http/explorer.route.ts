import staticFiles from '@fastify/static';
import { getDistDirectory, renderAltair, renderInitSnippet, type RenderOptions } from 'altair-static';
import type { FastifyInstance } from 'fastify';

/** What stands in the explorer when it is opened for the first time. */
export interface ExplorerDocument {
  query: string;
  variables: Record<string, unknown>;
}

export const explorerPath = '/explorer/';

/** Altair in the browser, from our own files alone: it works without a network. */
export async function explorerRoutes(server: FastifyInstance, { query, variables }: ExplorerDocument): Promise<void> {
  const options: RenderOptions = {
    baseURL: explorerPath,
    serveInitialOptionsInSeperateRequest: 'newsgraph.js',
    endpointURL: '/graphql',
    initialName: 'Article page',
    initialQuery: query,
    initialVariables: JSON.stringify(variables, null, 2),
    disableAccount: true,
  };
  const page = renderAltair(options).replace('</head>', `${withoutAdvertisements}</head>`);
  const start = renderInitSnippet(options);

  await server.register(async (explorer) => {
    explorer.addHook('onSend', async (_, reply) => {
      reply.header('content-security-policy', policy).header('cache-control', 'no-cache');
    });
    explorer.get(explorerPath, async (_, reply) => reply.type('text/html').send(page));
    explorer.get(`${explorerPath}newsgraph.js`, async (_, reply) => reply.type('text/javascript').send(start));
    await explorer.register(staticFiles, { root: getDistDirectory(), prefix: explorerPath, index: false });
  });
  server.get('/', async (_, reply) => reply.redirect(explorerPath));
  server.get('/explorer', async (_, reply) => reply.redirect(explorerPath));
}

/** Altair's banners offer an assistant that is not here, and would lead out of here. */
const withoutAdvertisements = '<style>app-banner-container { display: none }</style>';

/** What Altair needs, all from here; its own scripts stand in files, but it styles its elements. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

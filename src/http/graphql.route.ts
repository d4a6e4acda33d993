import { type ApolloServer, HeaderMap } from '@apollo/server';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '../config.js';
import type { Context } from '../kernel/context.js';
import { checkMultipart, operationsOf, type Receive } from './upload.multipart.js';

interface GraphqlOptions {
  apollo: ApolloServer<Context>;
  /** Makes what one request is answered with. */
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;
  /** Where a browser that comes without a query is sent. */
  explorer: string | undefined;
  limits: Limits;
  receive: Receive;
}

/** `/graphql`: POST for all operations, as multipart with a file in it, and GET for queries. */
export async function graphqlRoute(server: FastifyInstance, options: GraphqlOptions): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(multipart); // here only: no other address reads it
    answer(scope, options);
  });
}

function answer(server: FastifyInstance, { apollo, contextOf, explorer, limits, receive }: GraphqlOptions): void {
  const bodyOf = async (request: FastifyRequest, reply: FastifyReply, ctx: Context): Promise<unknown> => {
    if (!request.isMultipart()) return request.body;
    void reply.header('connection', 'close'); // what is refused is not read
    checkMultipart(request, ctx);
    const body = await operationsOf(request, limits, receive);
    void reply.removeHeader('connection');
    return body;
  };
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (explorer && isVisit(request)) return reply.redirect(explorer);
      const ctx = await contextOf(request, reply);
      const body = await bodyOf(request, reply, ctx);
      const {
        status = 200,
        headers,
        body: answered,
      } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headersOf(request),
          search: searchOf(request),
          body,
        },
        context: async () => ctx,
      });
      return send(reply.code(status).headers(Object.fromEntries(headers)), answered);
    },
  });
}

/** No answer may be kept yet: caching comes with documents that are known to be public. */
function send(reply: FastifyReply, body: { kind: 'complete'; string: string } | { kind: 'chunked' }): FastifyReply {
  if (body.kind === 'chunked') throw new Error('answers in parts are not offered');
  return reply.header('cache-control', 'no-store').header('vary', varyOf(reply)).send(body.string);
}

const varyOf = (reply: FastifyReply): string => [reply.getHeader('vary'), 'Accept'].filter(Boolean).join(', ');

const isVisit = (request: FastifyRequest): boolean =>
  request.method === 'GET' && !!request.headers.accept?.includes('text/html') && searchOf(request) === '';

function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../kernel/context.js';

interface GraphqlOptions {
  apollo: ApolloServer<Context>;
  /** Makes what one request is answered with. */
  contextOf: () => Context;
  /** Where a browser that comes without a query is sent. */
  explorer: string | undefined;
}

/** `/graphql`: POST for all operations, GET for queries. */
export function graphqlRoute(server: FastifyInstance, { apollo, contextOf, explorer }: GraphqlOptions): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (explorer && isVisit(request)) return reply.redirect(explorer);
      const {
        status = 200,
        headers,
        body,
      } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headersOf(request),
          search: searchOf(request),
          body: request.body,
        },
        context: async () => contextOf(),
      });
      return send(reply.code(status).headers(Object.fromEntries(headers)), body);
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

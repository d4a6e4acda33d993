import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import type { Context } from '../kernel/context.js';
import { costPlugin } from './cost.plugin.js';
import { documentLimits } from './document.limits.js';
import { maskErrors } from './error.masking.js';

/** Starts the GraphQL server over the schema, with all its limits; the caller stops it. */
export async function startGraphql(
  config: Pick<Config, 'introspection' | 'limits'>,
  schema: GraphQLSchema,
  server: FastifyInstance,
): Promise<ApolloServer<Context>> {
  const { limits, introspection } = config;
  const graphql = new ApolloServer<Context>({
    schema,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [documentLimits(limits)],
    formatError: maskErrors(server.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costPlugin(limits),
    ],
  });
  await graphql.start();
  return graphql;
}

/** Answers GraphQL at `/graphql`: queries by GET and POST, each request with a context of its own. */
export function routeGraphql(
  server: FastifyInstance,
  graphql: ApolloServer<Context>,
  { context, explorer }: { context: () => Context; explorer: boolean },
): void {
  const answer = fastifyApolloHandler(graphql, { context: () => Promise.resolve(context()) });
  server.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: async (request, reply) => {
      const wantsPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
      if (wantsPage && explorer) return reply.redirect('/explorer/');
      return answer.call(server, request, reply);
    },
  });
}

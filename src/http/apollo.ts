import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import type { Context } from '../kernel/context.js';
import { keepPlugin } from './answers/keep.plugin.js';
import type { Documents } from './compiled/documents.js';
import { learningPlugin } from './compiled/short.way.js';
import type { Costs } from './cost.memory.js';
import { costPlugin } from './cost.plugin.js';
import { documentLimits } from './document.limits.js';
import { createFormatError, type Mask } from './errors.js';
import { persistedDocuments, type Siblings } from './persisted.js';
import { statusPlugin } from './status.plugin.js';

interface ApolloParts {
  log: FastifyBaseLogger;
  mask: Mask;
  costs: Costs;
  documents: Documents;
  siblings: Siblings | undefined;
}

/**
 * Apollo with everything closed that is open by default. Parsed documents and persisted queries are kept in caches of
 * at most 30 MB each.
 */
export async function startApollo(
  config: Config,
  schema: GraphQLSchema,
  { log, mask, costs, documents, siblings }: ApolloParts,
): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema,
    logger: log,
    nodeEnv: config.production ? 'production' : 'development',
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    // no page of another site can send one of these unasked
    csrfPrevention: {
      requestHeaders: ['x-apollo-operation-name', 'apollo-require-preflight', 'x-api-key', 'authorization'],
    },
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    cache: 'bounded',
    persistedQueries: { cache: persistedDocuments(siblings) },
    parseOptions: { maxTokens: config.limits.tokens },
    validationRules: [documentLimits(config.limits)],
    formatError: createFormatError(mask, { suggestions: config.introspection }),
    plugins: [
      costPlugin(schema, costs, config.limits),
      learningPlugin(documents),
      statusPlugin(),
      keepPlugin,
      ApolloServerPluginCacheControlDisabled(), // it would wrap every field of every request
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}

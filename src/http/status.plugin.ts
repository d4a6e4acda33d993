import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLError, Kind } from 'graphql';
import type { Context } from '../kernel/context.js';

/**
 * GraphQL over HTTP: to a client that only knows `application/json` a document that does not parse, fit the schema or
 * get its variables is answered with 200, since such a client may take another status for a broken way to us. One
 * that names `application/graphql-response+json` gets 400. What we refuse as too much is 400 to both, and what is to be
 * asked again later 429 with `Retry-After`.
 */
export function statusPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      const knowsGraphql = request.http?.headers.get('accept')?.includes('application/graphql-response+json');
      return {
        async willSendResponse({ response: { http, body }, errors = [] }) {
          const later = errors.find(({ extensions }) => extensions.code === 'RATE_LIMITED')?.extensions.retryAfter;
          if (later !== undefined) {
            http.status = 429;
            http.headers.set('retry-after', String(Number(later)));
          }
          if (knowsGraphql) return;
          if (http.status !== 400 || body.kind !== 'single') return;
          const codes = body.singleResult.errors?.map((error) => error.extensions?.code) ?? [];
          if (codes.every((code) => aboutDocument.has(code)) || errors.every(aboutVariable)) http.status = 200;
        },
      };
    },
  };
}

const aboutDocument = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

const aboutVariable = ({ nodes }: GraphQLError): boolean => nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;

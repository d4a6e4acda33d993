import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLError, Kind } from 'graphql';
import type { Context } from '../kernel/context.js';

/**
 * GraphQL over HTTP: to a client that only knows `application/json` a document that does not parse, fit the schema or
 * get its variables is answered with 200, since such a client may take another status for a broken way to us. One
 * that names `application/graphql-response+json` gets 400. What we refuse as too much is 400 to both.
 */
export function statusPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      if (request.http?.headers.get('accept')?.includes('application/graphql-response+json')) return;
      return {
        async willSendResponse({ response: { http, body }, errors = [] }) {
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

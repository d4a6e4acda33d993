import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { errorCodes } from '../kernel/errors.js';

/** Codes that Apollo gives before anything of ours has run. */
const apolloCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
];

const spoken = new Set<unknown>([...errorCodes.filter((code) => code !== 'INTERNAL'), ...apolloCodes]);

export interface ErrorLog {
  error(details: object, message: string): void;
}

/** Lets through errors that are meant for clients; all others become INTERNAL with an id, under which they are logged. */
export function maskErrors(log: ErrorLog) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (spoken.has(formatted.extensions?.code)) return withoutStack(formatted);
    const id = randomUUID().slice(0, 8);
    const cause = (error as { originalError?: unknown }).originalError ?? error;
    log.error({ id, path: formatted.path, err: cause }, 'A request failed');
    return {
      message: 'Something went wrong on our side. If it stays so, tell us the id of this error.',
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL', id },
    };
  };
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _, http: __, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

/** An answer outside of GraphQL, in the same shape. */
export const errorBody = (code: string, message: string, extensions: object = {}) => ({
  errors: [{ message, extensions: { code, ...extensions } }],
});

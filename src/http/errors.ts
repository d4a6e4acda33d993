import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { errorCodes } from '../kernel/errors.js';

/** Codes Apollo gives to requests that never came to run. */
const protocolCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
];

const ours = new Set<unknown>(errorCodes.filter((code) => code !== 'INTERNAL'));
const beforeRunning = new Set<unknown>([...ours, ...protocolCodes]);
const longestMessage = 1_000;

/** What is shown of an error nobody planned: nothing but an id, under which the log has the rest. */
export type Mask = (error: unknown) => GraphQLFormattedError;

/** Logs each error once, however many fields it broke, and shows the same id for all of them. */
export function createMask(log: FastifyBaseLogger): Mask {
  const ids = new WeakMap<object, string>();
  return (error) => {
    const cause = innermost(error);
    const known = typeof cause === 'object' && cause !== null ? ids.get(cause) : undefined;
    const id = known ?? randomBytes(6).toString('hex');
    if (!known) {
      if (typeof cause === 'object' && cause !== null) ids.set(cause, id);
      log.error({ errorId: id, err: cause instanceof Error ? cause : new Error(String(cause)) }, 'masked error');
    }
    return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', id } };
  };
}

/** Shows the errors we planned or the protocol knows, and masks all others. */
export function createFormatError(mask: Mask, { suggestions }: { suggestions: boolean }) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const where = { ...(locations && { locations }), ...(path && { path }) };
    const code = codeOf(error, formatted.extensions?.code);
    if (code === undefined) return { ...mask(error), ...where };
    const message = messageOf(formatted.message, suggestions);
    return { message, ...where, extensions: { ...formatted.extensions, code } };
  };
}

/** The code that may be shown, or nothing. While fields are answered only what we threw on purpose is shown. */
function codeOf(error: unknown, code: unknown): unknown {
  const cause = innermost(error);
  if (!(error instanceof GraphQLError)) return undefined;
  if (error.path) return cause instanceof GraphQLError && ours.has(code) ? code : undefined;
  if (isTokenLimit(error.message)) return 'DOCUMENT_LIMIT';
  if (cause instanceof GraphQLError && cause.extensions.code === 'DOCUMENT_LIMIT') return 'DOCUMENT_LIMIT';
  if (beforeRunning.has(code)) return code;
  return cause instanceof GraphQLError ? 'BAD_REQUEST' : undefined;
}

function messageOf(message: string, suggestions: boolean): string {
  const limit = isTokenLimit(message);
  if (limit) return `The document has more than ${limit} tokens, which is the limit. Split it into several requests.`;
  const shown = suggestions ? message : message.replace(/ ?Did you mean .+\?$/s, '');
  return shown.length > longestMessage ? `${shown.slice(0, longestMessage)}…` : shown;
}

/** graphql-js has no code for it. */
const isTokenLimit = (message: string): string | undefined =>
  /^Syntax Error: Document contains more tha[nt] (\d+) tokens/.exec(message)?.[1];

function innermost(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

import { GraphQLError } from 'graphql';

/** Every code a client can meet in `errors[].extensions.code`; anything else is masked as INTERNAL. */
export const errorCodes = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'COST_LIMIT',
  'DOCUMENT_LIMIT',
  'RATE_LIMITED',
  'TIMEOUT',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The client asked for something that cannot be given as asked; the message says what to change. */
export function badInput(message: string): GraphQLError {
  return codedError('BAD_USER_INPUT', message);
}

export function codedError(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** A mistake of whoever runs the service or the command line: shown as one sentence, without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

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

/** What an editor can act on, as a member of a mutation's result: `path` names the field of the input, outermost first. */
export interface UserErrorView {
  __typename: string;
  message: string;
  path: readonly string[];
}

/** Thrown in a command: nothing of it happens, and the mutation answers with `view`, a type that implements UserError. */
export class Refusal extends GraphQLError {
  constructor(readonly view: UserErrorView) {
    super(view.message, { extensions: { code: 'BAD_USER_INPUT' } });
  }
}

/** The client asked for something that cannot be given as asked; the message says what to change, `field` where. */
export function badInput(message: string, field = ''): Refusal {
  const path = field === '' ? [] : field.split('.');
  return new Refusal({ __typename: 'InvalidInput', message, path });
}

/** What an input speaks of is not there, or not for the viewer. */
export function missing(what: string, field: string): Refusal {
  return new Refusal({ __typename: 'Missing', message: `There is no such ${what}.`, path: field.split('.') });
}

/** Somebody else has changed the thing since the editor saw it. */
export function staleVersion(what: string, expectedVersion: number, currentVersion: number): Refusal {
  return new Refusal(
    Object.assign(
      {
        __typename: 'StaleVersion',
        message: `The ${what} has been changed since: it is at version ${currentVersion}, not ${expectedVersion}. Load it again and repeat the change.`,
        path: ['expectedVersion'],
      },
      { expectedVersion, currentVersion },
    ),
  );
}

export function codedError(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** A mistake of whoever runs the service or the command line: shown as one sentence, without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

import { HeaderMap } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { codedError } from '../kernel/errors.js';

/** RATE_LIMITED, which says in how many seconds it is worth trying again; over HTTP it is 429 with `Retry-After`. */
export function tooMany(message: string, ms: number): GraphQLError {
  const retryAfter = Math.max(1, Math.ceil(ms / 1_000));
  return codedError('RATE_LIMITED', `${message} Try again in ${retryAfter} seconds.`, {
    retryAfter,
    http: { status: 429, headers: new HeaderMap([['retry-after', String(retryAfter)]]) },
  });
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Config } from '../config.js';
import { codedError, type ErrorCode } from '../kernel/errors.js';
import type { Mask } from './errors.js';

interface Reply {
  status: number;
  error: GraphQLFormattedError;
  /** In how many seconds it is worth trying again. */
  retryAfter?: unknown;
}

/** Lets everything that fails outside GraphQL answer in GraphQL's shape, `{ errors: [{ message, extensions }] }`. */
export function answerErrorsAsJson(server: FastifyInstance, { limits }: Config, mask: Mask): void {
  server.setErrorHandler<FastifyError | GraphQLError>((error, request, reply) => {
    if (error instanceof GraphQLError) return send(reply, coded(error, mask));
    return send(
      reply,
      framework(error, request.routeOptions.bodyLimit ?? limits.bodyBytes) ?? { status: 500, error: mask(error) },
    );
  });
  server.setNotFoundHandler((_, reply) => send(reply, coded(codedError('NOT_FOUND', 'There is nothing here.'), mask)));
}

/** For addresses that the router cannot even read. */
export function answerFrameworkError(error: FastifyError, _: FastifyRequest, reply: FastifyReply): void {
  void send(reply, framework(error, 0) ?? badRequest('The request could not be read.'));
}

/** For what is no HTTP at all, or comes too slowly: the socket is all there is to answer on. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const [status, reason] = clientErrors[error.code ?? ''] ?? ['400 Bad Request', 'The request is not HTTP.'];
  const body = JSON.stringify({ errors: [badRequest(reason).error] });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nCache-Control: no-store\r\n` +
      `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const clientErrors: Record<string, [status: string, reason: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The address and headers are too long: use POST.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request came too slowly.'],
};

const statuses: Partial<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

function coded(error: GraphQLError, mask: Mask): Reply {
  const status = statuses[error.extensions.code as ErrorCode];
  if (status === undefined) return { status: 500, error: mask(error) };
  const { http: _, ...extensions } = error.extensions;
  return { status, error: { message: error.message, extensions }, retryAfter: extensions.retryAfter };
}

const badRequest = (message: string, status = 400): Reply => ({
  status,
  error: { message, extensions: { code: 'BAD_REQUEST' } },
});

/** Fastify's own refusals, in our words; nothing for what is no refusal. */
function framework({ code, statusCode = 500 }: FastifyError, bodyBytes: number): Reply | undefined {
  if (statusCode === 413) {
    const message = `The request body is longer than ${bodyBytes} bytes: send less at once.`;
    return { status: 413, error: { message, extensions: { code: 'BAD_USER_INPUT' } } };
  }
  if (statusCode === 415) return badRequest('Send the body as JSON, with `Content-Type: application/json`.', 415);
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return badRequest('The request has no body.');
  if (code === 'FST_ERR_BAD_URL') return badRequest('The address cannot be read.');
  return statusCode >= 400 && statusCode < 500 ? badRequest('The body is not JSON.', statusCode) : undefined;
}

function send(reply: FastifyReply, { status, error, retryAfter }: Reply): FastifyReply {
  if (typeof retryAfter === 'number') void reply.header('retry-after', retryAfter);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json')
    .send({ errors: [error] });
}

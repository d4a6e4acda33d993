import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { answerClientError } from './error.replies.js';

/** How long the body of a request may take to come, in milliseconds: a file, or anything else. */
export const patience = { file: 120_000, else: 15_000 };

const ofFiles = /^(multipart\/form-data|image\/)/i;

/** Hangs up on who sends a body too slowly; files get longer, and come only from those who were let in before. */
export function limitPatience(server: FastifyInstance, most = patience.else): void {
  server.addHook('onRequest', async ({ raw, method, headers }) => {
    if (method === 'GET' || method === 'HEAD' || ofFiles.test(headers['content-type'] ?? '')) return;
    hangUpUnlessRead(raw, most);
  });
}

/** Hangs up when the body of a request has not come by then. */
export function hangUpUnlessRead(request: IncomingMessage, most = patience.else): void {
  if (request.readableEnded) return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    answerClientError(Object.assign(new Error('slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), request.socket);
  }, most).unref();
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}

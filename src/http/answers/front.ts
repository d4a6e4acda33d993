import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from '../log.js';
import type { Answers, KnownAnswer } from './answers.js';
import { replyTo } from './reply.js';
import { isReaders, keyOfGet } from './request.key.js';

interface FrontOptions {
  answers: Answers;
  sessionCookie: () => string;
  /** Whether pages of other origins may read answers: what they need is said further behind. */
  isShared: boolean;
  isDraining: () => boolean;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Gives readers the answers that are known before anything else looks at the request. */
export function answerInFront(server: FastifyInstance, options: FrontOptions): void {
  const { answers, sessionCookie, isShared, isDraining } = options;
  const isLogged = ['debug', 'trace'].includes(server.log.level);
  const [handle] = server.server.listeners('request') as [Handler];

  const give = (known: KnownAnswer, request: IncomingMessage, response: ServerResponse): void => {
    const id = randomUUID();
    const { status, headers, body } = replyTo(known, request.headers, {
      isGet: true,
      untilNext: answers.freshness.untilNext,
    });
    const end = (bytes: Buffer | null) => {
      if (bytes) headers['content-length'] = String(bytes.length);
      headers['x-request-id'] = id;
      response.writeHead(status, headers).end(bytes);
      if (!isLogged) return;
      server.log.debug({ reqId: id, method: 'GET', path: pathOf(request.url!), status }, 'answered from memory');
    };
    if (body === null || Buffer.isBuffer(body)) end(body);
    else body.then(end, () => handle(request, response));
  };

  server.server.removeAllListeners('request');
  server.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request;
    const isPlain = method === 'GET' && !(isShared && headers.origin !== undefined) && !isDraining();
    const key = isPlain && isReaders(headers, sessionCookie) ? keyOfGet(url!, headers.accept) : null;
    if (key === null || !answers.has(key)) return handle(request, response);
    const giveAt = (version: number): void => {
      const known = answers.known(key, version);
      if (known) give(known, request, response);
      else handle(request, response);
    };
    const version = answers.freshness.now();
    if (typeof version === 'number') giveAt(version);
    else version.then(giveAt, () => handle(request, response));
  });
}

import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../../kernel/context.js';
import type { Trace } from '../../kernel/tags.js';
import { questionOf } from '../compiled/question.js';
import type { ShortWay } from '../compiled/short.way.js';
import { pathOf } from '../log.js';
import type { Answers, KnownAnswer, Made } from './answers.js';
import { earlyBodies } from './early.body.js';
import { replyTo, typeFor } from './reply.js';
import { graphqlPath, isReaders, keyOfGet, keyOfPost, longestQuestion } from './request.key.js';

interface FrontOptions {
  answers: Answers;
  short: ShortWay;
  /** The context of a reader whose answer may be kept. */
  readerContext: (trace: Trace) => Context;
  front: Front;
  sessionCookie: () => string;
  maxTokens: number;
  /** Whether pages of other origins may read answers: what they need is said further behind. */
  isShared: boolean;
  isDraining: () => boolean;
}

/** What those in front and behind have to know of each other. */
export interface Front {
  /** The headers that every answer to readers has, once the first was made behind. */
  common: Readonly<Record<string, string>> | null;
  /** The contexts of requests that went wrong in front: what they have read need not be read again. */
  readonly tried: WeakMap<IncomingMessage, Context>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers readers before anything else looks at the request: with what is known, and with what the short way makes.
 * Everything else, and whatever goes wrong here, is for Fastify and Apollo behind it.
 */
export function answerInFront(server: FastifyInstance, options: FrontOptions): void {
  const { answers, short, readerContext, front, sessionCookie, isShared, isDraining } = options;
  const [handle] = server.server.listeners('request') as [Handler];
  const bodies = earlyBodies(server);
  const give = giverOf(server, answers);

  const answer = (request: IncomingMessage, response: ServerResponse, body: unknown, key: string | null): void => {
    if (key === null) return handle(request, response);
    const make = async (trace: Trace): Promise<Made | null> => {
      const { method, url, headers } = request;
      const question = front.common && questionOf({ method: method!, url: url!, headers, body });
      if (!question) return null;
      const ctx = readerContext(trace);
      try {
        const text = await short(question, ctx);
        return text === null
          ? null
          : { status: 200, headers: { ...front.common, 'content-type': typeFor(headers.accept) }, body: text };
      } catch {
        front.tried.set(request, ctx);
        return null;
      }
    };
    answers.answer(key, make).then(
      (answered) => (answered ? give(answered, request, response) : handle(request, response)),
      () => handle(request, response),
    );
  };

  server.server.removeAllListeners('request');
  server.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { url, headers } = request;
    const isPlain = !(isShared && headers.origin !== undefined) && !isDraining() && isReaders(headers, sessionCookie);
    if (!isPlain) return handle(request, response);
    if (request.method === 'GET') {
      const key = keyOfGet(url!, headers.accept);
      const version = answers.freshness.now();
      const known = key !== null && typeof version === 'number' ? answers.known(key, version) : undefined;
      if (known) give(known, request, response);
      else answer(request, response, undefined, key);
    } else if (request.method === 'POST' && url === graphqlPath && bodies.isShort(request, longestQuestion)) {
      bodies.read(request, (body) =>
        answer(request, response, body, keyOfPost(body, headers.accept, options.maxTokens)),
      );
    } else handle(request, response);
  });
}

type Give = (answer: Made | KnownAnswer, request: IncomingMessage, response: ServerResponse) => void;

function giverOf(server: FastifyInstance, answers: Answers): Give {
  const isLogged = ['debug', 'trace'].includes(server.log.level);

  return (answer, request, response) => {
    const end = (status: number, headers: Readonly<Record<string, string>>, bytes: Buffer | string | null): void => {
      const id = randomUUID();
      const length = bytes === null ? {} : { 'content-length': Buffer.byteLength(bytes) };
      response.writeHead(status, { ...headers, ...length, 'x-request-id': id }).end(bytes);
      if (!isLogged) return;
      const { method, url } = request;
      const how = 'etag' in answer ? 'answered from memory' : 'answered';
      server.log.debug({ reqId: id, method, path: pathOf(url!), status }, how);
    };
    if (!('etag' in answer)) {
      return end(answer.status, { ...answer.headers, 'cache-control': 'no-store' }, answer.body);
    }
    const how = { isGet: request.method === 'GET', untilNext: answers.freshness.untilNext };
    const { status, headers, body } = replyTo(answer, request.headers, how);
    if (body === null || Buffer.isBuffer(body)) end(status, headers, body);
    else
      body.then(
        (bytes) => end(status, headers, bytes),
        () => end(status, headers, answer.body),
      );
  };
}

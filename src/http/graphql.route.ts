import { type ApolloServer, HeaderMap } from '@apollo/server';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from '../config.js';
import type { Context } from '../kernel/context.js';
import { Trace } from '../kernel/tags.js';
import type { Answers, KnownAnswer, Made } from './answers/answers.js';
import type { Front } from './answers/front.js';
import { mediaFor } from './answers/media.js';
import { replyTo, typeFor } from './answers/reply.js';
import { graphqlPath, isReaders, keyOfGet, keyOfPost, longestQuestion } from './answers/request.key.js';
import { questionOf } from './compiled/question.js';
import type { ShortWay } from './compiled/short.way.js';
import { checkMultipart, operationsOf, type Receive } from './upload.multipart.js';

interface GraphqlOptions {
  apollo: ApolloServer<Context>;
  /** How most readers' queries are answered. */
  short: ShortWay;
  answers: Answers;
  /** What the cookie is called by which somebody is signed in. */
  sessionCookie: () => string;
  /** Makes what one request is answered with. */
  contextOf: (request: FastifyRequest, reply: FastifyReply, trace?: Trace) => Promise<Context>;
  front: Front;
  /** Where a browser that comes without a query is sent. */
  explorer: string | undefined;
  limits: Limits;
  receive: Receive;
}

/** `/graphql`: POST for all operations, as multipart with a file in it, and GET for queries. */
export async function graphqlRoute(server: FastifyInstance, options: GraphqlOptions): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(multipart); // here only: no other address reads it
    answer(scope, options);
  });
}

function answer(server: FastifyInstance, options: GraphqlOptions): void {
  const { answers, explorer } = options;
  server.route({
    method: ['GET', 'POST'],
    url: graphqlPath,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (explorer && isVisit(request)) return reply.redirect(explorer);
      const key = keyOf(request, options);
      if (key === null) return sendMade(reply, await run(request, reply, options));
      const make = (trace: Trace) => run(request, reply, options, trace);
      const answered =
        (await answers.answer(key, make)) ?? (await answers.answer(key, make)) ?? (await make(new Trace()));
      return 'etag' in answered ? sendKnown(request, reply, answered, answers) : sendMade(reply, answered);
    },
  });
}

/** What a reader asks for, when everybody who asks for it gets the same answer. */
function keyOf(request: FastifyRequest, { sessionCookie, limits }: GraphqlOptions): string | null {
  const { headers, body, method } = request;
  if (!isReaders(headers, sessionCookie)) return null;
  if (method === 'GET') return keyOfGet(request.url, headers.accept);
  if (request.isMultipart() || !(Number(headers['content-length']) <= longestQuestion)) return null;
  return keyOfPost(body, headers.accept, limits.tokens);
}

/** Has Apollo answer a request; one with a trace is a reader's, which gets the same whatever else is in its headers. */
async function run(
  request: FastifyRequest,
  reply: FastifyReply,
  { apollo, short, contextOf, front, limits, receive }: GraphqlOptions,
  trace?: Trace,
): Promise<Made> {
  const tried = trace && front.tried.get(request.raw);
  const ctx = tried ?? (await contextOf(request, reply, trace));
  if (trace && ctx.trace !== trace) trace.isWhole = false; // whoever it is, he is more than a reader
  const question = trace && !tried && questionOf(request);
  const text = question ? await short(question, ctx).catch(() => null) : null;
  if (text !== null)
    return {
      status: 200,
      headers: { ...headersFor(reply), 'content-type': typeFor(request.headers.accept) },
      body: text,
    };
  const body = await bodyOf(request, reply, ctx, { limits, receive });
  const answered = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: trace ? readersHeaders(request) : headersOf(request),
      search: searchOf(request),
      body,
    },
    context: async () => ctx,
  });
  if (answered.body.kind === 'chunked') throw new Error('answers in parts are not offered');
  while (performance.now() < ctx.felt.until) await sleep(1); // whoever hears of the change finds it everywhere
  answered.headers.delete('cache-control');
  const common = headersFor(reply);
  if (trace) front.common ??= common;
  const headers = { ...common, ...Object.fromEntries(answered.headers) };
  return { status: answered.status ?? 200, headers, body: answered.body.string.trimEnd() };
}

const headersFor = (reply: FastifyReply): Record<string, string> => ({
  ...lasting(reply.getHeaders()),
  vary: varyOf(reply),
});

async function bodyOf(
  request: FastifyRequest,
  reply: FastifyReply,
  ctx: Context,
  { limits, receive }: Pick<GraphqlOptions, 'limits' | 'receive'>,
): Promise<unknown> {
  if (!request.isMultipart()) return request.body;
  void reply.header('connection', 'close'); // what is refused is not read
  checkMultipart(request, ctx);
  const body = await operationsOf(request, limits, receive);
  void reply.removeHeader('connection');
  return body;
}

const sendMade = (reply: FastifyReply, { status, headers, body }: Made): FastifyReply =>
  reply.code(status).headers(headers).header('cache-control', 'no-store').send(body);

async function sendKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  known: KnownAnswer,
  { freshness }: Answers,
): Promise<FastifyReply> {
  const isGet = request.method === 'GET';
  const { status, headers, body } = replyTo(known, request.headers, { isGet, untilNext: freshness.untilNext });
  return reply
    .code(status)
    .headers(headers)
    .send(await body);
}

/** The headers that hold for whoever asks. */
function lasting(headers: Record<string, unknown>): Record<string, string> {
  const all = Object.entries(headers).filter(([name]) => !ofOneRequest.test(name));
  return Object.fromEntries(all.map(([name, value]) => [name, String(value)]));
}

const ofOneRequest = /^(x-request-id|set-cookie|connection|ratelimit|ratelimit-policy|access-control-.*)$/;

/** What answers depend on beside their address; who may see more sends one of the last two. */
const varyOf = (reply: FastifyReply): string =>
  [reply.getHeader('vary'), 'Accept, Accept-Encoding, Authorization, X-Api-Key, X-Preview-Token']
    .filter(Boolean)
    .join(', ');

const isVisit = (request: FastifyRequest): boolean =>
  request.method === 'GET' && !!request.headers.accept?.includes('text/html') && searchOf(request) === '';

function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

/** A reader's query changes nothing and shows nothing that is not for all: a page of another site may ask it. */
function readersHeaders({ headers: { accept, 'content-type': type } }: FastifyRequest): HeaderMap {
  const headers = new HeaderMap([['apollo-require-preflight', 'reader']]);
  if (accept !== undefined) headers.set('accept', mediaFor(accept) ?? accept);
  if (type !== undefined) headers.set('content-type', type);
  return headers;
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

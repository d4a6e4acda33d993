import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Context } from '../../kernel/context.js';
import { codedError } from '../../kernel/errors.js';
import { begin, operationOf, shown, type Asked, type StreamParts } from './operation.js';
import type { Places } from './places.js';
import type { Standing } from './standing.js';

/** Where clients of graphql-sse look for streams. */
export const streamPath = '/graphql/stream';

export interface SseParts extends StreamParts {
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;
  places: Places;
  standing: Standing;
  /** Streams that are open, by what ends each. */
  open: Set<() => void>;
}

/** How often something is sent on a stream on which nothing happens, so that nobody between us hangs up. */
const beatMs = 12_000;
/** How long a client may take to read what it was sent. */
const patienceMs = 30_000;

/** Subscriptions as server-sent events, one to a connection, as graphql-sse has it: by POST, and by GET for `EventSource`. */
export function sseRoute(server: FastifyInstance, parts: SseParts): void {
  server.route({
    method: ['GET', 'POST'],
    url: streamPath,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (!/\btext\/event-stream\b/.test(request.headers.accept ?? '')) {
        throw codedError(
          'BAD_USER_INPUT',
          'Send `Accept: text/event-stream`: a stream of events is all there is here.',
        );
      }
      const ctx = await parts.contextOf(request, reply);
      const giveBack = parts.places.take(ctx.viewer, request.ip);
      reply.hijack();
      await stream(reply, askedBy(request), ctx, parts).finally(giveBack);
    },
  });
}

function askedBy(request: FastifyRequest): Asked {
  if (request.method === 'POST') return request.body ?? {};
  const { query, variables, operationName } = request.query as Record<string, string | undefined>;
  return { query, operationName, variables: variables && (tryJson(variables) ?? 0) };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function stream(reply: FastifyReply, asked: Asked, ctx: Context, parts: SseParts): Promise<void> {
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write(':\n\n');
  const beat = setInterval(() => raw.write(':\n\n'), beatMs);
  let events: AsyncIterableIterator<FormattedExecutionResult> | undefined;
  let isOver = raw.destroyed; // he may have gone while we looked who he is
  const end = () => {
    isOver = true;
    void events?.return?.();
  };
  raw.once('close', end);
  parts.open.add(end);
  const stopWatching = parts.standing.watch(ctx.viewer, end);
  try {
    events = await begin(operationOf(asked, parts), ctx, parts);
    if (isOver) end();
    for await (const event of events) {
      if (raw.destroyed || !(await send(raw, event))) break;
    }
  } catch (error) {
    await send(raw, { errors: [shown(error, parts)] });
  } finally {
    clearInterval(beat);
    stopWatching();
    parts.open.delete(end);
    raw.off('close', end);
    if (!raw.destroyed) raw.end('event: complete\ndata: \n\n');
  }
}

/** Sends an event, and waits until the client has room for another; hangs up on one that does not read. */
async function send(raw: ServerResponse, event: FormattedExecutionResult): Promise<boolean> {
  if (raw.destroyed) return false;
  if (raw.write(`event: next\ndata: ${JSON.stringify(event)}\n\n`)) return true;
  const gone = AbortSignal.timeout(patienceMs);
  try {
    await Promise.race([once(raw, 'drain', { signal: gone }), once(raw, 'close')]);
  } catch {
    raw.destroy();
  }
  return !raw.destroyed;
}

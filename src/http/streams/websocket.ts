import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  handleProtocols,
  makeServer,
  type Context as Connection,
  type OperationResult,
} from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context } from '../../kernel/context.js';
import { codedError } from '../../kernel/errors.js';
import { graphqlPath } from '../answers/request.key.js';
import { begin, operationOf, shown, type Operation, type StreamParts } from './operation.js';
import type { Places } from './places.js';
import type { Standing } from './standing.js';

/** By what somebody who opens a socket is known: a partner’s key, from its parameters or a header. */
export interface SocketCaller {
  key: string | null;
  address: string;
}

export interface SocketParts extends StreamParts {
  contextFor: (caller: SocketCaller) => Promise<Context>;
  addressOf: (request: IncomingMessage) => string;
  places: Places;
  standing: Standing;
  log: FastifyBaseLogger;
}

/** What a socket may take: bytes in a message, subscriptions at once, and how long it may be idle. */
export const socketLimits = { payload: 65_536, operations: 10, initMs: 5_000, idleMs: 60_000, beatMs: 12_000 };

interface Extra extends Record<PropertyKey, unknown> {
  request: IncomingMessage;
  caller?: SocketCaller;
  /** What the first subscription is answered with; each other one is admitted by itself. */
  ctx?: Context | undefined;
  running: Set<string>;
  /** Has something done when the socket has closed; at once where it has. */
  whenGone: (then: () => void) => void;
  idleSince: number;
}

/** Subscriptions over WebSockets at the address of the graph, as graphql-ws has it. */
export function webSockets(server: FastifyInstance, parts: SocketParts): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: socketLimits.payload,
    perMessageDeflate: false,
    handleProtocols,
  });
  const graph = graphServer(parts);
  let isClosing = false;
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?', 1)[0];
    if (isClosing || path !== graphqlPath) {
      socket.end(`HTTP/1.1 ${isClosing ? '503 Service Unavailable' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, request, graph, parts));
  });
  return {
    close: () => {
      isClosing = true;
      for (const socket of sockets.clients) socket.close(1001, 'We are going: come again.');
    },
  };
}

function serve(socket: WebSocket, request: IncomingMessage, graph: Graph, { log }: SocketParts): void {
  const gone = new AbortController();
  const whenGone = (then: () => void): void => {
    if (gone.signal.aborted) then();
    else gone.signal.addEventListener('abort', then);
  };
  const extra: Extra = { request, running: new Set(), whenGone, idleSince: performance.now() };
  const closed = graph.opened(
    {
      protocol: socket.protocol || GRAPHQL_TRANSPORT_WS_PROTOCOL,
      send: (data) =>
        new Promise((resolve, reject) => socket.send(data, (error) => (error ? reject(error) : resolve()))),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) => {
        socket.on('message', (data: Buffer) => {
          hear(data.toString()).catch((error: unknown) => socket.close(...closing(error, log)));
        });
      },
    },
    extra,
  );
  let answered = true;
  const beat = setInterval(() => {
    if (!answered) return socket.terminate();
    const idle = extra.running.size === 0 && performance.now() - extra.idleSince > socketLimits.idleMs;
    if (idle) return socket.close(1000, 'Nothing was asked for.');
    answered = false;
    socket.ping();
  }, socketLimits.beatMs);
  socket.on('pong', () => (answered = true));
  socket.on('error', () => socket.terminate());
  whenGone(() => clearInterval(beat));
  socket.once('close', (code, reason) => {
    gone.abort();
    void closed(code, reason.toString());
  });
  const { standing } = graph;
  extra.onAdmitted = (ctx: Context) => {
    whenGone(standing.watch(ctx.viewer, () => socket.close(CloseCode.Unauthorized, 'This key is not good any more.')));
  };
}

/** With which code and words a socket is closed on which something failed; clients of graphql-ws come again after 1013. */
function closing(error: unknown, log: FastifyBaseLogger): [code: number, reason: string] {
  const code = error instanceof GraphQLError ? closeCodes[error.extensions.code as string] : undefined;
  if (code !== undefined) return [code, (error as GraphQLError).message.slice(0, 120)];
  log.error({ err: error }, 'a subscription failed');
  return [CloseCode.InternalServerError, 'Something went wrong on our side.'];
}

const closeCodes: Record<string, number> = {
  UNAUTHENTICATED: CloseCode.Unauthorized,
  FORBIDDEN: CloseCode.Forbidden,
  RATE_LIMITED: 1013,
  UNAVAILABLE: 1013,
  BAD_USER_INPUT: CloseCode.BadRequest,
};

type Graph = ReturnType<typeof graphServer>;

function graphServer(parts: SocketParts) {
  const { places, standing, contextFor, addressOf } = parts;
  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: socketLimits.initMs,
    onConnect: async ({ connectionParams, extra }) => {
      const address = addressOf(extra.request);
      const key = keyOf(connectionParams, extra.request);
      extra.caller = { key, address };
      const ctx = await contextFor(extra.caller);
      extra.whenGone(places.take(ctx.viewer, address));
      extra.ctx = ctx;
      (extra.onAdmitted as (ctx: Context) => void)(ctx);
    },
    onSubscribe: async ({ extra }, id, payload) => {
      try {
        if (extra.running.size >= socketLimits.operations) {
          throw codedError('RATE_LIMITED', `A socket carries at most ${socketLimits.operations} subscriptions.`);
        }
        const operation = operationOf(payload, parts);
        extra.running.add(id);
        const { ctx } = extra;
        extra.ctx = undefined;
        const contextValue = ctx ?? (await contextFor(extra.caller!));
        return { schema: parts.schema, document: operation.document, contextValue, operation };
      } catch (error) {
        extra.running.delete(id);
        return [refusal(error, parts)];
      }
    },
    subscribe: (args) => {
      const { operation, contextValue } = args as unknown as { operation: Operation; contextValue: Context };
      const events = begin(operation, contextValue, parts).catch((error: unknown) => ({
        errors: [refusal(error, parts)],
      }));
      return events as OperationResult;
    },
    onComplete: ({ extra }, id) => {
      extra.running.delete(id);
      extra.idleSince = performance.now();
    },
    onError: ({ extra }, id) => void extra.running.delete(id),
  });
  const opened: typeof server.opened = (...socket) => server.opened(...socket);
  return { opened, standing };
}

const refusal = (error: unknown, parts: StreamParts): GraphQLError => {
  const { message, extensions } = shown(error, parts);
  return new GraphQLError(message, { extensions: extensions ?? null });
};

/** The key in the parameters or the headers of a connection; cookies count for nothing here, as any page can send them. */
function keyOf(params: Connection['connectionParams'], { headers }: IncomingMessage): string | null {
  const given = lowered(params ?? {});
  const held = [given.authorization, headers.authorization, given['x-api-key'], given.key, headers['x-api-key']];
  const keys = new Set(held.filter((each) => each !== undefined).map(bearerOf));
  if (keys.size + Number(given['x-preview-token'] !== undefined) > 1)
    throw codedError('BAD_USER_INPUT', 'Send one key, and nothing else that says who you are.');
  const [key = null] = keys;
  if (key !== null && typeof key !== 'string')
    throw codedError('UNAUTHENTICATED', 'Send `authorization: Bearer` with a key of yours.');
  return key;
}

const bearerOf = (held: unknown): unknown =>
  typeof held === 'string' ? (/^Bearer +(\S+) *$/i.exec(held)?.[1] ?? held) : held;

const lowered = (params: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));

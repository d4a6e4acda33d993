import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { createContext, type Context } from '../../kernel/context.js';
import { reader } from '../../kernel/viewer.js';
import { watchOf } from '../../syndication/feed/watch.queries.js';
import type { Service } from '../context.js';
import type { StreamParts } from './operation.js';
import { Places } from './places.js';
import { sseRoute, type SseParts } from './sse.route.js';
import { Standing } from './standing.js';
import { webSockets, type SocketCaller } from './websocket.js';

interface StreamOptions extends StreamParts {
  contextOf: SseParts['contextOf'];
  addressOf: (request: IncomingMessage) => string;
  service: Service;
  places?: Places;
}

/** Subscriptions, as server-sent events and over WebSockets. They end as we go: with `complete`, and with code 1001. */
export function streams(server: FastifyInstance, options: StreamOptions): void {
  const { service, contextOf, addressOf, places = new Places(), ...parts } = options;
  const { database, addresses, signer, freshness } = service;
  const standing = new Standing(database);
  const open = new Set<() => void>();
  sseRoute(server, { ...parts, contextOf, places, standing, open });

  const contextFor = async ({ key, address }: SocketCaller): Promise<Context> => {
    if (key === null) return createContext(database, addresses, { viewer: reader, signer, freshness });
    const admitted = await service.admit(key, { address });
    return createContext(database, addresses, { ...admitted, signer, freshness });
  };
  const sockets = webSockets(server, { ...parts, contextFor, addressOf, places, standing, log: server.log });

  server.addHook('preClose', async () => {
    sockets.close();
    for (const end of open) end();
    watchOf(database).close();
  });
}

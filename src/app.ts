import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from './config.js';
import { routeExplorer } from './http/explorer.js';
import { routeGraphql, startGraphql } from './http/graphql.js';
import { routeHealth } from './http/health.js';
import { routeMedia } from './http/media.js';
import { createServer } from './http/server.js';
import { createContext, type Addresses } from './kernel/context.js';
import type { Database } from './kernel/database.js';
import { createSchema } from './schema.js';
import { openStorage } from './storage.js';

export interface App {
  server: FastifyInstance;
  database: Database;
  schema: GraphQLSchema;
  /** Starts to take requests; gives the address. */
  listen(): Promise<string>;
  /** Stops taking requests, lets those under way finish, and closes what was opened. Safe to call twice. */
  close(): Promise<void>;
}

/** Puts the service together as the configuration says; it serves once `listen` is called. */
export async function createApp(config: Config): Promise<App> {
  const database = await openStorage(config.database);
  const schema = createSchema();
  const server = await createServer(config);
  const graphql = await startGraphql(config, schema, server);
  let addresses: Addresses = addressesOf(config);
  let closing: Promise<void> | undefined;

  routeHealth(server, database, () => closing !== undefined);
  routeGraphql(server, graphql, {
    context: () => createContext(database, addresses),
    explorer: config.introspection,
  });
  routeMedia(server, config.mediaDir);
  if (config.introspection) await routeExplorer(server);

  return {
    server,
    database,
    schema,
    listen: async () => {
      const url = await server.listen({ host: config.host, port: config.port });
      if (config.port === 0) addresses = addressesOf(config, url);
      return url;
    },
    close: () => {
      closing ??= (async () => {
        const impatience = setTimeout(() => server.server.closeAllConnections(), 10_000);
        await server.close();
        clearTimeout(impatience);
        await graphql.stop();
        await database.close();
      })();
      return closing;
    },
  };
}

export const addressesOf = (config: Config, siteUrl = config.siteUrl): Addresses => ({
  siteUrl,
  mediaUrl: `${siteUrl}/media`,
  siteName: config.siteName,
});

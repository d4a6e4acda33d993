import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { addressesOf, describeDatabase, type Config } from './config.js';
import { Answers } from './http/answers/answers.js';
import { answerInFront, type Front } from './http/answers/front.js';
import { shareAnswers, type SharedAnswers } from './http/answers/shared.answers.js';
import { startApollo } from './http/apollo.js';
import { articlePage } from './http/article-page.document.js';
import { Documents } from './http/compiled/documents.js';
import { shortWay } from './http/compiled/short.way.js';
import { contextMaker, siteOf } from './http/context.js';
import { rememberCosts } from './http/cost.memory.js';
import { createDrain } from './http/drain.js';
import { type ExplorerDocument, explorerPath, explorerRoutes } from './http/explorer.route.js';
import { feedsRoute } from './http/feeds.route.js';
import { graphqlRoute } from './http/graphql.route.js';
import { healthRoutes } from './http/health.route.js';
import { type LogStream, logStatements } from './http/log.js';
import { limited } from './http/limited.js';
import { mediaAccess } from './http/media.access.js';
import { mediaRoute } from './http/media.route.js';
import { oidcRoutes } from './http/oidc.route.js';
import { partnerAccess } from './http/partner.access.js';
import type { Siblings } from './http/persisted.js';
import type { SharedRedis } from './http/redis.js';
import { createRenditions } from './http/rendition.js';
import { createFormatError } from './http/errors.js';
import { cookieName } from './http/session.js';
import { addressFrom, createServer } from './http/server.js';
import { storiesRoute } from './http/stories.route.js';
import { streams } from './http/streams/streams.js';
import { openTally } from './http/tally.js';
import { keepUsage, type Usage } from './http/usage.js';
import { uploadRoute } from './http/upload.route.js';
import { createContext, type Addresses } from './kernel/context.js';
import type { Database } from './kernel/database.js';
import type { Trace } from './kernel/tags.js';
import { Freshness } from './kernel/freshness.js';
import { OperatorError } from './kernel/errors.js';
import { createSigner } from './kernel/signing.js';
import { openMediaStore } from './media/media.store.js';
import { keepOriginal, receiveFile } from './media/receive.commands.js';
import { createSchema } from './schema.js';
import { chooseEngine } from './search/opensearch.engine.js';
import { schedule } from './schedule.js';
import { openStorage } from './storage.js';

/** The whole service, put together but not yet reachable. */
export interface App {
  server: FastifyInstance;
  database: Database;
  schema: GraphQLSchema;
  /** Starts to answer; gives the address of the service, without a slash at the end. */
  listen(): Promise<string>;
  /** Says it is going, finishes what it is answering, and closes everything; asked again, it is the same going. */
  close(): Promise<void>;
}

export interface AppOptions {
  explorerDocument?: ExplorerDocument;
  /** Where the log goes, when not to standard output. */
  logStream?: LogStream;
  /** The other processes at the same port, when there are any. */
  siblings?: Siblings;
  /** What tells this code from other code: nodes give one another's answers only when it is the same. */
  release?: string;
  /** How long load balancers get to see that this node is going, in milliseconds. */
  drainNotice?: number;
}

/** Puts the service together: nothing else knows all its parts. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { explorerDocument = articlePage, logStream, siblings, release = '' } = options;
  const { drainNotice = config.production ? 2_000 : 0 } = options;
  const database = await openStorage(config.database);
  chooseEngine(database, config.searchUrl);
  let redis: SharedRedis | undefined;
  let usage: Usage | undefined;
  try {
    const schema = createSchema();
    const addresses = addressesOf(config);
    const { server, mask } = await createServer(config, logStream);
    const documents = new Documents(schema);
    const costs = rememberCosts(schema);
    const apollo = await startApollo(config, schema, { log: server.log, mask, costs, documents, siblings });
    const signer = createSigner(config.secretKey);
    const freshness = new Freshness(database, schedule);
    redis = await redisFor(config, server.log);
    const answers = new Answers(
      freshness,
      config.answersBytes,
      redis && sharedBy(redis, config, { release, addresses }),
    );
    const short = shortWay(documents, costs, config.limits.cost);
    const front: Front = { common: null, tried: new WeakMap() };
    const { counters } = (usage = keepUsage(database, server.log));
    const tally = openTally((name) => signer.print('tally', name), redis);
    const quotas = { requests: config.limits.partnerRequests, cost: config.limits.partnerCost };
    const admit = partnerAccess({ database, signer, tally, counters, quotas });
    const service = { freshness, database, addresses, signer, corsOrigins: config.corsOrigins, admit };
    const media = openMediaStore(config.media);
    const inTurn = limited(2, 20);
    const { isDraining, drain } = createDrain(server);

    if (server.log.level === 'debug' || server.log.level === 'trace') logStatements(database, server.log);
    healthRoutes(server, database, isDraining);
    mediaRoute(server, { renditions: createRenditions(media), accessOf: mediaAccess(service) });
    await uploadRoute(server, {
      service,
      uploadBytes: config.limits.uploadBytes,
      keep: (bytes) => inTurn(() => keepOriginal(media, bytes)),
    });
    if (config.introspection) await explorerRoutes(server, explorerDocument);
    if (config.oidc) oidcRoutes(server, config.oidc, service);
    const contextOf = contextMaker(service);
    const readerContext = (trace: Trace | null) => createContext(database, addresses, { signer, freshness, trace });
    storiesRoute(server, { contextOf });
    feedsRoute(server, { answers, readerContext });
    await graphqlRoute(server, {
      apollo,
      short,
      answers,
      front,
      sessionCookie: () => cookieName(siteOf(service)),
      contextOf,
      explorer: config.introspection ? explorerPath : undefined,
      limits: config.limits,
      receive: (bytes) => inTurn(() => receiveFile(media, bytes)),
    });

    streams(server, {
      ...{ schema, costs, limits: config.limits, service },
      formatError: createFormatError(mask, { suggestions: config.introspection }),
      contextOf: contextMaker(service),
      addressOf: (request) => addressFrom(config.trustProxy, request),
    });

    answerInFront(server, {
      answers,
      short,
      front,
      readerContext,
      maxTokens: config.limits.tokens,
      sessionCookie: () => cookieName(siteOf(service)),
      isShared: config.corsOrigins.length > 0,
      isDraining,
    });

    const close = async () => {
      await drain(drainNotice);
      await apollo.stop();
      await usage?.stop();
      redis?.close();
      await database.close();
    };
    let closing: Promise<void> | undefined;
    return {
      server,
      database,
      schema,
      listen: async () => {
        await redis?.started;
        const url = await listenOn(server, config);
        if (new URL(config.siteUrl).port === '0') Object.assign(addresses, addressesOf({ ...config, siteUrl: url }));
        return url;
      },
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await usage?.stop();
    redis?.close();
    await database.close();
    throw error;
  }
}

/** What processes share beside the database; the client is loaded when there is a Redis. */
async function redisFor({ redisUrl }: Config, log: FastifyBaseLogger): Promise<SharedRedis | undefined> {
  if (redisUrl === undefined) return undefined;
  const { openRedis } = await import('./http/redis.js');
  return openRedis(redisUrl, log);
}

/** Where known answers are shared with processes that would make the same ones. */
function sharedBy(
  redis: SharedRedis,
  config: Config,
  { release, addresses }: { release: string; addresses: Addresses },
): SharedAnswers | undefined {
  const { answersBytes, secretKey, database, corsOrigins, introspection, limits } = config;
  if (answersBytes === 0) return undefined;
  const settings = [release, describeDatabase(database), corsOrigins, introspection, limits];
  return shareAnswers(redis, { secretKey, madeBy: () => JSON.stringify([settings, addresses]) });
}

/** Where readers find the service: as the configuration says, or at another address. */
async function listenOn(server: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = { EADDRINUSE: 'is taken', EACCES: 'may not be used', EADDRNOTAVAIL: 'is not here' }[code ?? ''];
    if (!reason) throw error;
    throw new OperatorError(`${host}:${port} ${reason}: set PORT (or HOST) to another.`);
  }
}

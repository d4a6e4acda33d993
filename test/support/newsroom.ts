import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLFormattedError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  subscribe,
  validate,
} from 'graphql';
import { Freshness } from '../../src/kernel/freshness.js';
import { createContext, type Context } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { reader, type Viewer } from '../../src/kernel/viewer.js';
import { diskStore } from '../../src/media/media.store.js';
import { loadSamples } from '../../src/sample/sample.commands.js';
import { createSchema } from '../../src/schema.js';
import { schedule } from '../../src/schedule.js';
import { openStorage } from '../../src/storage.js';
import { placeIn } from './places.js';
import { watched, type Watch } from './watch.js';

export { onMariadb, storageOf } from './places.js';

export const addresses = {
  siteUrl: 'https://news.example',
  mediaUrl: 'https://news.example/media',
  siteName: 'Newsgraph',
};

export interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of any shape
  data: any;
  errors: readonly GraphQLFormattedError[];
}

/** A newsroom of its own for one test file: a fresh database, migrated, with or without the samples. */
export interface TestNewsroom {
  database: Database;
  schema: GraphQLSchema;
  /** Where a second process would find the same database. */
  url: string;
  mediaDir: string;
  context(): Context;
  contextAs(viewer: Viewer): Context;
  /** Asks the graph as one request. */
  ask(document: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks in a context of your own. */
  askIn(ctx: Context, document: string, variables?: Record<string, unknown>): Promise<Answer>;
  askAs(viewer: Viewer, document: string, variables?: Record<string, unknown>): Promise<Answer>;
  /**
   * Asks a process that was asked before, and tells what it took: SQL statements, and rounds of statements that wait for
   * one another. A look at how fresh things are is nobody's own and is not counted.
   */
  measure(document: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer & Watch>;
  close(): Promise<void>;
}

export async function openNewsroom({ samples = false, migrated = true } = {}): Promise<TestNewsroom> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-test-'));
  const place = await placeIn(folder, migrated);
  const database = await openStorage(place.config);
  const schema = createSchema();
  const contextAs = (viewer: Viewer) => createContext(database, addresses, { viewer });
  const context = () => contextAs(reader);
  const mediaDir = join(folder, 'media');
  if (samples) await loadSamples(context(), diskStore(mediaDir));

  const run = async (ctx: Context, document: string, variableValues = {}): Promise<Answer> => {
    const parsed = parse(document);
    const invalid = validate(schema, parsed);
    if (invalid.length > 0) return { data: undefined, errors: invalid };
    const args = { schema, document: parsed, contextValue: ctx, variableValues };
    if (getOperationAST(parsed)?.operation === OperationTypeNode.SUBSCRIPTION) return begun(await subscribe(args));
    const { data, errors = [] } = await execute(args);
    return { data: JSON.parse(JSON.stringify(data ?? null)), errors };
  };

  return {
    database,
    schema,
    url: place.url,
    mediaDir,
    context,
    contextAs,
    ask: (document, variables) => run(context(), document, variables),
    askIn: run,
    askAs: (viewer, document, variables) => run(contextAs(viewer), document, variables),
    measure: async (document, variables, viewer = reader) => {
      const watch = watched(database);
      const freshness = new Freshness(watch.database, schedule);
      const ask = () => run(createContext(watch.database, addresses, { viewer, freshness }), document, variables);
      await ask(); // what a process holds in memory is there from now on
      await freshness.now();
      watch.restart();
      const answer = await ask();
      return { ...answer, statements: watch.statements, rounds: watch.rounds(), mostRows: watch.mostRows() };
    },
    close: async () => {
      await database.close();
      await place.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A subscription that began, and is not listened to. */
async function begun(source: ExecutionResult | AsyncGenerator<ExecutionResult>): Promise<Answer> {
  if (!(Symbol.asyncIterator in source)) return { data: null, errors: source.errors ?? [] };
  await source.return(undefined);
  return { data: null, errors: [] };
}

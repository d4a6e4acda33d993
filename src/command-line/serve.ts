import cluster from 'node:cluster';
import { Command, Option } from 'commander';
import { createApp } from '../app.js';
import { addressesOf, describeDatabase, readConfig, type Config } from '../config.js';
import type { Siblings } from '../http/persisted.js';
import { createContext } from '../kernel/context.js';
import { migrateUp } from '../kernel/migrate.js';
import type { Database } from '../kernel/database.js';
import { raw } from '../kernel/sql.js';
import { operator } from '../kernel/viewer.js';
import type { Worker } from '../work/worker.js';
import { openMediaStore } from '../media/media.store.js';
import { loadSamples } from '../sample/sample.commands.js';
import { chooseEngine } from '../search/opensearch.engine.js';
import { wordAllStories } from '../newsroom/beside/wording.commands.js';
import { rebuildIndex } from '../search/rebuild.commands.js';
import { openStorage } from '../storage.js';
import { say } from './newsroom.js';
import { withProgress } from './progress.js';
import { untilTold, untilToldByAny } from './signals.js';
import { workerFor } from './work.js';
import { serveWithWorkers, siblings, tellServing } from './workers.js';

export function serveCommand(release: () => string): Command {
  return new Command('serve')
    .description('bring the database up to date and serve the graph')
    .addOption(new Option('--prepared', 'as one of several workers').hideHelp())
    .action(async ({ prepared = false }: { prepared?: boolean }) => {
      if (prepared) await serveAsWorker(release).finally(() => cluster.worker?.disconnect());
      else await serve(readConfig(process.env), release);
    });
}

async function serve(config: Config, release: () => string): Promise<void> {
  if (config.workers === 1) {
    await serveHere(config, {
      release,
      prepare: (database) => prepare(database, config),
      onServing: (url) => tell(url, config),
      untilTold,
    });
    return;
  }
  const database = await openStorage(config.database);
  chooseEngine(database, config.searchUrl);
  await prepare(database, config).finally(() => database.close());
  await serveWithWorkers(config, (url) => tell(url, config));
}

const serveAsWorker = async (release: () => string): Promise<void> =>
  serveHere(readConfig(process.env), {
    release,
    prepare: async () => undefined,
    onServing: tellServing,
    untilTold: untilToldByAny,
    siblings,
  });

interface Serve {
  release: () => string;
  prepare: (database: Database) => Promise<void>;
  onServing: (url: string) => void;
  untilTold: () => Promise<void>;
  siblings?: Siblings;
}

/** Serves in this process until it is told to stop. */
async function serveHere(config: Config, { release, prepare, onServing, untilTold, siblings }: Serve): Promise<void> {
  const app = await createApp(config, { siblings, release: config.redisUrl ? release() : '' });
  let worker: Worker | undefined;
  try {
    await prepare(app.database);
    onServing(await app.listen());
    if (config.worker) {
      const onError = (error: unknown) => app.server.log.error(error, 'work failed');
      worker = workerFor(app.database, config, { schema: app.schema, onError });
    }
    await untilTold();
  } finally {
    await worker?.stop();
    await app.close();
  }
}

function tell(url: string, config: Config): void {
  say(`GraphQL       ${url}/graphql`);
  if (config.introspection) say(`Explorer      ${url}/explorer/  with the article page query in it`);
  say(`Health        ${url}/healthz and ${url}/readyz`);
}

async function prepare(database: Database, config: Config): Promise<void> {
  say(`Database      ${describeDatabase(config.database)}`);
  const ran = await migrateUp(database, say);
  if (ran.length > 0) say(`Migrated      ${ran.join(', ')}`);
  if (!config.samples) return;
  if (await isFilled(database)) return;
  const ctx = createContext(database, addressesOf(config), { viewer: operator });
  const stories = await withProgress('Samples', (progress) => loadSamples(ctx, openMediaStore(config.media), progress));
  await rebuildIndex(ctx);
  await wordAllStories(ctx);
  say(`Samples       ${stories} stories of our sample newsroom`);
}

/** Whether a newsroom is there: samples end with the consent categories, so a start that was killed is finished. */
async function isFilled(database: Database): Promise<boolean> {
  const stories = "select 1 from article where source is null or source <> 'sample'";
  const [row] = await database.read(
    raw(`select 1 where exists (select 1 from consent_category) or exists (${stories})`),
    'primary',
  );
  return row !== undefined;
}

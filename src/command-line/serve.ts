import { Command } from 'commander';
import { createApp, type App } from '../app.js';
import { addressesOf, describeDatabase, readConfig, type Config } from '../config.js';
import { createContext } from '../kernel/context.js';
import { migrateUp } from '../kernel/migrate.js';
import type { Database } from '../kernel/database.js';
import { raw } from '../kernel/sql.js';
import { operator } from '../kernel/viewer.js';
import type { Worker } from '../work/worker.js';
import { openMediaStore } from '../media/media.store.js';
import { loadSamples } from '../sample/sample.commands.js';
import { rebuildIndex } from '../search/rebuild.commands.js';
import { say } from './newsroom.js';
import { withProgress } from './progress.js';
import { untilTold } from './signals.js';
import { workerFor } from './work.js';

export function serveCommand(): Command {
  return new Command('serve').description('bring the database up to date and serve the graph').action(async () => {
    const config = readConfig(process.env);
    const app = await createApp(config);
    let worker: Worker | undefined;
    try {
      await prepare(app, config);
      const url = await app.listen();
      say(`GraphQL       ${url}/graphql`);
      if (config.introspection) say(`Explorer      ${url}/explorer/  with the article page query in it`);
      say(`Health        ${url}/healthz and ${url}/readyz`);
      if (config.worker)
        worker = workerFor(app.database, config, (error) => app.server.log.error(error, 'work failed'));
      await untilTold();
    } finally {
      await worker?.stop();
      await app.close();
    }
  });
}

async function prepare(app: App, config: Config): Promise<void> {
  say(`Database      ${describeDatabase(config.database)}`);
  const ran = await migrateUp(app.database, say);
  if (ran.length > 0) say(`Migrated      ${ran.join(', ')}`);
  if (!config.samples) return;
  if (await isFilled(app.database)) return;
  const ctx = createContext(app.database, addressesOf(config), { viewer: operator });
  const stories = await withProgress('Samples', (progress) => loadSamples(ctx, openMediaStore(config.media), progress));
  await rebuildIndex(ctx);
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

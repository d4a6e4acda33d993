import { Command } from 'commander';
import type { GraphQLSchema } from 'graphql';
import { readConfig, addressesOf, describeDatabase, type Config } from '../config.js';
import { createContext } from '../kernel/context.js';
import type { Database } from '../kernel/database.js';
import { migrateUp } from '../kernel/migrate.js';
import { createSigner } from '../kernel/signing.js';
import { operator } from '../kernel/viewer.js';
import { openMediaStore } from '../media/media.store.js';
import { wordAllStories, wordChange, wordTexts } from '../newsroom/beside/wording.commands.js';
import { indexChange, indexTexts } from '../search/index.commands.js';
import { chooseEngine } from '../search/opensearch.engine.js';
import { rebuildIndex } from '../search/rebuild.commands.js';
import { createSchema } from '../schema.js';
import { followStories, followStory } from '../storylines/activity.commands.js';
import { openStorage } from '../storage.js';
import { bodyMaker } from '../syndication/webhooks/body.js';
import { openCdn } from '../work/cdn.js';
import { forgetTakenBack } from '../work/media.commands.js';
import { startWorker, type Worker } from '../work/worker.js';
import { say } from './newsroom.js';
import { untilTold } from './signals.js';

export function workCommand(): Command {
  return new Command('work')
    .description('do what falls due, without serving: schedules, and what follows a change')
    .action(async () => {
      const config = readConfig(process.env);
      const database = await openStorage(config.database);
      chooseEngine(database, config.searchUrl);
      try {
        await migrateUp(database, say);
        const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`);
        const worker = workerFor(database, config, { schema: createSchema(), onError });
        say(`Working on    ${describeDatabase(config.database)}`);
        await untilTold();
        await worker.stop();
      } finally {
        await database.close();
      }
    });
}

/** A worker on the newsroom's database, which does what the service does by itself. */
export function workerFor(
  database: Database,
  config: Config,
  { schema, onError }: { schema: GraphQLSchema; onError: (error: unknown) => void },
): Worker {
  const addresses = addressesOf(config);
  const media = openMediaStore(config.media);
  const signer = createSigner(config.secretKey);
  const contextOf = () => createContext(database, addresses, { viewer: operator, signer });
  return startWorker({
    contextOf,
    handlers: {
      change: [
        (payload) => forgetTakenBack(contextOf(), media, payload),
        (payload) => indexChange(contextOf(), payload),
        (payload) => followStory(contextOf(), payload),
        (payload) => wordChange(contextOf(), payload),
      ],
      text: [(payload) => indexChange(contextOf(), payload), (payload) => wordChange(contextOf(), payload)],
      texts: [
        (payload) => indexTexts(contextOf(), payload),
        (payload) => followStories(contextOf(), payload),
        (payload) => wordTexts(contextOf(), payload),
      ],
      rebuild: [
        async () => void (await rebuildIndex(contextOf())),
        async () => void (await wordAllStories(contextOf())),
      ],
    },
    cdn: config.cdn && openCdn(config.cdn),
    makeBody: bodyMaker(schema),
    onError,
  });
}

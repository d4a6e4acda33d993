import { Command } from 'commander';
import { OperatorError } from '../kernel/errors.js';
import { migrateUp } from '../kernel/migrate.js';
import { openMediaStore } from '../media/media.store.js';
import { loadSamples } from '../sample/sample.commands.js';
import { wordAllStories } from '../newsroom/beside/wording.commands.js';
import { rebuildIndex } from '../search/rebuild.commands.js';
import { say, withNewsroom } from './newsroom.js';
import { withProgress } from './progress.js';

export function sampleCommand(): Command {
  return new Command('sample').description('load the sample newsroom, or bring it up to date').action(() =>
    withNewsroom(async ({ config, database, ctx }) => {
      if (config.production) {
        throw new OperatorError('Samples are never loaded with NODE_ENV=production: leave it out to try them.');
      }
      await migrateUp(database, say);
      const stories = await withProgress('Loading samples', (progress) =>
        loadSamples(ctx, openMediaStore(config.media), progress),
      );
      await rebuildIndex(ctx);
      await wordAllStories(ctx);
      say(`The sample newsroom is there: ${stories} stories.`);
    }),
  );
}

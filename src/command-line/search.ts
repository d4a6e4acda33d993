import { Command } from 'commander';
import { migrateUp } from '../kernel/migrate.js';
import { rebuildIndex } from '../search/rebuild.commands.js';
import { say, withNewsroom } from './newsroom.js';
import { withProgress } from './progress.js';

export function searchCommand(): Command {
  const command = new Command('search').description('look after what stories are found by');
  command
    .command('rebuild')
    .description('fill the index anew while it is searched; goes on where one was stopped')
    .action(() =>
      withNewsroom(async ({ database, ctx }) => {
        await migrateUp(database, say);
        const stories = await withProgress('Indexing', (progress) => rebuildIndex(ctx, progress));
        say(`The index is up to date: ${stories} stories were looked at.`);
      }),
    );
  return command;
}

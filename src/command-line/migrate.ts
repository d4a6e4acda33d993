import { Command } from 'commander';
import { describeDatabase } from '../config.js';
import { migrateDown, migrateUp, migrationStatus } from '../kernel/migrate.js';
import { say, withNewsroom } from './newsroom.js';

export function migrateCommand(): Command {
  const migrate = new Command('migrate').description('change the database’s tables to what this version needs');
  migrate
    .command('up', { isDefault: true })
    .description('run what has not been run; safe on many nodes at once')
    .action(() =>
      withNewsroom(async ({ config, database }) => {
        const done = await migrateUp(database, say);
        say(done.length === 0 ? `Up to date: ${describeDatabase(config.database)}` : `Ran ${done.join(', ')}`);
      }),
    );
  migrate
    .command('down')
    .description('take the newest one back, with all that its tables hold')
    .action(() =>
      withNewsroom(async ({ database }) => {
        const [undone] = await migrateDown(database, say);
        say(undone ? `Took back ${undone}` : 'Nothing to take back');
      }),
    );
  migrate
    .command('status')
    .description('list all, and whether each has run; exits with 1 when one has not')
    .action(() =>
      withNewsroom(async ({ database }) => {
        const all = await migrationStatus(database);
        for (const { name, done } of all) say(`${done ? 'done   ' : 'pending'}  ${name}`);
        if (all.some(({ done }) => !done)) process.exitCode = 1;
      }),
    );
  return migrate;
}

import 'reflect-metadata';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../../src/config.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { openStorage } from '../../src/storage.js';
import { stopAll } from '../bench/processes.js';
import { everyBoundary } from './boundaries.js';
import { openDesk } from './desk.js';
import { editorsSave, type Findings } from './editors.js';
import { feedIsRead } from './feed.js';
import { importIsKilled } from './import.js';
import { violations } from './invariants.js';
import { publishesUnderFire } from './kill.js';
import { openPlace, type Place, type PlaceKind } from './places.js';
import { everyPartnerIsTold } from './syndication.js';
import { scheduleIsKept } from './schedule.js';

interface On {
  on: PlaceKind[];
}

const from = (least: number) => (text: string) => {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= least))
    throw new InvalidArgumentError(`It must be a number from ${least}.`);
  return value;
};

const on = (...kinds: PlaceKind[]) =>
  new Option('--on <database...>', 'where to try it').choices(kinds).default(kinds, kinds.join(' and '));

const program = new Command('promises').description(
  'Tries what we promise about not losing work. Prints a line of figures for each, and ends with 1 if one is broken.',
);

program
  .command('check')
  .description('look for what cannot be in a newsroom’s database; ask while nobody writes')
  .addArgument(new Argument('[database-url]', 'DATABASE_URL when absent'))
  .action(async (url: string | undefined) => {
    const database = await openStorage(
      readConfig({ ...process.env, DATABASE_URL: url ?? process.env.DATABASE_URL }).database,
    );
    try {
      const broken = await violations(database);
      report('check', { figures: { violations: broken.length }, broken });
    } finally {
      await database.close();
    }
  });

program
  .command('editors')
  .description('many editors save one article')
  .option('--editors <n>', 'how many', from(1), 20)
  .option('--saves <n>', 'how often each', from(1), 200)
  .addOption(on('sqlite', 'mariadb'))
  .action((options: On & { editors: number; saves: number }) =>
    onEach('editors', options, async (place) => {
      const nodes = await Promise.all(place.kind === 'SQLite' ? [place.open()] : [place.open(), place.open()]);
      return editorsSave(nodes, await openDesk(nodes[0]), options).finally(() => closeAll(nodes));
    }),
  );

program
  .command('kill')
  .description('publish while the service and the database are killed at random')
  .option('--stories <n>', 'how many stories', from(1), 1_000)
  .option('--boundaries', 'instead, kill the process at every statement of every command')
  .addOption(on('sqlite', 'mariadb'))
  .action((options: On & { stories: number; boundaries?: true }) =>
    options.boundaries
      ? onEach('kill --boundaries', options, everyBoundary)
      : onEach('kill', options, (place) => publishesUnderFire(place, options)),
  );

program
  .command('schedule')
  .description('stories appear at their minute, and are entered once by workers that are killed at random')
  .option('--stories <n>', 'how many stories', from(10), 2_000)
  .option('--seconds <n>', 'over how many seconds they appear', from(4), 40)
  .addOption(on('mariadb'))
  .action((options: On & { stories: number; seconds: number }) =>
    onEach('schedule', options, (place) => scheduleIsKept(place, options)),
  );

program
  .command('feed')
  .description('read the feed of changes while many write')
  .option('--writers <n>', 'how many write', from(1), 8)
  .option('--stories <n>', 'how many stories each publishes', from(1), 150)
  .addOption(on('sqlite', 'mariadb'))
  .action((options: On & { writers: number; stories: number }) =>
    onEach('feed', options, async (place) => {
      const count = place.kind === 'SQLite' ? 1 : options.writers + 1;
      const nodes = await Promise.all(Array.from({ length: count }, () => place.open()));
      const viewer = await openDesk(nodes[0]!);
      return feedIsRead(nodes.slice(count > 1 ? 1 : 0), nodes[0]!, viewer, options).finally(() => closeAll(nodes));
    }),
  );

program
  .command('import')
  .description('bring an archive in while the command is killed at random')
  .option('--stories <n>', 'how many stories', from(10), 50_000)
  .option('--kills <n>', 'how often', from(0), 10)
  .addOption(on('sqlite', 'mariadb'))
  .action((options: On & { stories: number; kills: number }) =>
    onEach('import', options, async (place) => importIsKilled(place, options)),
  );

program
  .command('syndication')
  .description(
    'partners pull and are sent their feeds while many publish, correct and kill, and all is killed at random',
  )
  .option('--changes <n>', 'how many changes', from(50), 10_000)
  .option('--writers <n>', 'how many write', from(1), 8)
  .addOption(on('mariadb', 'sqlite'))
  .action((options: On & { changes: number; writers: number }) =>
    onEach('syndication', options, (place) => everyPartnerIsTold(place, options)),
  );

async function onEach(name: string, options: On, attempt: (place: Place) => Promise<Findings>): Promise<void> {
  for (const kind of options.on) {
    const place = await openPlace(kind);
    try {
      report(`${name} on ${place.kind}`, await attempt(place));
    } finally {
      await stopAll();
      await place.remove();
    }
  }
}

const closeAll = (databases: readonly { close(): Promise<void> }[]) =>
  Promise.all(databases.map((database) => database.close()));

function report(name: string, { figures, broken }: Findings): void {
  const told = Object.entries(figures).map(([what, figure]) => `${what} ${figure}`);
  process.stdout.write(`${name}: ${told.join(', ')}: ${broken.length === 0 ? 'kept' : 'BROKEN'}\n`);
  for (const what of broken) process.stderr.write(`  ${what}\n`);
  if (broken.length > 0) process.exitCode = 1;
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

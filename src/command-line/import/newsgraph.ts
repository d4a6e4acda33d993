import { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { OperatorError } from '../../kernel/errors.js';
import { migrateUp } from '../../kernel/migrate.js';
import { openMediaStore } from '../../media/media.store.js';
import { importNewsroom } from '../../newsroom/whole/import.commands.js';
import { say, withNewsroom } from '../newsroom.js';
import { withProgress } from '../progress.js';

export function newsgraphCommand(): Command {
  return new Command('newsgraph')
    .description('a whole newsroom that `newsgraph export` wrote, into an empty database')
    .argument('<file>')
    .action((file: string) =>
      withNewsroom(async ({ config, ctx, database }) => {
        if (!(await stat(file).catch(() => null))?.isFile()) throw new OperatorError(`There is no file ${file}.`);
        await migrateUp(database, say);
        const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
        const { rows, there, pictures } = await withProgress('Importing', (progress) =>
          importNewsroom(ctx, lines, openMediaStore(config.media), progress),
        );
        say(`${rows} rows${there > 0 ? `, of which ${there} were here already` : ''}, ${pictures} pictures.`);
      }),
    );
}

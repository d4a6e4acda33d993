import { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { openMediaStore } from '../media/media.store.js';
import { exportNewsroom } from '../newsroom/whole/export.queries.js';
import { say, withNewsroom } from './newsroom.js';
import { withProgress } from './progress.js';

export function exportCommand(): Command {
  return new Command('export')
    .description('write the whole newsroom to a file, for `import newsgraph`; no passwords, no sessions')
    .argument('<file>')
    .option('--media', 'the pictures themselves too')
    .action((file: string, options: { media?: true }) =>
      withNewsroom(async ({ config, database }) => {
        const unfinished = `${file}.unfinished`;
        const stream = createWriteStream(unfinished);
        await once(stream, 'open');
        const write = async (line: string) => {
          if (!stream.write(`${line}\n`)) await once(stream, 'drain');
        };
        try {
          const store = options.media ? openMediaStore(config.media) : null;
          const rows = await withProgress('Exporting', (progress) => exportNewsroom(database, write, store, progress));
          stream.end();
          await once(stream, 'close');
          await rename(unfinished, file);
          say(`${file}: ${rows} rows${options.media ? ', with the pictures' : ''}.`);
        } finally {
          stream.destroy();
          await rm(unfinished, { force: true });
        }
      }),
    );
}

import { Command } from 'commander';
import { migrateUp } from '../../kernel/migrate.js';
import { importEntities } from '../../newsroom/import/wikidata/wikidata.commands.js';
import { say, withNewsroom } from '../newsroom.js';
import { withImportProgress } from './progress.js';
import { sourcesOf } from './sources.js';

export function entitiesCommand(): Command {
  return new Command('entities')
    .description('people, organisations and places from a Wikidata dump in JSON, an item to a line, also gzipped')
    .argument('<file...>')
    .option('--language <tag>', 'the language of their names', 'en')
    .action(async (files: string[], { language }: { language: string }) => {
      const sources = await sourcesOf(files);
      await withNewsroom(async ({ ctx, database }) => {
        await migrateUp(database, say);
        const done = await withImportProgress(sources, (progress) =>
          importEntities(ctx, sources, { language }, progress),
        );
        const { read, written, updated, unchanged, skipped, failed } = done;
        say(
          `${read} items: ${written} written, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`,
        );
      });
    });
}

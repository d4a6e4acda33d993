import { readFile, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { GraphQLError } from 'graphql';
import { OperatorError } from '../kernel/errors.js';
import { migrateUp } from '../kernel/migrate.js';
import { importPage, type ImportReport } from '../newsroom/import/import.commands.js';
import { NotAnArticle } from '../newsroom/import/page.limits.js';
import { formats } from '../newsroom/import/readers.js';
import { entitiesCommand } from './import/entities.js';
import { newsgraphCommand } from './import/newsgraph.js';
import { storiesCommand } from './import/stories.js';
import { say, withNewsroom } from './newsroom.js';
import { withProgress } from './progress.js';

const largestFile = 5 * 1024 * 1024;

interface Options {
  publish?: true;
  section?: string;
}

export function importCommand(): Command {
  const command = new Command('import')
    .description('bring stories in; the same again changes nothing, one that was cut off goes on where it was')
    .showHelpAfterError();
  command.addCommand(pageCommand());
  command.addCommand(newsgraphCommand());
  command.addCommand(entitiesCommand());
  for (const format of formats) command.addCommand(storiesCommand(format));
  return command;
}

function pageCommand(): Command {
  return new Command('page')
    .description('saved pages, as text or HTML, with the stories that stand beside them')
    .argument('<file...>')
    .option('--publish', 'let readers see them at once')
    .option('--section <slug>', 'the section of stories that do not say theirs')
    .action((files: string[], options: Options) =>
      withNewsroom(async ({ ctx, database }) => {
        await migrateUp(database, say);
        let refused = 0;
        const lines = await withProgress('Importing', async (progress) => {
          const told: string[] = [];
          for (const [i, file] of files.entries()) {
            try {
              const report = await importPage(ctx, await textOf(file), {
                ...options,
                publish: options.publish ?? false,
              });
              told.push(...tell(file, report));
            } catch (error) {
              if (!isRefusal(error)) throw error;
              refused += 1;
              told.push(`${file}: ${error.message}`);
            }
            if (files.length > 1) progress(i + 1, files.length);
          }
          return told;
        });
        for (const line of lines) say(line);
        if (refused > 0) throw new OperatorError(`${refused} of ${files.length} could not be imported.`);
      }),
    );
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof NotAnArticle || error instanceof OperatorError || error instanceof GraphQLError;

function tell(file: string, report: ImportReport): string[] {
  const seen = report.published ? 'published' : 'not published: add --publish to let readers see it';
  return [
    `${file}: ${report.outcome} “${report.title}” (${report.slug}), ${report.mentions} mentions, ${seen}`,
    ...report.notes.map((note) => `  ${note}`),
  ];
}

async function textOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new OperatorError('there is no such file.');
  if (found.size > largestFile) throw new OperatorError('the file is larger than 5 MB, which no saved page is.');
  return decoded(await readFile(file));
}

/** The text of a file, in the encoding an HTML page names, else in UTF-8. */
function decoded(bytes: Buffer): string {
  const named = /<meta[^>]{0,200}charset=["']?([\w-]{2,20})/i.exec(bytes.toString('latin1', 0, 4_096))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named, { fatal: true }).decode(bytes);
  } catch {
    throw new OperatorError(`the file is not written in ${named}: save it as UTF-8.`);
  }
}

import { Argument, Command, InvalidArgumentError } from 'commander';
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../kernel/errors.js';
import { migrateUp } from '../../kernel/migrate.js';
import { importMany } from '../../newsroom/import/import-many.commands.js';
import { openMediaStore } from '../../media/media.store.js';
import { databaseNow } from '../../newsroom/import/import.queries.js';
import { pictureFetcher } from '../../newsroom/import/picture-fetch.commands.js';
import { readers, sourceOf, type Format } from '../../newsroom/import/readers.js';
import { say, withNewsroom, withNewsroomAsItIs } from '../newsroom.js';
import { withImportProgress } from './progress.js';
import { costSince, ReportFile, summaryLines } from './report.js';
import { sourcesOf } from './sources.js';

interface Options {
  source?: string;
  section?: string;
  sections?: string;
  language?: string;
  drafts?: true;
  dryRun?: true;
  report?: string;
  encoding?: string;
  fetchPictures?: true;
  mostPictures: number;
  columns?: string;
}

/** Adds to `import` what brings in stories of one format. */
export function storiesCommand(format: Format): Command {
  const { what } = readers[format];
  const command = new Command(format)
    .description(what)
    .addArgument(new Argument('<source...>', 'files, or folders of files'))
    .option('--source <name>', 'what the system is called that they come from: ids are unique in it', sourceOf(format))
    .option('--section <slug>', 'the section of stories whose categories have none', 'unsorted')
    .option('--sections <file>', 'which section each category belongs to: {"Category": "slug"}, or a CSV of both')
    .option('--language <tag>', 'the language of stories that do not say theirs', 'en')
    .option('--drafts', 'keep all as drafts, those that were published too')
    .option('--publish', 'let readers see what they saw there: this is so without it')
    .option('--dry-run', 'write nothing, and report what would become of it')
    .option(
      '--report <file>',
      'where the items to look at are written, as JSON Lines; import-<format>-report.jsonl when absent, import-<format>-dry-run.jsonl of a dry run',
    )
    .option('--fetch-pictures', 'bring their pictures from the open internet, 20 MB and 15 seconds each at most')
    .option('--most-pictures <n>', 'how many pictures one import asks for', wholeNumber, 10_000)
    .option('--encoding <name>', 'what the files are written in, when they do not say it');
  if (format === ('csv' as Format)) {
    command.option('--columns <file>', 'which column each field is in: {"title": "Headline"}');
  }
  return command.action((named: string[], options: Options) => importStories(format, named, options));
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

async function importStories(format: Format, named: readonly string[], options: Options): Promise<void> {
  const sources = await sourcesOf(named);
  const sections = options.sections === undefined ? {} : await mapIn(options.sections);
  const columns = options.columns === undefined ? undefined : await mapIn(options.columns);
  const dryRun = options.dryRun ?? false;
  const report = new ReportFile(options.report ?? `import-${format}-${dryRun ? 'dry-run' : 'report'}.jsonl`);
  const source = options.source ?? sourceOf(format);
  if (source.length > 40) throw new OperatorError('--source is at most 40 characters long.');
  const opened = dryRun ? withNewsroomAsItIs : withNewsroom;
  const { summary, cost } = await opened(async ({ config, ctx, database }) => {
    if (!dryRun) await migrateUp(database, say);
    const store = openMediaStore(config.media);
    const now = await databaseNow(ctx);
    const fetchPictures =
      options.fetchPictures && !dryRun ? pictureFetcher(ctx, { source, store, most: options.mostPictures }) : undefined;
    const started = performance.now();
    try {
      const done = await withImportProgress(sources, (progress) =>
        importMany(
          ctx,
          readers[format].read(sources, { encoding: options.encoding, columns, now }),
          { ...options, source, sections, drafts: options.drafts ?? false, dryRun, fetchPictures },
          (item) => {
            report.add(item);
            progress();
          },
        ),
      );
      const spent = costSince(started);
      report.sum(done, spent);
      return { summary: done, cost: spent };
    } finally {
      report.close();
    }
  });
  for (const line of summaryLines(summary, { report, dryRun, cost })) say(line);
  if (summary.read === 0) throw new OperatorError(`There is no story in ${named.join(', ')}.`);
  if (summary.failed > 0) throw new OperatorError(`${summary.failed} of ${summary.read} could not be imported.`);
}

/** A map of names, as a JSON object or as lines of two values parted by a comma. */
async function mapIn(file: string): Promise<Record<string, string>> {
  const text = (
    await readFile(file, 'utf8').catch(() => {
      throw new OperatorError(`There is no file ${file}.`);
    })
  ).replace(/^\ufeff/, '');
  if (!/^\s*\{/.test(text)) return Object.fromEntries(pairsIn(text, file));
  try {
    const map = JSON.parse(text) as Record<string, unknown>;
    if (Object.values(map).every((value) => typeof value === 'string')) return map as Record<string, string>;
  } catch {
    // told below
  }
  throw new OperatorError(`${file} is not a JSON object that gives each name a text.`);
}

function pairsIn(text: string, file: string): [string, string][] {
  return text
    .split(/\r?\n/)
    .filter((line, i) => line.trim() !== '' && !(i === 0 && /^"?(?:category|categories|field)"?,/i.test(line)))
    .map((line) => {
      const [, quoted, bare, slug] = /^(?:"((?:[^"]|"")*)"|([^",]*)),\s*"?([^",]*)"?\s*$/.exec(line) ?? [];
      if (slug === undefined)
        throw new OperatorError(`${file} has a line that is not two values parted by a comma: ${line.slice(0, 80)}`);
      return [(quoted?.replaceAll('""', '"') ?? bare ?? '').trim(), slug.trim()];
    });
}

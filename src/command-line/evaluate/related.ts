import { Command } from 'commander';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, type Context } from '../../kernel/context.js';
import { OperatorError } from '../../kernel/errors.js';
import { migrateUp } from '../../kernel/migrate.js';
import { operator } from '../../kernel/viewer.js';
import { wordAllStories } from '../../newsroom/beside/wording.commands.js';
import { databaseNow } from '../../newsroom/import/import.queries.js';
import { importMany } from '../../newsroom/import/import-many.commands.js';
import { readers } from '../../newsroom/import/readers.js';
import type { SourceFiles } from '../../newsroom/import/story.types.js';
import { openStorage } from '../../storage.js';
import { readConfig } from '../../config.js';
import { withImportProgress } from '../import/progress.js';
import { sourcesOf } from '../import/sources.js';
import { say } from '../newsroom.js';
import { withProgress } from '../progress.js';
import { editorsLinks, rankedByTfIdf, rankedByUs } from './related.ranking.js';
import { figuresOf, linesOf, type Figures } from './related.figures.js';
import { tryGold } from './related.trial.js';

interface Options {
  json?: true;
  database?: string;
}

const addresses = { siteUrl: 'https://trial.example', mediaUrl: 'https://trial.example/media', siteName: 'Trial' };

/** Adds to `evaluate` how well related stories are suggested. */
export function relatedCommand(): Command {
  return new Command('related')
    .description('how many of the links that editors made between stories are suggested')
    .argument('<file...>', 'stories as JSON Lines, with links to one another in their texts or beside them')
    .option('--json', 'print the figures as JSON')
    .option('--database <url>', 'an empty database to do it in; one on SQLite is made and deleted otherwise')
    .action(evaluateRelated);
}

async function evaluateRelated(files: readonly string[], options: Options): Promise<void> {
  const sources = await sourcesOf(files);
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-evaluate-'));
  const madeHere = (name: string) => `sqlite:${join(folder, name)}`;
  try {
    const measured = await inNewsroom(options.database ?? madeHere('trial.sqlite'), (contextOf) =>
      measure(contextOf, sources),
    );
    if (measured === undefined)
      throw new OperatorError(`No story in ${files.join(', ')} has a link to another one: there is nothing to go by.`);
    const figures: Figures = { ...measured, gold: await inNewsroom(madeHere('gold.sqlite'), tryGold) };
    if (options.json) say(JSON.stringify(figures));
    else for (const line of linesOf(figures)) say(line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Works in an empty newsroom on a database, with the rights of whoever looks after it. */
async function inNewsroom<Result>(url: string, work: (contextOf: () => Context) => Promise<Result>): Promise<Result> {
  const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  const contextOf = () => createContext(database, addresses, { viewer: operator });
  try {
    await migrateUp(database);
    const [story] = await database.read({ text: 'select id from article limit 1', values: [] }, 'primary');
    if (story) throw new OperatorError('That database has stories in it: name an empty one, which may be filled.');
    return await work(contextOf);
  } finally {
    await database.close();
  }
}

/** Brings the stories in and asks for each that has links; nothing when none has. */
async function measure(contextOf: () => Context, sources: SourceFiles): Promise<Omit<Figures, 'gold'> | undefined> {
  const now = await databaseNow(contextOf());
  await withImportProgress(sources, (progress) =>
    importMany(contextOf(), readers.jsonl.read(sources, { now }), { source: 'trial' }, () => progress()),
  );
  await withProgress('Reading the words', (progress) => wordAllStories(contextOf(), progress));
  const { asked, texts } = await editorsLinks(contextOf());
  if (asked.length === 0) return undefined;
  const ours = await withProgress('Suggesting', (progress) => rankedByUs(contextOf, asked, progress));
  return {
    stories: texts.size,
    asked: asked.length,
    links: asked.reduce((sum, { links }) => sum + links.length, 0),
    ...figuresOf(asked, ours, rankedByTfIdf({ asked, texts })),
  };
}

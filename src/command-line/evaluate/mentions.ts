import { Command, InvalidArgumentError } from 'commander';
import { createHash } from 'node:crypto';
import { OperatorError } from '../../kernel/errors.js';
import { migrateUp } from '../../kernel/migrate.js';
import { longestLine } from '../../newsroom/import/readers/json-lines.js';
import { linesOf, textOf } from '../../newsroom/import/readers/source.js';
import { evaluateStory, type Timed } from '../../newsroom/suggestions/evaluation/evaluation.queries.js';
import { nothingEvaluated, type Evaluation } from '../../newsroom/suggestions/evaluation/evaluation.rules.js';
import { goldIn, NotGold, type GoldStory } from '../../newsroom/suggestions/evaluation/gold.rules.js';
import { sourcesOf } from '../import/sources.js';
import { say, withNewsroom } from '../newsroom.js';
import { withProgress } from '../progress.js';
import { asJson, asText } from './mentions.report.js';

type Half = 'development' | 'held-back' | undefined;

export function mentionsCommand(): Command {
  return new Command('mentions')
    .description(
      'score the names that are found in stories against those that are marked, with the names the newsroom knows',
    )
    .argument(
      '<file>',
      'JSON Lines, a story to a line: {id?, title?, body, entities: [{start, end, text?, type?, kb?, chain?}]}',
    )
    .option('--half <half>', 'only the development or the held-back half of the stories, told by their ids', halfOf)
    .option('--json', 'print all figures as JSON')
    .action(async (file: string, { half, json }: { half?: Half; json?: true }) => {
      const stories = (await storiesIn(file)).filter(({ id }) => half === undefined || halfHas(id) === half);
      await withNewsroom(async ({ ctx, database }) => {
        await migrateUp(database, json ? () => undefined : say);
        let sum: Evaluation = nothingEvaluated();
        const times: Timed[] = [];
        await withProgress('Reading', async (progress) => {
          for (const story of stories.slice(0, warmingUp))
            await evaluateStory({ ...ctx, loaders: new Map() }, { sum: nothingEvaluated(), story });
          for (const story of stories) {
            const done = await evaluateStory({ ...ctx, loaders: new Map() }, { sum, story });
            sum = done.sum;
            times.push(done.timed);
            progress(times.length, stories.length);
          }
        });
        say(json ? asJson(sum, times) : asText(sum, times));
      });
    });
}

function halfOf(text: string): Half {
  if (text === 'development' || text === 'held-back') return text;
  throw new InvalidArgumentError('It is development or held-back.');
}

/** Which half a story belongs to: as good as by lot, and always the same. */
const halfHas = (id: string): Half =>
  createHash('sha256').update(id).digest()[0]! % 2 === 0 ? 'development' : 'held-back';

const mostStories = 100_000;
/** How many stories are read once before, so that the time is that of a process that runs. */
const warmingUp = 50;

async function storiesIn(file: string): Promise<GoldStory[]> {
  const sources = await sourcesOf([file]);
  const stories: GoldStory[] = [];
  for (const path of sources.paths) {
    for await (const { text, number, isTooLong } of linesOf(textOf(sources, path, { now: 0 }), longestLine)) {
      if (isTooLong) throw new OperatorError(`${path}, line ${number}: it has more than 16 million characters.`);
      if (text.trim() === '') continue;
      if (stories.length === mostStories)
        throw new OperatorError(`${path} has more than ${mostStories} stories: give it in parts.`);
      stories.push(storyOf(text, number, path));
    }
  }
  if (stories.length === 0) throw new OperatorError(`There is no story in ${file}.`);
  return stories;
}

function storyOf(line: string, number: number, path: string): GoldStory {
  let row: unknown;
  try {
    row = JSON.parse(line.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new OperatorError(`${path}, line ${number}: it is not JSON (${(error as Error).message}).`);
  }
  try {
    return goldIn(row, number);
  } catch (error) {
    if (error instanceof NotGold) throw new OperatorError(`${path}, line ${number}: ${error.message}`);
    throw error;
  }
}

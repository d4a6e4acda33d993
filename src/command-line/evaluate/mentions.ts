import { Command } from 'commander';
import { migrateUp } from '../../kernel/migrate.js';
import { evaluateStory, type Timed } from '../../newsroom/suggestions/evaluation/evaluation.queries.js';
import { nothingEvaluated, type Evaluation } from '../../newsroom/suggestions/evaluation/evaluation.rules.js';
import { say, withNewsroom } from '../newsroom.js';
import { withProgress } from '../progress.js';
import { goldStoriesIn, halfOf, type Half } from './mentions.gold.js';
import { asJson, asText } from './mentions.report.js';

/** How many stories are read once before, so that the time is that of a process that runs. */
const warmingUp = 50;

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
      const stories = await goldStoriesIn(file, half);
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

import { createHash } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { OperatorError } from '../../kernel/errors.js';
import { longestLine } from '../../newsroom/import/readers/json-lines.js';
import { linesOf, textOf } from '../../newsroom/import/readers/source.js';
import { goldIn, NotGold, type GoldStory } from '../../newsroom/suggestions/evaluation/gold.rules.js';
import { sourcesOf } from '../import/sources.js';

export type Half = 'development' | 'held-back';

export function halfOf(text: string): Half {
  if (text === 'development' || text === 'held-back') return text;
  throw new InvalidArgumentError('It is development or held-back.');
}

/** Which half a story belongs to: as good as by lot, and always the same. */
const halfWith = (id: string): Half =>
  createHash('sha256').update(id).digest()[0]! % 2 === 0 ? 'development' : 'held-back';

const mostStories = 100_000;

/** The stories of a gold file, all or those of one half. */
export async function goldStoriesIn(file: string, half?: Half): Promise<GoldStory[]> {
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
  return half === undefined ? stories : stories.filter(({ id }) => halfWith(id) === half);
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

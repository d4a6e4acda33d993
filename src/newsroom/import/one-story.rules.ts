import { Refusal } from '../../kernel/errors.js';
import { isDuplicate } from '../../kernel/write.js';

/** Whether a batch failed for something in one of its stories, and not for the database itself. */
export const isOfOneStory = (error: unknown): error is Error =>
  error instanceof Refusal ||
  isDuplicate(error) ||
  [1406, 1366, 1264, 1452].includes(Number((error as { errno?: number }).errno));

/** What is said of the story that it was. */
export const reasonIn = (error: Error): string =>
  error instanceof Refusal ? error.message : `The database does not take it: ${error.message}`;

import { inWords } from '../suggestions/role.rules.js';
import type { Repeated } from './beside.queries.js';

/** What an editor is told of a story that says the same word for word. */
export function warningOf({ title, same, publishedAt }: Repeated): { message: string; path: string[] } {
  const day = inWords(new Date(publishedAt).toISOString().slice(0, 10));
  const much = same >= 0.95 ? 'The same text is' : `${Math.round(same * 100)} % of the shorter text is word for word`;
  return {
    message: `${much} in “${title}”, published on ${day}: it may be the same story sent once more.`,
    path: ['body'],
  };
}

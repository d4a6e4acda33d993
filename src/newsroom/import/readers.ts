import { readJsonLines } from './readers/json-lines.js';
import type { Reader } from './story.types.js';

/** How stories are read, by the name of the format. */
export const readers = {
  jsonl: { read: readJsonLines, what: 'articles as JSON Lines' },
} as const satisfies Record<string, { read: Reader; what: string }>;

export type Format = keyof typeof readers;
export const formats = Object.keys(readers) as Format[];

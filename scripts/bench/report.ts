import type { Measured } from './measure.js';
import type { Memory } from './sections/memory.js';
import type { Starts } from './sections/start.js';
import type { PublishingRounds } from './writes/publishing.js';
import type { Writing } from './writes/writers.js';

/** What `--only` can name, in the order in which it is measured. */
export const sections = ['pages', 'sqlite', 'publish', 'writers', 'workers', 'start', 'memory'] as const;
export type SectionName = (typeof sections)[number];

/** All that a run measured; what was left out is not there. */
export interface Report {
  pages?: Measured[];
  sqlite?: Measured[];
  publish?: PublishingRounds;
  writers?: Writing[];
  workers?: Measured[];
  start?: Starts;
  memory?: Memory[];
}

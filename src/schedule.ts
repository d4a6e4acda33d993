import { publicationSchedule } from './articles/reach.queries.js';
import { frontSchedule } from './fronts/schedule.commands.js';
import { together } from './kernel/freshness.js';

/** All that readers will see by itself. */
export const schedule = together(publicationSchedule, frontSchedule);

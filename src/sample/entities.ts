import { organisations } from './entities/organisations.js';
import { newsroomStaff, people } from './entities/people.js';
import { places } from './entities/places.js';
import type { SampleEntity } from './sample.types.js';

export const entities: SampleEntity[] = [...people, ...newsroomStaff, ...organisations, ...places];

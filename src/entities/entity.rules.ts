import type { EntityKind } from './entity.rows.js';

/** The first part of an entity's path. */
export const entityFolder: Record<EntityKind, string> = {
  Person: 'people',
  Organisation: 'organisations',
  Place: 'places',
};

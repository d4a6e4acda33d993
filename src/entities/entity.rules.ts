import type { Addresses } from '../kernel/context.js';
import type { EntityKind } from './entity.rows.js';

/** The first part of an entity's path. */
export const entityFolder: Record<EntityKind, string> = {
  Person: 'people',
  Organisation: 'organisations',
  Place: 'places',
};

/** Where readers find an entity. */
export const entityUrl = (
  { siteUrl }: Addresses,
  { __typename, slug }: { __typename: EntityKind; slug: string },
): string => `${siteUrl}/${entityFolder[__typename]}/${slug}`;

/** What Wikidata calls it, as an address. */
export const wikidataUrl = (wikidataId: string): string => `https://www.wikidata.org/entity/${wikidataId}`;

import type { Addresses } from '../kernel/context.js';
import type { EntityKind } from './entity.rows.js';

/** The first part of an entity's path. */
export const entityFolder: Record<EntityKind, string> = {
  Person: 'people',
  Organisation: 'organisations',
  Place: 'places',
};

type Placed = { __typename: EntityKind; slug: string };

export const entityPath = ({ __typename, slug }: Placed): string => `/${entityFolder[__typename]}/${slug}`;

/** Where readers find an entity. */
export const entityUrl = ({ siteUrl }: Addresses, entity: Placed): string => `${siteUrl}${entityPath(entity)}`;

/** What Wikidata calls it, as an address. */
export const wikidataUrl = (wikidataId: string): string => `https://www.wikidata.org/entity/${wikidataId}`;

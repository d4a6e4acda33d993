import type { SampleEntity } from '../sample.types.js';

type Details = Omit<SampleEntity, 'kind' | 'slug' | 'name' | 'description' | 'aliases'>;

const entity =
  (kind: SampleEntity['kind']) =>
  (slug: string, name: string, description: string, aliases: string[] = [], details: Details = {}): SampleEntity => ({
    kind,
    slug,
    name,
    description,
    aliases,
    ...details,
  });

export const person = entity('Person');
export const organisation = entity('Organisation');

export const place = (
  slug: string,
  name: string,
  description: string,
  wikidataId: string | undefined,
  [latitude, longitude]: [number, number],
  aliases: string[] = [],
): SampleEntity => ({
  kind: 'Place',
  slug,
  name,
  description,
  aliases,
  ...(wikidataId !== undefined && { wikidataId }),
  latitude,
  longitude,
});

export const staff = (slug: string, name: string, work: string): SampleEntity =>
  person(slug, name, `${work} on the staff of our sample newsroom; a fictional person.`);

import { badInput } from '../kernel/errors.js';
import { slugOf } from '../kernel/slug.js';
import { checkText } from '../kernel/write.js';
import type { EntityKind } from './entity.rows.js';

/** What each kind is called in what we say. */
export const wordFor: Record<EntityKind, string> = { Person: 'person', Organisation: 'organisation', Place: 'place' };

/** Checks a name of one line, in any script: at least one letter, digit or sign that can be seen. */
export function checkName(field: string, value: string, max: number): string {
  const name = checkText(field, value, { min: 1, max });
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) throw badInput(`${field} has line breaks or control characters.`, field);
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(name)) throw badInput(`${field} has nothing that can be seen.`, field);
  return name;
}

/** Checks a slug that an editor gives: as we would make it of these words. */
export function checkSlug(value: string): string {
  const slug = checkText('slug', value, { min: 1, max: 150 });
  const good = slugOf(slug, 150);
  if (slug !== good) {
    throw badInput(
      `A slug is lower-case letters and digits of any script, joined by hyphens, such as "${good}".`,
      'slug',
    );
  }
  return slug;
}

export function checkWikidataId(value: string): string {
  const id = value.trim();
  if (!/^Q[1-9][0-9]{0,17}$/.test(id)) throw badInput('A Wikidata id is Q and a number, such as Q42.', 'wikidataId');
  return id;
}

/** Checks the address of a site: http or https, without a password in it. */
export function checkWebsite(value: string): string {
  const text = checkText('website', value, { min: 1, max: 255 });
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOne = url && /^https?:\/\//i.test(text) && !url.username && !url.password && !/\s/.test(text);
  if (!isOne) throw badInput('A website is an address that begins with https:// or http://.', 'website');
  return text;
}

/** Checks a day on which something has happened; days begin up to 14 hours earlier than in UTC. */
export function checkPast(field: string, day: string, now: number): string {
  const latest = new Date(now + 14 * 3_600_000).toISOString().slice(0, 10);
  if (day > latest) throw badInput(`${day} is still to come.`, field);
  return day;
}

/** Checks that what ends does not end before it begins. */
export function checkOrder(field: string, begins: string | null, ends: string | null): void {
  if (begins !== null && ends !== null && ends < begins)
    throw badInput(`${ends} is before ${begins}, when it begins.`, field);
}

export interface Position {
  latitude: number | null;
  longitude: number | null;
}

/** Checks a position: both degrees or none, on this Earth. */
export function checkPosition({ latitude, longitude }: Position): void {
  if (latitude !== null && Math.abs(latitude) > 90) throw badInput('latitude is from -90 to 90 degrees.', 'latitude');
  if (longitude !== null && Math.abs(longitude) > 180) {
    throw badInput('longitude is from -180 to 180 degrees.', 'longitude');
  }
  if ((latitude === null) !== (longitude === null)) {
    throw badInput(
      'A position is latitude and longitude: give both or none.',
      latitude === null ? 'latitude' : 'longitude',
    );
  }
}

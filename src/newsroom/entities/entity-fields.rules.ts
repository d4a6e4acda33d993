import { checkName, checkPast, checkWebsite, checkWikidataId } from '../../entities/entity-input.rules.js';
import { maxNames } from '../../entities/entity.queries.js';
import { badInput } from '../../kernel/errors.js';
import { checkText } from '../../kernel/write.js';
import type { RoleFields } from './role.commands.js';

/** What an editor gives of an entity: what is absent stays as it is, `null` takes it away. */
export interface EntityFields {
  name?: string | null | undefined;
  slug?: string | null | undefined;
  description?: string | null | undefined;
  aliases?: readonly string[] | null | undefined;
  wikidataId?: string | null | undefined;
  website?: string | null | undefined;
  bornOn?: string | null | undefined;
  diedOn?: string | null | undefined;
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
  roles?: readonly RoleFields[] | null | undefined;
}

export interface Columns {
  name: string;
  description: string;
  bornOn: string | null;
  diedOn: string | null;
  latitude: number | null;
  longitude: number | null;
  wikidataId: string | null;
  website: string | null;
}

/** The columns that are given, checked one by one. */
export function columnsOf(given: EntityFields, now: number): Partial<Columns> {
  const columns: Partial<Columns> = {};
  if (given.name === null) throw badInput('It needs a name: leave the field out to keep the one it has.', 'name');
  if (given.name !== undefined) columns.name = checkName('name', given.name, 200);
  if (given.description !== undefined) {
    columns.description = checkText('description', given.description ?? '', { max: 500 });
  }
  if (given.wikidataId !== undefined) columns.wikidataId = orNull(given.wikidataId, checkWikidataId);
  if (given.website !== undefined) columns.website = orNull(given.website, checkWebsite);
  if (given.bornOn !== undefined) columns.bornOn = orNull(given.bornOn, (day) => checkPast('bornOn', day, now));
  if (given.diedOn !== undefined) columns.diedOn = orNull(given.diedOn, (day) => checkPast('diedOn', day, now));
  if (given.latitude !== undefined) columns.latitude = given.latitude;
  if (given.longitude !== undefined) columns.longitude = given.longitude;
  return columns;
}

const orNull = (value: string | null, check: (text: string) => string): string | null =>
  value === null ? null : check(value);

/** Other names, each once and none that is the name itself. */
export function namesOf(aliases: readonly string[], name: string): string[] {
  if (aliases.length > maxNames)
    throw badInput(`At most ${maxNames} other names fit, not ${aliases.length}.`, 'aliases');
  const names = aliases.map((alias, i) => checkName(`aliases.${i}`, alias, 200));
  return [...new Set(names)].filter((alias) => alias !== name);
}

const written = [
  'slug',
  'name',
  'description',
  'bornOn',
  'diedOn',
  'latitude',
  'longitude',
  'wikidataId',
  'website',
  'aliases',
  'roles',
] as const;

type Written = Partial<Record<(typeof written)[number], unknown>>;

/** What differs, before and after; nothing when it is all the same. */
export function changesOf(before: Written, after: Written): { before: Written; after: Written } | null {
  const changed = written.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (changed.length === 0) return null;
  const only = (of: Written): Written => Object.fromEntries(changed.map((field) => [field, of[field]]));
  return { before: only(before), after: only(after) };
}

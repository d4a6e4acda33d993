import { badInput } from '../../kernel/errors.js';
import type { FilterInput } from '../../articles/filter.rules.js';
import { listOf } from '../../articles/list.rules.js';
import { documentFormats, type DocumentFormat, type ProductDimension } from './partner.words.js';

/** What a product's stories are told by, as it was given. */
export type ProductFilter = Pick<FilterInput, 'sections' | 'entities' | 'kinds' | 'languages'>;

export interface ProductList {
  dimension: ProductDimension;
  list: string;
}

const dimensionOf: Record<string, ProductDimension> = {
  section: 'SECTION',
  entity: 'ENTITY',
  kind: 'KIND',
  lang: 'LANGUAGE',
};

/** The lists of a product by their dimension; one without a filter is of the list of everything. */
export function listsByDimension(groups: readonly (readonly string[])[]): ProductList[] {
  if (groups.length === 0) return [{ dimension: 'EVERYTHING', list: listOf.everything }];
  return [...new Set(groups.flat())].map((list) => ({ dimension: dimensionOf[list.split(':', 1)[0]!]!, list }));
}

/** Of how many dimensions a story has to be. */
export const dimensionsOf = (lists: readonly ProductList[]): number =>
  new Set(lists.map(({ dimension }) => dimension)).size;

/** The filter without what was not given, languages as they are written. */
export function checkFilter({ sections, entities, kinds, languages }: ProductFilter): ProductFilter {
  return Object.fromEntries(
    Object.entries({ sections, entities, kinds, languages: languages?.map(checkLanguage) }).filter(
      ([, values]) => values != null,
    ),
  );
}

function checkLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0]!;
  } catch {
    throw badInput('A language is a tag such as en, fa or pt-BR.', 'filter.languages');
  }
}

const minute = 60_000;
/** A week earlier, a year later. */
const delays = { least: -10_080, most: 525_600 };

/** By how many milliseconds stories come later. */
export function checkDelay(minutes: number): number {
  if (minutes < delays.least || minutes > delays.most)
    throw badInput(
      `delayMinutes is from ${delays.least} (a week earlier) to ${delays.most} (a year later).`,
      'delayMinutes',
    );
  return minutes * minute;
}

export function checkKeepDays(days: number | null): number | null {
  if (days !== null && (days < 1 || days > 36_500)) throw badInput('keepDays is from 1 to 36500.', 'keepDays');
  return days;
}

export function checkFormats(formats: readonly DocumentFormat[]): DocumentFormat[] {
  if (formats.length === 0) throw badInput('A product needs at least one format.', 'formats');
  return documentFormats.filter((format) => formats.includes(format));
}

const names = new Intl.DisplayNames('en', { type: 'region' });

/** Countries in capital letters, each once and in order. */
export function checkTerritories(territories: readonly string[]): string[] {
  const countries = territories.map((text, i) => {
    const code = text.toUpperCase();
    if (
      !/^[A-Z]{2}$/.test(code) ||
      code === 'ZZ' ||
      names.of(code) === code ||
      new Intl.Locale(`und-${code}`).region !== code
    )
      throw badInput('A territory is a country of ISO 3166-1 in two letters, such as GB.', `territories.${i}`);
    return code;
  });
  return [...new Set(countries)].sort();
}

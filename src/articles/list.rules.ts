import type { ArticleKind } from './edition.rows.js';

/**
 * The lists a publication can appear in. Each is a range of the key of `listing`; a filter is a join of such ranges.
 * Names are short, as they are written once for each list of each publication.
 */
export const listOf = {
  everything: 'all',
  section: (id: number): string => `section:${id}`,
  entity: (id: number): string => `entity:${id}`,
  /** What the lists of all entities are like. */
  anyEntity: 'entity:%',
  kind: (kind: ArticleKind): string => `kind:${kind}`,
  language: (language: string): string => `lang:${language.toLowerCase().slice(0, 19)}`,
};

/** As far as the stories of a list are counted: a larger one has as many or more. */
export const mostCounted = 1_000;

/** The id in the name of an entity's list. */
export const entityIdOf = (list: string): number => Number(list.slice('entity:'.length));

export interface Listed {
  kind: ArticleKind;
  language: string;
  sectionIds: readonly number[];
  entityIds: readonly number[];
}

/** All lists an article belongs to: the section and those above it, each entity named, its kind, its language with and without its region. */
export function listsOf(article: Listed): string[] {
  return [
    listOf.everything,
    listOf.kind(article.kind),
    ...new Set([article.language, article.language.split('-', 1)[0]!].map(listOf.language)),
    ...new Set(article.sectionIds.map(listOf.section)),
    ...new Set(article.entityIds.map(listOf.entity)),
  ];
}

import { badInput } from '../kernel/errors.js';
import { parseGlobalIds } from '../kernel/global-id.js';
import { entityKinds } from '../entities/entity.rows.js';
import type { ArticleKind } from './edition.rows.js';
import type { Narrowing } from './list.queries.js';
import { listOf } from './list.rules.js';

export interface FilterInput {
  sections?: string[] | null;
  entities?: string[] | null;
  kinds?: ArticleKind[] | null;
  languages?: string[] | null;
  publishedAfter?: number | null;
  publishedBefore?: number | null;
}

const most = 50;

/** The lists that a filter is made of; a section nobody knows is a list nothing is in. */
export function narrowingOf(filter: FilterInput, sectionIds: ReadonlyMap<string, { id: number }>): Narrowing {
  const group = <Value>(field: string, values: Value[] | null | undefined, toList: (value: Value) => string) => {
    if (values == null) return [];
    if (values.length === 0 || values.length > most) throw badInput(`filter.${field} takes from 1 to ${most} values.`);
    return [[...new Set(values.map(toList))].sort()];
  };
  return {
    groups: [
      ...group('entities', filter.entities, (id) => listOf.entity(parseGlobalIds([id], entityKinds)[0]!)),
      ...group('sections', filter.sections, (slug) => listOf.section(sectionIds.get(slug)?.id ?? 0)),
      ...group('kinds', filter.kinds, listOf.kind),
      ...group('languages', filter.languages, listOf.language),
    ],
    publishedAfter: filter.publishedAfter,
    publishedBefore: filter.publishedBefore,
  };
}

import type { Narrowing } from '../articles/list.queries.js';
import { listOf } from '../articles/list.rules.js';
import type { Fill } from './front.rules.js';

/** The lists that fill a block; `standing` tells who stands for somebody who was merged. */
export function narrowingOfFill(fill: Fill, standing: (entityId: number) => number): Narrowing {
  const group = <Value>(values: readonly Value[] | undefined, toList: (value: Value) => string): string[][] =>
    values ? [[...new Set(values.map(toList))].sort()] : [];
  return {
    groups: [
      ...group(fill.entityIds, (id) => listOf.entity(standing(id))),
      ...group(fill.sectionIds, listOf.section),
      ...group(fill.kinds, listOf.kind),
      ...group(fill.languages, listOf.language),
    ],
    publishedAfter: fill.publishedAfter,
    publishedBefore: fill.publishedBefore,
  };
}

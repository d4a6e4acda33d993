import { listOf } from '../../articles/list.rules.js';
import { slugKey } from '../../entities/entity.queries.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import { tag } from '../../kernel/tags.js';

/** Tags of what a change of an entity reaches: whatever shows it, its list, and who asked for its slug in vain. */
export const entityReach = (kind: EntityKind, { id, slug }: { id: number; slug: string }): string[] => [
  tag('Entity', id),
  tag('list', listOf.entity(id)),
  tag('slug', slugKey(kind, slug)),
];

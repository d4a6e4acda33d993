import { articleById } from '../../articles/article.queries.js';
import { newsroomArticleById } from '../../articles/newsroom-article.queries.js';
import { checkName, checkOrder, wordFor } from '../../entities/entity-input.rules.js';
import type { RoleValues } from '../../entities/entity-parts.commands.js';
import { maxRoles } from '../../entities/entity.queries.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import { survivorsOf } from '../../entities/survivor.queries.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing } from '../../kernel/errors.js';
import { sql } from '../../kernel/sql.js';

/** A post as an editor gives it. */
export interface RoleFields {
  title: string;
  interim?: boolean | null | undefined;
  organisationId: number | null;
  placeId: number | null;
  startedOn?: string | null | undefined;
  endedOn?: string | null | undefined;
  sourceArticleId: number | null;
}

/** Checks the posts of a person; a story that is new as a source must be one that the viewer may see. */
export async function rolesOf(
  ctx: Context,
  tx: Transaction,
  roles: readonly RoleFields[],
  before: readonly RoleValues[],
): Promise<RoleValues[]> {
  if (roles.length > maxRoles) throw badInput(`At most ${maxRoles} posts fit, not ${roles.length}.`, 'roles');
  const known = new Set(before.map(({ sourceArticleId }) => sourceArticleId));
  const survivor = await survivorsOf(
    tx,
    roles.flatMap(({ organisationId, placeId }) => [organisationId, placeId].filter((id) => id !== null)),
  );
  const kinds = await kindsOf(tx, roles);
  const standing = (id: number | null, kind: EntityKind, field: string): number | null => {
    if (id !== null && kinds.get(id) !== kind) throw missing(wordFor[kind], field);
    return id === null ? null : survivor(id);
  };
  const isSource = async (id: number | null) => id === null || known.has(id) || (await isThere(ctx, id));
  const sources = await Promise.all(roles.map(({ sourceArticleId }) => isSource(sourceArticleId)));
  return roles.map((role, i) => {
    const path = `roles.${i}`;
    const startedOn = role.startedOn ?? null;
    const endedOn = role.endedOn ?? null;
    checkOrder(`${path}.endedOn`, startedOn, endedOn);
    if (!sources[i]) throw missing('story', `${path}.sourceArticle`);
    return {
      title: checkName(`${path}.title`, role.title, 160),
      interim: role.interim ?? false,
      organisationId: standing(role.organisationId, 'Organisation', `${path}.organisation`),
      placeId: standing(role.placeId, 'Place', `${path}.place`),
      startedOn,
      endedOn,
      sourceArticleId: role.sourceArticleId,
    };
  });
}

async function kindsOf(tx: Transaction, roles: readonly RoleFields[]): Promise<Map<number, EntityKind>> {
  const ids = roles.flatMap(({ organisationId, placeId }) => [organisationId, placeId].filter((id) => id !== null));
  if (ids.length === 0) return new Map();
  const rows = await tx.read<{ id: number; kind: EntityKind }>(sql`select id, kind from entity where id in ${ids}`);
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

/** Whether readers see a story, or it is the viewer's to work on. */
async function isThere(ctx: Context, articleId: number): Promise<boolean> {
  return ((await articleById(ctx).load(articleId)) ?? (await newsroomArticleById(ctx, articleId))) !== null;
}

import type { EntityKind } from '../entities/entity.rows.js';
import { read, type Context } from '../kernel/context.js';
import { sql } from '../kernel/sql.js';
import { buildNameIndex, type NameIndex } from './naming.rules.js';

/** All names the newsroom knows, aliases included, ready to be found in texts. */
export async function knownNames(ctx: Context): Promise<NameIndex> {
  return buildNameIndex(
    await read<{ entityId: number; kind: EntityKind; name: string }>(
      ctx,
      sql`select id as entityId, kind, name from entity where mergedInto is null
          union all select a.entityId, e.kind, a.name from entity_alias a join entity e on e.id = a.entityId and e.mergedInto is null`,
    ),
  );
}

import type { Transaction } from '../kernel/database.js';
import { sql } from '../kernel/sql.js';
import { insertAll } from '../kernel/write.js';
import { EntityFormRow, type EntityKind } from './entity.rows.js';
import { formsOf } from './form.rules.js';

/** Writes down by what an entity is looked up in texts: after every change of its name or its other names. */
export async function writeForms(tx: Transaction, entityId: number): Promise<void> {
  const names = await tx.read<{ kind: EntityKind; name: string }>(
    sql`select kind, name from entity where id = ${entityId}
        union all select e.kind, a.name from entity_alias a join entity e on e.id = a.entityId where a.entityId = ${entityId}`,
  );
  const [first] = names;
  const wanted = first
    ? formsOf(
        first.kind,
        names.map(({ name }) => name),
      )
    : [];
  const there = await tx.read<{ form: string }>(sql`select form from entity_form where entityId = ${entityId}`);
  const had = new Set(there.map(({ form }) => form));
  const gone = [...had].filter((form) => !wanted.includes(form));
  if (gone.length > 0) await tx.run(sql`delete from entity_form where entityId = ${entityId} and form in ${gone}`);
  await insertAll(
    tx,
    EntityFormRow,
    wanted.filter((form) => !had.has(form)).map((form) => ({ form, entityId })),
  );
}

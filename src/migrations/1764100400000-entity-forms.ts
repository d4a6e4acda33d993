import type { MigrationInterface, QueryRunner } from 'typeorm';
import { formsOf } from '../entities/form.rules.js';
import type { EntityKind } from '../entities/entity.rows.js';
import { createTable, int, key, text } from './table.js';

/** What the names of people, organisations and places are looked up by in texts. */
export class EntityForms1764100400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'entity_form', {
      columns: { form: key(text(100)), entityId: key(int) },
      index: { entity_form_entity: ['entityId'] },
      withoutRowid: true,
    });
    await fill(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('entity_form', true);
  }
}

interface Name {
  id: number;
  kind: EntityKind;
  name: string;
}

const atOnce = 1_000;

/** Writes the forms of all that is known already, in the order of the ids. */
async function fill(runner: QueryRunner): Promise<void> {
  const ignore = runner.connection.options.type === 'better-sqlite3' ? 'or ignore' : 'ignore';
  for (let last = 0; ;) {
    const entities = (await runner.query(
      `select id, kind, name from entity where id > ${last} order by id limit ${atOnce}`,
    )) as Name[];
    if (entities.length === 0) return;
    const upTo = entities.at(-1)!.id;
    const others = (await runner.query(
      `select e.id, e.kind, a.name from entity_alias a join entity e on e.id = a.entityId where a.entityId > ${last} and a.entityId <= ${upTo}`,
    )) as Name[];
    const names = new Map<number, { kind: EntityKind; names: string[] }>();
    for (const { id, kind, name } of [...entities, ...others]) {
      names.set(id, { kind, names: [...(names.get(id)?.names ?? []), name] });
    }
    const rows = [...names].flatMap(([id, known]) => formsOf(known.kind, known.names).map((form) => [form, id]));
    for (let i = 0; i < rows.length; i += 500) {
      const some = rows.slice(i, i + 500);
      await runner.query(
        `insert ${ignore} into entity_form (form, entityId) values ${some.map(() => '(?, ?)').join(', ')}`,
        some.flat(),
      );
    }
    last = upTo;
  }
}

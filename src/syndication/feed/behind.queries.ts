import type { Database } from '../../kernel/database.js';
import { sql, type Sql } from '../../kernel/sql.js';

/** Whether partners are to be told of something: one statement, cheap enough to be asked every 20 milliseconds. */
export async function isBehind(database: Database): Promise<boolean> {
  const [row] = await database.read<{ behind: number }>(sql`select ${behind(database)} as behind`, 'primary');
  return row?.behind === 1;
}

const counter = (name: string) => sql`(select value from counter where name = ${name})`;

/** As an expression: 1 when there is something to tell. */
export const behind = ({ now }: Pick<Database, 'now'>): Sql =>
  sql`case when ${counter('change')} > ${counter('syndicated')}
        or ${counter('schedule')} > ${counter('syndicated-schedule')}
        or exists (select 1 from partner_due where dueAt <= ${now}) then 1 else 0 end`;

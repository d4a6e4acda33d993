import type { Database } from '../../kernel/database.js';
import { join, nothing, raw, sql, type Sql, type SqlValue } from '../../kernel/sql.js';
import { originalPath } from '../../media/picture.store.js';
import type { MediaStore } from '../../media/media.store.js';
import { ownCounters, valueIn, wholeTables, type WholeHead, type WholeTable } from './whole.queries.js';

const atOnce = 500;

type Read = <Row>(statement: Sql) => Promise<Row[]>;

/**
 * Gives a whole newsroom as lines of JSON, as it is at one moment: a head, then a line for each row, table by table, in
 * the order of their keys. The same newsroom gives the same lines on every database. With a store, the pictures follow.
 */
export async function exportNewsroom(
  database: Database,
  write: (line: string) => Promise<void>,
  store: MediaStore | null = null,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<number> {
  const tables = wholeTables(database.primary.entityMetadatas);
  return database.snapshot(async (read) => {
    const head: WholeHead = { newsgraph: 1, tables: {} };
    for (const table of tables) {
      const [row] = await read<{ count: number }>(
        sql`select count(*) as count from ${raw(table.name)} ${ofTable(table)}`,
      );
      head.tables[table.name] = { columns: table.columns.map(({ name }) => name), rows: Number(row!.count) };
    }
    const total = Object.values(head.tables).reduce((sum, { rows }) => sum + rows, 0);
    await write(JSON.stringify(head));
    let done = 0;
    for (const table of tables) {
      for await (const rows of rowsOf(read, table)) {
        for (const row of rows) await write(JSON.stringify([table.name, ...row]));
        progress((done += rows.length), total);
      }
    }
    if (store) await exportPictures(read, write, store);
    return done;
  });
}

const ofTable = ({ name }: WholeTable): Sql => (name === 'counter' ? sql`where name not in ${ownCounters}` : nothing);

async function* rowsOf(read: Read, table: WholeTable): AsyncGenerator<SqlValue[][], void, void> {
  const quoted = (name: string) => raw(name);
  const columns = join(
    table.columns.map(({ name }) => quoted(name)),
    ', ',
  );
  const order = join(table.keys.map(quoted), ', ');
  let last: Record<string, SqlValue> | undefined;
  const all: Record<string, SqlValue>[] = [];
  for (;;) {
    const where = table.name === 'counter' ? ofTable(table) : last ? sql`where ${behind(table.keys, last)}` : nothing;
    const rows = await read<Record<string, SqlValue>>(
      sql`select ${columns} from ${raw(table.name)} ${where} order by ${order} limit ${atOnce}`,
    );
    if (table.parent) all.push(...rows);
    else if (rows.length > 0) yield rows.map((row) => valuesOf(table, row));
    if (rows.length < atOnce || table.name === 'counter') break;
    last = rows.at(-1)!;
  }
  if (table.parent) yield parentsFirst(all, table.parent).map((row) => valuesOf(table, row));
}

/** Behind a row in the order of a key of several columns. */
function behind(keys: readonly string[], last: Record<string, SqlValue>): Sql {
  const ways = keys.map((key, i) => {
    const same = keys.slice(0, i).map((before) => sql`${raw(before)} = ${last[before]!}`);
    return join([...same, sql`${raw(key)} > ${last[key]!}`], ' and ');
  });
  return sql`(${join(
    ways.map((way) => sql`(${way})`),
    ' or ',
  )})`;
}

function parentsFirst(rows: readonly Record<string, SqlValue>[], parent: string): Record<string, SqlValue>[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const depthOf = (row: Record<string, SqlValue>): number => {
    let depth = 0;
    for (let up = byId.get(row[parent]); up && depth <= rows.length; up = byId.get(up[parent])) depth += 1;
    return depth;
  };
  const depths = new Map(rows.map((row) => [row, depthOf(row)]));
  return [...rows].sort((a, b) => depths.get(a)! - depths.get(b)! || Number(a.id) - Number(b.id));
}

const valuesOf = (table: WholeTable, row: Record<string, unknown>): SqlValue[] =>
  table.columns.map(({ name, kind }) => valueIn(row[name], kind));

async function exportPictures(read: Read, write: (line: string) => Promise<void>, store: MediaStore): Promise<void> {
  const files = await read<{ file: string }>(
    sql`select distinct file from picture where file is not null order by file`,
  );
  for (const { file } of files) {
    const bytes = await store.read(originalPath(file));
    if (bytes) await write(JSON.stringify(['', file, bytes.toString('base64')]));
  }
}

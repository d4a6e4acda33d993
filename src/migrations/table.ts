import { type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

type Column = Omit<TableColumnOptions, 'name'> & { references?: string };

/** Column shapes that migrations are written in; what they say here is history and does not change. */
export const id: Column = { type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
export const int: Column = { type: 'int' };
export const double: Column = { type: 'double' };
export const flag: Column = { type: 'boolean' };
export const json: Column = { type: 'json' };
export const instant: Column = { type: 'bigint' };
export const text = (length: number): Column => ({ type: 'varchar', length: String(length) });
export const day = text(10);
export const ref = (references: string): Column => ({ type: 'int', references });
export const key = (column: Column): Column => ({ ...column, isPrimary: true });
export const optional = (column: Column): Column => ({ ...column, isNullable: true });

interface Shape {
  columns: Record<string, Column>;
  unique?: Record<string, string[]>;
  index?: Record<string, string[]>;
  withoutRowid?: boolean;
}

/** Makes a table with its keys and indexes in one statement where the database can; does nothing when it is there. */
export async function createTable(runner: QueryRunner, name: string, shape: Shape): Promise<void> {
  const mysql = runner.connection.options.type !== 'better-sqlite3';
  const indexes = (named: Record<string, string[]> = {}, isUnique = false) =>
    Object.entries(named).map(([index, columnNames]) => ({ name: index, columnNames, isUnique }));
  const columns = Object.entries(shape.columns);
  const table = new Table({
    name,
    ...(mysql ? { engine: 'InnoDB' } : { withoutRowid: shape.withoutRowid ?? false }),
    columns: columns.map(([column, { references: _, ...options }]) => ({
      name: column,
      ...options,
      ...(!mysql && options.type === 'int' ? { type: 'integer' } : {}),
      ...(mysql && options.type === 'varchar' ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {}),
    })),
    indices: [...indexes(shape.unique, true), ...indexes(shape.index)],
    foreignKeys: columns.flatMap(([column, { references }]) =>
      references
        ? [
            {
              name: `${name.replaceAll('_', '')}_${column}`,
              columnNames: [column],
              referencedTableName: references,
              referencedColumnNames: ['id'],
              onDelete: 'RESTRICT',
              onUpdate: 'RESTRICT',
            },
          ]
        : [],
    ),
  });
  await runner.createTable(table, true);
}

/** Adds columns that are not there yet, each with a default or nullable, so that rows already there have a value. */
export async function addColumns(runner: QueryRunner, table: string, columns: Record<string, Column>): Promise<void> {
  const mysql = runner.connection.options.type !== 'better-sqlite3';
  for (const [name, column] of Object.entries(columns)) {
    if (await runner.hasColumn(table, name)) continue;
    const width = column.length === undefined ? '' : `(${column.length})`;
    const type = !mysql && column.type === 'int' ? 'integer' : column.type;
    const collation = mysql && column.type === 'varchar' ? ' character set utf8mb4 collate utf8mb4_bin' : '';
    const none = column.isNullable ? 'null' : `not null default ${String(column.default)}`;
    await runner.query(`alter table ${table} add column ${name} ${type}${width}${collation} ${none}`);
  }
}

/** Takes columns away that are there. */
export async function dropColumns(runner: QueryRunner, table: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (await runner.hasColumn(table, name)) await runner.query(`alter table ${table} drop column ${name}`);
  }
}

/** Adds an index unless it is there. MySQL has to be asked; MariaDB is not, as it was seen to die of that question beside others. */
export async function addIndex(runner: QueryRunner, table: string, name: string, columns: string[]): Promise<void> {
  const asks = runner.connection.options.type === 'mysql';
  if (asks && (await runner.getTable(table))?.indices.some((index) => index.name === name)) return;
  await runner.query(`create index ${asks ? '' : 'if not exists '}${name} on ${table} (${columns.join(', ')})`);
}

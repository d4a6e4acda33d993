import type { ObjectLiteral, ObjectType } from 'typeorm';
import type { Transaction } from './database.js';
import { badInput } from './errors.js';
import { join, nothing, raw, sql, type Sql, type SqlValue } from './sql.js';

/** Inserts a row unless a row with one of its unique keys is there; says whether it did. */
export async function insertUnlessThere<Row extends ObjectLiteral>(
  tx: Transaction,
  rows: ObjectType<Row>,
  values: object,
): Promise<boolean> {
  try {
    await tx.manager.insert(rows, values);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Runs a deletion unless rows of another table refer to what it deletes; says whether it did. */
export async function deleteUnlessUsed(tx: Transaction, deletion: Sql): Promise<boolean> {
  try {
    await tx.run(deletion);
    return true;
  } catch (error) {
    if (isReferredTo(error)) return false;
    throw error;
  }
}

function isReferredTo(error: unknown): boolean {
  const { errno, code, message = '' } = error as { errno?: unknown; code?: unknown; message?: string };
  return errno === 1451 || (String(code).startsWith('SQLITE_CONSTRAINT') && message.includes('FOREIGN KEY'));
}

/** Whether the database refused a write because a unique key has that value already. */
export function isDuplicate(error: unknown): boolean {
  const { errno, code } = error as { errno?: unknown; code?: unknown };
  return errno === 1062 || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** Behind a select: what it reads stays as it is until this transaction ends; others may read and hold it too. */
export const held = (tx: Transaction): Sql => (tx.dialect === 'mysql' ? raw('lock in share mode') : nothing);

/** Inserts many rows, in statements of at most 200. */
export async function insertAll<Row extends ObjectLiteral>(
  tx: Transaction,
  rows: ObjectType<Row>,
  values: readonly object[],
): Promise<void> {
  for (let i = 0; i < values.length; i += 200) {
    await tx.manager.insert(rows, values.slice(i, i + 200));
  }
}

/** How much one statement carries: SQLite takes 32,766 values, and MariaDB 16 MB, in which quotes are written twice. */
const most = { values: 20_000, bytes: 4_000_000 };

/**
 * Inserts very many rows as they are, in as few statements as fit; each has the same columns. JSON is given as text. A row
 * with the same key fails it, unless those that are there stay (`unlessThere`) or give way (`replacing`).
 */
export async function insertMany<Row extends ObjectLiteral>(
  tx: Transaction,
  rows: ObjectType<Row>,
  values: readonly Record<string, SqlValue>[],
  { unlessThere = false, replacing = false } = {},
): Promise<void> {
  const [first] = values;
  if (!first) return;
  const columns = Object.keys(first);
  const ignore = unlessThere ? (tx.dialect === 'mysql' ? 'ignore' : 'or ignore') : '';
  await insertRows(
    tx,
    `${replacing ? 'replace' : `insert ${ignore}`} into ${tx.manager.connection.getMetadata(rows).tableName}`,
    columns,
    values.map((row) => columns.map((column) => bound(row[column]))),
  );
}

/** As `insertMany`, behind the beginning of a statement and for rows that are lists of values in the order of the columns. */
export async function insertRows(
  tx: Transaction,
  into: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const quote = tx.dialect === 'mysql' ? '`' : '"';
  const named = columns.map((column) => quote + column + quote).join(',');
  const place = `(${columns.map(() => '?').join(',')})`;
  const atOnce = Math.floor(most.values / columns.length);
  for (let from = 0; from < rows.length;) {
    let until = from;
    for (let bytes = 0; until < rows.length && until - from < atOnce; until++) {
      bytes += bytesOf(rows[until]!);
      if (until > from && bytes > most.bytes) break;
    }
    const some = rows.slice(from, until);
    await tx.run({ text: `${into} (${named}) values ${some.map(() => place).join(',')}`, values: some.flat() });
    from = until;
  }
}

const bytesOf = (row: readonly SqlValue[]): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : 8), 0);

const bound = (value: SqlValue | undefined): SqlValue => (typeof value === 'boolean' ? Number(value) : (value ?? null));

/** Inserts a row or changes the one with the same unique key; gives its id. `whenNew` is never changed afterwards. */
export async function upsert<Row extends ObjectLiteral & { id: number }>(
  tx: Transaction,
  rows: ObjectType<Row>,
  key: Record<string, SqlValue>,
  values: object,
  whenNew: object = {},
): Promise<number> {
  const inserted = await insertUnlessThere(tx, rows, { ...key, ...values, ...whenNew });
  if (!inserted) await tx.manager.update(rows, key, values);
  const conditions = Object.entries(key).map(([column, value]) => sql`${raw(column)} = ${value}`);
  const table = raw(tx.manager.connection.getMetadata(rows).tableName);
  const [row] = await tx.read<{ id: number }>(sql`select id from ${table} where ${join(conditions, ' and ')}`);
  if (!row) throw badInput('Something else has one of these names or numbers already.');
  return row.id;
}

/** The database's clock, in milliseconds, as this transaction reads it. */
export async function nowIn(tx: Transaction): Promise<number> {
  const [row] = await tx.read<{ now: number }>(sql`select ${tx.now} as now`);
  return row!.now;
}

/** A text in normal form, without control characters other than tabs and line ends. */
export const inNormalForm = (text: string): string =>
  text.normalize('NFC').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** Checks a text that is stored, without its control characters: well-formed, within its length, not empty unless it may be. */
export function checkText(field: string, value: string, { max, min = 0 }: { max: number; min?: number }): string {
  if (!value.isWellFormed()) throw badInput(`${field} is not well-formed text (it has half a surrogate pair).`, field);
  const text = inNormalForm(value).trim();
  const length = [...text].length;
  if (length < min) throw badInput(`${field} must not be empty.`, field);
  if (min > 0 && /^\p{Cf}+$/u.test(text)) throw badInput(`${field} has nothing that can be seen.`, field);
  if (length > max) throw badInput(`${field} has ${length} characters; at most ${max} fit.`, field);
  return text;
}

import { createHash } from 'node:crypto';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { OperatorError } from '../../kernel/errors.js';
import { IdempotencyRow } from '../../kernel/ledger.rows.js';
import { queueJob, touchEverything, touchSchedule } from '../../kernel/ledger.js';
import { join, raw, sql, type SqlValue } from '../../kernel/sql.js';
import { inTransaction } from '../../kernel/transaction.js';
import { insertRows, insertUnlessThere, nowIn } from '../../kernel/write.js';
import { storeOriginal } from '../../media/picture.store.js';
import type { MediaStore } from '../../media/media.store.js';
import { valueIn, wholeTables, type WholeHead, type WholeTable } from './whole.queries.js';

const atOnce = 500;

export interface WholeSummary {
  rows: number;
  /** Those of them that were there already, from a run that was cut off. */
  there: number;
  pictures: number;
}

/**
 * Brings a whole newsroom into an empty database, from the lines that `exportNewsroom` gave. One that was cut off is
 * gone on with by running it again; a database that holds anything else is refused before anything is changed.
 */
export async function importNewsroom(
  ctx: Context,
  lines: AsyncIterable<string>,
  store: MediaStore,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<WholeSummary> {
  const summary = { rows: 0, there: 0, pictures: 0 };
  const known = new Map(wholeTables(ctx.database.primary.entityMetadatas).map((table) => [table.name, table]));
  let head: WholeHead | undefined;
  let total = 0;
  let batch: { table: WholeTable; rows: SqlValue[][] } | undefined;
  let number = 0;
  let begun: ReadonlySet<string> = new Set();
  const flush = async () => {
    if (!batch || batch.rows.length === 0) return;
    const { table, rows } = batch;
    summary.there += await inTransaction(ctx, (tx) => insertMissing(tx, table, rows, begun.has(table.name)));
    progress((summary.rows += rows.length), total);
    batch = undefined;
  };
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const value = parsed(line, number);
    if (!head) {
      head = headIn(value, known);
      total = Object.values(head.tables).reduce((sum, { rows }) => sum + rows, 0);
      begun = await begin(ctx, line, head, known);
      continue;
    }
    const [name, ...values] = value as [string, ...SqlValue[]];
    if (name === '') {
      await flush();
      await keepPicture(store, values as [string, string], number);
      summary.pictures += 1;
      continue;
    }
    const table = known.get(name);
    if (!table || values.length !== table.columns.length)
      throw new OperatorError(`Line ${number} is of no table that we have.`);
    if (batch && (batch.table !== table || batch.rows.length >= atOnce)) await flush();
    batch ??= { table, rows: [] };
    batch.rows.push(values);
  }
  await flush();
  if (!head) throw new OperatorError('The file is empty.');
  if (summary.rows !== total) {
    throw new OperatorError(
      `The file should have ${total} rows and has ${summary.rows}: it was cut off. Bring in a whole one; what is there stays.`,
    );
  }
  await inTransaction(ctx, async (tx) => {
    await tx.run(sql`delete from idempotency where id = ${underWay}`);
    await touchEverything(tx);
    await queueJob(tx, 'rebuild', {}); // of the index of the search
    await touchSchedule(tx);
  });
  return summary;
}

function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new OperatorError(`Line ${number} is not JSON: the file was cut off, or changed.`);
  }
}

function headIn(value: unknown, known: ReadonlyMap<string, WholeTable>): WholeHead {
  const head = value as Partial<WholeHead> | null;
  if (head?.newsgraph !== 1 || typeof head.tables !== 'object') {
    throw new OperatorError('The file is no newsroom: `newsgraph export` makes one.');
  }
  for (const [name, { columns }] of Object.entries(head.tables)) {
    const ours = known.get(name)?.columns.map((column) => column.name) ?? [];
    if (ours.join() !== columns.join()) {
      throw new OperatorError(`The file is of another version of Newsgraph: its table ${name} has other columns.`);
    }
  }
  return head as WholeHead;
}

/** Stands among the kept answers while a newsroom is brought in: so one that was cut off is known from another. */
const underWay = 'a newsroom is being brought in';

/** The tables that hold something of a run that was cut off; a database that holds anything else is refused. */
function begin(
  ctx: Context,
  line: string,
  head: WholeHead,
  known: ReadonlyMap<string, WholeTable>,
): Promise<ReadonlySet<string>> {
  const fingerprint = createHash('sha256').update(line).digest('base64url');
  return inTransaction(ctx, async (tx) => {
    const createdAt = await nowIn(tx);
    const isNew = await insertUnlessThere(tx, IdempotencyRow, { id: underWay, fingerprint, answer: {}, createdAt });
    const [row] = await tx.read<{ fingerprint: string }>(
      sql`select fingerprint from idempotency where id = ${underWay}`,
    );
    if (row?.fingerprint !== fingerprint) throw another();
    const begun = new Set<string>();
    for (const { name } of known.values()) {
      if (name === 'counter') continue;
      const [count] = await tx.read<{ rows_: number }>(sql`select count(*) as rows_ from ${raw(name)}`);
      if (Number(count!.rows_) > (isNew ? 0 : (head.tables[name]?.rows ?? 0))) throw another();
      if (Number(count!.rows_) > 0) begun.add(name);
    }
    return begun;
  });
}

const another = () =>
  new OperatorError('The database holds another newsroom: a whole one is only brought into an empty database.');

/** Inserts those rows that are not there; one that is there and says something else is of another newsroom. */
async function insertMissing(
  tx: Transaction,
  table: WholeTable,
  rows: readonly SqlValue[][],
  isBegun: boolean,
): Promise<number> {
  if (table.name === 'counter') return setCounters(tx, table, rows);
  const missing = isBegun ? await missingOf(tx, table, rows) : rows;
  await insertRows(
    tx,
    `insert into ${table.name}`,
    table.columns.map(({ name }) => name),
    missing.map((values) => values.map((value, at) => stored(value, table.columns[at]!.kind))),
  );
  return rows.length - missing.length;
}

async function missingOf(tx: Transaction, table: WholeTable, rows: readonly SqlValue[][]): Promise<SqlValue[][]> {
  const places = table.keys.map((key) => table.columns.findIndex(({ name }) => name === key));
  const keyOf = (values: readonly SqlValue[]) => JSON.stringify(places.map((place) => values[place]));
  const columns = join(
    table.columns.map(({ name }) => raw(name)),
    ', ',
  );
  const firstKeys = rows.map((values) => values[places[0]!]!);
  const found = await tx.read<Record<string, unknown>>(
    sql`select ${columns} from ${raw(table.name)} where ${raw(table.keys[0]!)} in ${[...new Set(firstKeys)]}`,
  );
  const there = new Map<string, string>();
  for (const row of found) {
    const values = table.columns.map(({ name, kind }) => valueIn(row[name], kind));
    there.set(keyOf(values), JSON.stringify(values));
  }
  return rows.filter((values) => {
    const same = there.get(keyOf(values));
    if (same !== undefined && same !== JSON.stringify(values)) throw another();
    return same === undefined;
  });
}

const stored = (value: SqlValue, kind: WholeTable['columns'][number]['kind']): SqlValue =>
  value === null ? null : kind === 'json' ? JSON.stringify(value) : kind === 'flag' ? Number(value) : value;

async function setCounters(tx: Transaction, { columns }: WholeTable, rows: readonly SqlValue[][]): Promise<number> {
  const [name, value] = ['name', 'value'].map((each) => columns.findIndex((column) => column.name === each)) as [
    number,
    number,
  ];
  for (const row of rows) {
    await tx.run(sql`update counter set value = ${row[value]!} where name = ${row[name]!}`);
    const [there] = await tx.read<{ name: string }>(sql`select name from counter where name = ${row[name]!}`);
    if (!there) await tx.run(sql`insert into counter (name, value) values (${row[name]!}, ${row[value]!})`);
  }
  return 0;
}

async function keepPicture(
  store: MediaStore,
  [file, base64]: readonly [string, string],
  number: number,
): Promise<void> {
  const bytes = Buffer.from(base64, 'base64');
  if (createHash('sha256').update(bytes).digest('hex').slice(0, 32) !== file) {
    throw new OperatorError(`The picture in line ${number} is not the one it says it is: the file was changed.`);
  }
  await storeOriginal(store, bytes);
}

import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { EntityMetadata } from 'typeorm';
import type { SqlValue } from '../../kernel/sql.js';

/** What only this running newsroom needs, or nobody outside may have: sessions, locks, kept answers, jobs; and what is made of the rest. */
const staysHere = new Set([
  'session',
  'sign_in_failure',
  'editing',
  'idempotency',
  'outbox',
  'search_word',
  'search_rebuild',
  'wording',
  'wording_term',
  'wording_count',
  'partner_key',
]);
/** Columns that are not given away. */
const secret = new Set(['account.passwordHash']);
/** Counters that tell running processes and CDNs when something changed, and nothing of the newsroom. */
export const ownCounters = ['everything', 'schedule', 'told change', 'told everything'];

export interface WholeColumn {
  name: string;
  kind: 'text' | 'number' | 'flag' | 'json';
}

export interface WholeTable {
  name: string;
  columns: readonly WholeColumn[];
  keys: readonly string[];
  /** The column that leads to a row of the same table which must be there first. */
  parent: string | undefined;
}

/** The tables of a newsroom in an order in which each leads only to those before it. */
export function wholeTables(all: readonly EntityMetadata[]): WholeTable[] {
  const left = all
    .filter(({ tableName }) => !staysHere.has(tableName))
    .sort((a, b) => (a.tableName < b.tableName ? -1 : 1));
  const done = new Set<string>();
  const tables: WholeTable[] = [];
  while (left.length > 0) {
    const i = left.findIndex((each) => leadsTo(each).every((name) => name === each.tableName || done.has(name)));
    if (i < 0)
      throw new Error(`these tables lead to one another: ${left.map(({ tableName }) => tableName).join(', ')}`);
    const [next] = left.splice(i, 1);
    done.add(next!.tableName);
    tables.push(tableOf(next!));
  }
  return tables;
}

const leadsTo = ({ foreignKeys }: EntityMetadata): string[] =>
  foreignKeys.map((key) => key.referencedEntityMetadata.tableName);

function tableOf({ tableName, columns, primaryColumns, foreignKeys }: EntityMetadata): WholeTable {
  return {
    name: tableName,
    columns: columns
      .filter(({ databaseName }) => !secret.has(`${tableName}.${databaseName}`))
      .map((column) => ({ name: column.databaseName, kind: kindOf(column) })),
    keys: primaryColumns.map(({ databaseName }) => databaseName),
    parent: foreignKeys.find((key) => key.referencedEntityMetadata.tableName === tableName)?.columnNames[0],
  };
}

function kindOf({ type }: ColumnMetadata): WholeColumn['kind'] {
  if (type === 'json') return 'json';
  if (type === 'boolean') return 'flag';
  return type === 'varchar' ? 'text' : 'number';
}

/** A value as the file has it: the same from every database. */
export function valueIn(value: unknown, kind: WholeColumn['kind']): SqlValue {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return inOrder(typeof value === 'string' ? JSON.parse(value) : value) as SqlValue;
  if (kind === 'flag') return Boolean(Number(value));
  return kind === 'number' ? Number(value) : (value as string);
}

/** JSON with its keys in one order, as MySQL keeps them in another one than they came in. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

/** The first line of a file: what the others are. */
export interface WholeHead {
  newsgraph: 1;
  tables: Record<string, { columns: string[]; rows: number }>;
}

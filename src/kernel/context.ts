import type { Database, ReadFrom } from './database.js';
import type { Sql } from './sql.js';

/** Where readers find us: without a slash at the end. */
export interface Addresses {
  siteUrl: string;
  mediaUrl: string;
  siteName: string;
}

/** What every query, loader and command is given first: one per request or command. */
export interface Context {
  readonly database: Database;
  readonly addresses: Addresses;
  /** Loaders of this request, made when first asked for. */
  readonly loaders: Map<unknown, unknown>;
  readFrom: ReadFrom;
}

export function createContext(database: Database, addresses: Addresses): Context {
  return { database, addresses, loaders: new Map(), readFrom: 'replica' };
}

/** Reads rows for this request; the row type is what the statement's column list says. */
export function read<Row>(ctx: Context, statement: Sql): Promise<Row[]> {
  return ctx.database.read<Row>(statement, ctx.readFrom);
}

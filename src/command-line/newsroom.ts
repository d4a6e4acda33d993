import { addressesOf, readConfig, type Config } from '../config.js';
import { createContext, type Context } from '../kernel/context.js';
import { operator } from '../kernel/viewer.js';
import type { Database } from '../kernel/database.js';
import { chooseEngine } from '../search/opensearch.engine.js';
import { openStorage } from '../storage.js';

export interface OpenNewsroom {
  config: Config;
  database: Database;
  ctx: Context;
}

/** Opens the newsroom that the environment names for one command, and closes it whatever happens. */
export async function withNewsroom<Result>(work: (newsroom: OpenNewsroom) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env);
  const database = await openStorage(config.database);
  chooseEngine(database, config.searchUrl);
  try {
    return await work({ config, database, ctx: createContext(database, addressesOf(config), { viewer: operator }) });
  } finally {
    await database.close();
  }
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

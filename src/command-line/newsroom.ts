import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesOf, describeDatabase, readConfig, type Config } from '../config.js';
import { createContext, type Context } from '../kernel/context.js';
import { OperatorError } from '../kernel/errors.js';
import { migrateUp, migrationStatus } from '../kernel/migrate.js';
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
export async function withNewsroom<Result>(
  work: (newsroom: OpenNewsroom) => Promise<Result>,
  config = readConfig(process.env),
): Promise<Result> {
  const database = await openStorage(config.database);
  chooseEngine(database, config.searchUrl);
  try {
    return await work({ config, database, ctx: createContext(database, addressesOf(config), { viewer: operator }) });
  } finally {
    await database.close();
  }
}

/** Opens the newsroom for a command that must not write in it: where no table is there yet, a new database stands in for it. */
export const withNewsroomAsItIs = <Result>(work: (newsroom: OpenNewsroom) => Promise<Result>): Promise<Result> =>
  withNewsroom(async (newsroom) => {
    const { config, database } = newsroom;
    const migrations = await migrationStatus(database);
    if (migrations.every(({ done }) => done)) return work(newsroom);
    if (migrations.some(({ done }) => done))
      throw new OperatorError(
        `${describeDatabase(config.database)} has the tables of another version, and a dry run changes none: run \`newsgraph migrate\` first, or name a copy of it in DATABASE_URL.`,
      );
    const folder = await mkdtemp(join(tmpdir(), 'newsgraph-dry-run-'));
    try {
      return await withNewsroom(
        async (standIn) => {
          await migrateUp(standIn.database);
          return work(standIn);
        },
        { ...config, database: { kind: 'sqlite', path: join(folder, 'newsroom.sqlite') } },
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

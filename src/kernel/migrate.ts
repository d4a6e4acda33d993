import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Migration, MigrationExecutor } from 'typeorm';
import type { Database } from './database.js';
import { raw, sql } from './sql.js';

export interface MigrationStatus {
  name: string;
  done: boolean;
}

/** All migrations, oldest first, and whether each has run. */
export async function migrationStatus(database: Database): Promise<MigrationStatus[]> {
  const executed = await new MigrationExecutor(database.primary).getExecutedMigrations();
  const done = new Set(names(executed));
  return database.primary.migrations.map(({ constructor: { name } }) => ({ name, done: done.has(name) }));
}

/** Brings the database up to date; many nodes may call this at once, one of them does the work. Gives what was run. */
export function migrateUp(database: Database, say: (line: string) => void = () => undefined): Promise<string[]> {
  return withLease(database, say, async () => {
    const done = await database.primary.runMigrations({ transaction: 'each' });
    return names(done);
  });
}

/** Takes the newest migration back; gives its name, or nothing when none is left. */
export function migrateDown(database: Database, say: (line: string) => void = () => undefined): Promise<string[]> {
  return withLease(database, say, async () => {
    const newest = (await migrationStatus(database)).filter((migration) => migration.done).at(-1);
    if (!newest) return [];
    await database.primary.undoLastMigration({ transaction: 'each' });
    return [newest.name];
  });
}

const names = (migrations: Migration[]): string[] => migrations.map((migration) => migration.name);

const leaseMs = 60_000;

/** Holds a row that says who migrates, by the database's clock; a holder that died is waited out. */
async function withLease<T>(database: Database, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const me = randomUUID();
  await makeLease(database);
  const claim = () =>
    database.transaction((tx) =>
      tx.run(
        sql`update migration_lease set owner = ${me}, expiresAt = ${tx.now} + ${leaseMs}
            where id = 1 and (expiresAt < ${tx.now} or owner = ${me})`,
      ),
    );
  for (let tries = 0; (await claim()) !== 1; tries++) {
    if (tries === 0) say('Another node is migrating the database: waiting for it.');
    await sleep(200);
  }
  const renewal = setInterval(() => void claim().catch(() => undefined), leaseMs / 4);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await database.transaction((tx) => tx.run(sql`update migration_lease set expiresAt = 0 where owner = ${me}`));
  }
}

async function makeLease(database: Database): Promise<void> {
  const ignore = raw(database.dialect === 'mysql' ? 'ignore' : 'or ignore');
  await database.transaction(async (tx) => {
    await tx.run(sql`create table if not exists migration_lease
      (id int not null primary key, owner varchar(40) not null, expiresAt bigint not null)`);
    await tx.run(sql`insert ${ignore} into migration_lease (id, owner, expiresAt) values (1, '', 0)`);
  });
}

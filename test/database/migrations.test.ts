import { migrateDown, migrateUp, migrationStatus } from '../../src/kernel/migrate.js';
import { raw } from '../../src/kernel/sql.js';
import { diskStore } from '../../src/media/media.store.js';
import { loadSamples } from '../../src/sample/sample.commands.js';
import { openStorage } from '../../src/storage.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('migrations', () => {
  let newsroom: TestNewsroom;
  beforeEach(async () => {
    newsroom = await openNewsroom({ migrated: false });
  });
  afterEach(() => newsroom.close());

  const tables = async () => {
    const rows = await newsroom.database.read<{ name: string }>(
      raw(
        onMariadb
          ? 'select table_name as name from information_schema.tables where table_schema = database()'
          : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
      ),
    );
    return rows.map((row) => row.name).sort();
  };

  test('go up, down to nothing but their own books, and up again', async () => {
    const ran = await migrateUp(newsroom.database);
    expect(ran.length).toBeGreaterThan(0);
    expect(await migrateUp(newsroom.database)).toEqual([]);
    const made = await tables();
    expect(made).toEqual(expect.arrayContaining(['article', 'edition', 'publication', 'listing', 'mention']));
    for (const _ of ran) await migrateDown(newsroom.database);
    expect(await migrateDown(newsroom.database)).toEqual([]);
    expect(await tables()).toEqual(['migration_lease', 'migrations']);
    expect(await migrateUp(newsroom.database)).toEqual(ran);
    expect(await tables()).toEqual(made);
  });

  test('go down with all that the tables hold', async () => {
    await migrateUp(newsroom.database);
    await loadSamples(newsroom.context(), diskStore(newsroom.mediaDir));
    for (const _ of await migrationStatus(newsroom.database)) {
      expect(await migrateDown(newsroom.database)).toHaveLength(1);
    }
    expect(await tables()).toEqual(['migration_lease', 'migrations']);
  });

  test('leave tables that are what the rows say, to the last index and key', async () => {
    await migrateUp(newsroom.database);
    const drift = await newsroom.database.primary.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('that stopped half way are finished by running them again', async () => {
    await migrateUp(newsroom.database);
    const whole = await tables();
    await newsroom.database.transaction(async (tx) => {
      for (const table of ['consent_category', 'newsletter', 'placement']) await tx.run(raw(`drop table ${table}`));
      await tx.run(raw('delete from migrations'));
    });
    expect((await migrationStatus(newsroom.database)).every(({ done }) => !done)).toBe(true);
    expect(await migrateUp(newsroom.database)).not.toEqual([]);
    expect(await tables()).toEqual(whole);
    const drift = await newsroom.database.primary.driver.createSchemaBuilder().log();
    expect(drift.upQueries).toEqual([]);
  });

  test('are run by one node when four start at once', async () => {
    const config = onMariadb
      ? { kind: 'mysql' as const, url: newsroom.url, replicaUrls: [] }
      : { kind: 'sqlite' as const, path: newsroom.url.slice('sqlite:'.length) };
    const nodes = await Promise.all([1, 2, 3, 4].map(() => openStorage(config)));
    try {
      const ran = await Promise.all(nodes.map((node) => migrateUp(node)));
      expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
      expect((await migrationStatus(newsroom.database)).every(({ done }) => done)).toBe(true);
    } finally {
      await Promise.all(nodes.map((node) => node.close()));
    }
  });
});

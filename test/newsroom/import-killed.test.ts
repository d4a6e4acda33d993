import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { unlike, writeArchive } from '../../scripts/promises/archive.js';
import { violations } from '../../scripts/promises/invariants.js';
import { onStatement } from '../../scripts/promises/statements.js';
import { createContext } from '../../src/kernel/context.js';
import { operator } from '../../src/kernel/viewer.js';
import type { Database } from '../../src/kernel/database.js';
import { importMany } from '../../src/newsroom/import/import-many.commands.js';
import { readers } from '../../src/newsroom/import/readers.js';
import { openStorage } from '../../src/storage.js';
import { addresses, onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const stories = 900;

/** With 50,000 stories and a process that is really killed, this is `npm run promises -- import`. */
describe('an import that is cut off', () => {
  let newsroom: TestNewsroom;
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-cut-off-'));
  const archive = join(folder, 'archive.jsonl');
  beforeAll(async () => {
    newsroom = await openNewsroom();
    await writeArchive(archive, stories);
  });
  afterAll(async () => {
    await newsroom.close();
    rmSync(folder, { recursive: true });
  });

  const bring = (database: Database) => {
    const sources = { paths: [archive], totalBytes: statSync(archive).size, bytesRead: 0 };
    const ctx = createContext(database, addresses, { viewer: operator });
    return importMany(ctx, readers.jsonl.read(sources, { now: Date.now() }), { source: 'jsonl' }, () => undefined);
  };
  const done = async (database: Database) => [...(await unlike(database, stories)), ...(await violations(database))];

  /** What lies on the disk between two statements is what a process leaves behind that is killed there. */
  (onMariadb ? test.skip : test)(
    'at any statement loses and doubles nothing when it is run again',
    async () => {
      const path = newsroom.url.slice('sqlite:'.length);
      let statements = 0;
      const left: string[] = [];
      onStatement(newsroom.database, () => {
        if (statements++ % 9 !== 4) return;
        const copy = join(folder, `copy-${left.length}`);
        left.push(copy);
        for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
      });
      await bring(newsroom.database);
      newsroom.database.primary.setOptions({ logging: false });
      expect(left.length).toBeGreaterThan(8);
      expect(await done(newsroom.database)).toEqual([]);
      let already = 0;
      for (const file of left) {
        const database = await openStorage({ kind: 'sqlite', path: file });
        expect(await violations(database)).toEqual([]);
        already += (await bring(database)).unchanged;
        expect(await done(database)).toEqual([]);
        await database.close();
      }
      expect(already).toBeGreaterThan(400);
    },
    120_000,
  );

  (onMariadb ? test : test.skip)(
    'by a connection that is gone loses and doubles nothing when it is run again',
    async () => {
      const url = new URL(newsroom.url);
      const name = url.pathname.slice(1);
      const admin = await createConnection({ uri: url.href.replace(`/${name}`, '') });
      let cut = 0;
      for (const after of [40, 70, 100, 55, 90]) {
        const database = await openStorage({ kind: 'mysql', url: newsroom.url, replicaUrls: [] });
        let statements = 0;
        onStatement(database, () => {
          if ((statements += 1) !== after) return;
          void admin
            .query('select id from information_schema.processlist where db = ?', [name])
            .then(([rows]) =>
              Promise.all((rows as { id: number }[]).map(({ id }) => admin.query(`kill ${id}`).catch(() => undefined))),
            );
        });
        await bring(database).catch(() => (cut += 1));
        await database.close().catch(() => undefined);
      }
      await admin.end();
      expect(cut).toBeGreaterThan(0);
      const database = await openStorage({ kind: 'mysql', url: newsroom.url, replicaUrls: [] });
      await bring(database);
      expect(await done(database)).toEqual([]);
      await database.close();
    },
    120_000,
  );
});

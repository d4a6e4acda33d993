import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../scripts/promises/boundary.commands.js';
import { deskOn, openDesk, rowIdOf, storyOf } from '../../scripts/promises/desk.js';
import { editorsSave } from '../../scripts/promises/editors.js';
import { feedIsRead } from '../../scripts/promises/feed.js';
import { violations } from '../../scripts/promises/invariants.js';
import { onStatement } from '../../scripts/promises/statements.js';
import type { Database } from '../../src/kernel/database.js';
import { sql } from '../../src/kernel/sql.js';
import type { AccountViewer } from '../../src/kernel/viewer.js';
import { openStorage } from '../../src/storage.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

/** The whole of these, with their figures, is `npm run promises`: see docs/promises.md. */
describe('nothing is lost', () => {
  let newsroom: TestNewsroom;
  let viewer: AccountViewer;
  const others: Database[] = [];
  beforeEach(async () => {
    newsroom = await openNewsroom();
    viewer = await openDesk(newsroom.database);
  });
  afterEach(async () => {
    for (const database of others.splice(0)) await database.close();
    await newsroom.close();
  });

  /** As many nodes on the newsroom's database as it can have. */
  const nodes = async (count: number) => {
    for (let i = 1; i < count && onMariadb; i++) {
      others.push(await openStorage({ kind: 'mysql', url: newsroom.url, replicaUrls: [] }));
    }
    return [newsroom.database, ...others];
  };

  test('when eight editors save one article: each save is there, and whoever was late hears it', async () => {
    const { figures, broken } = await editorsSave(await nodes(2), viewer, { editors: 8, saves: 25 });
    expect(broken).toEqual([]);
    expect(figures).toMatchObject({ saves: 200, lost: 0 });
    expect(Number(figures.acknowledged)).toBeGreaterThan(20);
    expect(Number(figures.StaleVersion)).toBeGreaterThan(20);
  });

  test('of the feed when it is read while four write', async () => {
    const [first, ...more] = await nodes(3);
    const writing = more.length > 0 ? more : [first!];
    const { figures, broken } = await feedIsRead(writing, first!, viewer, { writers: 4, stories: 8 });
    expect(broken).toEqual([]);
    expect(figures).toMatchObject({ changes: 32, missed: 0 });
  });

  /** What lies on the disk between two statements is what a process leaves behind that is killed there. */
  (onMariadb ? describe.skip : describe)('when the process is killed before any statement', () => {
    test.each(commands)('of $name', async (command) => {
      const { name } = command;
      const desk = deskOn(newsroom.database, viewer);
      const input = await command.prepare(desk, 1);
      const path = newsroom.url.slice('sqlite:'.length);
      const folder = mkdtempSync(join(tmpdir(), 'newsgraph-killed-'));
      const left: string[] = [];
      onStatement(newsroom.database, () => {
        const copy = join(folder, `${left.push(join(folder, String(left.length))) - 1}`);
        for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
      });
      const done = storyOf(await desk(name, input));
      newsroom.database.primary.setOptions({ logging: false });
      expect(left.length).toBeGreaterThan(10);
      const versions: number[] = [];
      for (const file of left) {
        const database = await openStorage({ kind: 'sqlite', path: file });
        expect(await violations(database)).toEqual([]);
        const [row] = await database.read<{ version: number }>(
          sql`select version from article where id = ${rowIdOf(done)}`,
        );
        versions.push(row?.version ?? 0);
        await database.close();
      }
      expect(new Set(versions)).toEqual(new Set([done.expectedVersion - 1]));
      rmSync(folder, { recursive: true });
    });
  });
});

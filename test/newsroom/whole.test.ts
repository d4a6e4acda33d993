import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from '../../scripts/promises/invariants.js';
import { diskStore } from '../../src/media/media.store.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import { createContext } from '../../src/kernel/context.js';
import { operator } from '../../src/kernel/viewer.js';
import type { Database } from '../../src/kernel/database.js';
import { exportNewsroom } from '../../src/newsroom/whole/export.queries.js';
import { importNewsroom } from '../../src/newsroom/whole/import.commands.js';
import { openStorage } from '../../src/storage.js';
import { deskOf } from '../support/desk.js';
import { begins, does } from '../support/does.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { importsOf } from '../support/imports.js';
import { peopleOf, type People } from '../support/people.js';

describe('a whole newsroom', () => {
  let newsroom: TestNewsroom;
  let lines: string[];
  let people: People;
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-whole-'));
  const opened: { close(): Promise<void> }[] = [];

  const taken = async (from: Database, mediaDir: string) => {
    const out: string[] = [];
    await exportNewsroom(from, async (line) => void out.push(line), diskStore(mediaDir));
    return out;
  };
  async function* given(some: readonly string[]) {
    yield* some;
  }
  const bring = (to: Database, some: readonly string[], mediaDir: string) =>
    importNewsroom(createContext(to, addresses, { viewer: operator }), given(some), diskStore(mediaDir));
  const empty = async () => {
    const other = await openNewsroom();
    opened.push(other);
    return other;
  };

  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
    people = await peopleOf(newsroom);
    await begins(newsroom, people.contributor, 'A draft with an apostrophe’s 𝒳 and a "quote"');
    const from = await deskOf(newsroom).entity('Person', 'To Be Merged');
    const into = await deskOf(newsroom).entity('Person', 'The Survivor');
    const [f, i] = [from, into].map((id) => Buffer.from(`Person:${id}`).toString('base64url'));
    const merged = await does(newsroom, people.chief, 'mergeEntities', {
      from: f,
      fromVersion: 1,
      into: i,
      intoVersion: 1,
    });
    expect(merged.message).toBeUndefined();
    lines = await taken(newsroom.database, newsroom.mediaDir);
  });
  afterAll(async () => {
    for (const each of opened) await each.close();
    await newsroom.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('has every table in its file but what is only of this process or secret', () => {
    const { tables } = JSON.parse(lines[0]!) as { tables: Record<string, { columns: string[]; rows: number }> };
    const left = newsroom.database.primary.entityMetadatas
      .map(({ tableName }) => tableName)
      .filter((name) => !(name in tables));
    expect(left.sort()).toEqual([
      'editing',
      'idempotency',
      'outbox',
      'partner_key',
      'search_rebuild',
      'search_word',
      'session',
      'sign_in_failure',
      'wording',
      'wording_count',
      'wording_term',
    ]);
    expect(tables.account!.columns).not.toContain('passwordHash');
    for (const table of [
      'section',
      'entity_alias',
      'entity_role',
      'picture',
      'related_story',
      'correction',
      'placement',
      'newsletter',
      'consent_category',
      'entity_merge',
      'path',
      'front_pin',
      'front_publication',
      'storyline_entry',
      'storyline_slug_claim',
      'audit',
    ]) {
      expect([table, tables[table]!.rows > 0]).toEqual([table, true]);
    }
  });

  test('is the same to the byte when it is brought in and taken out again, on both databases, one way and back', async () => {
    const there = await empty();
    await bring(there.database, lines, there.mediaDir);
    expect(await taken(there.database, there.mediaDir)).toEqual(lines);
    expect(await violations(there.database)).toEqual([]);
    const path = join(folder, 'across.sqlite');
    const across = await openStorage({ kind: 'sqlite', path });
    opened.push(across);
    await migrateUp(across);
    await bring(across, await taken(there.database, there.mediaDir), join(folder, 'media'));
    const back = await taken(across, join(folder, 'media'));
    expect(createHash('sha256').update(back.join('\n')).digest('hex')).toBe(
      createHash('sha256').update(lines.join('\n')).digest('hex'),
    );
    const title = 'query { articles(first: 3) { nodes { title } } }';
    expect((await there.ask(title)).data).toEqual((await newsroom.ask(title)).data);
  });

  test('that was cut off anywhere is gone on with', async () => {
    const there = await empty();
    for (const cut of [1, 40, Math.floor(lines.length / 3), lines.length - 60]) {
      await expect(bring(there.database, lines.slice(0, cut), there.mediaDir)).rejects.toThrow(/cut off/);
    }
    const { there: already } = await bring(there.database, lines, there.mediaDir);
    expect(already).toBeGreaterThan(100);
    expect(await taken(there.database, there.mediaDir)).toEqual(lines);
    await expect(bring(there.database, lines, there.mediaDir)).rejects.toThrow(/another newsroom/);
  });

  test('is not brought into another one, which stays as it is', async () => {
    const other = await empty();
    await deskOf(other).section('theirs');
    const before = await taken(other.database, other.mediaDir);
    await expect(bring(other.database, lines, other.mediaDir)).rejects.toThrow(/another newsroom/);
    expect(await taken(other.database, other.mediaDir)).toEqual(before);
  });

  test.each([
    ['nothing', [], /empty/],
    ['another file', ['{"a":1}'], /no newsroom/],
    ['no JSON', ['hello'], /not JSON/],
  ])('is not made of %s', async (_, some, reason) => {
    await expect(bring(newsroom.database, some, newsroom.mediaDir)).rejects.toThrow(reason);
  });

  test('with long stories in letters of two bytes comes in from an archive, goes out, and comes in again', async () => {
    const [from, to] = [await empty(), await empty()];
    const text = Array.from({ length: 60 }, () => 'я"'.repeat(7_500)).join('\n\n');
    const archive = Array.from({ length: 10 }, (_, i) => JSON.stringify({ id: i, title: `Long ${i}`, body: text }));
    const { bring: bringIn, end } = importsOf(() => from);
    expect((await bringIn('jsonl', archive.join('\n'))).summary).toMatchObject({ written: 10, failed: 0 });
    end();
    const out = await taken(from.database, from.mediaDir);
    await bring(to.database, out, to.mediaDir);
    expect((await taken(to.database, to.mediaDir)).join('\n') === out.join('\n')).toBe(true);
  }, 60_000);
});

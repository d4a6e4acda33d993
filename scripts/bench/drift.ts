import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { reserveStory, saveEdition } from '../../src/articles/edition.commands.js';
import { issueCorrection, publishEdition } from '../../src/articles/bring-in.commands.js';
import { saveEntity, saveRoles } from '../../src/entities/entity.commands.js';
import { createContext } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import { raw } from '../../src/kernel/sql.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { saveBanner, saveConsentCategory, saveNewsletter } from '../../src/site/site.commands.js';
import { openStorage } from '../../src/storage.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import * as newsroom from './generate.js';
import { loadNewsroom } from './load.newsroom.js';

const sample: newsroom.Scale = { articles: 40, entities: 60 };

/** What the commands take from the clock. */
const clocked = new Set([
  'article.createdAt',
  'article.changedAt',
  'path.createdAt',
  'audit.at',
  'content_change.at',
  'content_change.touches', // read by nothing that is measured
  'edition.savedAt',
  'picture.createdAt',
  'entity.createdAt',
  'entity.updatedAt',
]);

/**
 * Writes a small newsroom twice, in bulk and by the commands editors use, and throws when any row of any table differs:
 * so the bench cannot come to measure a database that the service would never make.
 */
export async function refuseDrift(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'newsgraph-bench-'));
  const open = (name: string) => openStorage({ kind: 'sqlite', path: join(dir, name) });
  const [bulk, commands] = [await open('bulk.sqlite'), await open('commands.sqlite')];
  try {
    await migrateUp(bulk);
    await migrateUp(commands);
    await loadNewsroom(bulk, sample);
    await writeByCommands(commands);
    for (const { tableName } of bulk.primary.entityMetadatas) {
      const [ours, theirs] = [await contents(bulk, tableName), await contents(commands, tableName)];
      const row = theirs.findIndex((each, i) => !isDeepStrictEqual(each, ours[i]));
      if (row === -1 && ours.length === theirs.length) continue;
      const show = (rows: object[]) => JSON.stringify(rows[row === -1 ? rows.length - 1 : row]);
      throw new Error(
        `The bench's rows of ${tableName} are not what the commands write (${ours.length} and ${theirs.length} rows):\n` +
          `bench    ${show(ours)}\ncommands ${show(theirs)}`,
      );
    }
  } finally {
    await bulk.close();
    await commands.close();
    await rm(dir, { recursive: true });
  }
}

async function contents(database: Database, table: string): Promise<object[]> {
  const rows = await database.read<Record<string, unknown>>(raw(`select * from ${table}`));
  const known = rows.map((row) => Object.entries(row).filter(([column]) => !clocked.has(`${table}.${column}`)));
  return known.map((columns) => Object.fromEntries(columns)).sort((a, b) => (print(a) < print(b) ? -1 : 1));
}

const print = (row: object): string => JSON.stringify(row);

async function writeByCommands(database: Database): Promise<void> {
  const ctx = createContext(database, { siteUrl: 'http://bench', mediaUrl: 'http://bench/media', siteName: 'Bench' });
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  for (const section of newsroom.sections) await saveSection(ctx, section);
  for (const id of upTo(newsroom.pictureCount(sample))) await savePicture(ctx, newsroom.pictureOf(id));
  for (const id of upTo(sample.entities)) await saveEntity(ctx, newsroom.entityOf(id));
  for (const id of upTo(sample.entities)) await saveRoles(ctx, id, newsroom.rolesOf(id, sample));
  const stories = upTo(sample.articles).map((id) => newsroom.storyOf(id, sample));
  for (const { article } of stories) await reserveStory(ctx, article);
  for (const { publishedAt, corrections, ...edition } of stories) {
    const saved = await saveEdition(ctx, edition);
    await publishEdition(ctx, { ...saved, publishedAt });
    for (const correction of corrections) await issueCorrection(ctx, { articleId: saved.articleId, ...correction });
  }
  for (const banner of newsroom.banners) await saveBanner(ctx, banner);
  for (const newsletter of newsroom.newsletters) await saveNewsletter(ctx, newsletter);
  for (const category of newsroom.consentCategories) await saveConsentCategory(ctx, category);
  while ((await doJobs(ctx, {})) > 0); // the outbox of a newsroom at rest is empty
}

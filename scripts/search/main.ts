import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext } from '../../src/kernel/context.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import { operator } from '../../src/kernel/viewer.js';
import { openStorage } from '../../src/storage.js';
import { askGold, publishGold, scoreOf, type Outcome } from './gold.js';
import { sentences } from './gold.set.js';

/** Prints recall and precision of the search over the gold set, by language, in a newsroom of its own on SQLite. */
const folder = mkdtempSync(join(tmpdir(), 'newsgraph-gold-'));
const addresses = { siteUrl: 'https://gold.example', mediaUrl: 'https://gold.example/media', siteName: 'Gold' };
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`.padStart(9);

const line = (name: string, outcomes: readonly Outcome[]): string => {
  const { recall, precision } = scoreOf(outcomes);
  return `${name.padEnd(10)}${String(outcomes.length).padStart(7)}${percent(recall)}${percent(precision)}`;
};

const database = await openStorage({ kind: 'sqlite', path: join(folder, 'gold.sqlite') });
try {
  const contextOf = () => createContext(database, addresses, { viewer: operator });
  await migrateUp(database);
  await publishGold(contextOf);
  const outcomes = await askGold(contextOf);
  print('language  queries   recall  precision');
  for (const language of Object.keys(sentences)) {
    print(
      line(
        language,
        outcomes.filter(({ stories }) => stories[0]?.startsWith(`${language}.`)),
      ),
    );
  }
  print(line('all', outcomes));
  for (const { query, missed, wrong } of outcomes) {
    if (missed.length + wrong.length > 0) print(`  ${query}: missed ${missed.join(', ')}; wrong ${wrong.join(', ')}`);
  }
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

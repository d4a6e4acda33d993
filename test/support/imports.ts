import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operator } from '../../src/kernel/viewer.js';
import { importMany, type ImportManyOptions, type ItemReport } from '../../src/newsroom/import/import-many.commands.js';
import { readers, sourceOf, type Format } from '../../src/newsroom/import/readers.js';
import type { ReaderOptions } from '../../src/newsroom/import/story.types.js';
import type { TestNewsroom } from './newsroom.js';

export type Files = Readonly<Record<string, string | Buffer>>;

/** Brings texts in as if they were files of one folder, and says what became of each item. */
export function importsOf(newsroom: () => TestNewsroom) {
  const folders: string[] = [];
  const bring = async (
    format: Format,
    given: string | Buffer | Files,
    options: Partial<ImportManyOptions & ReaderOptions> = {},
  ) => {
    const folder = mkdtempSync(join(tmpdir(), 'newsgraph-imports-'));
    folders.push(folder);
    const files: Files = typeof given === 'string' || Buffer.isBuffer(given) ? { source: given } : given;
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const paths = Object.keys(files).map((name) => join(folder, name));
    const told: ItemReport[] = [];
    const { encoding, columns, ...others } = options;
    const summary = await importMany(
      newsroom().contextAs(operator),
      readers[format].read({ paths, totalBytes: 0, bytesRead: 0 }, { encoding, columns, now: Date.now() }),
      { source: sourceOf(format), ...others },
      (report) => void told.push({ ...report, file: report.file.slice(folder.length + 1) }),
    );
    return { summary, told, outcomes: told.map(({ id, outcome, reason }) => [id, outcome, reason]) };
  };
  const story = async (slug: string) =>
    (
      await newsroom().ask(
        `query ($slug: String!) { article(slug: $slug) { title publishedAt language credits { role text }
          body { text } related(first: 9) { edges { node { slug } } } } }`,
        { slug },
      )
    ).data.article;
  const end = () => folders.forEach((folder) => rmSync(folder, { recursive: true }));
  return { bring, story, end };
}

export const lines = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');

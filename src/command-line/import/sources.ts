import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { OperatorError } from '../../kernel/errors.js';
import type { SourceFiles } from '../../newsroom/import/story.types.js';

/** The files that were named, and those in the folders that were named, in their order, with what they weigh; `-` is what is piped in. */
export async function sourcesOf(named: readonly string[]): Promise<SourceFiles> {
  const paths: string[] = [];
  let totalBytes = 0;
  for (const name of named) {
    const path = name === '-' ? await pipedIn() : name;
    const found = await stat(path).catch(() => null);
    if (!found) throw new OperatorError(`There is no file ${path}.`);
    const files = found.isDirectory() ? await filesIn(path) : [path];
    if (files.length === 0) throw new OperatorError(`There is no file in ${path}.`);
    for (const file of files) {
      totalBytes += (await stat(file)).size;
      paths.push(file);
    }
  }
  return { paths, totalBytes, bytesRead: 0 };
}

/** What is piped in, packed in a file for as long as the process lives: some formats are read more than once. */
async function pipedIn(): Promise<string> {
  if (process.stdin.isTTY) throw new OperatorError('`-` stands for what is piped in, and nothing is.');
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-piped-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'standard-input');
  await pipeline(process.stdin, createGzip({ level: 1 }), createWriteStream(path));
  return path;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

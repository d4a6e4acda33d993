import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../kernel/errors.js';
import type { SourceFiles } from '../../newsroom/import/story.types.js';

/** The files that were named, and those in the folders that were named, in their order, with what they weigh. */
export async function sourcesOf(named: readonly string[]): Promise<SourceFiles> {
  const paths: string[] = [];
  let totalBytes = 0;
  for (const path of named) {
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

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

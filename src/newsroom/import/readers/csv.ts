import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { ReadItem, ReaderOptions, SourceFiles } from '../story.types.js';
import { storyOf } from './json-lines.js';
import { textOf } from './source.js';
import { firstText } from './values.js';

/** Fields that hold several values, parted by a semicolon or a bar. */
const lists = new Set(['authors', 'author', 'topics', 'tags', 'links', 'related']);
const largestRecord = 16_000_000;
const idFields = new Set(['id', 'externalId', 'url', 'link']);
const withoutId = 'The table has no column for an id: the headline and the date stand for it.';

/**
 * Rows of a table with a line of names on top. A column is read as the field that the column map gives it, else as the
 * one it is called like; commas, semicolons and tabs may part the columns.
 */
export async function* readCsv(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  const fieldOf = new Map(
    Object.entries(options.columns ?? {}).map(([field, column]) => [column.trim().toLowerCase(), field]),
  );
  const mapped = new Set(fieldOf.values());
  const skipped: ReadItem[] = [];
  const head: { names?: string[] } = {};
  const pieces = textOf(sources, file, options);
  const first = await pieces.next();
  const beginning = first.done ? '' : first.value;
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(beginning),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: largestRecord,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error)
        skipped.push({
          place: { file, line: Number(error.lines ?? 0) || 1 },
          failed: `The row cannot be read: ${error.message.slice(0, 200)}`,
        });
      return undefined;
    },
  });
  const source = Readable.from(
    (async function* () {
      yield beginning;
      yield* pieces;
    })(),
  );
  source.once('error', (error) => parser.destroy(error));
  let line = 1;
  let isWithoutId = false;
  for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>) {
    yield* skipped.splice(0);
    if (!head.names) {
      const called = (name: string) => (mapped.has(name) ? '' : name); // the map names another column for that field
      head.names = record.map((name) => fieldOf.get(name.trim().toLowerCase()) ?? called(name.trim()));
      const missing = [...mapped].filter((field) => !head.names!.includes(field));
      if (missing.length > 0)
        yield {
          place: { file, line: 1 },
          failed: `The table has no column for ${missing.join(', ')}: the map names others than its first line.`,
        };
      isWithoutId = !head.names.some((name) => idFields.has(name));
    } else {
      const item = rowOf(head.names, record, { file, line: line + 1 }, options.now);
      const isFirst = isWithoutId && 'story' in item;
      yield isFirst ? { ...item, story: { ...item.story, notes: [...(item.story.notes ?? []), withoutId] } } : item;
      if (isFirst) isWithoutId = false;
    }
    line = info.lines;
  }
  yield* skipped.splice(0);
}

function rowOf(names: readonly string[], record: readonly string[], place: ReadItem['place'], now: number): ReadItem {
  const row: Record<string, unknown> = {};
  for (const [i, value] of record.entries()) {
    const name = names[i];
    if (!name || value.trim() === '') continue;
    row[name] = lists.has(name) ? value.split(/\s*[;|]\s*/).filter((each) => each !== '') : value;
  }
  if (Object.keys(row).length === 0) return { place, failed: 'The row has no values.' };
  if (!names.some((name) => idFields.has(name))) {
    const title = firstText(row, 'title', 'headline');
    const date = firstText(row, 'publishedAt', 'published', 'date');
    if (title !== undefined) row.id = date === undefined ? title : `${title}#${date}`;
  }
  return storyOf(row, place, now);
}

/** What parts the columns of the first line. */
function delimiterOf(text: string): string {
  const line = text.split(/\r?\n/, 1)[0]!.replace(/"(?:[^"]|"")*"/g, '');
  const counts = [',', ';', '\t'].map((delimiter) => [delimiter, line.split(delimiter).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

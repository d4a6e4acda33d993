import { JSONParser } from '@streamparser/json';
import type { ReaderOptions, SourceFiles } from '../story.types.js';
import { textOf } from './source.js';

export type JsonEvent = { value: unknown; key: string | number | undefined; depth: number } | { broken: string };

/** The most characters between one value that was asked for and the next. */
const largestValue = 16_000_000;

/** Values at some paths of a JSON document, such as `$.items.*`, as they come; or why the rest cannot be read. */
export async function* valuesIn(
  sources: SourceFiles,
  path: string,
  options: ReaderOptions,
  paths: string[],
): AsyncGenerator<JsonEvent, void, void> {
  const found: JsonEvent[] = [];
  let isBroken = false;
  const parser = new JSONParser({ paths, keepStack: false });
  parser.onValue = ({ value, key, stack }) => void found.push({ value, key, depth: stack.length });
  parser.onError = (error) => {
    if (!isBroken) found.push({ broken: `The file is not JSON from here on: ${error.message.slice(0, 200)}` });
    isBroken = true;
  };
  let since = 0;
  for await (const text of textOf(sources, path, options)) {
    parser.write(text.replace(/^\ufeff/, ''));
    since = found.length > 0 ? 0 : since + text.length;
    yield* found.splice(0);
    if (isBroken) return;
    if (since > largestValue) return yield { broken: 'An item has more than 16 million characters.' };
  }
  if (!parser.isEnded) yield { broken: 'The file ends before its JSON does: it was cut off.' };
}

/** The first character of a file that is not white space. */
export async function beginningOf(sources: SourceFiles, path: string, options: ReaderOptions): Promise<string> {
  const before = sources.bytesRead;
  for await (const text of textOf(sources, path, options)) {
    const first = text.replace(/^[\ufeff\s]+/, '').slice(0, 1);
    if (first !== '') {
      sources.bytesRead = before;
      return first;
    }
  }
  return '';
}

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { OperatorError } from '../../../kernel/errors.js';
import type { ReaderOptions, SourceFiles } from '../story.types.js';

const headBytes = 4_096;

/**
 * The text of a file, piece by piece, in the encoding that it names or that its first bytes show, else in UTF-8. Files
 * that were gzipped are unpacked on the way.
 */
export async function* textOf(
  sources: SourceFiles,
  path: string,
  { encoding }: ReaderOptions,
): AsyncGenerator<string, void, void> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const bytes of beginningWhole(bytesOf(sources, path))) {
    decoder ??= decoderFor(encoding ?? encodingIn(bytes));
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

/** The same bytes, the first piece of them large enough to tell their encoding by, when there are so many. */
async function* beginningWhole(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const bytes of pieces) {
    if (!head) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < headBytes) continue;
    yield head;
    head = null;
  }
  if (head && head.length > 0) yield head;
}

/** The whole text of a file that is at most so large. */
export async function wholeText(
  sources: SourceFiles,
  path: string,
  options: ReaderOptions,
  atMost: number,
): Promise<string> {
  let text = '';
  for await (const piece of textOf(sources, path, options)) {
    text += piece;
    if (text.length > atMost) {
      throw new OperatorError(
        `The file has more than ${Math.round(atMost / 1_048_576)} MB, more than one item can have.`,
      );
    }
  }
  return text;
}

async function* bytesOf(sources: SourceFiles, path: string): AsyncGenerator<Buffer, void, void> {
  const head = await headOf(path);
  const isPacked = head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]));
  if (/^BZh[1-9]1AY&SY/.test(head.toString('latin1', 0, 10))) {
    throw new OperatorError(
      `${path} is packed by bzip2: unpack it on the way, \`bzcat ${path} | newsgraph import … -\`, with \`-\` in its place.`,
    );
  }
  const file = createReadStream(path, { highWaterMark: 256 * 1_024 });
  const before = sources.bytesRead;
  const stream = isPacked ? file.pipe(createGunzip()) : file;
  if (isPacked) file.once('error', (error) => stream.destroy(error));
  for await (const bytes of stream) {
    sources.bytesRead = before + file.bytesRead;
    yield bytes as Buffer;
  }
  sources.bytesRead = before + file.bytesRead;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** By its byte order mark, its XML declaration or its `meta` element. */
function encodingIn(bytes: Buffer): string {
  const head = bytes.subarray(0, headBytes);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const text = head.toString('latin1');
  if (/^<\0/.test(text)) return 'utf-16le';
  if (/^\0</.test(text)) return 'utf-16be';
  const named = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}encoding=["']([\w.:-]{2,40})["']/.exec(text)?.[1];
  const meta = /^\s*(?:<!doctype|<html|<head|<!--)/i.test(text)
    ? /<meta[^>]{0,200}charset=["']?([\w-]{2,40})/i.exec(text)?.[1]
    : undefined;
  const found = named ?? meta ?? 'utf-8';
  return /^utf-?16/i.test(found) ? 'utf-8' : found; // a declaration that could be read was not in UTF-16
}

export function decoderFor(name: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(name);
  } catch {
    throw new OperatorError(`There is no encoding called "${name.slice(0, 40)}": --encoding says which it is.`);
  }
}

export interface Line {
  text: string;
  number: number;
  /** Whether it was longer than lines may be, and was cut. */
  isTooLong: boolean;
}

/** The lines of a text, each at most so many characters long; what is longer is passed over without being kept. */
export async function* linesOf(pieces: AsyncIterable<string>, longest: number): AsyncGenerator<Line, void, void> {
  let rest = '';
  let isTooLong = false;
  let number = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      number += 1;
      const text = rest + piece.slice(from, end);
      yield {
        text: isTooLong || text.length > longest ? '' : text,
        number,
        isTooLong: isTooLong || text.length > longest,
      };
      [rest, isTooLong, from] = ['', false, end + 1];
    }
    if (isTooLong) continue;
    rest += piece.slice(from);
    if (rest.length > longest) [rest, isTooLong] = ['', true];
  }
  if (rest !== '' || isTooLong) yield { text: rest, number: number + 1, isTooLong };
}

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Context } from '../../kernel/context.js';
import { Refusal } from '../../kernel/errors.js';
import { touchEverything } from '../../kernel/ledger.js';
import { sql } from '../../kernel/sql.js';
import { inTransaction } from '../../kernel/transaction.js';
import { nowIn } from '../../kernel/write.js';
import type { MediaStore } from '../../media/media.store.js';
import { keepOriginal } from '../../media/receive.commands.js';
import { isWebAddress } from './address.rules.js';
import { checkedAddress, ForbiddenAddress, outsideLookup } from '../../kernel/outside-address.js';
import { pictureName, picturesFor, picturesOf } from './pictures.commands.js';
import type { PreparedStory } from './prepare.rules.js';

const limits = { bytes: 20 * 1_048_576, ms: 15_000, redirects: 5, atOnce: 4 };

export interface FetchOptions {
  source: string;
  store: MediaStore;
  /** How many pictures one import asks for at most. */
  most: number;
  lookup?: LookupFunction;
}

/** Fetches the pictures of stories that we do not have yet; says what came of each address: nothing to tell, or why not. */
export function pictureFetcher(ctx: Context, { source, store, most, lookup = outsideLookup() }: FetchOptions) {
  let left = most;
  return async (stories: readonly PreparedStory[]): Promise<ReadonlyMap<string, string>> => {
    const urls = [...new Set(stories.flatMap(picturesOf).map(({ url }) => url))];
    const told = new Map<string, string>();
    const there = await known(
      ctx,
      urls.map((url) => pictureName(source, url)),
    );
    for (const url of urls) if (there.get(pictureName(source, url)) !== undefined) told.set(url, '');
    const wanted = urls.filter((url) => !told.has(url));
    const fetched = new Map<string, { file: string; width: number; height: number }>();
    let next = 0;
    const work = async () => {
      while (next < wanted.length) {
        const url = wanted[next++]!;
        try {
          if (!isWebAddress(url)) throw new ForbiddenAddress('It is no address of the web.');
          if (left <= 0)
            throw new ForbiddenAddress(
              `This import has asked for its ${most} pictures: --most-pictures lets it ask for more.`,
            );
          left -= 1;
          fetched.set(url, await keepOriginal(store, await bytesAt(url, lookup)));
          told.set(url, '');
        } catch (error) {
          told.set(url, `Its picture was not fetched: ${url.slice(0, 500)}: ${sentenceFor(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: limits.atOnce }, work));
    await keep(ctx, source, stories, fetched);
    return told;
  };
}

async function known(ctx: Context, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await ctx.database.read<{ externalId: string; file: string }>(
    sql`select externalId, file from picture where externalId in ${names} and file is not null`,
    'primary',
  );
  return new Map(rows.map(({ externalId, file }) => [externalId, file]));
}

/** Gives pictures their files; those of stories that are not written yet are made first. */
async function keep(
  ctx: Context,
  source: string,
  stories: readonly PreparedStory[],
  fetched: ReadonlyMap<string, { file: string; width: number; height: number }>,
): Promise<void> {
  if (fetched.size === 0) return;
  await inTransaction(ctx, async (tx) => {
    const ids = await picturesFor(
      tx,
      source,
      stories.map((story) => ({ story })),
      await nowIn(tx),
    );
    for (const [url, { file, width, height }] of fetched) {
      await tx.run(
        sql`update picture set file = ${file}, width = ${width}, height = ${height}, version = version + 1
            where id = ${ids.get(url)!} and file is null`,
      );
    }
    await touchEverything(tx);
  });
}

/** The bytes at an address of the open internet, over at most five redirects, each looked at like the first. */
export async function bytesAt(address: string, lookup: LookupFunction): Promise<Buffer> {
  const signal = AbortSignal.timeout(limits.ms);
  let url = checkedAddress(address);
  for (let redirects = 0; ; redirects++) {
    const response = await respond(url, lookup, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      if (redirects === limits.redirects)
        throw new ForbiddenAddress('It leads from one address to the next for too long.');
      if (!URL.canParse(headers.location, url.href)) throw new ForbiddenAddress('It leads to what is no address.');
      url = checkedAddress(new URL(headers.location, url).href);
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw new ForbiddenAddress(`Its server answered ${statusCode}.`);
    }
    return readAll(response);
  }
}

function respond(url: URL, lookup: LookupFunction, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers = { accept: 'image/*', 'user-agent': 'Newsgraph import' };
    const asked = request(url, { lookup, signal, headers, agent: false, maxHeaderSize: 16_384 }, resolve);
    asked.once('error', reject);
    asked.end();
  });
}

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    bytes += (piece as Buffer).length;
    if (bytes > limits.bytes) {
      response.destroy();
      throw new ForbiddenAddress('It has more than 20 MB.');
    }
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

function sentenceFor(error: unknown): string {
  if (error instanceof ForbiddenAddress || error instanceof Refusal) return error.message;
  const { name, code, cause } = error as { name?: string; code?: string; cause?: unknown };
  if (cause instanceof ForbiddenAddress) return cause.message;
  if (name === 'TimeoutError' || code === 'ABORT_ERR') return 'It took longer than 15 seconds.';
  return `Its server does not answer (${code ?? name ?? 'unknown'}).`;
}

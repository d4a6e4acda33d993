import type { IncomingHttpHeaders } from 'node:http';
import type { KnownAnswer } from './answers.js';
import { encodedBody, encodingFor } from './encoding.js';

export interface Reply {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Buffer | Promise<Buffer> | null;
}

export const jsonType = 'application/json; charset=utf-8';

/** For how many seconds whoever stands between us and readers may give an answer again. */
const shared = { fresh: 10, whileRevalidating: 60, ifError: 86_400 };

/** What a request gets that asks for a known answer: its bytes, or word that it has them already. */
export function replyTo(
  known: KnownAnswer,
  headers: IncomingHttpHeaders,
  how: { isGet: boolean; untilNext: number },
): Reply {
  if (!how.isGet) return withBody(known, headers, { 'cache-control': 'no-store' });
  const caching = cachingOf(known, how.untilNext);
  const isThere = headers['if-none-match']?.split(',').some((etag) => matches(etag.trim(), known.etag));
  if (isThere) return { status: 304, headers: { ...known.headers, ...caching }, body: null };
  return withBody(known, headers, caching);
}

function withBody(known: KnownAnswer, headers: IncomingHttpHeaders, more: Record<string, string>): Reply {
  const encoding = encodingFor(known.body, headers['accept-encoding']);
  const encoded: Record<string, string> = encoding ? { 'content-encoding': encoding } : {};
  return { status: 200, headers: { ...known.headers, ...more, ...encoded }, body: encodedBody(known, encoding) };
}

/** An answer that nobody could tell proxies to forget is not for them to keep. */
function cachingOf({ etag, tagHeaders }: KnownAnswer, untilNext: number): Record<string, string> {
  if (tagHeaders === null) return { etag, 'cache-control': 'public, max-age=0, must-revalidate' };
  return { etag, 'cache-control': untilNext === Infinity ? longest : sharedFor(untilNext), ...tagHeaders };
}

/** Nothing between us and readers keeps an answer beyond the moment at which something may begin by itself. */
function sharedFor(untilNext: number): string {
  const left = Math.min(Math.floor(untilNext / 1_000), Number.MAX_SAFE_INTEGER);
  const fresh = Math.min(shared.fresh, left);
  const revalidating = Math.min(shared.whileRevalidating, left - fresh);
  const ifError = Math.min(shared.ifError, left - fresh);
  return `public, max-age=0, s-maxage=${fresh}, stale-while-revalidate=${revalidating}, stale-if-error=${ifError}`;
}

const longest = sharedFor(Infinity);

const matches = (asked: string, etag: string): boolean =>
  asked === '*' || asked.replace(/^W\//, '') === etag.replace(/^W\//, '');

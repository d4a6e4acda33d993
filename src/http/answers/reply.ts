import type { IncomingHttpHeaders } from 'node:http';
import type { KnownAnswer } from './answers.js';
import { encodedBody, encodingFor } from './encoding.js';
import { mediaFor } from './media.js';

export interface Reply {
  status: 200 | 304;
  headers: Readonly<Record<string, string>>;
  body: Buffer | Promise<Buffer> | null;
}

/** The `content-type` of an answer to somebody who accepts this. */
export const typeFor = (accept: string | undefined): string =>
  `${mediaFor(accept) ?? 'application/json'}; charset=utf-8`;

/** For how many seconds whoever stands between us and readers may give an answer again. */
const shared = { fresh: 10, whileRevalidating: 60, ifError: 86_400 };

/** What a request gets that asks for a known answer: its bytes, or word that it has them already. */
export function replyTo(
  known: KnownAnswer,
  headers: IncomingHttpHeaders,
  how: { isGet: boolean; untilNext: number },
): Reply {
  const replied = how.isGet ? headersOfGet(known, how.untilNext) : { ...known.headers, 'cache-control': 'no-store' };
  const isThere = how.isGet && headers['if-none-match']?.split(',').some((etag) => matches(etag.trim(), known.etag));
  if (isThere) return { status: 304, headers: replied, body: null };
  const encoding = encodingFor(known.body, headers['accept-encoding']);
  if (!encoding) return { status: 200, headers: replied, body: known.body };
  return { status: 200, headers: { ...replied, 'content-encoding': encoding }, body: encodedBody(known, encoding) };
}

function headersOfGet(known: KnownAnswer, untilNext: number): Readonly<Record<string, string>> {
  if (untilNext === Infinity) return (known.usual ??= { ...known.headers, ...cachingOf(known, longest) });
  return { ...known.headers, ...cachingOf(known, sharedFor(untilNext)) };
}

/** An answer that nobody could tell proxies to forget is not for them to keep. */
function cachingOf({ etag, tagHeaders }: KnownAnswer, caching: string): Record<string, string> {
  if (tagHeaders === null) return { etag, 'cache-control': 'public, max-age=0, must-revalidate' };
  return { etag, 'cache-control': caching, ...tagHeaders };
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

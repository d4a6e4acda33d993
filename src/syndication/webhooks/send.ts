import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ForbiddenAddress } from '../../kernel/outside-address.js';
import { checkedEndpoint, type Way } from './way.js';

/** What came of a try. */
export interface Answer {
  /** None when there was no answer. */
  status: number | null;
  ms: number;
  /** The first bytes of the answer, as text. */
  text: string;
  /** Why it does not count as taken, as a sentence; `null` when it does. */
  error: string | null;
}

/** How long an endpoint has to answer, how long the rest of its answer may take, and how much of it is read and shown. */
const limits = { ms: 10_000, restMs: 1_000, bytes: 16_384, shown: 500 };

/** The longest that a try takes, in milliseconds. */
export const longestTryMs = limits.ms + limits.restMs;

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Sends a message to an endpoint once; never throws. An answer of 2xx has taken it, a redirect is not followed. */
export async function send(way: Way, post: Post): Promise<Answer> {
  const began = performance.now();
  const msSoFar = () => Math.round(performance.now() - began);
  try {
    const response = await respond(way, checkedEndpoint(post.url, way), post, AbortSignal.timeout(limits.ms));
    const ms = msSoFar();
    const text = await firstBytes(response);
    const { statusCode: status = 0 } = response;
    return { status, ms, text, error: objectionTo(status) };
  } catch (error) {
    return { status: null, ms: msSoFar(), text: '', error: sentenceFor(error) };
  }
}

function respond(way: Way, url: URL, { headers, body }: Post, signal: AbortSignal): Promise<IncomingMessage> {
  const [request, agent] =
    url.protocol === 'https:' ? [httpsRequest, way.agents.https] : [httpRequest, way.agents.http];
  const options = {
    method: 'POST',
    agent,
    lookup: way.lookup,
    signal,
    maxHeaderSize: 16_384,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Newsgraph webhooks',
    },
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, options, resolve);
    asked.once('error', (error: NodeJS.ErrnoException) => {
      // a connection that was kept open may be closed by the other side at the moment it is used again
      const wasStale = asked.reusedSocket && error.code === 'ECONNRESET';
      if (wasStale) respond(way, url, { headers, body, url: url.href }, signal).then(resolve, reject);
      else reject(error);
    });
    asked.end(body);
  });
}

/** The beginning of an answer; what is long, or slow to come, is cut off. */
async function firstBytes(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const tooSlow = setTimeout(() => response.destroy(), limits.restMs);
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > limits.bytes) break;
    }
  } catch {
    // what came is what there is to show
  } finally {
    clearTimeout(tooSlow);
    if (!response.complete) response.destroy();
  }
  return Buffer.concat(pieces).subarray(0, limits.shown).toString().toWellFormed();
}

function objectionTo(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `It answered ${status}: redirects are not followed, give the final address.`;
  return `It answered ${status}.`;
}

function sentenceFor(error: unknown): string {
  if (error instanceof ForbiddenAddress) return error.message;
  const { name, code, cause } = error as { name?: string; code?: string; cause?: unknown };
  if (cause instanceof ForbiddenAddress) return cause.message;
  if (name === 'AbortError' || name === 'TimeoutError') return `It did not answer in ${limits.ms / 1_000} seconds.`;
  return `It does not answer (${code ?? name ?? 'unknown'}).`;
}

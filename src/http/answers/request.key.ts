import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Kind, OperationTypeNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { mediaFor } from './media.js';

/** The address that queries are asked at. */
export const graphqlPath = '/graphql';

/** Whether a request is a reader's: nobody who may see more asks, so the same question has the same answer. */
export function isReaders(headers: IncomingHttpHeaders, sessionCookie: () => string): boolean {
  const { authorization, cookie } = headers;
  return (
    authorization === undefined &&
    headers['x-api-key'] === undefined &&
    headers['x-preview-token'] === undefined &&
    (cookie === undefined || !cookie.includes(sessionCookie()))
  );
}

/** What a reader's GET asks for: its address as it is, and how it wants the answer. */
export const keyOfGet = (url: string, accept: string | undefined): string | null =>
  url.startsWith(`${graphqlPath}?`) ? withMedia(url, accept) : null;

/** The longest body whose answer is kept, in bytes: reading a longer one twice takes too long. */
export const longestQuestion = 20_000;

/** What a reader's POST asks for; nothing when that is not a query. */
export function keyOfPost(body: unknown, accept: string | undefined, maxTokens: number): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  if (typeof query !== 'string' || !isQuery(query, maxTokens)) return null;
  const asked = textOf([query, operationName ?? null, variables ?? null, extensions ?? null]);
  return asked === null ? null : withMedia(createHash('sha256').update(asked).digest('base64url'), accept);
}

/** As JSON; nothing for what is nested so deep that it cannot be written. */
function textOf(asked: unknown): string | null {
  try {
    return JSON.stringify(asked);
  } catch {
    return null;
  }
}

/** Answers of one type are the same, however it was asked for; whoever wants none that we know is told so behind. */
function withMedia(question: string, accept: string | undefined): string | null {
  const media = mediaFor(accept) ?? (accept!.length <= 100 ? accept! : null);
  return media === 'application/json' ? question : media && `${media} ${question}`;
}

const kinds = new LRUCache<string, boolean>({
  max: 1_000,
  maxSize: 2_000_000,
  sizeCalculation: (_, text) => text.length + 1,
});

/** Whether all operations of a document are queries: only then it does not matter whether it runs once or twice. */
function isQuery(text: string, maxTokens: number): boolean {
  const known = kinds.get(text);
  if (known !== undefined) return known;
  let only = false;
  try {
    const { definitions } = parse(text, { noLocation: true, maxTokens });
    only = definitions.every(
      (each) => each.kind !== Kind.OPERATION_DEFINITION || each.operation === OperationTypeNode.QUERY,
    );
  } catch {
    only = false;
  }
  kinds.set(text, only);
  return only;
}

import type { IncomingHttpHeaders } from 'node:http';
import { mediaFor } from '../answers/media.js';
import type { Question } from './documents.js';

interface Request {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  /** What was sent as JSON. */
  body: unknown;
}

/** What a request asks, where it asks it in the way that nearly all do; nothing where Apollo has to look. */
export function questionOf({ method, url, headers: { accept }, body }: Request): Question | null {
  if (mediaFor(accept) === null) return null;
  const parts = method === 'GET' ? searched(url) : body;
  if (!isObject(parts)) return null;
  const { query, operationName, variables, extensions, ...others } = parts;
  const print = printIn(extensions);
  if (Object.keys(others).length > 0 || !isTextOrAbsent(query) || !isTextOrAbsent(operationName)) return null;
  if (print === null || (query === undefined) === (print === undefined)) return null;
  if (variables != null && !isObject(variables)) return null;
  return { text: query ?? undefined, print, operationName: operationName ?? undefined, variables: variables ?? {} };
}

/** The print of a persisted document; `null` when there is something else, which Apollo has to look at. */
function printIn(extensions: unknown): string | undefined | null {
  if (extensions == null) return undefined;
  if (!isObject(extensions) || Object.keys(extensions).length !== 1) return null;
  const { persistedQuery } = extensions;
  if (!isObject(persistedQuery) || persistedQuery.version !== 1) return null;
  return typeof persistedQuery.sha256Hash === 'string' ? persistedQuery.sha256Hash : null;
}

function searched(url: string): Record<string, unknown> | null {
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(url.slice(url.indexOf('?') + 1))) {
    if (name in found) return null;
    try {
      found[name] = name === 'variables' || name === 'extensions' ? JSON.parse(value) : value;
    } catch {
      return null;
    }
  }
  return found;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTextOrAbsent = (value: unknown): value is string | null | undefined =>
  value === null || value === undefined || typeof value === 'string';

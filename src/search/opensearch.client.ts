import { codedError } from '../kernel/errors.js';

/** Where an OpenSearch is, and what our index is called there. */
export interface OpenSearchPlace {
  /** Without a slash at the end, without name and password. */
  origin: string;
  authorization: string | undefined;
  alias: string;
}

/** Reads `https://USER:PASSWORD@HOST:9200/NAME`; the name is `newsgraph` when there is none. */
export function openSearchPlace(address: string): OpenSearchPlace {
  const url = new URL(address);
  const secret = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    origin: url.origin,
    authorization: url.username === '' ? undefined : `Basic ${Buffer.from(secret).toString('base64')}`,
    alias: url.pathname.replace(/^\/|\/$/g, '') || 'newsgraph',
  };
}

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Sent as JSON; a list as one line of JSON each, as bulk requests want it. */
  body?: object | readonly object[];
  /** How long it may take, in milliseconds. */
  patience: number;
  /** Answers that are no failure besides those that say so themselves. */
  accept?: readonly number[];
}

/** Asks OpenSearch; what does not answer in time or refuses is UNAVAILABLE, and the reason is for the log only. */
export async function ask<Answer>(place: OpenSearchPlace, request: Request): Promise<Answer> {
  const { method, path, body, patience, accept = [] } = request;
  const lines = Array.isArray(body);
  const text = lines ? body.map((line) => `${JSON.stringify(line)}\n`).join('') : body && JSON.stringify(body);
  try {
    const response = await fetch(place.origin + path, {
      method,
      headers: {
        ...(text === undefined ? {} : { 'content-type': lines ? 'application/x-ndjson' : 'application/json' }),
        ...(place.authorization === undefined ? {} : { authorization: place.authorization }),
      },
      ...(text === undefined ? {} : { body: text }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    const answer = (await response.json()) as Answer;
    if (response.ok || accept.includes(response.status)) return answer;
    throw new Error(`${method} ${path.split('?')[0]} was answered ${response.status}`);
  } catch (error) {
    const unavailable = codedError('UNAVAILABLE', 'The search does not answer right now: try again shortly.');
    unavailable.cause = error;
    throw unavailable;
  }
}

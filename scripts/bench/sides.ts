import { join } from 'node:path';
import type { Slugs } from './compare.js';
import type { Stretch, StretchResult } from './load.js';
import type { Target } from './measure.js';
import { startServer, startWorker } from './processes.js';
import { documents, getShape, persistedShape, type DocumentName } from './requests.js';

export type Load = (stretch: Stretch) => Promise<StretchResult>;

/** How long the answers are, in the middle. */
export type Bytes = Record<DocumentName, number>;

const script = (name: string): string => join(import.meta.dirname, name);
export const baselineScript = script('baseline.js');

/** What servers are told; they answer as if they stood at one address. */
export const environment = (url: string) => ({
  DATABASE_URL: url,
  SITE_URL: 'https://bench.example',
  SITE_NAME: 'Bench',
  LOG_LEVEL: 'warn',
});

const byDocument = async <Value>(make: (document: DocumentName) => Value | Promise<Value>) => {
  const made = await Promise.all(documents.map(make));
  return Object.fromEntries(documents.map((document, i) => [document, made[i]])) as Record<DocumentName, Value>;
};

/** Starts the service, which keeps no answers, and the endpoint written by hand over one database, each as its own process. */
export async function startSides(
  serve: readonly string[],
  url: string,
  more: Record<string, string> = {},
): Promise<Record<'ours' | 'by hand', Target>> {
  const env = environment(url);
  const [ours, byHand] = await Promise.all([startUnknowing(serve, url, more), startServer([baselineScript], env)]);
  return {
    ours,
    'by hand': { ...byHand, shapes: await byDocument((document) => getShape(`/${document}/`)) },
  };
}

/** Starts the service as it is: it keeps the answers that it gave. */
export async function startKnowing(
  serve: readonly string[],
  url: string,
  more: Record<string, string> = {},
): Promise<Target> {
  const server = await startServer(serve, { ...environment(url), ...more });
  return { ...server, shapes: await byDocument((document) => persistedShape(server.port, document)) };
}

/** Starts the service, which keeps no answers. */
export async function startUnknowing(
  serve: readonly string[],
  url: string,
  more: Record<string, string> = {},
): Promise<Target> {
  return startKnowing(serve, url, { ...more, ANSWERS_MB: '0' });
}

/** Starts the ceiling: answers as long as the real ones. */
export async function startConstant(bytes: Bytes): Promise<Target> {
  const server = await startServer([script('constant.js')], {});
  return { ...server, shapes: await byDocument((document) => getShape(`/bytes/${bytes[document]}/`)) };
}

export const startLoad = (): Load => startWorker<Stretch, StretchResult>(script('load.js'));

export async function bytesOf({ port, shapes }: Target, slugs: Slugs, load: Load): Promise<Bytes> {
  const mean = async (document: DocumentName) => {
    const stretch = { port, shape: shapes[document], slugs: slugs[document], connections: 1, seed: 'bytes' };
    return Math.round((await load({ ...stretch, requests: 100 })).meanBytes);
  };
  return { article: await mean('article'), section: await mean('section') };
}

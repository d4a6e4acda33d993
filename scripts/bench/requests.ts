import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frontLength } from './baseline.front.js';

export const documents = ['article', 'section'] as const;
export type DocumentName = (typeof documents)[number];

/**
 * Who answers: the service, the endpoint written by hand, the service when it knows the answer, a constant as long, and
 * the service as two processes behind one port.
 */
export const variants = ['ours', 'by hand', 'known', 'constant', 'ours, 2 workers', 'known, 2 workers'] as const;
export type Variant = (typeof variants)[number];

/** A request as its bytes stand around the slug; `bytes` counts the body without the slug, `null` when there is none. */
export interface RequestShape {
  before: string;
  after: string;
  bodyBytes: number | null;
  path: string;
}

/** The documents of the web's contract, word for word. */
const files: Record<DocumentName, string> = { article: 'article-page.graphql', section: 'section-front.graphql' };

export const textOf = (document: DocumentName): Promise<string> =>
  readFile(join(import.meta.dirname, '../../../scripts/bench/documents', files[document]), 'utf8');

const variablesFor = (document: DocumentName, slug: string) => ({
  slug,
  ...(document === 'section' ? { first: frontLength } : {}),
});

/** Asks a server for a document's answer, as clients without a store of documents do. */
export async function askingFor(origin: string, document: DocumentName, slug: string): Promise<Response> {
  return fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: await textOf(document), variables: variablesFor(document, slug) }),
  });
}

/** As web front ends behind a CDN ask: by GET, with the print of a document that the service has. */
export async function persistedShape(port: number, document: DocumentName): Promise<RequestShape> {
  const query = await textOf(document);
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: variablesFor(document, 'none'), extensions }),
  });
  const asked = `extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  const [before, after = ''] = JSON.stringify(variablesFor(document, '\0')).split('\\u0000').map(encodeURIComponent);
  return { path: `/graphql?${asked}&variables=${before}`, before: '', after, bodyBytes: null };
}

export async function graphqlShape(document: DocumentName): Promise<RequestShape> {
  const query = await textOf(document);
  const variables = variablesFor(document, '\0');
  const [before = '', after = ''] = JSON.stringify({ query, variables }).split('\\u0000');
  return { path: '/graphql', before, after, bodyBytes: Buffer.byteLength(before + after) };
}

export const getShape = (path: string): RequestShape => ({ path, before: '', after: '', bodyBytes: null });

/** One request for a slug as it goes over the wire. */
export function requestText({ path, before, after, bodyBytes }: RequestShape, slug: string): string {
  const host = 'host: 127.0.0.1\r\naccept: application/json\r\n';
  if (bodyBytes === null) return `GET ${path}${slug}${after} HTTP/1.1\r\n${host}\r\n`;
  const length = `content-type: application/json\r\ncontent-length: ${bodyBytes + slug.length}\r\n`;
  return `POST ${path} HTTP/1.1\r\n${host}${length}\r\n${before}${slug}${after}`;
}

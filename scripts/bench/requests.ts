import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frontLength } from './baseline.front.js';

export const documents = ['article', 'section'] as const;
export type DocumentName = (typeof documents)[number];

/** Who answers: the service, the endpoint written by hand, or a constant of the same size. */
export const variants = ['ours', 'by hand', 'constant'] as const;
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

export async function graphqlShape(document: DocumentName): Promise<RequestShape> {
  const query = await readFile(join(import.meta.dirname, '../../../scripts/bench/documents', files[document]), 'utf8');
  const variables = { slug: '\0', ...(document === 'section' ? { first: frontLength } : {}) };
  const [before = '', after = ''] = JSON.stringify({ query, variables }).split('\\u0000');
  return { path: '/graphql', before, after, bodyBytes: Buffer.byteLength(before + after) };
}

export const getShape = (path: string): RequestShape => ({ path, before: '', after: '', bodyBytes: null });

/** One request for a slug as it goes over the wire. */
export function requestText({ path, before, after, bodyBytes }: RequestShape, slug: string): string {
  const host = 'host: 127.0.0.1\r\naccept: application/json\r\n';
  if (bodyBytes === null) return `GET ${path}${slug} HTTP/1.1\r\n${host}\r\n`;
  const length = `content-type: application/json\r\ncontent-length: ${bodyBytes + slug.length}\r\n`;
  return `POST ${path} HTTP/1.1\r\n${host}${length}\r\n${before}${slug}${after}`;
}

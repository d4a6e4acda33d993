import { isDeepStrictEqual } from 'node:util';
import { randomOf } from './random.js';
import { requestText, type DocumentName, type RequestShape } from './requests.js';

export interface Side {
  port: number;
  shapes: Record<DocumentName, RequestShape>;
}

export type Slugs = Record<DocumentName, readonly string[]>;

/** Asks both sides for 160 articles and 40 fronts at random and throws at the first answer that differs. */
export async function refuseDifference(ours: Side, byHand: Side, slugs: Slugs): Promise<number> {
  const random = randomOf('compare');
  const asked = Array.from({ length: 200 }, (_, i): DocumentName => (i % 5 === 4 ? 'section' : 'article'));
  for (let i = 0; i < asked.length; i += 10) {
    await Promise.all(asked.slice(i, i + 10).map((document) => compare(document, random.pick(slugs[document]))));
  }
  return asked.length;

  async function compare(document: DocumentName, slug: string): Promise<void> {
    const [mine, theirs] = await Promise.all([ours, byHand].map((side) => dataOf(side, document, slug)));
    const where = difference(mine, theirs, 'data');
    if (where) throw new Error(`The answers for ${document} "${slug}" differ: ${where}`);
  }
}

async function dataOf({ port, shapes }: Side, document: DocumentName, slug: string): Promise<unknown> {
  const [head = '', body = ''] = requestText(shapes[document], slug).split('\r\n\r\n');
  const [method, path] = head.split(' ');
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: method!,
    ...(body === '' ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
  if (answer.status !== 200 || errors !== undefined || data?.[document] == null) {
    throw new Error(`No answer for ${document} "${slug}" (${answer.status}): ${text.slice(0, 1_000)}`);
  }
  return data;
}

/** Where two JSON values differ first, in words; nothing when they are equal. */
function difference(ours: unknown, theirs: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(ours, theirs)) return undefined;
  if (isObject(ours) && isObject(theirs) && Array.isArray(ours) === Array.isArray(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const inner = difference(ours[key], theirs[key], `${path}.${key}`);
      if (inner) return inner;
    }
  }
  return `${path}\n  ours     ${JSON.stringify(ours)}\n  by hand  ${JSON.stringify(theirs)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

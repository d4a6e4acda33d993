import { LRUCache } from 'lru-cache';

/** The types an answer is given in: the one that all clients know, and the one of GraphQL over HTTP. */
export const mediaTypes = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof mediaTypes)[number];

const longestAccept = 300;
const found = new LRUCache<string, MediaType | 'none'>({ max: 200 });

/** The type that an `Accept` header wants most; none when it wants something else. */
export function mediaFor(accept: string | undefined): MediaType | null {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  if (accept.length > longestAccept) return null;
  const known = found.get(accept) ?? wanted(accept) ?? 'none';
  found.set(accept, known);
  return known === 'none' ? null : known;
}

function wanted(accept: string): MediaType | null {
  let best: { type: MediaType; quality: number } | undefined;
  for (const range of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    const type = name === '*/*' || name === 'application/*' ? mediaTypes[0] : mediaTypes.find((each) => each === name);
    const quality = Number(/^q=(.+)$/.exec(parameters.at(-1) ?? '')?.[1] ?? 1);
    if (type && quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type ?? null;
}

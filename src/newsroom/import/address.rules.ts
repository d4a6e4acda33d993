import { createHash } from 'node:crypto';

/** The longest name that keys of the database take. */
const longest = 191;

/** A name as it is when it fits, else cut with a print of the whole behind it. */
export function keyOf(name: string): string {
  const plain = name.normalize('NFC').toWellFormed();
  if ([...plain].length <= longest) return plain;
  const print = createHash('sha256').update(plain).digest('base64url').slice(0, 32);
  return `${[...plain].slice(0, longest - 33).join('')}#${print}`;
}

const tracking = /^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|partner|emc|cmpid|source)$/i;

/** What an address is known by whoever links to it: without its scheme, `www.`, fragment, tracking and slash at the end. */
export function addressOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, pathname, searchParams } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  for (const name of [...searchParams.keys()]) if (tracking.test(name)) searchParams.delete(name);
  const query = searchParams.size > 0 ? `?${searchParams.toString()}` : '';
  const path = readable(pathname).replace(/\/+$/, '');
  if (path === '' && query === '') return undefined;
  return keyOf(`${hostname.replace(/^www\./, '')}${port && `:${port}`}${path}${query}`);
}

/** The host in what `addressOf` gives. */
export const hostIn = (address: string): string => address.split(/[/?]/, 1)[0]!;

/** The path of an address as readers' browsers ask for it; nothing for a front page, or when none of ours is so long. */
export function pathOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, pathname, searchParams } = new URL(url);
  if ([...searchParams.keys()].some((name) => !tracking.test(name))) return undefined; // the path alone is another page
  const path = readable(pathname).replace(/\/+$/, '').normalize('NFC');
  const isPath = (protocol === 'http:' || protocol === 'https:') && path !== '' && path.length <= 255;
  return isPath && !/\p{Cc}/u.test(path) ? path : undefined;
}

function readable(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** What a story is known by that is linked to by the name its system gave it. */
export const nameOf = (source: string, externalId: string): string => keyOf(`id:${source}:${externalId}`);

export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

import type { CdnConfig } from '../config.js';
import { withPatience } from '../kernel/patience.js';

/** Whoever keeps answers between us and readers. */
export interface Cdn {
  /**
   * Has it forget the answers that carry one of these tags. What is `GONE` is not given any more from then on; what is
   * `CHANGED` may be given once more while it asks us anew, where the CDN can do that. Throws when it was not told.
   */
  forget(tags: readonly string[], why: Why, signal: AbortSignal): Promise<void>;
}

export type Why = 'CHANGED' | 'GONE';

/** How long one call may take, in milliseconds. */
const patience = 5_000;

interface Call {
  url: string;
  method: 'POST' | 'PURGE';
  headers: Record<string, string>;
  body?: string;
}

interface Kind {
  name: string;
  /** How many tags, of how many characters together, one call takes. */
  most: { tags: number; characters: number };
  call: (tags: readonly string[], why: Why) => Call;
}

/** Where the public interfaces are; tests have their own. */
export const publicApis = { fastly: 'https://api.fastly.com', cloudflare: 'https://api.cloudflare.com' };

export function openCdn(config: CdnConfig, apis = publicApis): Cdn {
  const { name, most, call } = kindOf(config, apis);
  return {
    forget: async (tags, why, signal) => {
      for (const some of parts(tags, most)) {
        const { url, ...request } = call(some, why);
        const { ok, status } = await withPatience(patience, signal, async (inTime) => {
          const response = await fetch(url, { ...request, signal: inTime, redirect: 'error' });
          await response.body?.cancel();
          return response;
        }).catch((error: unknown) => {
          throw new Error(`${name} could not be reached: ${reasonOf(error)}.`);
        });
        if (!ok) throw new Error(`${name} answered ${status}${adviceFor(status)}.`);
      }
    },
  };
}

function kindOf(config: CdnConfig, apis: typeof publicApis): Kind {
  const json = { 'content-type': 'application/json' };
  switch (config.kind) {
    case 'fastly':
      return {
        name: 'Fastly',
        most: { tags: 256, characters: 16_000 },
        call: (tags, why) => ({
          url: `${apis.fastly}/service/${config.service}/purge`,
          method: 'POST',
          headers: { ...json, 'fastly-key': config.token, ...(why === 'CHANGED' && { 'fastly-soft-purge': '1' }) },
          body: JSON.stringify({ surrogate_keys: tags }),
        }),
      };
    case 'cloudflare':
      return {
        name: 'Cloudflare',
        most: { tags: 30, characters: 16_000 },
        call: (tags) => ({
          url: `${apis.cloudflare}/client/v4/zones/${config.zone}/purge_cache`,
          method: 'POST',
          headers: { ...json, authorization: `Bearer ${config.token}` },
          body: JSON.stringify({ tags }),
        }),
      };
    case 'varnish':
      return {
        name: 'Varnish',
        most: { tags: 100, characters: 4_000 }, // it takes no header of more than 8 KB
        call: (tags, why) => ({
          url: `${config.url}/`,
          method: 'PURGE',
          headers: { [why === 'GONE' ? 'xkey-purge' : 'xkey-softpurge']: tags.join(' ') },
        }),
      };
  }
}

function parts(tags: readonly string[], most: Kind['most']): string[][] {
  const all: string[][] = [];
  let characters = Infinity;
  for (const tag of tags) {
    characters += tag.length + 1;
    if (characters > most.characters || all.at(-1)!.length === most.tags) {
      all.push([]);
      characters = tag.length + 1;
    }
    all.at(-1)!.push(tag);
  }
  return all;
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return ': it does not let us purge, check CDN_TOKEN and CDN_PURGE';
  if (status === 404 || status === 405) return ': it knows no such thing to purge, check CDN_PURGE';
  return '';
}

function reasonOf(error: unknown): string {
  const { name, code, cause } = error as { name: string; code?: string; cause?: { code?: string } };
  if (name === 'TimeoutError') return `it did not answer in ${patience / 1_000} seconds`;
  return cause?.code ?? code ?? name;
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CdnConfig } from '../../src/config.js';
import { openCdn, type Cdn } from '../../src/work/cdn.js';

export const cdnToken = 'cdn-token-0123456789';

/** A call that a CDN took: what it was told to forget, and how. */
export interface Purge {
  tags: string[];
  why: 'CHANGED' | 'GONE';
}

/** Whoever keeps answers, on a port of this machine: it takes what the documentation of its kind says that it takes. */
export interface FakeCdn {
  cdn: Cdn;
  purges: Purge[];
  /** What it answered, call by call. */
  answered: number[];
  /** What it answers instead of doing what it is told; 0 for nothing at all. */
  fail(status: number | null): void;
  stop(): Promise<void>;
}

export async function startCdn(kind: CdnConfig['kind'], token = cdnToken): Promise<FakeCdn> {
  const purges: Purge[] = [];
  const answered: number[] = [];
  let failing: number | null = null;
  const server: Server = createServer((request, response) => {
    void textOf(request).then((text) => {
      if (failing === 0) return;
      const purge = failing === null ? contracts[kind](request, text) : failing;
      const status = typeof purge === 'number' ? purge : 200;
      if (typeof purge !== 'number') purges.push(purge);
      answered.push(status);
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ success: status === 200 }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const configs: Record<CdnConfig['kind'], CdnConfig> = {
    fastly: { kind: 'fastly', service: 'SU1Z0isxPaozGVKXdv0eY', token },
    cloudflare: { kind: 'cloudflare', zone: '023e105f4ecef8ad9ca31a8372d0c353', token },
    varnish: { kind: 'varnish', url },
  };
  return {
    cdn: openCdn(configs[kind], { fastly: url, cloudflare: url }),
    purges,
    answered,
    fail: (status) => (failing = status),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Contract = (request: IncomingMessage, text: string) => Purge | number;

const contracts: Record<CdnConfig['kind'], Contract> = {
  fastly: ({ method, url, headers }, text) => {
    if (method !== 'POST' || url !== '/service/SU1Z0isxPaozGVKXdv0eY/purge') return 404;
    if (headers['fastly-key'] !== cdnToken) return 401;
    const { surrogate_keys: tags } = JSON.parse(text) as { surrogate_keys: string[] };
    if (headers['content-type'] !== 'application/json' || tags.length === 0 || tags.length > 256) return 400;
    return { tags, why: headers['fastly-soft-purge'] === '1' ? 'CHANGED' : 'GONE' };
  },
  cloudflare: ({ method, url, headers }, text) => {
    if (method !== 'POST' || url !== '/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache') return 404;
    if (headers.authorization !== `Bearer ${cdnToken}`) return 403;
    const { tags } = JSON.parse(text) as { tags: string[] };
    if (headers['content-type'] !== 'application/json' || tags.length === 0 || tags.length > 30) return 400;
    return { tags, why: 'CHANGED' };
  },
  varnish: ({ method, url, headers }) => {
    const soft = headers['xkey-softpurge'];
    const keys = soft ?? headers['xkey-purge'];
    if (method !== 'PURGE' || url !== '/' || typeof keys !== 'string') return 405;
    if (keys.length > 8_000) return 400;
    return { tags: keys.split(' '), why: soft === undefined ? 'GONE' : 'CHANGED' };
  },
};

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Database } from '../../kernel/database.js';
import { checkedAddress, ForbiddenAddress, outsideLookup } from '../../kernel/outside-address.js';

/** How endpoints are reached. */
export interface Way {
  lookup: LookupFunction;
  /** Whether an address without TLS will do. */
  plain: boolean;
  agents: { http: HttpAgent; https: HttpsAgent };
}

/** A way with connections of its own, which are kept open for the next change. */
export function openWay({ lookup = outsideLookup(), plain = false } = {}): Way {
  const keep = { keepAlive: true, maxFreeSockets: 64, lookup };
  return { lookup, plain, agents: { http: new HttpAgent(keep), https: new HttpsAgent(keep) } };
}

const usual = openWay();
const others = new WeakMap<Database, Way>();

/** Has a newsroom reach endpoints in another way than over the open internet: tests do. */
export const useWay = (database: Database, way: Way): unknown => others.set(database, way);

export const wayOf = ({ database }: { database: Database }): Way => others.get(database) ?? usual;

/** Takes an address that may be an endpoint, by its text alone; its name is looked at again whenever it is looked up. */
export function checkedEndpoint(text: string, { plain }: Way): URL {
  const url = checkedAddress(text);
  if (!plain && url.protocol !== 'https:') throw new ForbiddenAddress('It must begin with https://.');
  return url;
}

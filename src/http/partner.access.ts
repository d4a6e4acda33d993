import type { FastifyReply } from 'fastify';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Meter } from '../kernel/context.js';
import type { Database } from '../kernel/database.js';
import { codedError } from '../kernel/errors.js';
import type { Signer } from '../kernel/signing.js';
import type { PartnerViewer } from '../kernel/viewer.js';
import { partnerOfKey, type KeyRefusal, type KnownPartner } from '../syndication/partners/key.queries.js';
import { hashOfKey, readKey, type ReadKey } from '../syndication/partners/key.rules.js';
import type { UsageCounters } from '../syndication/usage/usage.counters.js';
import { meterFor, type Quotas } from './partner.meter.js';
import { tooMany } from './retry-after.js';
import type { Tally } from './tally.js';
import { notAtPresent } from '../syndication/partners/partner.words.js';

/** A partner who has shown a key, and what counts what he takes. */
export interface AdmittedPartner {
  viewer: PartnerViewer;
  meter: Meter;
}

/**
 * Lets in who shows a key: UNAUTHENTICATED for one that is not good, FORBIDDEN where the partner gets nothing any more,
 * RATE_LIMITED for too many requests, and for too many wrong keys from an address. The quota that is left goes into the
 * headers of `reply`, where there is one.
 */
export type PartnerAccess = (key: string, from: { address: string; reply?: FastifyReply }) => Promise<AdmittedPartner>;

export interface PartnerAccessOptions {
  database: Database;
  signer: Signer;
  tally: Tally;
  counters: UsageCounters;
  quotas: Quotas;
}

/** How many wrong keys an address may send in a minute. */
const mostWrong = 20;

export function partnerAccess({ database, signer, tally, counters, quotas }: PartnerAccessOptions): PartnerAccess {
  /** Until when nothing is looked up for an address. */
  const closed = new LRUCache<string, number>({ max: 10_000 });
  /** Prints of keys that were good lately: whoever has one is not held up by others at his address. */
  const good = new LRUCache<string, true>({ max: 10_000, ttl: 600_000 });

  const checkOpen = (network: string, key: ReadKey | null): void => {
    const left = (closed.get(network) ?? 0) - performance.now();
    if (left <= 0 || (key && good.has(hashOfKey(signer, key.text)))) return;
    throw tooManyWrong(left);
  };
  const wrong = async (network: string): Promise<Error> => {
    const { points, msLeft } = await tally.count(`wrong ${network}`, 1);
    if (points >= mostWrong) closed.set(network, performance.now() + msLeft);
    return points > mostWrong ? tooManyWrong(msLeft) : codedError('UNAUTHENTICATED', 'That is not a key of ours.');
  };
  const known = async (text: string, network: string): Promise<KnownPartner> => {
    const key = readKey(text);
    checkOpen(network, key);
    const found = key && (await partnerOfKey({ database, signer }, key));
    if (!found) throw await wrong(network);
    if (typeof found === 'string') throw refusals[found]();
    good.set(hashOfKey(signer, text), true);
    return found;
  };

  return async (text, { address, reply }) => {
    const partner = await known(text, networkOf(address));
    return { viewer: partner.viewer, meter: await meterFor(partner, { tally, counters, quotas, reply }) };
  };
}

const tooManyWrong = (ms: number) => tooMany('Too many wrong keys came from this address.', ms);

const refusals: Record<KeyRefusal, () => Error> = {
  REVOKED: () => codedError('UNAUTHENTICATED', 'This key was revoked: use the one that took its place.'),
  EXPIRED: () => codedError('UNAUTHENTICATED', 'This key has expired: ask for another one.'),
  INACTIVE: () => codedError('FORBIDDEN', notAtPresent),
};

/** An address as far as it is somebody's: of IPv6 whoever has one has the 2^64 beside it. */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return parsed.parts.slice(0, 4).join(':');
}

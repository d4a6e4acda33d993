import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that we do not ask: the message says why. */
export class ForbiddenAddress extends Error {}

/** Whether an IP address is one of the open internet: none of our own machines, networks or the clouds' data services. */
export function isOutside(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip); // an IPv4 address in IPv6 is taken for what it is
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return address.toString() !== azure;
  const v6 = address as ipaddr.IPv6;
  return !carriers.some(([network, bits]) => v6.match(network, bits));
}

/** Where Azure's machines find their data service and resolver: the one of the clouds' that is in no range set apart. */
const azure = '168.63.129.16';

/** Networks of IPv6 that lead on to IPv4 addresses, whichever these are, or to nowhere. */
const carriers = ['64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32', '::/96', '100::/64', 'fec0::/10'].map(
  (network) => ipaddr.IPv6.parseCIDR(network),
);

/** Takes an address that may be asked: of the web, without a password, and not one of ours by its number. */
export function checkedAddress(text: string): URL {
  if (!URL.canParse(text)) throw new ForbiddenAddress('It is no address.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ForbiddenAddress('Only http and https are asked.');
  if (url.username || url.password) throw new ForbiddenAddress('It has a name or a password in it.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) > 0 && !isOutside(host)) throw new ForbiddenAddress(inside);
  return url;
}

const inside = 'It leads into a network of our own.';

type Resolve = (
  hostname: string,
  options: { all: true; verbatim?: boolean },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks a name up when a connection is made, and refuses it when any of its addresses is one of ours: what was looked
 * at is what is connected to.
 */
export const outsideLookup =
  (resolve: Resolve = systemLookup): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error) return done(error, '');
      if (addresses.length === 0 || !addresses.every(({ address }) => isOutside(address))) {
        return done(new ForbiddenAddress(inside), '');
      }
      if (options.all) return done(null, addresses);
      return done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

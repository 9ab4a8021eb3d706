import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/** Addresses that a message may go to. An address of our own network would let whoever sets a webhook reach inside. */
export interface AddressRule {
  /** Of the ranges that are not public, these may be used; CIDR, such as 10.20.0.0/16. */
  readonly allow: readonly string[];
}

/** Not of the public internet: RFC 6890 and its like. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  '64:ff9b::/96',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/');
    list.addSubnet(net, Number(bits), isIPv6(net) ? 'ipv6' : 'ipv4');
  }
  return list;
}

const notPublic = listOf(NOT_PUBLIC);

/** ::ffff:10.0.0.1 is 10.0.0.1, in either way to write it. */
function unmapped(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (dotted?.[1] !== undefined) return dotted[1];
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (hex === null) return address;
  const [high, low] = [parseInt(hex[1] ?? '', 16), parseInt(hex[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

export function isAllowed(address: string, rule: AddressRule): boolean {
  const plain = unmapped(address);
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0) return false;
  return !notPublic.check(plain, family) || listOf(rule.allow).check(plain, family);
}

export class AddressForbidden extends Error {
  readonly code = 'ADDRESS_FORBIDDEN';
}

/** The address that stands in a URL itself, brackets dropped; null: it has a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

/** As `lookup` of node:dns asks for all addresses. */
export type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks names up and refuses them when any of their addresses is not allowed. The connection is made to just these
 * addresses, so a name cannot pass the check with one and be used with another.
 */
export function guardedLookup(rule: AddressRule, look: LookUp = lookup): LookupFunction {
  return (hostname, options, callback) => {
    look(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      if (!addresses.every(each => isAllowed(each.address, rule)))
        return callback(new AddressForbidden('not a public address'), '', 0);
      if (options.all === true) return callback(null, addresses);
      const first = addresses[0];
      return callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}

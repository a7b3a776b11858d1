import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const inside = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  inside.addSubnet(network, bits, 'ipv4');
}
inside.addAddress('::1', 'ipv6');
inside.addAddress('::', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');
// Addresses of IPv4 written as IPv6 by a translator (RFC 6052).
inside.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an address lies inside a network rather than in the open. */
export const isInside = (address: string): boolean => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The host of a URL as it is connected to. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

/** Whether a URL leads to a private network, where a subscriber must not send us. An unknown host leads nowhere. */
export const leadsInside = async (url: string): Promise<boolean> => {
  const host = hostOf(url);
  if (isIP(host) !== 0) return isInside(host);
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isInside(address));
};

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Address ranges that no webhook is sent to, with the name of each rule. Sources: IANA's special-purpose address
 * registries (www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry), and a few ranges
 * that are public only formally. For IPv6, the entries outside 2000::/3 only name what {@link globalUnicast} refuses
 * anyway.
 */
const deniedRanges = [
  ['0.0.0.0/8', 'this_network'],
  ['10.0.0.0/8', 'private_network'],
  // Carrier-grade NAT. One cloud has its metadata service at 100.100.100.200.
  ['100.64.0.0/10', 'shared_address_space'],
  // Inside Lambda this is the API of the runtime.
  ['127.0.0.0/8', 'loopback'],
  // Contains the metadata services of most clouds, and their DNS and time servers.
  ['169.254.0.0/16', 'link_local'],
  ['172.16.0.0/12', 'private_network'],
  ['192.0.0.0/24', 'protocol_assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'as112'],
  ['192.52.193.0/24', 'amt'],
  ['192.88.99.0/24', 'relay_6to4'],
  ['192.168.0.0/16', 'private_network'],
  ['192.175.48.0/24', 'as112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  // One cloud reaches services of the host at this address, which is in no private range.
  ['168.63.129.16/32', 'cloud_platform'],

  // These are inside 2000::/3. Teredo, benchmarking and both ORCHID ranges are in 2001::/23.
  ['2001::/23', 'protocol_assignments'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', 'relay_6to4'],
  ['2620:4f:8000::/48', 'as112'],
  ['3fff::/20', 'documentation'],

  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['::ffff:0:0/96', 'embedded_ipv4'],
  ['::ffff:0:0:0/96', 'embedded_ipv4'],
  ['::/96', 'embedded_ipv4'],
  // In a subnet with DNS64 these are routed to IPv4, including private ranges.
  ['64:ff9b::/96', 'nat64'],
  ['64:ff9b:1::/48', 'nat64'],
  ['100::/63', 'discard'],
  ['5f00::/16', 'segment_routing'],
  ['fc00::/7', 'private_network'],
  ['fe80::/10', 'link_local'],
  ['fec0::/10', 'site_local'],
  ['ff00::/8', 'multicast'],
] as const;

const globalUnicast = ipaddr.parseCIDR('2000::/3');

export type AddressRule = (typeof deniedRanges)[number][1] | 'outside_global_unicast' | 'not_an_address';

const parsedRanges = deniedRanges.map(([range, rule]) => ({ range, rule, cidr: ipaddr.parseCIDR(range) }));

/**
 * Checks one address as a resolver returned it.
 *
 * @returns the rule and range that refuse it, or undefined for a public address
 */
export function judgeAddress(address: string): { rule: AddressRule; range: string } | undefined {
  // Stricter than the parser, which also accepts 127.1 and octal parts. Addresses with a scope are always local.
  if (isIP(address) === 0 || address.includes('%')) return { rule: 'not_an_address', range: 'none' };
  const parsed = ipaddr.parse(address);
  const denied = parsedRanges.find(({ cidr }) => cidr[0].kind() === parsed.kind() && parsed.match(cidr));
  if (denied !== undefined) return { rule: denied.rule, range: denied.range };
  if (parsed.kind() === 'ipv6' && !parsed.match(globalUnicast))
    return { rule: 'outside_global_unicast', range: 'outside 2000::/3' };
  return undefined;
}

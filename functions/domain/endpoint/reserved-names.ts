/**
 * Names that are refused before DNS is asked, with all names below them. They are compared by whole labels, so
 * `example.international` and `internal.example.com` are ordinary names. `internal` covers EC2's and Google's private
 * names, `local` those of a cluster, and `arpa` those of a home network. Sources: RFC 6761, 6762, 7686, 8375 and 9476,
 * ICANN's reserved .internal, names that cloud providers and clusters resolve privately, and names that
 * hosts files give to the machine itself.
 */
const reservedSuffixes: ReadonlySet<string> = new Set([
  'alt',
  'arpa',
  'broadcasthost',
  'corp',
  'example',
  'home',
  'internal',
  'intranet',
  'invalid',
  'ip6-allhosts',
  'ip6-allnodes',
  'ip6-allrouters',
  'ip6-localhost',
  'ip6-localnet',
  'ip6-loopback',
  'ip6-mcastprefix',
  'lan',
  'local',
  'localdomain',
  'localdomain4',
  'localdomain6',
  'localhost',
  'localhost4',
  'localhost6',
  'loopback',
  'metadata.goog',
  'onion',
  'private',
  'svc',
  'test',
]);

/** @param labels of a lower-case host name without trailing dot */
export function isReservedName(labels: readonly string[]): boolean {
  return labels.some((_, from) => reservedSuffixes.has(labels.slice(from).join('.')));
}

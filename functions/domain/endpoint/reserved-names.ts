/**
 * Names refused before DNS, with everything below them. Compared by whole labels, so `example.international` and
 * `internal.example.com` are ordinary names.
 * `internal` so covers EC2's and Google's own names, `local` a cluster's, `arpa` the home network's.
 * Sources: RFC 6761, 6762, 7686, 8375 and 9476, ICANN's reserved .internal, and names cloud providers and clusters answer privately.
 */
const reservedSuffixes: ReadonlySet<string> = new Set([
  'alt',
  'arpa',
  'corp',
  'example',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
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

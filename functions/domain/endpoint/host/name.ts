import { asciiLabel } from './label';

/** Why a text cannot be the host of a public URL; see `endpointUrlRules`. */
export type HostFault = 'malformed_url' | 'ip_literal' | 'malformed_host' | 'unclear_host' | 'single_label_host';

/**
 * Reads the host of a URL as it was written, without the parser of Node, whose verdict on letters outside ASCII depends
 * on its version.
 *
 * @returns the labels of the name in lower-case ASCII, or what is wrong with it
 */
export function readHostName(written: string): { readonly labels: readonly string[] } | { readonly fault: HostFault } {
  if (written === '') return { fault: 'malformed_url' };
  if (written.startsWith('[')) return { fault: /^\[[\da-f:.]+\]$/i.test(written) ? 'ip_literal' : 'malformed_url' };
  const parts = written.replace(/\.$/, '').split('.');
  // As in the URL standard: what ends in a number is an IPv4 address or nothing at all.
  if (/^(?:\d+|0x[\da-f]*)$/i.test(parts.at(-1) ?? '')) return { fault: 'ip_literal' };
  // No text is shorter in ASCII, and the letters of a long one would take long to look up.
  if (parts.join('.').length > 253 || parts.some(({ length }) => length > 63)) return { fault: 'malformed_host' };
  const labels = parts.flatMap((part) => asciiLabel(part) ?? []);
  if (labels.length < parts.length) return { fault: 'unclear_host' };
  if (labels.join('.').length > 253 || !labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label)))
    return { fault: 'malformed_host' };
  return labels.length < 2 ? { fault: 'single_label_host' } : { labels };
}

/**
 * The host of a stored URL, by which deliveries are paced and endpoints counted: in lower case, without trailing dot. It
 * never throws, because rules may have changed since the URL was stored.
 */
export function hostOf(url: string): string {
  return /^https?:\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1] ?? '';
}

import { ProductError } from '../errors';
import { isReservedName } from './reserved-names';

/**
 * Reasons why a URL cannot be a webhook endpoint, judged by its text alone; the addresses of its name are checked at
 * each attempt. The rules are listed in the order in which they are checked, and the first that applies is reported.
 */
export const endpointUrlRules = [
  /** Longer than 2,048 characters, as given or after normalisation. */
  'url_too_long',
  /** Contains spaces, control characters or backslashes, which parsers treat differently. */
  'forbidden_character',
  'malformed_url',
  'scheme_not_https',
  'credentials_in_url',
  'port_not_443',
  /** An IPv4 or IPv6 address in any notation, including public ones. */
  'ip_literal',
  /** Not a DNS name: an empty label, one over 63 characters, more than 253 in all, or characters no host name has. */
  'malformed_host',
  /** A name without a dot, which only a private resolver can resolve. */
  'single_label_host',
  /** A name that means this machine, a private network, cloud metadata, or nothing at all. */
  'reserved_name',
  /** One of this product's own hosts: the product would call itself. */
  'own_host',
] as const;
export type EndpointUrlRule = (typeof endpointUrlRules)[number];

/** The part of the rules that differs between deployments. */
export interface EndpointUrlPolicy {
  /** Host names of this product. */
  readonly ownHosts: readonly string[];
  /**
   * The inbox of the local run: this exact origin is accepted although it is not public https. It is never set in a
   * deployment.
   */
  readonly localInboxOrigin?: string | undefined;
}

export interface AllowedUrl {
  /** The normalised URL: host in lower case without trailing dot, no fragment. Only this form is stored and used. */
  readonly url: string;
  readonly hostname: string;
  /** True for the local inbox only, to which none of the rules apply. */
  readonly isLocalInbox: boolean;
}

export type JudgedUrl = { readonly allowed: AllowedUrl } | { readonly refusedBy: EndpointUrlRule };

export const maxCharacters = 2048;

/**
 * Checks a URL by its text, without DNS. Registering, changing, testing, delivering and redelivering all use this
 * function.
 */
export function judgeEndpointUrl(text: string, policy: EndpointUrlPolicy): JudgedUrl {
  if (text.length > maxCharacters) return { refusedBy: 'url_too_long' };
  // Before parsing: the parser drops tabs and line breaks and turns backslashes into slashes.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(text)) return { refusedBy: 'forbidden_character' };
  if (!URL.canParse(text)) return { refusedBy: 'malformed_url' };
  const url = new URL(text);
  url.hash = '';
  if (
    policy.localInboxOrigin !== undefined &&
    url.origin === policy.localInboxOrigin &&
    url.username === '' &&
    url.password === ''
  ) {
    return { allowed: { url: url.href, hostname: url.hostname, isLocalInbox: true } };
  }
  return judgePublicUrl(url, text, policy);
}

/**
 * @param pointer the place of the URL in the request
 * @throws ProductError `endpoint_url_not_allowed` with the rule as its fault's code
 */
export function requireEndpointUrl(text: string, policy: EndpointUrlPolicy, pointer: string): string {
  const judged = judgeEndpointUrl(text, policy);
  if ('allowed' in judged) return judged.allowed.url;
  const detail = urlRuleSentences[judged.refusedBy];
  throw new ProductError(
    'endpoint_url_not_allowed',
    `Webhooks are sent to https URLs with a public host name only. ${detail}`,
    {
      faults: [{ pointer, code: judged.refusedBy, detail }],
    },
  );
}

/** One sentence for each rule. It is shown at registration and in the attempt that the rule stopped. */
export const urlRuleSentences: Readonly<Record<EndpointUrlRule, string>> = {
  url_too_long: `The URL is longer than ${maxCharacters} characters.`,
  forbidden_character: 'The URL holds a space, a control character or a backslash.',
  malformed_url: 'This is not a URL such as https://hooks.example.com/path.',
  scheme_not_https: 'The URL does not begin with https://.',
  credentials_in_url: 'The URL holds a user name or password; use a custom header instead.',
  port_not_443: 'The URL names a port other than 443.',
  ip_literal: 'The host is an IP address; use a DNS name.',
  malformed_host: 'The host is not a DNS name.',
  single_label_host: 'The host has no dot, so it is no public name.',
  reserved_name: 'The host is a name reserved for private or special use.',
  own_host: 'The host is this product itself.',
};

function judgePublicUrl(url: URL, text: string, policy: EndpointUrlPolicy): JudgedUrl {
  if (url.protocol !== 'https:') return { refusedBy: 'scheme_not_https' };
  // The parser also accepts https:name and https:///name.
  if (!/^https:\/\/[^/?#]/i.test(text)) return { refusedBy: 'malformed_url' };
  if (url.username !== '' || url.password !== '') return { refusedBy: 'credentials_in_url' };
  if (url.port !== '') return { refusedBy: 'port_not_443' };
  // The parser has converted every notation of an IPv4 address to four decimal numbers, and IPv6 is in brackets.
  if (/^\[|^\d+\.\d+\.\d+\.\d+$/.test(url.hostname)) return { refusedBy: 'ip_literal' };
  const hostname = url.hostname.replace(/\.$/, '');
  const labels = hostname.split('.');
  if (hostname.length > 253 || !labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label)))
    return { refusedBy: 'malformed_host' };
  if (labels.length < 2) return { refusedBy: 'single_label_host' };
  if (isReservedName(labels)) return { refusedBy: 'reserved_name' };
  if (policy.ownHosts.some((own) => isOwn(hostname, own))) return { refusedBy: 'own_host' };
  // A trailing dot is valid in a URL but not in SNI.
  url.hostname = hostname;
  if (url.href.length > maxCharacters) return { refusedBy: 'url_too_long' };
  return { allowed: { url: url.href, hostname, isLocalInbox: false } };
}

/** The same host, or the same API under another of API Gateway's host names (`<id>.execute-api.…`, `<id>-vpce-….execute-api.…`). */
function isOwn(hostname: string, own: string): boolean {
  const [ownName = '', ownService] = own.trim().toLowerCase().split('.');
  if (hostname === own.trim().toLowerCase().replace(/\.$/, '')) return true;
  const [name = '', service] = hostname.split('.');
  return ownService === 'execute-api' && service === ownService && (name === ownName || name.startsWith(`${ownName}-`));
}

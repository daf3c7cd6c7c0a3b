import { ProductError } from '../errors';
import { readHostName } from './host/name';
import { isReservedName } from './reserved-names';

/**
 * Reasons why a URL cannot be a webhook endpoint, judged by its text alone; the addresses of its name are checked at
 * each attempt. The first that applies is reported.
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
  /** A name with letters outside ASCII, or an `xn--` label for such, that is not in the one spelling we accept. */
  'unclear_host',
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
  /** The normalised URL: host in lower-case ASCII without trailing dot, no fragment. Only this form is stored and used. */
  readonly url: string;
  readonly hostname: string;
  readonly port: number;
  /** What a request names as its target: the path and the query. */
  readonly path: string;
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
  const inbox = inboxUrl(text, policy.localInboxOrigin);
  return inbox === undefined ? judgePublicUrl(text, policy) : { allowed: inbox };
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
  ip_literal: 'The host is an IP address, or ends in a number as only these do; use a DNS name.',
  unclear_host:
    'The host has letters outside ASCII, or an xn-- label, in a spelling that is not accepted. Write it in small letters, each with its accent as one character, or in its ASCII form (xn--…) as your DNS provider shows it.',
  malformed_host: 'The host is not a DNS name.',
  single_label_host: 'The host has no dot, so it is no public name.',
  reserved_name: 'The host is a name reserved for private or special use.',
  own_host: 'The host is this product itself.',
};

function inboxUrl(text: string, origin: string | undefined): AllowedUrl | undefined {
  if (origin === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.origin !== origin || url.username !== '' || url.password !== '') return undefined;
  const path = asciiPath(url.href.slice(url.origin.length));
  return { url: origin + path, hostname: url.hostname, port: Number(url.port || 80), path, isLocalInbox: true };
}

/** Node's own parser has no say in the host, because its verdict depends on the version of Node. */
function judgePublicUrl(text: string, policy: EndpointUrlPolicy): JudgedUrl {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0];
  if (scheme === undefined) return { refusedBy: 'malformed_url' };
  if (scheme.toLowerCase() !== 'https:') return { refusedBy: 'scheme_not_https' };
  const { authority, rest = '' } = /^https:\/\/(?<authority>[^/?#]+)(?<rest>.*)$/isu.exec(text)?.groups ?? {};
  if (authority === undefined) return { refusedBy: 'malformed_url' };
  if (authority.includes('@')) return { refusedBy: 'credentials_in_url' };
  const { host = '', port = '' } = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>\d*))?$/.exec(authority)?.groups ?? {};
  if (host === '' || Number(port) > 65_535) return { refusedBy: 'malformed_url' };
  if (port !== '' && Number(port) !== 443) return { refusedBy: 'port_not_443' };
  const name = readHostName(host);
  if ('fault' in name) return { refusedBy: name.fault };
  if (isReservedName(name.labels)) return { refusedBy: 'reserved_name' };
  const hostname = name.labels.join('.');
  if (policy.ownHosts.some((own) => isOwn(hostname, own))) return { refusedBy: 'own_host' };
  const path = asciiPath(rest);
  const url = `https://${hostname}${path}`;
  if (url.length > maxCharacters) return { refusedBy: 'url_too_long' };
  return { allowed: { url, hostname, port: 443, path, isLocalInbox: false } };
}

/**
 * @param written what follows the host
 * @returns path and query as requests name them
 */
function asciiPath(written: string): string {
  const url = new URL(`https://host.invalid${written}`);
  url.hash = '';
  // Node 24 encodes a circumflex in a path, and earlier versions do not.
  return url.href.slice(url.origin.length).replace(/^[^?]+/, (path) => path.replaceAll('^', '%5E'));
}

/** The same host, or the same API under another of API Gateway's host names (`<id>.execute-api.…`, `<id>-vpce-….execute-api.…`). */
function isOwn(hostname: string, own: string): boolean {
  const [ownName = '', ownService] = own.trim().toLowerCase().split('.');
  if (hostname === own.trim().toLowerCase().replace(/\.$/, '')) return true;
  const [name = '', service] = hostname.split('.');
  return ownService === 'execute-api' && service === ownService && (name === ownName || name.startsWith(`${ownName}-`));
}

import { asciiLabel } from '../../domain/endpoint/host/label';

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Schemes that a browser runs or opens itself; a code sent there would not reach an app. */
const refusedSchemes = [
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'about:',
  'ftp:',
  'ws:',
  'wss:',
  'view-source:',
  // Leads nowhere: an app that registers it wants a person to copy the code.
  'urn:',
];

/** What is wrong with an address to which people are to be sent back; undefined if nothing is. */
export function redirectFault(uri: string): string | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(uri)?.[0].toLowerCase() ?? '';
  // Before parsing: for some of these schemes, versions of Node differ in which hosts they accept.
  if (refusedSchemes.includes(scheme)) return `The scheme ${scheme} is not allowed.`;
  if (!/^[!-~]+$/.test(uri) || !hasPlainHost(uri, scheme) || !URL.canParse(uri))
    return 'Each must be an absolute URI in ASCII.';
  const { protocol, hostname, username, password } = new URL(uri);
  if (uri.includes('#')) return 'No fragment (#) is allowed.';
  if (username !== '' || password !== '') return 'No user name or password is allowed.';
  if (protocol === 'http:' && !loopbackHosts.includes(hostname))
    return 'http is allowed for localhost, 127.0.0.1 and [::1] only; use https.';
  if (protocol === 'https:' && loopbackHosts.includes(hostname)) return 'Use http for this machine.';
  return undefined;
}

/** Whether every version of Node reads the same host in an address of the web. Other schemes have no host names. */
function hasPlainHost(uri: string, scheme: string): boolean {
  if (scheme !== 'https:' && scheme !== 'http:') return true;
  const host = /^https?:\/\/(?:[^/?#\\]*@)?(\[[\da-f:.]+\]|[\w.-]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri)?.[1];
  return host !== undefined && host.split('.').every((label) => asciiLabel(label) !== undefined);
}

export interface RedirectPlace {
  /** As it is shown to the person who decides: a host, or the scheme of an app on their machine. */
  readonly host: string;
  readonly isThisMachine: boolean;
}

/** Where an accepted address leads. Schemes that apps register for themselves lead to this machine (RFC 8252, section 7.1). */
export function redirectPlace(uri: string): RedirectPlace {
  const { protocol, hostname, host } = new URL(uri);
  if (protocol === 'https:') return { host, isThisMachine: false };
  if (protocol === 'http:') return { host: hostname, isThisMachine: true };
  return { host: protocol, isThisMachine: true };
}

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
  if (!URL.canParse(uri) || !/^[!-~]+$/.test(uri)) return 'Each must be an absolute URI in ASCII.';
  const { protocol, hostname, hash, username, password } = new URL(uri);
  if (hash !== '' || uri.includes('#')) return 'No fragment (#) is allowed.';
  if (username !== '' || password !== '') return 'No user name or password is allowed.';
  if (protocol === 'http:' && !loopbackHosts.includes(hostname))
    return 'http is allowed for localhost, 127.0.0.1 and [::1] only; use https.';
  if (protocol === 'https:' && loopbackHosts.includes(hostname)) return 'Use http for this machine.';
  if (refusedSchemes.includes(protocol)) return `The scheme ${protocol} is not allowed.`;
  return undefined;
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

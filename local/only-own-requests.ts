import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** What this machine calls itself. A browser says another name in `Host` when another name led it here. */
const ownNames = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Keeps web pages of other sites out, which the user's browser would let reach a server of this machine: by a name that
 * was pointed here (DNS rebinding), and, where no browser has any business, by naming themselves in `Origin`.
 *
 * Stands in front of whatever answers on the server so far, also when that is a package's.
 */
export function onlyOwnRequests(server: Server, { browsers }: { readonly browsers: boolean }): void {
  const answering = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isOwn(request, browsers)) {
      for (const answer of answering) Reflect.apply(answer, server, [request, response]);
      return;
    }
    // Not read: what a stranger sends is not worth the time.
    response.writeHead(421, { 'content-type': 'text/plain', connection: 'close' });
    response.end('This server is for its own machine: call it 127.0.0.1 or localhost.\n');
  });
}

function isOwn({ headers: { host = '', origin } }: IncomingMessage, browsers: boolean): boolean {
  return ownNames.test(host) && (browsers || origin === undefined);
}

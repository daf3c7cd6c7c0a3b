import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Names of this machine. If another name led a browser here, the `Host` header contains that name. */
const ownNames = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Refuses requests from web pages of other sites, which can reach local servers through the user's browser. A page that
 * uses a name pointed at this machine (DNS rebinding) is recognized by `Host`. For servers that no browser should use,
 * any request with an `Origin` header is refused too.
 *
 * The check runs before the request listeners that the server has at this moment, including those of a package.
 */
export function onlyOwnRequests(server: Server, { browsers }: { readonly browsers: boolean }): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isOwn(request, browsers)) {
      for (const answer of listeners) Reflect.apply(answer, server, [request, response]);
      return;
    }
    // The body is not read, and the connection is closed.
    response.writeHead(421, { 'content-type': 'text/plain', connection: 'close' });
    response.end('This server answers only requests to 127.0.0.1 or localhost.\n');
  });
}

function isOwn({ headers: { host = '', origin } }: IncomingMessage, browsers: boolean): boolean {
  return ownNames.test(host) && (browsers || origin === undefined);
}

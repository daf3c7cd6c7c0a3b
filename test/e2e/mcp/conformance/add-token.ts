import * as http from 'node:http';
import * as https from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface TokenProxy {
  readonly url: string;
  /** Names of the tools and prompts, and URIs of the resources, that were requested. */
  readonly asked: ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a proxy to `target` that adds a token, which the conformance suite cannot send. */
export async function addToken(target: string, token: string): Promise<TokenProxy> {
  const { protocol, host, hostname, port, pathname } = new URL(target);
  const { request } = protocol === 'https:' ? https : http;
  const asked = new Set<string>();
  const server = http.createServer((incoming, response) => {
    void (async () => {
      const body = await buffer(incoming);
      for (const name of namesIn(body)) asked.add(name);
      // The suite also sends the names of other hosts, to see whether the server takes them.
      const isOwnName = incoming.headers.host === ownHost();
      const headers = { ...incoming.headers, ...(isOwnName && { host }), authorization: `Bearer ${token}` };
      const passed = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      passed.on('error', () => response.destroy());
      passed.end(body);
    })();
  });
  const ownHost = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://${ownHost()}${pathname}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function namesIn(body: Buffer): string[] {
  try {
    const { params } = JSON.parse(body.toString()) as { params?: Record<string, any> };
    return [params?.['name'], params?.['uri'], params?.['ref']?.name].filter((name) => typeof name === 'string');
  } catch {
    return [];
  }
}

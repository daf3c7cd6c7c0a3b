import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Stack } from '../../stack';
import { outcomeOf, startSuite } from '../../mcp/conformance/suite';
import { printedAddress } from './no-browser';

/** Lets the official conformance suite judge the authorization server with all scenarios that it has for one. */
export async function judgeAuthorizationServer({ connection }: Stack, folder: string) {
  const registered = await fetch(`${connection.api_url}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Conformance', redirect_uris: ['http://127.0.0.1/callback'] }),
  });
  const { client_id: clientId }: any = await registered.json();
  const settings = ['--client-id', clientId, '--resource', connection.mcp_url, '--port', String(await freePort())];
  const suite = startSuite(folder, 'authorization', '--url', connection.api_url, ...settings);
  return { opened: printedAddress(suite.stdout, /Callback server started/), outcome: outcomeOf(suite) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import * as modern from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { openStack, type Stack } from '../stack';
import { decide, personOf } from './approve';

let stack: Stack;

beforeAll(async () => {
  stack = await openStack();
}, 120_000);
afterAll(() => stack.stop());

const redirectUri = 'http://127.0.0.1:43210/callback';

/** What the official clients ask of a program that uses them: to keep what they got, and to open the browser. */
class MemoryProvider {
  #client: any;
  #tokens: any;
  #verifier = '';
  #discovered: any;
  opened: URL | undefined;
  get redirectUrl() {
    return redirectUri;
  }
  get clientMetadata() {
    return { client_name: 'Spring Promo Bot', redirect_uris: [redirectUri] };
  }
  clientInformation = () => this.#client;
  saveClientInformation = (client: unknown) => void (this.#client = client);
  tokens = () => this.#tokens;
  saveTokens = (tokens: unknown) => void (this.#tokens = tokens);
  redirectToAuthorization = (url: URL) => void (this.opened = url);
  saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier);
  codeVerifier = () => this.#verifier;
  saveDiscoveryState = (state: unknown) => void (this.#discovered = state);
  discoveryState = () => this.#discovered;
}

interface Connected {
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<any>;
  close(): Promise<void>;
}

const clients: readonly [string, (url: URL, provider: MemoryProvider) => { transport: any; client: any }][] = [
  [
    'the client of revision 2026-07-28',
    (url, authProvider) => ({
      transport: new modern.StreamableHTTPClientTransport(url, { authProvider } as any),
      client: new modern.Client({ name: 'connect', version: '1' }),
    }),
  ],
  [
    'the client of revision 2025-11-25',
    (url, authProvider) => ({
      transport: new OldTransport(url, { authProvider } as any),
      client: new OldClient({ name: 'connect', version: '1' }),
    }),
  ],
];

test.each(clients)('%s connects by the address alone, triggers Spring Promo and reads the run', async (_what, open) => {
  const provider = new MemoryProvider();
  const url = new URL(stack.connection.mcp_url);

  const first = open(url, provider);
  await expect(first.client.connect(first.transport)).rejects.toThrow(/[Uu]nauthorized/);
  const back = await decide(stack, provider.opened!, redirectUri, personOf(stack, 'pro', 'manage_agents'));
  await first.transport.finishAuth(back.searchParams.get('code'), back.searchParams.get('iss'));
  const { client, transport } = open(url, provider);
  await client.connect(transport);
  const connected: Connected = client;
  const workflows = (await connected.callTool({ name: 'list_workflows', arguments: {} })).structuredContent;
  const id = workflows.data.find(({ name }: { name: string }) => name === 'Spring Promo').id;
  const started = await connected.callTool({
    name: 'trigger_workflow',
    arguments: { workflow_id: id, input: { campaign: 'Spring Promo' }, wait_seconds: 20 },
  });
  await connected.close();

  expect(started.structuredContent.run).toMatchObject({
    status: 'succeeded',
    triggered_by: { channel: 'mcp', name: 'Spring Promo Bot' },
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasClients, hasPythonClient } from '../mcp/installed';
import { shareStack, workflowId, type Stack } from '../stack';
import { approveInBrowser, decide, personOf, redirectUriOf } from './approve';
import { judgeAuthorizationServer } from './clients/conformance';
import { inspect } from './clients/inspector';
import { keptAccessToken, openBridge, spoilAccessToken } from './clients/mcp-remote';
import { MemoryProvider, officialClients, redirectUri } from './clients/official';
import { runPythonClient } from './clients/python';
import { triggerSpringPromo } from './clients/spring-promo';

let stack: Stack;
let folder: string;
const bridges: ReturnType<typeof openBridge>[] = [];

beforeAll(async () => {
  stack = await shareStack();
  folder = mkdtempSync(join(tmpdir(), 'connect-'));
}, 120_000);
afterAll(async () => {
  await Promise.all(bridges.map(({ client }) => client.close()));
  rmSync(folder, { recursive: true });
  await stack.stop();
});

const runOf = (name: string) => ({ status: 'succeeded', triggered_by: { channel: 'mcp', name } });

test.each(officialClients)(
  '%s connects by the address alone, triggers Spring Promo and reads the run',
  async (_what, open) => {
    const provider = new MemoryProvider();
    const url = new URL(stack.connection.mcp_url);

    const first = open(url, provider);
    await expect(first.client.connect(first.transport)).rejects.toThrow(/[Uu]nauthorized/);
    const back = await decide(stack, provider.opened!, redirectUri, personOf(stack, 'pro', 'manage_agents'));
    await first.transport.finishAuth(back.searchParams.get('code'), back.searchParams.get('iss'));
    const { client, transport } = open(url, provider);
    await client.connect(transport);
    const run = await triggerSpringPromo(client);
    await client.close();
    const { client_id } = provider.clientInformation();
    const form = new URLSearchParams({ client_id, token: provider.tokens().access_token });
    const givenBack = await fetch(new URL('/oauth/revoke', url), { method: 'POST', body: form });

    expect(run).toMatchObject(runOf('Spring Promo Bot'));
    expect(givenBack.status).toBe(200);
  },
);

test('mcp-remote connects by the address alone, and refreshes its token without a person', async () => {
  if (!hasClients) return;

  const first = openBridge(stack.connection.mcp_url, folder);
  bridges.push(first);
  await approveInBrowser(stack, await first.opened());
  await first.connected;
  const run = await triggerSpringPromo(first.client);
  await first.client.close();

  spoilAccessToken(folder);
  const again = openBridge(stack.connection.mcp_url, folder);
  bridges.push(again);
  await again.connected;
  const read = await again.client.callTool({ name: 'get_workflow_run', arguments: { run_id: run.id } });
  await again.client.close();

  expect(run).toMatchObject(runOf('MCP CLI Proxy'));
  expect(read.structuredContent).toMatchObject({ id: run.id });
  expect(keptAccessToken(folder)).toMatch(/^cwf_mcp_/);
});

test('the official Python client, which asks for a secret, connects without one and refreshes its token', async () => {
  if (!hasPythonClient) return;

  const approved: URL[] = [];

  const learned = await runPythonClient(stack.connection.mcp_url, (opened) => {
    approved.push(opened);
    return decide(stack, opened, redirectUriOf(opened), personOf(stack, 'pro', 'manage_agents'));
  });

  expect(learned).toMatchObject({ run: runOf('Python Promo Bot'), refreshed: true });
  expect(approved).toHaveLength(1);
});

test('the command line of the MCP Inspector connects by the address alone, and is known the next time', async () => {
  if (!hasClients) return;
  const url = stack.connection.mcp_url;

  const first = inspect(url, folder, {
    tool: 'trigger_workflow',
    args: { workflow_id: workflowId(stack, 'pro', 'Spring Promo'), wait_seconds: 20 },
  });
  await approveInBrowser(stack, await first.opened());
  const { run_id } = await first.structuredContent();
  const again = inspect(url, folder, {
    tool: 'get_workflow_run',
    args: { run_id },
    options: ['--stored-auth-only'],
  });

  expect(await again.structuredContent()).toMatchObject(runOf('MCP Inspector'));
});

test('the conformance suite finds nothing wrong with the authorization server', async () => {
  if (!hasClients) return;

  const { opened, outcome } = await judgeAuthorizationServer(stack, folder);
  await approveInBrowser(stack, await opened);
  const { code, output } = await outcome;

  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  expect(output).toMatch(/✓ authorization-server-metadata-endpoint: [1-9]\d* passed, 0 failed/);
  expect(output).toMatch(/✓ authorization-code-grant: [1-9]\d* passed, 0 failed/);
});

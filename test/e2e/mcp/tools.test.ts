import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { localTest } from '../local-test';
import { shareStack, operate, workflowId, type Stack } from '../stack';
import { callAndWatch, clients, type McpClient } from './clients';

jest.setTimeout(60_000);

let stack: Stack;
let url: string;
let spring: number;

beforeAll(async () => {
  stack = await shareStack();
  url = stack.connection.mcp_url;
  spring = workflowId(stack, 'pro', 'Spring Promo');
});
afterAll(() => stack.stop());

describe.each(clients)('%s, revision %s', (_what, _revision, connect) => {
  let client: McpClient;
  beforeAll(async () => (client = await connect(url, tokenOf('pro'))));
  afterAll(() => client.close());

  const call = (name: string, args: Record<string, unknown> = {}) => client.callTool({ name, arguments: args });
  const refusal = async (name: string, args: Record<string, unknown> = {}) => {
    const { isError, content } = await call(name, args);
    expect(isError).toBe(true);
    return content[0].text as string;
  };

  test('finds the four tools', async () => {
    const { tools } = await client.listTools();

    expect(tools.map(({ name }) => name)).toEqual([
      'list_workflows',
      'trigger_workflow',
      'list_workflow_runs',
      'get_workflow_run',
    ]);
  });

  test('is told how far the run came, if it asks', async () => {
    const trigger = { name: 'trigger_workflow', arguments: { workflow_id: spring, wait_seconds: 20 } };

    const { result, progress } = await callAndWatch(client, trigger);

    expect(result.structuredContent.run.status).toBe('succeeded');
    expect(progress.at(-1)).toMatchObject({ progress: 3, total: 3, message: '3 of 3 steps done' });
  });

  test('lists workflows, runs one, waits for its end, and reads it again', async () => {
    const listed = (await call('list_workflows')).structuredContent;
    const { run_id, run } = (await call('trigger_workflow', { workflow_id: spring, wait_seconds: 20 }))
      .structuredContent;
    const read = (await call('get_workflow_run', { run_id })).structuredContent;
    const recent = (await call('list_workflow_runs', { workflow_id: spring, limit: 1 })).structuredContent;

    expect(listed.data.map(({ name }: any) => name)).toContain('Spring Promo');
    expect(run).toMatchObject({ id: run_id, status: 'succeeded', steps_succeeded: 3 });
    expect(read.steps.map(({ output }: any) => output)).toMatchObject([
      { message: 'Kicking off Spring Promo' },
      { seconds: 2 },
      { event: 'campaign.kickoff', matched_endpoints: await listening() },
    ]);
    expect(read.triggered_by.channel).toBe('mcp');
    expect(recent.data[0]).toMatchObject({ id: run_id, status: 'succeeded' });
  });

  test('repeats a call with an idempotency key and gets the same run; a dry run starts none', async () => {
    // An input of this size is stored apart from its run.
    const args = { workflow_id: spring, input: { n: 'n'.repeat(3_000) }, idempotency_key: `key-${Math.random()}` };
    const first = (await call('trigger_workflow', args)).structuredContent;
    const again = (await call('trigger_workflow', args)).structuredContent;
    const dry = (await call('trigger_workflow', { workflow_id: spring, dry_run: true })).structuredContent;

    expect([first.replayed, again.replayed, again.run_id]).toEqual([false, true, first.run_id]);
    expect(dry).toMatchObject({
      run_id: null,
      preview: { steps_total: 3, webhook_steps: [{ matched_endpoints: await listening() }] },
    });
  });

  test('gets a clear error for an unknown id, for wrong arguments and for a tool that does not exist', async () => {
    expect(await refusal('get_workflow_run', { run_id: 999_999 })).toMatch(/^Not found\nnot_found: /);
    expect(await refusal('trigger_workflow', { workflow_id: 999_999 })).toMatch(/^Not found\nnot_found: /);
    expect(await refusal('trigger_workflow', { workflow_id: 'spring', wait_seconds: 9999 })).toMatch(
      /^Invalid request\n/,
    );
    await expect(call('delete_workflow')).rejects.toThrow(/Unknown tool/);
  });

  test('reads why a run failed', async () => {
    const workflow_id = workflowId(stack, 'pro', 'Fails at step 2');
    const input = { n: '123456789012' };

    const { run } = (await call('trigger_workflow', { workflow_id, input, wait_seconds: 20 })).structuredContent;

    expect(run).toMatchObject({ status: 'failed', error: { code: 'rendered_too_large', step: 1 } });
    expect(run.steps.map(({ status }: any) => status)).toEqual(['succeeded', 'failed', 'skipped']);
  });

  test('on the starter plan sees the tools, and their errors name the plan they need', async () => {
    const starter = await connect(url, tokenOf('starter'));

    const { tools } = await starter.listTools();
    const { isError, content } = await starter.callTool({ name: 'list_workflows', arguments: {} });

    expect(tools).toHaveLength(4);
    expect(isError).toBe(true);
    expect(content[0].text).toMatch(/^Plan required\nplan_required: .*Growth plan or above/);
    await starter.close();
  });

  test('is refused with a token of the REST API', async () => {
    await expect(connect(url, stack.connection.tenants['pro']!.rest_token)).rejects.toThrow(
      /valid access token|401|Unauthorized/,
    );
  });
});

describe('any client', () => {
  const [, , connect] = clients[0]!;

  test('lists an inactive workflow but cannot run it', async () => {
    const { body: workflow } = await stack.call('POST', '/api/v1/workflows', {
      body: { name: 'Retired', active: false, recipe: { steps: [{ type: 'log', message: 'Never' }] } },
    });
    const client = await connect(url, tokenOf('pro'));

    const { structuredContent } = await client.callTool({ name: 'list_workflows', arguments: {} });
    const refused = await client.callTool({ name: 'trigger_workflow', arguments: { workflow_id: workflow.id } });

    expect(structuredContent.data).toContainEqual(expect.objectContaining({ id: workflow.id, active: false }));
    expect(refused.content[0].text).toMatch(/^Workflow is not active\nworkflow_inactive: /);
    await client.close();
  });

  test('shares a cap of 3 with REST, and the 4th run is refused in the same way on both', async () => {
    const id = workflowId(stack, 'custom', 'Spring Promo');
    const { body: usage } = await stack.call('GET', '/api/v1/usage', { plan: 'custom' });
    await operate(stack, 'caps', 'set', 'custom', String(Number(usage.used) + 3));
    const client = await connect(url, tokenOf('custom'));
    const overMcp = () =>
      client.callTool({ name: 'trigger_workflow', arguments: { workflow_id: id, idempotency_key: randomUUID() } });
    const overRest = () => stack.call('POST', `/api/v1/workflows/${id}/runs`, { plan: 'custom', body: {} });

    const accepted = [(await overRest()).status, (await overMcp()).isError, (await overRest()).status];
    const [rest, mcp] = [await overRest(), await overMcp()];

    expect(accepted).toEqual([202, undefined, 202]);
    expect([rest.status, mcp.isError]).toEqual([429, true]);
    const [title, reason] = mcp.content[0].text.split('\n');
    expect(title).toBe('Daily workflow cap reached');
    expect(rest.body).toMatchObject({ title, code: 'daily_cap_reached' });
    expect(reason).toBe(`daily_cap_reached: ${rest.body.detail}`);
    expect(reason).toContain(`The cap resets at ${rest.body.resets_at}`);
    await client.close();
  });

  test('is refused with a revoked token', async () => {
    const issued = await operate(stack, 'tokens', 'create', 'pro', '--kind', 'mcp', '--name', 'Lost laptop');
    await operate(stack, 'tokens', 'revoke', 'pro', issued.id);

    await expect(connect(url, issued.token)).rejects.toThrow(/valid access token|401|Unauthorized/);
  });
});

test('a call without a token is told where to sign in, and one with a wrong token keeps a header that has its name', async () => {
  const { origin } = new URL(url);
  const without = await fetch(url, { method: 'POST' });
  const wrong = await fetch(url, { method: 'POST', headers: { authorization: 'Bearer cwf_mcp_wrong' } });
  const metadata: any = await (await fetch(`${origin}/.well-known/oauth-protected-resource/mcp`)).json();

  expect([without.status, wrong.status]).toEqual([401, 401]);
  expect(without.headers.get('www-authenticate')).toBe(
    `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp", scope="mcp"`,
  );
  // API Gateway renames the server's own header, and the distribution adds another.
  expect(wrong.headers.get('x-amzn-remapped-www-authenticate')).toContain('resource_metadata=');
  expect(wrong.headers.get('www-authenticate')).toBe('Bearer scope="mcp"');
  expect(metadata).toMatchObject({ resource: url, authorization_servers: [origin] });
});

test('the address with a slash at its end is the same server, with the same metadata', async () => {
  const { origin } = new URL(url);
  const [, , connect] = clients[0]!;
  const client = await connect(`${url}/`, tokenOf('pro'));
  const { tools } = await client.listTools();
  await client.close();
  const metadata: any = await (await fetch(`${origin}/.well-known/oauth-protected-resource/mcp/`)).json();

  expect(tools).toHaveLength(4);
  expect(metadata).toMatchObject({ resource: url });
});

test('a client that looks for an event stream is told which transport to use', async () => {
  const { origin } = new URL(url);
  const answers = await Promise.all(
    [url, `${url}/`, `${origin}/sse`, `${origin}/sse/`].map((address) =>
      fetch(address, { headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf('pro')}` } }),
    ),
  );

  for (const answer of answers) {
    const body: any = await answer.json();
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(body.error.message).toMatch(/Streamable HTTP.*POST \/mcp/);
  }
});

test('a client whose address ends with /sse is led to the server if it posts its messages', async () => {
  const [, , connect] = clients[0]!;
  const client = await connect(`${new URL(url).origin}/sse`, tokenOf('pro'));
  const { tools } = await client.listTools();
  await client.close();

  expect(tools).toHaveLength(4);
});

test.each(['/api/v1/x%0A', '/api%0d%0a', '/api', '/mcp%0Ax', '/mcp%0A', '/sse%0a', '/mcp/x'])(
  'the API answers %s, and not the dashboard with its page',
  async (path) => {
    const answer = await fetch(new URL(url).origin + path);
    const body: any = await answer.json();

    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(body.code).toBe('not_found');
  },
);

localTest('npm run mcp lists, triggers and reads workflows right after npm start', async () => {
  const input = '{"campaign":"Spring Promo"}';
  const [listed, triggered] = await Promise.all([
    npmRunMcp('list'),
    npmRunMcp('trigger', String(spring), '--input', input, '--wait', '20'),
  ]);
  const runId = /#(\d+) is queued/.exec(triggered.out)?.[1] ?? '';
  const read = await npmRunMcp('get', runId);

  expect(listed.out).toMatch(/Spring Promo +yes/);
  expect(triggered).toMatchObject({ code: 0, out: expect.stringContaining('succeeded') });
  expect(read.out).toContain('Kicking off Spring Promo');
});

/** How many endpoints take the event of Spring Promo. Other tests leave some behind on a stack that all of them share. */
async function listening(): Promise<number> {
  const { body } = await stack.call('GET', '/api/v1/webhook-endpoints?limit=100');
  const takes = (pattern: string) => ['*', 'campaign.*', 'campaign.kickoff'].includes(pattern);
  return body.data.filter((one: any) => one.status === 'active' && one.events.some(takes)).length;
}

function tokenOf(plan: string): string {
  return stack.connection.tenants[plan]!.mcp_token;
}

async function npmRunMcp(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', 'bin/mcp.ts', ...args], {
    cwd: resolve(__dirname, '..', '..', '..'),
    env: { ...process.env, LOCAL_DATA_DIR: stack.dataFolder },
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

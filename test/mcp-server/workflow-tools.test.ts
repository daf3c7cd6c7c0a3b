import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';
import { capOf } from '../../functions/domain/tenant/tenant';
import { aLog, aRecipe } from '../support/builders';
import { counted, type Counted } from '../support/requests';
import { startMcp, type Mcp } from './mcp';

/** Workflows that are offered to agents as tools of their own. */
let mcp: Mcp;
let requests: Counted | undefined;
let caller: Awaited<ReturnType<Mcp['aCaller']>>;
beforeAll(async () => {
  mcp = await startMcp((table) => (requests = counted(table)).database);
});
afterAll(() => mcp.stop());
beforeEach(async () => {
  caller = await mcp.aCaller();
});

const inputs = {
  campaign: { type: 'string', description: 'What is promoted.', required: true, max: 20, example: 'Spring' },
  size: { type: 'string', enum: ['S', 'M'], default: 'M' },
  n: { type: 'integer', min: 1 },
  rate: { type: 'number' },
  loud: { type: 'boolean' },
  who: { type: 'object' },
  tags: { type: 'array', max: 2 },
};
const recipe = { inputs, steps: [aLog('Go {{input.campaign}} {{input.size}}')] };
const rest = (method: string, path: string, body?: object) =>
  mcp.rest.call(method, `/api/v1/${path}`, { token: caller.restToken, ...(body && { body }) });
const offer = async (name = 'Spring Promo', over: object = { recipe }) => {
  const { status, body } = await rest('POST', 'workflows', { name, tool: true, recipe: aRecipe(), ...over });
  expect([status, body]).toMatchObject([201, { tool: true }]);
  return body;
};
const listed = async (): Promise<any[]> =>
  (await mcp.request('2025-11-25', caller.token, 'tools/list')).body.result.tools.slice(4);

describe('a workflow that is offered as a tool', () => {
  it('is listed after the four tools, with its inputs as JSON Schema', async () => {
    await offer('Spring Promo', { recipe, description: 'Starts the campaign.' });

    const [tool, ...more] = await listed();

    expect(more).toEqual([]);
    expect(tool).toMatchObject({
      name: 'run_spring_promo',
      title: 'Spring Promo',
      description: 'Starts a run of workflow 1, "Spring Promo", as trigger_workflow does. Starts the campaign.',
      annotations: { readOnlyHint: false },
    });
    expect(tool.inputSchema).toMatchObject({ type: 'object', required: ['campaign'] });
    expect(tool.inputSchema.properties).toEqual({
      campaign: { type: 'string', description: 'What is promoted.', maxLength: 20, examples: ['Spring'] },
      size: { type: 'string', enum: ['S', 'M'], default: 'M' },
      n: { type: 'integer', minimum: 1 },
      rate: { type: 'number' },
      loud: { type: 'boolean' },
      who: { type: 'object' },
      tags: { type: 'array', maxItems: 2 },
      idempotency_key: expect.objectContaining({ type: 'string' }),
      dry_run: expect.objectContaining({ type: 'boolean' }),
      wait_seconds: expect.objectContaining({ type: 'integer' }),
    });
    expect(valid(tool.inputSchema, { campaign: 'Spring', n: 2 })).toBe(true);
    expect(valid(tool.inputSchema, { n: 2 })).toBe(false);
  });

  it('starts a run with its arguments as the input, the defaults filled in', async () => {
    const { id } = await offer();

    const { run_id } = await mcp.callTool(caller.token, 'run_spring_promo', { campaign: 'Spring', n: 2 });

    expect((await rest('GET', `workflow-runs/${run_id}`)).body).toMatchObject({
      workflow_id: id,
      input: { campaign: 'Spring', n: 2, size: 'M' },
      triggered_by: { channel: 'mcp', name: 'Claude' },
    });
  });

  it('reads text as the declared type, and leaves out what is not declared', async () => {
    await offer();
    const args = {
      ...{ campaign: '5', n: '7', rate: '-1.5e1', loud: 'TRUE', who: '{"a": 1}', tags: '["b"]' },
      ...{ size: '', toolCallId: 'call_1' },
    };

    const { run } = await mcp.callTool(caller.token, 'run_spring_promo', args);

    expect(run.input).toEqual({ campaign: '5', size: 'M', n: 7, rate: -15, loud: true, who: { a: 1 }, tags: ['b'] });
  });

  it.each([
    ['a missing one', {}, '#/campaign: Required: a string.'],
    ['one of another type', { campaign: ['x'] }, '#/campaign: Must be a string.'],
    ['no choice', { campaign: 'x', size: 'L' }, '#/size: Must be one of: S, M.'],
    ['words for a number', { campaign: 'x', n: 'seven' }, '#/n: Must be a whole number.'],
    [
      'a number that a double cannot hold',
      { campaign: 'x', rate: '0.1234567890123456789' },
      '#/rate: Must be a number.',
    ],
    ['a wrong argument of its own', { campaign: 'x', wait_seconds: 21 }, '#/wait_seconds: Must be at most 20.'],
  ])('refuses %s with the place in the arguments, and counts nothing', async (_, args, detail) => {
    await offer();

    for (const over of [{}, { dry_run: true }]) {
      const text = await mcp.callTool(caller.token, 'run_spring_promo', { ...args, ...over });

      expect(text).toContain('invalid_request');
      expect(text).toContain(detail);
    }
    expect((await rest('GET', 'usage')).body.used).toBe(0);
  });

  it('is started once with a repeated key, also through trigger_workflow', async () => {
    const { id } = await offer();

    const first = await mcp.callTool(caller.token, 'run_spring_promo', { campaign: 'x', idempotency_key: 'k' });
    const again = await mcp.callTool(caller.token, 'run_spring_promo', { campaign: 'x', idempotency_key: 'k' });
    const other = await mcp.callTool(caller.token, 'trigger_workflow', {
      ...{ workflow_id: id, input: { campaign: 'x' }, idempotency_key: 'k' },
    });

    expect([again, other]).toMatchObject([
      { run_id: first.run_id, replayed: true },
      { run_id: first.run_id, replayed: true },
    ]);
  });

  it('previews with dry_run and waits with wait_seconds', async () => {
    await offer();

    const { preview } = await mcp.callTool(caller.token, 'run_spring_promo', { campaign: 'x', dry_run: true });
    const waited = await mcp.callTool(caller.token, 'run_spring_promo', { campaign: 'x', wait_seconds: 1 });

    expect(preview.steps).toMatchObject([{ message: 'Go x M', missing: [] }]);
    expect(waited.run).toHaveProperty('steps');
  });

  it('takes an input with the name of an argument in place of it', async () => {
    await offer('Named alike', { recipe: { inputs: { dry_run: { type: 'string' } }, steps: [aLog()] } });

    const { run } = await mcp.callTool(caller.token, 'run_named_alike', { dry_run: 'true' });

    expect(run.input).toEqual({ dry_run: 'true' });
  });

  it('is behind the same gates: cap, plan, activity, and the scope of the token', async () => {
    const { id } = await offer('Spring Promo', {});
    const readOnly = await mcp.rest.aToken(caller.id, { kind: 'mcp', name: 'Reader', scopes: ['mcp:read'] });
    const names = (await mcp.request('2025-11-25', readOnly, 'tools/list')).body.result.tools.map(
      (tool: any) => tool.name,
    );

    expect(names).not.toContain('run_spring_promo');
    expect(await mcp.callTool(readOnly, 'run_spring_promo')).toContain('insufficient_scope');
    await rest('PATCH', `workflows/${id}`, { active: false });
    expect(await listed()).toEqual([]);
    expect(await mcp.callTool(caller.token, 'run_spring_promo')).toContain('workflow_inactive');
    caller = await mcp.aCaller({ plan: 'custom', ...capOf('custom', 0) });
    await offer('Spring Promo', {});
    expect(await mcp.callTool(caller.token, 'run_spring_promo')).toMatch(/^Daily workflow cap reached\n/);
  });

  it('is a tool of its own tenant only', async () => {
    await offer();
    const stranger = await mcp.aCaller();

    const { body } = await mcp.request('2025-11-25', stranger.token, 'tools/call', {
      name: 'run_spring_promo',
      arguments: {},
    });

    expect(body.error).toMatchObject({ code: -32602, message: expect.stringContaining('Unknown tool.') });
    const { body: theirs } = await mcp.request('2025-11-25', stranger.token, 'tools/list');
    expect(theirs.result.tools).toHaveLength(4);
  });

  it('is unknown once it is withdrawn, and the answer says where to look', async () => {
    const { id } = await offer();
    await rest('PATCH', `workflows/${id}`, { tool: false });

    const { body } = await mcp.request('2025-11-25', caller.token, 'tools/call', {
      name: 'run_spring_promo',
      arguments: {},
    });

    expect(body.error.message).toBe(
      'Unknown tool. The tools are list_workflows, trigger_workflow, list_workflow_runs, get_workflow_run, and the workflows that tools/list shows now.',
    );
  });

  it('keeps its name and its place in the list when others come and it is renamed', async () => {
    const { id } = await offer('B');
    await offer('A', {});
    await rest('PUT', `workflows/${id}`, { name: 'Z', recipe });

    expect((await listed()).map(({ name, title }) => [name, title])).toEqual([
      ['run_a', 'A'],
      ['run_b', 'Z'],
    ]);
  });

  it('costs two reads to list, whatever their number, and one more than trigger_workflow to call', async () => {
    for (const name of ['A', 'B', 'C']) await offer(name, {});
    await mcp.callTool(caller.token, 'run_a');
    for (let index = 0; index < 40; index += 1) await mcp.request('2026-07-28', caller.token, 'tools/list');
    requests!.take();

    await listed();
    expect(requests!.take()).toEqual({ Get: 1, BatchGet: 1 });
    await mcp.callTool(caller.token, 'run_a');
    expect(requests!.take()).toMatchObject({ Get: 2, BatchGet: 1 });
  });
});

test('list_workflows shows what a workflow takes, and its tool', async () => {
  await offer();
  await mcp.rest.aWorkflow(caller.id, { name: 'Free' });

  const { data } = await mcp.callTool(caller.token, 'list_workflows');
  const { content } = await mcp.tool(caller.token, 'list_workflows');

  expect(data).toMatchObject([
    { name: 'Free', tool_name: null, input_schema: { type: 'object', properties: {} } },
    { tool_name: 'run_spring_promo', input_schema: { required: ['campaign'], properties: { n: { type: 'integer' } } } },
  ]);
  expect(content[0].text).toContain('tool run_spring_promo | input {"type":"object","properties":{"campaign":');
});

function valid(schema: any, value: unknown): boolean {
  return new AjvJsonSchemaValidator().getValidator(schema)(value).valid;
}

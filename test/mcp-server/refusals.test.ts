import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

describe('bad arguments', () => {
  test.each([
    ['trigger_workflow', {}, '#/workflow_id: Required: a number.'],
    ['trigger_workflow', { workflow_id: 'one' }, '#/workflow_id: Must be a number.'],
    ['trigger_workflow', { workflow_id: '' }, '#/workflow_id: Required: a number.'],
    ['trigger_workflow', { workflow_id: null }, '#/workflow_id: Required: a number.'],
    ['trigger_workflow', { workflow_id: '9007199254740993' }, '#/workflow_id: Must be a number.'],
    ['trigger_workflow', { workflow_id: 1.5 }, '#/workflow_id: Must be a whole number.'],
    ['trigger_workflow', { workflow_id: 0 }, '#/workflow_id: Must be at least 1.'],
    ['trigger_workflow', { workflow_id: 1, input: 'x' }, '#/input: Must be an object.'],
    ['trigger_workflow', { workflow_id: 1, input: [] }, '#/input: Must be an object.'],
    ['trigger_workflow', { workflow_id: 1, input: '[{}]' }, '#/input: Must be an object.'],
    ['trigger_workflow', { workflow_id: 1, input: '{"n":' }, '#/input: Must be an object.'],
    ['trigger_workflow', { workflow_id: 1, input: { x: 'x'.repeat(33_000) } }, '#/input: The input is 33008 bytes'],
    ['trigger_workflow', { workflow_id: 1, idempotency_key: 7 }, '#/idempotency_key: Must be a string.'],
    ['trigger_workflow', { workflow_id: 1, dry_run: 'yes' }, '#/dry_run: Must be a boolean.'],
    ['trigger_workflow', { workflow_id: 1, wait_seconds: 9999 }, '#/wait_seconds: Must be at most 20.'],
    ['trigger_workflow', { workflow_id: 1, wait_seconds: '-1' }, '#/wait_seconds: Must be at least 0.'],
    ['list_workflows', { limit: 101 }, '#/limit: Must be at most 100.'],
    ['list_workflows', { limit: '020' }, '#/limit: Must be a number.'],
    ['list_workflows', { cursor: 'made-up' }, 'cursor: Not a cursor of this list'],
    ['list_workflow_runs', { status: 'done' }, '#/status: Must be one of: queued, running,'],
    ['get_workflow_run', {}, '#/run_id: Required: a number.'],
    ['get_workflow_run', { run_id: 'run_01' }, '#/run_id: Must be a number.'],
  ])('%s %j gets an error that says what is wrong, and starts nothing', async (name, args, what) => {
    const { id, token } = await mcp.aCaller();
    await mcp.rest.aWorkflow(id);

    const result = await mcp.tool(token, name, args);

    expect(result.isError).toBe(true);
    expect(result.content[0].text).toMatch(/^Invalid request\ninvalid_request: /);
    expect(result.content[0].text).toContain(what);
    expect(result.structuredContent.code).toBe('invalid_request');
    expect((await mcp.callTool(token, 'list_workflow_runs')).data).toEqual([]);
  });

  test('all faults are listed at once, so one retry is enough', async () => {
    const { token } = await mcp.aCaller();

    const text = await mcp.callTool(token, 'trigger_workflow', { wait_seconds: 9999, dry_run: 'maybe' });

    expect(text.split('\n').slice(2).sort()).toEqual([
      '#/dry_run: Must be a boolean.',
      '#/wait_seconds: Must be at most 20.',
      '#/workflow_id: Required: a number.',
    ]);
  });
});

describe('MCP and REST have the same refusal for', () => {
  // Compares the problem that REST returns for a trigger with the text of the tool: title, then code and detail.
  const bothRefuse = async (caller: { token: string; restToken: string }, workflowId: number, request: any = {}) => {
    const { input, key } = request;
    const overRest = await mcp.rest.call('POST', `/api/v1/workflows/${workflowId}/runs`, {
      token: caller.restToken,
      body: { input },
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
    const overMcp = await mcp.callTool(caller.token, 'trigger_workflow', {
      workflow_id: workflowId,
      ...(input !== undefined && { input }),
      ...(key !== undefined && { idempotency_key: key }),
    });
    const { title, code, detail } = overRest.body;
    expect(overMcp).toBe(`${title}\n${code}: ${detail}`);
    return code;
  };

  test('a workflow that does not exist, and one of another tenant', async () => {
    const [owner, caller] = [await mcp.aCaller(), await mcp.aCaller()];
    const theirs = await mcp.rest.aWorkflow(owner.id);

    expect(await bothRefuse(caller, theirs.id)).toBe('not_found');
    expect(await bothRefuse(caller, 99)).toBe('not_found');
  });

  test('a workflow that is not active', async () => {
    const caller = await mcp.aCaller();
    const { id } = await mcp.rest.aWorkflow(caller.id, { active: false });

    expect(await bothRefuse(caller, id)).toBe('workflow_inactive');
  });

  test('an input that is no object', async () => {
    const caller = await mcp.aCaller();
    const { id } = await mcp.rest.aWorkflow(caller.id);

    expect(await bothRefuse(caller, id, { input: 'text' })).toBe('invalid_request');
  });

  test('a key that was used for another request', async () => {
    const caller = await mcp.aCaller();
    const { id } = await mcp.rest.aWorkflow(caller.id);
    await mcp.callTool(caller.token, 'trigger_workflow', { workflow_id: id, idempotency_key: 'k' });

    expect(await bothRefuse(caller, id, { input: { other: true }, key: 'k' })).toBe('idempotency_key_reused');
  });

  test('the 4th run of a cap of 3 that was used up over both, and nothing is started', async () => {
    const caller = await mcp.aCaller({ plan: 'pro', unlimited: false, daily_cap: 3 });
    const { id } = await mcp.rest.aWorkflow(caller.id);
    const path = `/api/v1/workflows/${id}/runs`;
    const accepted = [
      (await mcp.callTool(caller.token, 'trigger_workflow', { workflow_id: id })).run_id,
      (await mcp.rest.call('POST', path, { token: caller.restToken, body: {} })).body.id,
      (await mcp.callTool(caller.token, 'trigger_workflow', { workflow_id: id })).run_id,
    ];
    const startedBefore = mcp.rest.executions.started.length;
    mcp.rest.logged.length = 0;

    expect(await bothRefuse(caller, id)).toBe('daily_cap_reached');

    const text = await mcp.callTool(caller.token, 'trigger_workflow', { workflow_id: id });
    expect(text.split('\n')[0]).toBe('Daily workflow cap reached');
    expect(text.split('\n')[1]).toContain('The cap resets at 2026-11-23T00:00:00.000Z.');
    expect(accepted).toEqual([1, 2, 3]);
    expect(mcp.rest.executions.started).toHaveLength(startedBefore);
    expect((await mcp.callTool(caller.token, 'list_workflow_runs')).data).toHaveLength(3);
    const [overRest, overMcp] = mcp.rest.logged;
    expect(overMcp).toEqual({
      ...overRest,
      operation: 'trigger_workflow',
      channel: 'mcp',
      request_id: expect.any(String),
      trace: expect.any(String),
    });
  });
});

test("another tenant's run gets the same response as one that does not exist", async () => {
  const [owner, caller] = [await mcp.aCaller(), await mcp.aCaller()];
  const { id } = await mcp.rest.aWorkflow(owner.id);
  await mcp.callTool(owner.token, 'trigger_workflow', { workflow_id: id });

  const theirs = await mcp.tool(caller.token, 'get_workflow_run', { run_id: 1 });
  const nobodys = await mcp.tool(caller.token, 'get_workflow_run', { run_id: 999 });

  expect(theirs).toEqual(nobodys);
  expect(theirs.content[0].text).toMatch(/^Not found\nnot_found: /);
});

describe('a starter tenant', () => {
  test.each(['list_workflows', 'trigger_workflow', 'list_workflow_runs', 'get_workflow_run'])(
    'sees %s, and every call is refused with the plan it needs',
    async (name) => {
      const { token } = await mcp.aCaller({ plan: 'starter', unlimited: false, daily_cap: 0 });
      const { body } = await mcp.request('2026-07-28', token, 'tools/list');

      expect(body.result.tools.map((tool: any) => tool.name)).toContain(name);
      expect(await mcp.callTool(token, name, { wrong: true })).toBe(
        'Plan required\nplan_required: Workflows over MCP need the Growth plan or above. This tenant is on starter.',
      );
    },
  );
});

test('a growth tenant may use MCP, although it may not use the REST API', async () => {
  const { id, token, restToken } = await mcp.aCaller({ plan: 'growth' });
  const workflow = await mcp.rest.aWorkflow(id);

  expect((await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id })).run_id).toBe(1);
  expect((await mcp.rest.call('GET', '/api/v1/workflows', { token: restToken })).body.code).toBe('plan_required');
});

test('an internal error is returned without its cause and logged with it', async () => {
  const { token } = await mcp.aCaller();
  jest.spyOn(mcp.rest.deps.runList, 'list').mockRejectedValueOnce(new Error('secret table name'));
  mcp.rest.logged.length = 0;

  const text = await mcp.callTool(token, 'list_workflow_runs');

  expect(text).toMatch(/^Internal error\ninternal: .*\nrequest_id: request-\d+$/);
  expect(mcp.rest.logged).toEqual([expect.objectContaining({ code: 'internal', error: 'Error: secret table name' })]);
});

describe('a message of unusual size', () => {
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`name${index}`, 1]));
  const long = 'x'.repeat(256);

  test.each([
    ['more than 100 arguments', { params: { name: 'list_workflows', arguments: many } }, '"params.arguments" has more'],
    ['more than 100 parameters', { params: many }, '"params" has more than 100 names'],
    ['more than 100 names in _meta', { params: { _meta: many } }, '"params._meta" has more than 100 names'],
    ['more than 100 members', many, 'The message has more than 100 names'],
    ['a long method', { method: long }, '"method" is longer than 255 characters'],
    ['a long tool name', { params: { name: long } }, '"name" is longer than 255 characters'],
    ['a long address', { method: 'resources/read', params: { uri: long } }, '"uri" is longer than 255 characters'],
  ])('with %s is refused before it is read', async (_what, part, message) => {
    const { token } = await mcp.aCaller();
    const body = { jsonrpc: '2.0', id: 7, method: 'tools/call', ...part };

    const refused = await mcp.send('POST', { token, body });

    expect(refused).toMatchObject({ status: 400, body: { id: 7, error: { code: -32600 } } });
    expect(refused.body.error.message).toContain(message);
  });

  test('with a long id is refused without repeating the id', async () => {
    const { token } = await mcp.aCaller();

    const refused = await mcp.send('POST', { token, body: { jsonrpc: '2.0', id: long, method: 'ping' } });

    expect(refused.status).toBe(400);
    expect(refused.body.id).toBeNull();
    expect(refused.body.error.message).toContain('"id" is longer than 255 characters');
  });
});

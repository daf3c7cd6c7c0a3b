import { waitingPlaces } from '../../functions/aws/run/waiting';
import { limitStore } from '../../functions/aws/tenant/limits';
import { addSeconds } from '../../functions/domain/day';
import { aDelay, aLog, aRecipe } from '../support/builders';
import { putRuns } from '../support/table';
import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

describe('list_workflows', () => {
  test('lists active and inactive workflows, newest first, without recipes', async () => {
    const { id, token } = await mcp.aCaller();
    await mcp.rest.aWorkflow(id, { name: 'Spring Promo' });
    await mcp.rest.aWorkflow(id, { name: 'Retired', active: false });

    const { data, has_more, next_cursor } = await mcp.callTool(token, 'list_workflows');

    expect(data.map(({ name, active }: any) => [name, active])).toEqual([
      ['Retired', false],
      ['Spring Promo', true],
    ]);
    expect([has_more, next_cursor]).toEqual([false, null]);
    expect(data[0]).not.toHaveProperty('recipe');
  });

  test('returns 20 by default and up to 100, and a cursor that also works over REST', async () => {
    const { id, token, restToken } = await mcp.aCaller();
    for (let n = 0; n < 23; n += 1) await mcp.rest.aWorkflow(id);

    const first = await mcp.callTool(token, 'list_workflows');
    const second = await mcp.callTool(token, 'list_workflows', { cursor: first.next_cursor });
    const all = await mcp.callTool(token, 'list_workflows', { limit: 100 });
    const overRest = await mcp.rest.call('GET', `/api/v1/workflows?cursor=${first.next_cursor}`, { token: restToken });

    expect([first.data.length, first.has_more, second.data.length, second.has_more]).toEqual([20, true, 3, false]);
    expect([...first.data, ...second.data]).toEqual(all.data);
    // Agents are shown the inputs as JSON Schema.
    const common = (rows: any[]) =>
      rows.map(({ inputs: _inputs, tool: _tool, input_schema: _schema, ...workflow }) => workflow);
    expect(common(overRest.body.data)).toEqual(common(second.data));
  });
});

describe('trigger_workflow', () => {
  test('starts a run at once, with the token as its trigger', async () => {
    const { id, token } = await mcp.aCaller({ plan: 'growth' });
    const workflow = await mcp.rest.aWorkflow(id);

    const given = await mcp.callTool(token, 'trigger_workflow', {
      workflow_id: workflow.id,
      input: { campaign: 'Spring Promo' },
    });

    expect(given).toMatchObject({
      run_id: 1,
      replayed: false,
      run: {
        id: 1,
        status: 'queued',
        input: { campaign: 'Spring Promo' },
        triggered_by: { channel: 'mcp', name: 'Claude' },
      },
    });
    expect(given.run).not.toHaveProperty('steps');
    expect(mcp.rest.executions.started.at(-1)).toMatchObject({ tenantId: id, run: { id: 1 } });
  });

  test('can wait for the end of a short run and then returns its steps', async () => {
    const { id, token } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id, { recipe: aRecipe({ steps: [aLog('Hello')] }) });
    endsAfter(id, 3);

    const { run } = await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id, wait_seconds: 20 });

    expect(run).toMatchObject({ status: 'succeeded', steps: [{ status: 'succeeded', output: { message: 'Hello' } }] });
  });

  test('returns the accepted run if it has not ended within the waiting time', async () => {
    const { id, token } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id, { recipe: aRecipe({ steps: [aDelay(30)] }) });
    const before = mcp.rest.clock.now().getTime();

    const { run } = await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id, wait_seconds: 5 });

    expect(run.status).toBe('queued');
    expect(mcp.rest.clock.now().getTime() - before).toBe(5000);
  });

  test('returns the accepted run if waiting for it fails', async () => {
    const { id, token } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id);
    jest.spyOn(mcp.rest.deps.workflows, 'recipe').mockRejectedValueOnce(new Error('connection lost'));
    mcp.rest.logged.length = 0;

    const given = await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id, wait_seconds: 1 });

    expect(given).toMatchObject({ run_id: 1, run: { id: 1, status: 'queued' } });
    expect(mcp.rest.logged).toEqual([
      expect.objectContaining({ event: 'run_accepted', tenant: id }),
      expect.objectContaining({ event: 'wait_failed', tenant: id }),
    ]);
  });

  test('with an idempotency key, the same call returns the same run, over MCP and REST', async () => {
    const { id, token, restToken } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id);
    const call = { workflow_id: workflow.id, input: { n: 1 }, idempotency_key: 'order-77' };

    const first = await mcp.callTool(token, 'trigger_workflow', call);
    const again = await mcp.callTool(token, 'trigger_workflow', call);
    const overRest = await mcp.rest.call('POST', `/api/v1/workflows/${workflow.id}/runs`, {
      token: restToken,
      body: { input: { n: 1 } },
      headers: { 'idempotency-key': 'order-77' },
    });

    expect([first.run_id, first.replayed, again.run_id, again.replayed]).toEqual([1, false, 1, true]);
    expect([overRest.body.id, overRest.headers['idempotent-replayed']]).toEqual([1, 'true']);
    const { data } = await mcp.callTool(token, 'list_workflow_runs');
    expect(data).toHaveLength(1);
  });

  test('a repetition with an idempotency key never waits, however many seconds it asks for', async () => {
    const { id, token } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id, { recipe: aRecipe({ steps: [aDelay(30)] }) });
    const call = { workflow_id: workflow.id, idempotency_key: 'order-78', wait_seconds: 20 };
    await mcp.callTool(token, 'trigger_workflow', { ...call, wait_seconds: 0 });
    const before = mcp.rest.clock.now();

    const repeated = await Promise.all(Array.from({ length: 20 }, () => mcp.callTool(token, 'trigger_workflow', call)));

    expect(repeated.map(({ replayed, run }) => [replayed, run.status])).toEqual(repeated.map(() => [true, 'queued']));
    expect(mcp.rest.clock.now()).toEqual(before);
  });

  test('a wait over MCP takes one of the places that waits over REST take', async () => {
    const { id, token } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id, { recipe: aRecipe({ steps: [aDelay(30)] }) });
    await limitStore(mcp.rest.table).set(id, 'waiting_requests', 1);
    const { now } = mcp.rest.clock;
    // As a request over REST does.
    await waitingPlaces(mcp.rest.table, 75, now).take(id, 1, addSeconds(now(), 20));
    const before = now();

    const { run } = await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id, wait_seconds: 20 });

    expect(run.status).toBe('queued');
    expect(now()).toEqual(before);
  });

  test('a dry run returns a preview, starts nothing and counts nothing', async () => {
    const { id, token } = await mcp.aCaller({ plan: 'growth' });
    const workflow = await mcp.rest.aWorkflow(id);
    const startedBefore = mcp.rest.executions.started.length;

    const given = await mcp.callTool(token, 'trigger_workflow', {
      workflow_id: workflow.id,
      dry_run: true,
      idempotency_key: 'unused',
    });

    expect(given).toMatchObject({
      run_id: null,
      replayed: false,
      run: null,
      preview: { steps_total: 3, events: ['campaign.kickoff'], usage: { used: 0, remaining: 100 } },
    });
    expect(mcp.rest.executions.started).toHaveLength(startedBefore);
    expect((await mcp.callTool(token, 'list_workflow_runs')).data).toEqual([]);
  });

  test('a dry run warns of placeholders that are never filled in', async () => {
    const { id, token } = await mcp.aCaller();
    const recipe = aRecipe({ steps: [aLog('For {{campaign}}')] });
    const workflow = await mcp.rest.aWorkflow(id, { recipe });

    const { preview } = await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id, dry_run: true });

    expect(preview.warnings).toEqual([
      {
        pointer: '#/steps/0/message',
        code: 'unknown_placeholder',
        detail: expect.stringContaining('did you mean {{input.campaign}}?'),
      },
    ]);
  });
});

describe('list_workflow_runs', () => {
  test('lists runs newest first, of one workflow or in one status, without input and steps', async () => {
    const { id, token } = await mcp.aCaller();
    const [spring, summer] = [await mcp.rest.aWorkflow(id), await mcp.rest.aWorkflow(id, { name: 'Summer' })];
    for (const { id: workflow_id } of [spring, summer, spring]) {
      await mcp.callTool(token, 'trigger_workflow', { workflow_id, input: { secret: 'x' } });
    }

    const ids = async (filters: object) =>
      (await mcp.callTool(token, 'list_workflow_runs', filters)).data.map((run: any) => run.id);
    expect(await ids({})).toEqual([3, 2, 1]);
    expect(await ids({ workflow_id: spring.id })).toEqual([3, 1]);
    expect(await ids({ status: 'queued', limit: 2 })).toEqual([3, 2]);
    expect(await ids({ status: 'succeeded' })).toEqual([]);
    const { data } = await mcp.callTool(token, 'list_workflow_runs', { limit: 1 });
    expect(Object.keys(data[0])).not.toEqual(expect.arrayContaining(['input']));
    expect(data[0]).not.toHaveProperty('steps');
  });

  test('lists the runs of one workflow in pages of the maximum length', async () => {
    const { id, token } = await mcp.aCaller();
    await putRuns(mcp.rest.table, id, 101);

    const first = await mcp.callTool(token, 'list_workflow_runs', { workflow_id: 1, limit: 100 });
    const rest = { workflow_id: 1, limit: 100, cursor: first.next_cursor };

    expect(first.data).toHaveLength(100);
    expect((await mcp.callTool(token, 'list_workflow_runs', rest)).data.map((run: any) => run.id)).toEqual([1]);
  });

  test('continues after a cursor, with the same filters only', async () => {
    const { id, token } = await mcp.aCaller();
    const workflow = await mcp.rest.aWorkflow(id);
    for (let n = 0; n < 3; n += 1) await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id });

    const first = await mcp.callTool(token, 'list_workflow_runs', { limit: 2 });
    const second = await mcp.callTool(token, 'list_workflow_runs', { limit: 2, cursor: first.next_cursor });
    const other = await mcp.callTool(token, 'list_workflow_runs', { status: 'failed', cursor: first.next_cursor });

    expect([first.has_more, second.data.map((run: any) => run.id), second.has_more]).toEqual([true, [1], false]);
    expect(other).toMatch(/^Invalid request\ninvalid_request: .*cursor/);
  });
});

test('get_workflow_run returns the run with its input and steps and their output', async () => {
  const { id, token, restToken } = await mcp.aCaller();
  const workflow = await mcp.rest.aWorkflow(id);
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: workflow.id, input: { n: 1 } });

  const run = await mcp.callTool(token, 'get_workflow_run', { run_id: 1 });

  expect(run).toMatchObject({ id: 1, input: { n: 1 }, steps: [{ type: 'log' }, { type: 'delay' }, { index: 2 }] });
  expect((await mcp.rest.call('GET', '/api/v1/workflow-runs/1', { token: restToken })).body).toEqual(run);
});

test('the text of a result that is no list is the same JSON as its structured content', async () => {
  const { id, token } = await mcp.aCaller();
  const workflow = await mcp.rest.aWorkflow(id);

  for (const [name, args] of [
    ['trigger_workflow', { workflow_id: workflow.id }],
    ['get_workflow_run', { run_id: 1 }],
  ] as const) {
    const { content, structuredContent } = await mcp.tool(token, name, args);
    expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
  }
});

/** Lets the tenant's run appear as succeeded after so many seconds of waiting. */
function endsAfter(tenantId: string, seconds: number): void {
  const at = mcp.rest.clock.now().getTime() + seconds * 1000;
  const { runs } = mcp.rest.deps;
  const get = runs.get.bind(runs);
  jest.spyOn(runs, 'get').mockImplementation(async (tenant, runId) => {
    const run = await get(tenant, runId);
    if (run === undefined || tenant !== tenantId || mcp.rest.clock.now().getTime() < at) return run;
    const time = mcp.rest.clock.now().toISOString();
    const log = { type: 'log', status: 'succeeded', started_at: time, finished_at: time, error: null } as const;
    return { ...run, status: 'succeeded', finished_at: time, trail: [{ ...log, output: { message: 'Hello' } }] };
  });
}

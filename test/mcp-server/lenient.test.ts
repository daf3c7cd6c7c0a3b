import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

async function aCallerWithWorkflow() {
  const { id, token } = await mcp.aCaller();
  await mcp.rest.aWorkflow(id);
  const call = (name: string, args: object) => mcp.callTool(token, name, args);
  return { call, result: (name: string, args: object) => mcp.tool(token, name, args) };
}

test('an argument that a client adds of its own, such as the toolCallId of n8n, is ignored', async () => {
  const { call } = await aCallerWithWorkflow();
  const added = { toolCallId: 'call_1', sessionId: null, chat: { input: 'x' }, input_: 1 };

  expect((await call('list_workflows', { limit: 1, ...added })).data).toHaveLength(1);
  expect((await call('trigger_workflow', { workflow_id: 1, ...added })).run_id).toBe(1);
  expect((await call('list_workflow_runs', added)).data).toHaveLength(1);
  expect((await call('get_workflow_run', { run_id: 1, ...added })).id).toBe(1);
});

test.each([null, ''])('%j for everything optional means that it is absent', async (nothing) => {
  const { call } = await aCallerWithWorkflow();
  const optional = { input: nothing, idempotency_key: nothing, dry_run: nothing, wait_seconds: nothing };

  const started = await call('trigger_workflow', { workflow_id: 1, ...optional });
  const again = await call('trigger_workflow', { workflow_id: 1, ...optional });
  const filters = { workflow_id: nothing, status: nothing, limit: nothing, cursor: nothing };
  const runs = await call('list_workflow_runs', filters);

  expect([started.run_id, started.run.input, again.replayed]).toEqual([1, {}, false]);
  expect(runs.data).toHaveLength(2);
});

test('numbers and booleans may be written as text', async () => {
  const { call } = await aCallerWithWorkflow();
  const before = mcp.rest.clock.now().getTime();

  const dry = await call('trigger_workflow', { workflow_id: '1', dry_run: 'true' });
  const started = await call('trigger_workflow', { workflow_id: '1', dry_run: 'False', wait_seconds: '5' });
  const [waited, runs] = [mcp.rest.clock.now().getTime() - before, { workflow_id: '1', limit: '1' }];

  expect([dry.run_id, started.run_id, waited]).toEqual([null, 1, 5000]);
  expect((await call('list_workflow_runs', runs)).data).toHaveLength(1);
  expect((await call('get_workflow_run', { run_id: '1' })).id).toBe(1);
});

describe('an input that is written as JSON text', () => {
  test('is the same as the object, also for a repetition with the same key', async () => {
    const { call } = await aCallerWithWorkflow();
    const input = { campaign: 'Spring "Promo"', n: [1, 2.5], nested: { a: null } };

    const first = await call('trigger_workflow', {
      workflow_id: 1,
      input: JSON.stringify(input, null, 2),
      idempotency_key: 'k',
    });
    const again = await call('trigger_workflow', { workflow_id: 1, input, idempotency_key: 'k' });

    expect([first.run.input, again.replayed, again.run_id]).toEqual([input, true, 1]);
  });

  test('is refused with a place if it holds a number that cannot be kept exactly, and starts nothing', async () => {
    const { call, result } = await aCallerWithWorkflow();

    const refused = await result('trigger_workflow', {
      workflow_id: 1,
      input: '{"order":{"id":8202522731445525542,"fine":0.1}}',
    });

    expect(refused.content[0].text).toMatch(/^Invalid number\ninvalid_number: .* First: #\/input\/order\/id: /);
    expect(refused.structuredContent).toMatchObject({
      code: 'invalid_number',
      errors: [{ pointer: '#/input/order/id', code: 'invalid_number' }],
    });
    expect((await call('list_workflow_runs', {})).data).toEqual([]);
  });

  test.each([
    ['repeats a name', '{"a":1,"a":2}', /^Malformed JSON\nmalformed_json: .*#\/input\/a: /],
    ['holds half of a character', '{"a":"\\ud800"}', /^Malformed JSON\nmalformed_json: .*surrogate/],
    ['nests deeper than a body may', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, /#\/input: .*100 levels/],
    ['is larger than 32 KB', JSON.stringify({ a: 'x'.repeat(33_000) }), /#\/input: The input is 33008 bytes/],
    ['nests beyond all bounds', `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`, /#\/input: .*100 levels/],
  ])('is refused if it %s', async (_what, input, why) => {
    const { call } = await aCallerWithWorkflow();

    expect(await call('trigger_workflow', { workflow_id: 1, input })).toMatch(why);
    expect((await call('list_workflow_runs', {})).data).toEqual([]);
  });

  test('is not read where a tool has no such argument', async () => {
    const { call } = await aCallerWithWorkflow();

    expect((await call('list_workflows', { input: '{"id":8202522731445525542}' })).data).toHaveLength(1);
  });
});

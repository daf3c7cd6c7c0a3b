import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

async function refusal(token: string, name: string, args: object = {}) {
  const { isError, content, structuredContent } = await mcp.tool(token, name, args);
  expect(isError).toBe(true);
  expect(content[0].text).toContain(`${structuredContent.code}: ${structuredContent.detail}`);
  return structuredContent;
}

test('a program reads from a refusal which fault is where', async () => {
  const { id, token } = await mcp.aCaller();
  await mcp.rest.aWorkflow(id);

  expect(await refusal(token, 'trigger_workflow', { workflow_id: 1, wait_seconds: 99 })).toEqual({
    code: 'invalid_request',
    detail: 'The request is not valid. First: #/wait_seconds: Must be at most 20.',
    errors: [{ pointer: '#/wait_seconds', code: 'too_big', detail: 'Must be at most 20.' }],
  });
});

test('a program reads when a reached cap resets', async () => {
  const { id, token } = await mcp.aCaller({ plan: 'growth', daily_cap: 1 });
  await mcp.rest.aWorkflow(id);
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: 1 });

  expect(await refusal(token, 'trigger_workflow', { workflow_id: 1 })).toEqual({
    code: 'daily_cap_reached',
    detail: expect.stringContaining('2026-11-23T00:00:00.000Z'),
    resets_at: '2026-11-23T00:00:00.000Z',
    retry_after_seconds: 43_200,
  });
});

test('a program reads how long to wait when requests come too fast', async () => {
  const { token } = await mcp.aCaller({ plan: 'starter', unlimited: false, daily_cap: 0 });
  let last: any;
  for (let n = 0; n < 200 && last?.structuredContent?.code !== 'rate_limited'; n += 1)
    last = await mcp.tool(token, 'list_workflows');

  expect(last.structuredContent).toEqual({
    code: 'rate_limited',
    detail: expect.any(String),
    resets_at: expect.stringMatching(/Z$/),
    retry_after_seconds: expect.any(Number),
  });
});

test('a refusal without further facts has its code and what to do', async () => {
  const { token } = await mcp.aCaller();

  expect(await refusal(token, 'get_workflow_run', { run_id: 999 })).toEqual({
    code: 'not_found',
    detail: 'No such run. Check the id; ids are listed by the matching list call.',
  });
});

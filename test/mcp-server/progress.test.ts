import { aDelay, aRecipe } from '../support/builders';
import { aMessage, startMcp, type Mcp } from './mcp';
import { anEvent } from '../support/http-calls';

let mcp: Mcp;

beforeAll(async () => {
  mcp = await startMcp();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => mcp.stop());

/** From now on, one step of the tenant's run ends every second; after three the run ends. */
function stepsEndEverySecond(tenantId: string): void {
  const start = mcp.rest.clock.now().getTime();
  const { runs } = mcp.rest.deps;
  const get = runs.get.bind(runs);
  jest.spyOn(runs, 'get').mockImplementation(async (tenant, runId) => {
    const run = await get(tenant, runId);
    if (run === undefined || tenant !== tenantId) return run;
    const now = mcp.rest.clock.now();
    const steps_succeeded = Math.min(3, Math.floor((now.getTime() - start) / 1000));
    return steps_succeeded < 3
      ? { ...run, steps_succeeded, status: 'running' }
      : { ...run, steps_succeeded, status: 'succeeded', finished_at: now.toISOString() };
  });
}

async function trigger(
  token: string,
  id: number,
  { progressToken, accept }: { progressToken?: unknown; accept?: string },
) {
  const call = { name: 'trigger_workflow', arguments: { workflow_id: id, wait_seconds: 20 } };
  const message = aMessage('2025-11-25', 'tools/call', { ...call, _meta: { progressToken } });
  const headers = { ...message.headers, ...(accept !== undefined && { accept }) };
  const reply = await mcp.sendRaw(anEvent('POST', '/mcp', { token, body: message.body, headers }));
  const type = String(reply.headers?.['content-type']);
  const messages = type.startsWith('text/event-stream')
    ? (reply.body ?? '')
        .split('\n\n')
        .filter(Boolean)
        .map((event) => JSON.parse(event.replace(/^event: message\ndata: /, '')))
    : [JSON.parse(reply.body ?? '')];
  return { type, messages };
}

async function aWorkflow() {
  const { id, token } = await mcp.aCaller();
  const workflow = await mcp.rest.aWorkflow(id, { recipe: aRecipe({ steps: [aDelay(1), aDelay(1), aDelay(1)] }) });
  stepsEndEverySecond(id);
  return { token, workflowId: workflow.id };
}

test.each(['wait-7', 42, 0])(
  'a client that asks with the token %p is told how far the run came',
  async (progressToken) => {
    const { token, workflowId } = await aWorkflow();

    const { type, messages } = await trigger(token, workflowId, { progressToken });

    expect(type).toBe('text/event-stream');
    expect(messages.slice(0, -1)).toEqual(
      [1, 2, 3].map((progress) => ({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken, progress, total: 3, message: `${progress} of 3 steps done` },
      })),
    );
    expect(messages.at(-1)).toMatchObject({ id: 7, result: { structuredContent: { run: { status: 'succeeded' } } } });
  },
);

test.each([
  ['asks for none', {}],
  ['takes no events', { progressToken: 'a', accept: 'application/json' }],
  ['sends a token of 300 characters', { progressToken: 'x'.repeat(300) }],
])('a client that %s gets the result alone, as JSON', async (_what, options) => {
  const { token, workflowId } = await aWorkflow();

  const { type, messages } = await trigger(token, workflowId, options);

  expect(type).toBe('application/json');
  expect(messages).toMatchObject([{ id: 7, result: { structuredContent: { run: { status: 'succeeded' } } } }]);
});

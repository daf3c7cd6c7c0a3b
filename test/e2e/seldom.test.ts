import { randomUUID } from 'node:crypto';
import { shareStack, operate, type Stack } from './stack';

let stack: Stack;
beforeAll(async () => {
  stack = await shareStack();
}, 90_000);
afterAll(() => stack.stop());
jest.setTimeout(60_000);

async function workflowOf(steps: object[]): Promise<string> {
  const made = await stack.call('POST', '/api/v1/workflows', {
    body: { name: `Seldom ${randomUUID()}`, recipe: { steps } },
  });
  return `/api/v1/workflows/${made.body.id}/runs`;
}

const ended = async (id: number) => (await stack.call('GET', `/api/v1/workflow-runs/${id}?wait_seconds=20`)).body;

test('a run whose input and steps are too large for one row is stored and read whole', async () => {
  const input = { text: 'x'.repeat(1_900), rest: 'y'.repeat(28_000) };
  const path = await workflowOf(
    Array.from({ length: 3 }, () => ({ type: 'log', message: '{{input.text}}{{input.text}}' })),
  );

  const { body: run } = await stack.call('POST', path, { body: { input } });
  const { status, steps } = await ended(run.id);

  expect(status).toBe('succeeded');
  expect(steps.map(({ output }: any) => output.message.length)).toEqual([3_800, 3_800, 3_800]);
  expect((await stack.call('GET', `/api/v1/workflow-runs/${run.id}`)).body.input).toEqual(input);
});

test.each([
  ['one execution', [10]],
  ['several executions', Array.from({ length: 9 }, () => 30)],
])('a run of %s is cancelled while it waits, and stays cancelled', async (_what, delays) => {
  const path = await workflowOf(delays.map((seconds) => ({ type: 'delay', seconds })));
  const { body: run } = await stack.call('POST', path, { body: {} });

  const cancelled = await stack.call('POST', `/api/v1/workflow-runs/${run.id}/cancel`);

  expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  expect(await ended(run.id)).toMatchObject({ status: 'cancelled' });
});

test('a run that the cap refused can be started with the same key once the cap is raised', async () => {
  await operate(stack, 'tenants', 'create', 'keyed', '--name', 'Keyed', '--plan', 'custom', '--authoring');
  await operate(stack, 'caps', 'set', 'keyed', '0');
  const scopes = 'workflows:read,workflows:run,workflows:write';
  const issued = await operate(
    stack,
    'tokens',
    'create',
    'keyed',
    '--kind',
    'pat',
    '--name',
    'keyed',
    '--scopes',
    scopes,
  );
  const token = String(issued.token);
  const recipe = { steps: [{ type: 'log', message: 'Hello' }] };
  const { body: workflow } = await stack.call('POST', '/api/v1/workflows', { token, body: { name: 'Hello', recipe } });
  const start = () =>
    stack.call('POST', `/api/v1/workflows/${workflow.id}/runs`, {
      token,
      body: {},
      headers: { 'idempotency-key': 'the-same-key' },
    });

  const refused = await start();
  await operate(stack, 'caps', 'set', 'keyed', '1');
  const started = await start();

  expect(refused).toMatchObject({ status: 429, body: { code: 'daily_cap_reached' } });
  expect(started.status).toBe(202);
});

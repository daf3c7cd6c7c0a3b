import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { inboxMessages, shareStack, workflowId, type Stack } from './stack';

let stack: Stack;
beforeAll(async () => {
  stack = await shareStack();
}, 90_000);
afterAll(() => stack.stop());

const springPromo = { input: { campaign: 'Spring Promo' } };

test('the Spring Promo recipe runs through log, a real delay and a signed webhook that verifies', async () => {
  const created = await stack.call('POST', '/api/v1/webhook-endpoints', {
    body: { url: stack.connection.inbox_endpoint_url, events: ['campaign.kickoff'] },
  });
  const triggered = await stack.call('POST', `/api/v1/workflows/${workflowId(stack, 'pro', 'Spring Promo')}/runs`, {
    body: springPromo,
  });
  const run = await stack.call('GET', `${triggered.headers.get('location')}?wait_seconds=20`);
  const delivery = run.body.steps[2].output.deliveries.find((sent: any) => sent.endpoint_id === created.body.id);
  const message = await arrival(delivery.id);

  expect(created.status).toBe(201);
  expect(triggered.status).toBe(202);
  expect(triggered.body).toMatchObject({ status: 'queued', input: springPromo.input, steps_total: 3 });
  expect(run.body).toMatchObject({ status: 'succeeded', steps_succeeded: 3, steps_failed: 0, error: null });
  expect(run.body.steps.map((step: any) => [step.type, step.status])).toEqual([
    ['log', 'succeeded'],
    ['delay', 'succeeded'],
    ['fire_webhook_event', 'succeeded'],
  ]);
  expect(Date.parse(run.body.finished_at) - Date.parse(run.body.started_at)).toBeGreaterThanOrEqual(2000);
  const verified = new Webhook(created.body.secret).verify(message.body, message.headers);
  expect(verified).toEqual({
    type: 'campaign.kickoff',
    timestamp: expect.any(String),
    data: { campaign: 'spring-2026', owner: 'marketing' },
    run: { id: run.body.id, uid: run.body.uid, workflow_id: run.body.workflow_id },
  });
  expect(message.verified).toBe(true);
}, 60_000);

/** The blocks of shell commands on a page, with only the address and the data folder of this stack replaced. */
function commandsOf(page: string): string[] {
  const markdown = readFileSync(resolve(__dirname, '..', '..', page), 'utf8');
  return [...markdown.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) =>
    block!
      .replaceAll('./.local/connection.json', stack.connectionFile)
      .replaceAll('http://127.0.0.1:3000', stack.connection.api_url),
  );
}

function printedBy(commands: string): string {
  return execFileSync('bash', ['-c', commands], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

test("the README's curl command starts a run when pasted unchanged", () => {
  const curl = commandsOf('README.md').find((commands) => commands.includes('curl -X POST')) ?? '';

  expect(curl).toContain(`${stack.connection.api_url}/api/v1/workflows/1/runs`);
  expect(JSON.parse(printedBy(curl))).toMatchObject({
    workflow_name: 'Spring Promo',
    status: 'queued',
    input: springPromo.input,
  });
});

test('the examples of docs/api.md, pasted unchanged, start, preview and read runs, and edit and poll by an ETag', () => {
  const [variables, ...examples] = commandsOf('docs/api.md');
  const printed = examples.map((example) => printedBy(`${variables}${example}`));
  const [edited, polled, ...more] = printed.slice(4);

  expect(printed.slice(0, 4).map((text) => JSON.parse(text))).toMatchObject([
    { status: 'queued', input: springPromo.input },
    { valid: true, webhook_steps: [{ event: 'campaign.kickoff' }] },
    { id: 6, steps: expect.any(Array) },
    { data: expect.any(Array), has_more: expect.any(Boolean) },
  ]);
  expect(edited).toMatch(/^HTTP\/1.1 200 .*^etag: "[\w-]+\.[\w-]+"/ims);
  // The tag on the page is not the one that this workflow has.
  expect(edited).toContain('"code":"version_conflict"');
  expect(polled).toMatch(/^HTTP\/1.1 200 .*^etag: "[\w-]+"/ims);
  expect(more).toEqual([]);
});

test.each([
  ['Legacy 51 steps', {}, 'recipe_too_large', []],
  ['Legacy unknown step', {}, 'step_type_not_allowed', []],
  ['Fails at step 2', { n: '123456789012' }, 'rendered_too_large', ['succeeded', 'failed', 'skipped']],
  ['Fails at step 2 and continues', { n: '123456789012' }, 'rendered_too_large', ['succeeded', 'failed', 'succeeded']],
])('a run of the seeded workflow "%s" fails with a reason', async (name, input, code, steps) => {
  const triggered = await stack.call('POST', `/api/v1/workflows/${workflowId(stack, 'pro', name)}/runs`, {
    body: { input },
  });
  const run = await stack.call('GET', `/api/v1/workflow-runs/${triggered.body.id}?wait_seconds=20`);

  expect(run.body).toMatchObject({ status: 'failed', error: { code, message: expect.stringMatching(/\S+/) } });
  expect(run.body.steps.map((step: any) => step.status)).toEqual(steps);
});

test('growth and starter tenants are refused over REST with plan_required, not with a cap', async () => {
  const growth = await stack.call('POST', '/api/v1/workflows/1/runs', { plan: 'growth', body: springPromo });
  const starter = await stack.call('POST', '/api/v1/workflows/1/runs', { plan: 'starter', body: springPromo });

  expect([growth.status, growth.body.code]).toEqual([403, 'plan_required']);
  expect([starter.status, starter.body.code]).toEqual([403, 'plan_required']);
});

async function arrival(webhookId: string) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await inboxMessages(stack)).find((message) => message.webhook_id === webhookId);
    if (found !== undefined) return found;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`No webhook ${webhookId} arrived`);
}

import { localTest } from './local-test';
import { inboxMessages, openStack, workflowId, type Stack } from './stack';

let started: Stack | undefined;
// A local run that is left behind keeps Jest from ending.
afterAll(() => started?.stop());

localTest(
  'a run whose process is killed during a delay waits only for the rest of it after a restart, and finishes',
  async () => {
    let stack = await openStack();
    started = stack;
    const recipe = {
      steps: [
        { type: 'log', message: 'before' },
        { type: 'delay', seconds: 8 },
        { type: 'fire_webhook_event', event: 'campaign.after', payload: {} },
      ],
    };
    const workflow = await stack.call('POST', '/api/v1/workflows', { body: { name: 'Killed', recipe } });
    const triggered = await stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, { body: {} });
    const path = `/api/v1/workflow-runs/${triggered.body.id}`;
    while ((await stack.call('GET', path)).body.status !== 'running') await pause(50);

    await stack.kill();
    stack = await openStack(stack.dataFolder);
    started = stack;

    const run = (await stack.call('GET', `${path}?wait_seconds=20`)).body;
    expect(run).toMatchObject({ status: 'succeeded', steps_succeeded: 3 });
    expect(run.steps[0].output).toEqual({ message: 'before' });
    const [, delay, webhook] = run.steps;
    expect(Date.parse(webhook.started_at)).toBeGreaterThanOrEqual(Date.parse(delay.output.resume_at));
    // If the delay had started again, it would have ended later by at least the time of the restart.
    expect(Date.parse(delay.output.resume_at) - Date.parse(delay.started_at)).toBe(8000);
    await arrived(stack, webhook.output.deliveries[0].id);
    expect(workflowId(stack, 'pro', 'Spring Promo')).toBe(1);
  },
  120_000,
);

async function arrived(stack: Stack, webhookId: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await inboxMessages(stack)).filter(({ webhook_id }) => webhook_id === webhookId);
    if (found.length > 0) {
      expect(found.every(({ verified }) => verified)).toBe(true);
      return;
    }
    await pause(100);
  }
  throw new Error(`No webhook ${webhookId} arrived`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

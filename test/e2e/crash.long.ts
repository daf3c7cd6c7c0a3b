import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localTest } from './local-test';
import { inboxMessages, openStack, type Stack } from './stack';

let started: Stack | undefined;
// A local run that is left behind keeps Jest from ending.
afterEach(() => started?.stop());

const recipe = {
  steps: [
    { type: 'log', message: 'before' },
    { type: 'delay', seconds: 1 },
    { type: 'fire_webhook_event', event: 'campaign.after', payload: {} },
  ],
};

localTest.each([
  ['table', 'The table stopped: Error: crashed as told by a test'],
  ['lambda', /The thread of (the API|background work) stopped: Error: crashed as told by a test/],
])(
  'a thread that crashes ends the local run, which says so, and the next start finishes what was accepted: %s',
  async (part, message) => {
    const crashFile = join(mkdtempSync(join(tmpdir(), 'crash-')), 'now');
    let stack = await openStack(undefined, {
      NODE_OPTIONS: `--require ${join(__dirname, 'fixtures', 'crash-when-told.cjs')}`,
      CRASHING_PART: part,
      CRASH_FILE: crashFile,
    });
    started = stack;
    const workflow = await stack.call('POST', '/api/v1/workflows', { body: { name: 'Crashed', recipe } });
    const triggered = await stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, { body: {} });

    const ended = stack.ended();
    writeFileSync(crashFile, '');
    const printed = await ended;
    stack = await openStack(stack.dataFolder);
    started = stack;

    expect(printed).toMatch(message);
    expect(printed).toContain('Nothing that it accepted is lost: start it again.');
    const run = (await stack.call('GET', `/api/v1/workflow-runs/${triggered.body.id}?wait_seconds=20`)).body;
    expect(run).toMatchObject({ status: 'succeeded', steps_succeeded: 3 });
    const { id } = run.steps[2].output.deliveries[0];
    await untilArrived(stack, id);
  },
  120_000,
);

async function untilArrived(stack: Stack, webhookId: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await inboxMessages(stack)).some(({ webhook_id, verified }) => webhook_id === webhookId && verified)) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`No webhook ${webhookId} arrived.`);
}

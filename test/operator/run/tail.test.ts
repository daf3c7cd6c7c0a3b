import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runKey } from '../../../functions/aws/keys';
import { runStore } from '../../../functions/aws/run/runs';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { functionLogFile } from '../../../local/engine-addresses';
import { aRecipe, aRun, aTrailEntry, noon } from '../../support/builders';
import { overwrite } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const run = aRun({ status: 'queued' });

/** A tenant with a queued run. Each time `runs tail` sleeps, the next of `changes` is applied to the run. */
async function aQueuedRun(...changes: object[]) {
  const id = await operator.createTenant();
  const write = { name: 'Spring Promo', description: null, active: true, recipe: aRecipe() };
  await workflowStore(operator.database).create(id, write, noon.toISOString());
  await runStore(operator.database).put(id, { run, input: '{}', dueAt: noon.toISOString(), keyHash: undefined });
  const whileWaiting = async () => {
    const next = changes.shift();
    if (next === undefined) throw new Error('The command still waits after the run has ended');
    await overwrite(operator.database, runKey(id, run.id), next as Record<string, unknown>);
  };
  return { id, tail: (...args: string[]) => operator.runWith({ whileWaiting }, 'runs', 'tail', id, '1', ...args) };
}

const logged = aTrailEntry({ output: { message: 'Kicking off' } });
const fired = aTrailEntry({ type: 'fire_webhook_event', output: { event: 'campaign.kickoff', matched_endpoints: 0 } });
const waited = aTrailEntry({ type: 'delay', output: { seconds: 2, resume_at: noon.toISOString() } });
const ended = {
  status: 'succeeded',
  steps_succeeded: 3,
  finished_at: noon.toISOString(),
  trail: [logged, waited, fired],
};

test('runs tail prints each change of a run once, from its present state to its end', async () => {
  const { tail } = await aQueuedRun({ status: 'running', trail: [logged] }, { status: 'running' }, ended);

  const { code, out, err } = await tail();

  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\S+ +/, '').replace(/ {2,}/g, ' | ')),
  ).toEqual([
    'run 1 | queued | Spring Promo, version 1',
    'run 1 | running | Spring Promo, version 1',
    'step 1 | succeeded | log: Kicking off',
    'step 2 | succeeded | delay: 2 s',
    'step 3 | succeeded | fire_webhook_event: campaign.kickoff, no endpoint is subscribed',
    'run 1 | succeeded | Spring Promo, version 1',
  ]);
});

test('runs tail --json prints one JSON object per line', async () => {
  const { tail } = await aQueuedRun(ended);

  const { out } = await tail('--json');

  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ kind, status }) => [kind, status])).toEqual([
    ['run', 'queued'],
    ['step', 'succeeded'],
    ['step', 'succeeded'],
    ['step', 'succeeded'],
    ['run', 'succeeded'],
  ]);
  expect(lines[1]).toMatchObject({ at: expect.any(String), index: 0, type: 'log', output: { message: 'Kicking off' } });
});

test('runs tail exits with 1 after the last change of a run that failed', async () => {
  const error = { code: 'run_timed_out', message: 'It took too long.', step: null };
  const { id, tail } = await aQueuedRun({ ...ended, status: 'failed', error });

  const { code, out, err } = await tail();

  expect(code).toBe(1);
  expect(out).toMatch(/run 1 +failed +run_timed_out: It took too long\.\n$/);
  expect(err).toBe(`Run 1 of ${id} failed: run_timed_out.\n`);
});

test("--logs adds the run's own lines from the local log, each once", async () => {
  const { tail } = await aQueuedRun({ status: 'running', trail: [logged] }, ended);
  mkdirSync(join(operator.dataFolder, 'logs'));
  const file = join(operator.dataFolder, ...functionLogFile);
  appendFileSync(file, `{"event":"run_accepted","run":"${run.uid}"}\n{"event":"other"}\n`);

  const { out } = await tail('--logs');

  expect(out.match(/run_accepted/g)).toHaveLength(1);
  expect(out).not.toContain('other');
});

test('an unknown run is not found', async () => {
  expect(await operator.run('runs', 'tail', await operator.createTenant(), '9')).toMatchObject({
    code: 1,
    err: /^No such run\./,
  });
});

import { runKey } from '../../../functions/aws/keys';
import { runStore } from '../../../functions/aws/run/runs';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import type { Run } from '../../../functions/domain/run/run';
import { aRecipe, aRun, aTrailEntry, noon } from '../../support/builders';
import { overwrite, putRuns } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const putRun = (tenantId: string, overrides: Partial<Run>) =>
  runStore(operator.database).put(tenantId, {
    run: aRun(overrides),
    input: '{"campaign":"Spring Promo"}',
    dueAt: noon.toISOString(),
    keyHash: undefined,
  });

const idsOf = ({ data }: { data: { id: number }[] }) => data.map(({ id }) => id);

test('runs are listed newest first, as over REST, and the list says if there are more', async () => {
  const id = await operator.createTenant();
  for (let run = 1; run <= 3; run += 1) await putRun(id, { id: run });

  const listed = await operator.json('runs', 'list', id, '--limit', '2');

  expect(listed.has_more).toBe(true);
  expect(idsOf(listed)).toEqual([3, 2]);
  expect(listed.data[0]).not.toHaveProperty('engine');
  expect((await operator.run('runs', 'list', id, '--limit', '2')).out).toMatch(/There are more: raise --limit\.$/m);
  expect((await operator.run('runs', 'list', id)).out).not.toMatch(/There are more/);
});

test('runs are filtered by workflow and status', async () => {
  const id = await operator.createTenant();
  await putRun(id, { id: 1, workflow_id: 1, status: 'failed' });
  await putRun(id, { id: 2, workflow_id: 2, status: 'failed' });
  await putRun(id, { id: 3, workflow_id: 2, status: 'succeeded' });

  expect(idsOf(await operator.json('runs', 'list', id, '--status', 'failed'))).toEqual([2, 1]);
  expect(idsOf(await operator.json('runs', 'list', id, '--workflow', '2'))).toEqual([3, 2]);
  expect(idsOf(await operator.json('runs', 'list', id, '--workflow', '2', '--status', 'failed'))).toEqual([2]);
  expect((await operator.run('runs', 'list', id, '--status', 'queued')).out).toBe('No runs.\n');
});

test.each([99, 100, 150, 1000])('the last %d runs of a busy workflow are listed', async (limit) => {
  const id = await operator.createTenant();
  await putRuns(operator.database, id, 1000);

  const listed = await operator.json('runs', 'list', id, '--workflow', '1', '--limit', String(limit));

  expect(idsOf(listed)).toEqual(Array.from({ length: limit }, (_, index) => 1000 - index));
  expect(listed.has_more).toBe(limit < 1000);
});

test('a run is shown with its steps counted from 1 and its error', async () => {
  const id = await operator.createTenant();
  await workflowStore(operator.database).create(
    id,
    { name: 'Spring Promo', description: null, active: true, recipe: aRecipe() },
    noon.toISOString(),
  );
  const error = { code: 'rendered_too_large' as const, message: 'The payload is too large.', step: 2 };
  await putRun(id, { status: 'failed', steps_succeeded: 2, steps_failed: 1, error, finished_at: noon.toISOString() });
  await overwrite(operator.database, runKey(id, 1), {
    trail: [
      aTrailEntry({ output: { message: 'Kicking off \u001b[31mSpring' } }),
      aTrailEntry({ type: 'delay', output: { seconds: 2, resume_at: noon.toISOString() } }),
      aTrailEntry({ type: 'fire_webhook_event', status: 'failed', output: null, error }),
    ],
  });

  const { out } = await operator.run('runs', 'show', id, '#1');
  const view = await operator.json('runs', 'show', id, '1');

  expect(out).toMatch(/^error +rendered_too_large at step 3: The payload is too large\.$/m);
  expect(out).toMatch(/^input +{"campaign":"Spring Promo"}$/m);
  expect(out).toMatch(/^2 +delay +succeeded .* 2 s$/m);
  expect(out).toMatch(/^3 +fire_webhook_event +failed .* rendered_too_large: The payload is too large\.$/m);
  // A tenant's text is escaped, so it cannot move the terminal's cursor or change its colours.
  expect(out).not.toContain('\u001b');
  expect(out).toContain('Kicking off \\u001b[31mSpring');
  expect(view).toMatchObject({ id: 1, status: 'failed', input: { campaign: 'Spring Promo' }, error: { step: 2 } });
  expect(view.steps.map(({ status }: { status: string }) => status)).toEqual(['succeeded', 'succeeded', 'failed']);
});

test('a run whose recipe was refused has no steps to show', async () => {
  const id = await operator.createTenant();
  await putRun(id, { status: 'failed' });

  expect((await operator.run('runs', 'show', id, '1')).out).toMatch(/No steps: the recipe was refused\./);
});

test('an unknown run is not found', async () => {
  expect(await operator.run('runs', 'show', await operator.createTenant(), '12')).toEqual({
    code: 1,
    out: '',
    err: 'No such run. Check the id; ids are listed by the matching list call.\n',
  });
});

test.each([
  [['list', 'acme', '--status', 'done'], /Allowed choices are queued, running, succeeded, failed, cancelled/],
  [['list', 'acme', '--limit', '0'], /whole number from 1 to 1000/],
  [['show', 'acme', 'last'], /Must be a whole number/],
])('wrong usage is refused: runs %j', async (args, sentence) => {
  const { code, err } = await operator.run('runs', ...args);

  expect(code).toBe(2);
  expect(err).toMatch(sentence);
});

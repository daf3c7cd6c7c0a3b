import { versionKey } from '../../functions/aws/keys';
import { runProgressStore } from '../../functions/aws/run/progress';
import { runMachineStates } from '../../functions/contract/machine';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { breaking, counted, holding, interceptDatabase, repeating } from '../support/requests';
import { overwrite } from '../support/table';
import { anAcceptedRun } from './harness';

jest.setTimeout(60_000);

let table: Table;

beforeAll(async () => {
  table = await startTable();
});

afterAll(() => table.stop());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const isRecord = ({ input }: { readonly input: any }) => /^SET trail/.test(String(input.UpdateExpression));
const cancelled = { status: 'cancelled', at: '2026-11-22T12:00:00.500Z', error: null } as const;

describe('the Spring Promo recipe', () => {
  it('runs to its end: log, a real delay, webhook', async () => {
    const { clock, segment, row, fired, tenantId } = await anAcceptedRun(table);

    expect(await segment(0)).toMatchObject({ next: 'delay', wait_seconds: 2, cursor: 2 });
    expect(await row()).toMatchObject({
      status: 'running',
      cursor: 2,
      steps_succeeded: 1,
      started_at: '2026-11-22T12:00:00.000Z',
      finished_at: null,
      resume_at: '2026-11-22T12:00:02.000Z',
      trail: [
        { type: 'log', status: 'succeeded', output: { message: 'Kicking off Spring Promo' }, error: null },
        {
          type: 'delay',
          status: 'succeeded',
          started_at: '2026-11-22T12:00:00.000Z',
          finished_at: '2026-11-22T12:00:02.000Z',
          output: { seconds: 2, resume_at: '2026-11-22T12:00:02.000Z' },
        },
      ],
    });
    expect(fired).toEqual([]);

    clock.advance(2);
    expect(await segment(2)).toMatchObject({ next: 'succeeded', wait_seconds: 0, cursor: 3 });

    const ended = await row();
    expect(ended).toMatchObject({
      status: 'succeeded',
      steps_succeeded: 3,
      steps_failed: 0,
      finished_at: '2026-11-22T12:00:02.000Z',
      resume_at: null,
      error: null,
    });
    expect(ended.trail[2]).toMatchObject({
      type: 'fire_webhook_event',
      output: { event: 'campaign.kickoff', matched_endpoints: 1 },
    });
    expect(ended).not.toHaveProperty('due_at');
    expect(fired).toEqual([
      {
        tenantId,
        run: { id: 1, uid: ended.uid, workflow_id: 1 },
        origin: { request_id: 'request-1', traceparent: ended.traceparent },
        stepIndex: 2,
        event: 'campaign.kickoff',
        payload: { campaign: 'spring-2026', owner: 'marketing' },
        now: clock.now(),
      },
    ]);
  });

  it('takes 3 transitions of the deployed state machine for its delay and 3 to end', async () => {
    const { walk } = await anAcceptedRun(table);
    const { segment, choice, wait, succeeded } = runMachineStates;

    expect(await walk()).toEqual({
      states: [segment, choice, wait, segment, choice, succeeded],
      end: 'Succeed',
    });
  });

  it('takes one write of the run’s row for each segment, and one read', async () => {
    const run = await anAcceptedRun(table);
    const { database, take } = counted(table);

    const unheard = { ...run.withDatabase(database), runEndIsAwaited: async () => false };
    await run.segment(0, unheard);
    expect(take()).toEqual({ BatchGet: 1, Update: 1 });
    run.clock.advance(2);
    await run.segment(2, unheard);
    expect(take()).toEqual({ BatchGet: 1, Update: 1 });
  });

  it('takes one more write if an endpoint subscribes to the end of the run', async () => {
    const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog()] }) });
    const { database, take } = counted(table);

    await run.segment(0, run.withDatabase(database));

    expect(take()).toEqual({ BatchGet: 1, Update: 2 });
    expect((await run.row()).due_at).toBeUndefined();
  });

  it('takes one more read if its input is stored in a separate row', async () => {
    const run = await anAcceptedRun(table, { input: { a: 'x'.repeat(3000) } });
    const { database, take } = counted(table);

    await run.segment(0, run.withDatabase(database));

    expect(take()).toEqual({ BatchGet: 1, Get: 1, Update: 1 });
  });

  it('goes from queued to succeeded in one write if it has no delay', async () => {
    const { segment, row } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aWebhookStep()] }) });

    expect(await segment()).toMatchObject({ next: 'succeeded' });
    expect(await row()).toMatchObject({ status: 'succeeded', steps_succeeded: 2 });
  });

  it('ends only after a delay that is its last step', async () => {
    const { clock, segment, row } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aDelay(30)] }) });

    expect(await segment(0)).toMatchObject({ next: 'delay', wait_seconds: 30, cursor: 2 });
    expect(await row()).toMatchObject({ status: 'running', steps_succeeded: 1 });
    clock.advance(30);
    expect(await segment(2)).toMatchObject({ next: 'succeeded' });
    expect(await row()).toMatchObject({ status: 'succeeded', steps_succeeded: 2 });
  });
});

describe('templates', () => {
  const recipe = aRecipe({
    steps: [
      aLog('For {{input.campaign}} and {{input.nobody}}'),
      aWebhookStep({ payload: { to: '{{input.campaign}}', n: '{{input.n}}', lost: '{{input.lost}}' } }),
    ],
  });

  it('are filled from the input; placeholders without a value stay and are listed', async () => {
    const { segment, row, fired } = await anAcceptedRun(table, { recipe, input: { campaign: 'Spring', n: 7 } });

    await segment();

    expect(fired[0]?.payload).toEqual({ to: 'Spring', n: '7', lost: '{{input.lost}}' });
    expect((await row()).trail.map(({ output }) => output)).toEqual([
      { message: 'For Spring and {{input.nobody}}', missing: ['nobody'] },
      { event: 'campaign.kickoff', matched_endpoints: 1, missing: ['lost'] },
    ]);
  });

  it('are filled from an input that is stored in a separate row', async () => {
    const { segment, fired } = await anAcceptedRun(table, {
      recipe,
      input: { campaign: 'Spring', n: 7, lost: 'x'.repeat(3000) },
    });

    await segment();

    expect(fired[0]?.payload).toMatchObject({ lost: 'x'.repeat(3000) });
  });
});

it('A webhook step without subscribers succeeds with a warning', async () => {
  const { segment, row } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aWebhookStep()] }) });

  await segment(0, { fireWebhookEvent: async () => ({ matched_endpoints: 0 }) });

  expect((await row()).trail[0]).toMatchObject({
    status: 'succeeded',
    output: {
      event: 'campaign.kickoff',
      matched_endpoints: 0,
      warning: 'No active webhook endpoint subscribes to campaign.kickoff; add one under Webhook Endpoints.',
    },
  });
});

describe('a step that fails with rendered_too_large', () => {
  const message = aLog('{{input.n}}'.repeat(360));
  const input = { n: 'x'.repeat(12) };
  const error = {
    code: 'rendered_too_large',
    message: 'The message has more than 4000 bytes once the input is filled in. Shorten it or the input.',
  };

  it('stops the run, and the steps after it are not performed', async () => {
    const { segment, row, fired } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog(), message, aWebhookStep()] }),
      input,
    });

    expect(await segment()).toMatchObject({ next: 'failed', wait_seconds: 0 });

    expect(await row()).toMatchObject({
      status: 'failed',
      error: { ...error, step: 1 },
      steps_succeeded: 1,
      steps_failed: 1,
      cursor: 2,
      trail: [{ status: 'succeeded' }, { status: 'failed', output: null, error }],
    });
    expect(await row()).not.toHaveProperty('due_at');
    expect(fired).toEqual([]);
  });

  it('does not stop a run with continue_on_error, which still fails in the end with its first error', async () => {
    const { segment, row, fired, clock } = await anAcceptedRun(table, {
      recipe: aRecipe({ continue_on_error: true, steps: [message, aDelay(1), aWebhookStep(), message] }),
      input,
    });

    expect(await segment(0)).toMatchObject({ next: 'delay' });
    expect(await row()).toMatchObject({ status: 'running', steps_failed: 1, error: { ...error, step: 0 } });
    clock.advance(1);
    expect(await segment(2)).toMatchObject({ next: 'failed' });

    expect(await row()).toMatchObject({
      status: 'failed',
      error: { ...error, step: 0 },
      steps_succeeded: 2,
      steps_failed: 2,
    });
    expect(fired).toHaveLength(1);
  });

  it('may be a webhook step, whose event is then not fired', async () => {
    const { segment, row, fired } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aWebhookStep({ payload: { a: '{{input.a}}' } })] }),
      input: { a: 'x'.repeat(20_473) },
    });

    expect(await segment()).toMatchObject({ next: 'failed' });
    expect((await row()).error?.message).toMatch(/^The payload has more than 20480 bytes/);
    expect(fired).toEqual([]);
  });

  it('needs more than 4,000 bytes of message or 20 KB of payload', async () => {
    const { segment, row } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog('{{input.m}}'), aWebhookStep({ payload: { a: '{{input.a}}' } })] }),
      input: { m: 'é'.repeat(2000), a: 'x'.repeat(20_472) },
    });

    expect(await segment()).toMatchObject({ next: 'succeeded' });
    expect(await row()).toMatchObject({ status: 'succeeded' });
  });
});

describe('an invalid recipe that was stored without validation', () => {
  const good = [...times(48, () => aLog()), aWebhookStep()];

  it.each<[string, unknown]>([
    ['step_type_not_allowed', [...good, { type: 'shell', message: 'rm' }]],
    ['step_type_not_allowed', [...good, { type: 'constructor' }]],
    ['invalid_recipe', [...good, { type: 'delay', seconds: 31 }]],
    ['recipe_too_large', [...good, aLog(), aLog()]],
  ])('makes the run fail with %s before step 1, even with continue_on_error', async (code, steps) => {
    for (const recipe of [{ steps }, { steps, continue_on_error: true }]) {
      const { segment, row, fired } = await anAcceptedRun(table, { recipe });

      expect(await segment()).toMatchObject({ next: 'failed', wait_seconds: 0 });

      const ended = await row();
      expect(ended).toMatchObject({
        status: 'failed',
        error: { code, step: null },
        trail: [],
        cursor: 0,
        steps_total: (steps as unknown[]).length,
        steps_succeeded: 0,
        steps_failed: 0,
      });
      expect(ended).not.toHaveProperty('due_at');
      expect(fired).toEqual([]);
    }
  });

  it('makes the run fail with the same message as the validation', async () => {
    const { segment, row } = await anAcceptedRun(table, { recipe: { steps: times(51, () => aLog()) } });

    await segment();

    expect((await row()).error?.message).toBe('The recipe has 51 steps; trim it to at most 50.');
  });

  it.each([
    ['is not JSON', '{"steps": ['],
    ['is JSON but no recipe', '[]'],
    [
      'has a number that parsing would change',
      '{"steps":[{"type":"fire_webhook_event","event":"a","payload":{"id":8202522731445525542}}]}',
    ],
    ['repeats a name', '{"steps":[{"type":"delay","seconds":1,"seconds":2}]}'],
  ])('that %s makes the run fail with invalid_recipe instead of being retried for ever', async (_what, recipe) => {
    const { segment, row, tenantId } = await anAcceptedRun(table);
    await overwrite(table, versionKey(tenantId, 1, 1), { recipe });

    expect(await segment()).toMatchObject({ next: 'failed' });
    expect(await row()).toMatchObject({ status: 'failed', error: { code: 'invalid_recipe' }, trail: [] });
  });
});

test('a recipe of an earlier release, which stored large whole numbers rounded, runs as before', async () => {
  const { segment, fired, tenantId } = await anAcceptedRun(table);
  const recipe = '{"steps":[{"type":"fire_webhook_event","event":"a","payload":{"id":8202522731445526000}}]}';
  await overwrite(table, versionKey(tenantId, 1, 1), { recipe });

  expect(await segment()).toMatchObject({ next: 'succeeded' });
  expect(JSON.stringify(fired[0]?.payload)).toBe('{"id":8202522731445526000}');
});

describe('a placeholder that keeps the type of the input', () => {
  const recipe = aRecipe({ steps: [aWebhookStep({ payload: { n: '{{input.n | json}}', text: '{{input.n}}' } })] });

  it('sends a number as a number, and without the mark as text', async () => {
    const { segment, fired } = await anAcceptedRun(table, { recipe, input: { n: 5 } });

    await segment();

    expect(fired[0]?.payload).toEqual({ n: 5, text: '5' });
  });

  it('is listed if the input does not have it', async () => {
    const { segment, fired, row } = await anAcceptedRun(table, { recipe });

    await segment();

    expect(fired[0]?.payload).toEqual({ n: '{{input.n | json}}', text: '{{input.n}}' });
    expect((await row()).trail[0]?.output).toMatchObject({ missing: ['n'] });
  });

  it.each<[string, unknown]>([
    ['20 KB', 'x'.repeat(10_300)],
    ['20 levels', JSON.parse('['.repeat(20) + ']'.repeat(20))],
  ])('makes the step fail if the payload exceeds %s with it', async (_what, n) => {
    const { segment, fired, row } = await anAcceptedRun(table, { recipe, input: { n } });

    await segment();

    expect(fired).toEqual([]);
    expect(await row()).toMatchObject({ status: 'failed', error: { code: 'rendered_too_large' } });
  });
});

describe('the end of a run is announced', () => {
  it('after it is written, with its status', async () => {
    const succeeded = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aDelay(2), aLog()] }) });
    const failed = await anAcceptedRun(table, { recipe: { steps: [] } });

    await succeeded.segment(0);
    expect(succeeded.announced).toEqual([]);
    succeeded.clock.advance(2);
    await succeeded.segment(2);
    await failed.segment(0);

    expect(succeeded.announced).toEqual([`${succeeded.tenantId} ${succeeded.firstInput.uid} succeeded`]);
    expect(failed.announced).toEqual([`${failed.tenantId} ${failed.firstInput.uid} failed`]);
  });

  it('by a retry if the first call crashed after its write', async () => {
    const { segment, announced, firstInput, tenantId, row } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog()] }),
    });
    const dies = { announceRunEnd: () => Promise.reject(new Error('process stops here')) };

    await expect(segment(0, dies)).rejects.toThrow('process stops here');
    // There may be no retry: until the end is announced, the run stays in the index that recovery reads.
    expect((await row()).due_at).toBe('2026-11-22T12:01:30.000Z');
    await segment(0);

    expect((await row()).due_at).toBeUndefined();
    expect(announced).toEqual([`${tenantId} ${firstInput.uid} succeeded`]);
  });
});

describe('a segment that is called twice', () => {
  it('performs nothing after its first call was recorded, and returns the position of the run', async () => {
    const { segment, row, fired } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aWebhookStep(), aDelay(2), aLog()] }),
    });
    await segment(0);
    const before = await row();

    expect(await segment(0)).toMatchObject({ next: 'delay', wait_seconds: 2, cursor: 2 });

    expect(await row()).toEqual(before);
    expect(fired).toHaveLength(1);
  });

  it('waits only for the rest of the delay', async () => {
    const { clock, segment, row, fired } = await anAcceptedRun(table);
    await segment(0);
    clock.set('2026-11-22T12:00:00.700Z');

    expect(await segment(2)).toMatchObject({ next: 'delay', wait_seconds: 2, cursor: 2 });
    clock.set('2026-11-22T12:00:01.001Z');
    expect(await segment(2)).toMatchObject({ next: 'delay', wait_seconds: 1, cursor: 2 });
    clock.set('2026-11-22T12:00:01.999Z');
    expect(await segment(2)).toMatchObject({ next: 'delay', wait_seconds: 1, cursor: 2 });

    expect(fired).toEqual([]);
    expect((await row()).trail).toHaveLength(2);
    clock.set('2026-11-22T12:00:02.000Z');
    expect(await segment(2)).toMatchObject({ next: 'succeeded' });
  });

  it('returns the present position if the run has continued since', async () => {
    const { clock, segment, fired } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aDelay(1), aWebhookStep(), aDelay(5), aLog()] }),
    });
    await segment(0);
    clock.advance(1);
    await segment(1);
    clock.advance(2);

    expect(await segment(0)).toMatchObject({ next: 'delay', wait_seconds: 3, cursor: 3 });
    expect(await segment(1)).toMatchObject({ next: 'delay', wait_seconds: 3, cursor: 3 });
    clock.advance(3);
    // The late call performs no step of its own; it continues at the cursor of the row.
    expect(await segment(1)).toMatchObject({ next: 'delay', wait_seconds: 0, cursor: 3 });
    expect(fired).toHaveLength(1);
  });

  it.each(['succeeded', 'failed'] as const)(
    'returns the same end and changes nothing after the run %s',
    async (end) => {
      const steps = end === 'failed' ? [aLog('{{input.n}}'.repeat(360))] : [aLog()];
      const { segment, row, fired } = await anAcceptedRun(table, {
        recipe: aRecipe({ steps }),
        input: { n: 'x'.repeat(12) },
      });
      await segment(0);
      const before = await row();

      expect(await segment(0)).toMatchObject({ next: end, wait_seconds: 0 });
      expect(await segment(1)).toMatchObject({ next: end });

      expect(await row()).toEqual(before);
      expect(fired).toEqual([]);
    },
  );

  it('writes the trail once if both calls are concurrent', async () => {
    const { segment, row, withDatabase } = await anAcceptedRun(table);
    const { database, reached, release } = holding(table, isRecord);
    const slower = segment(0, withDatabase(database));
    await reached;

    const faster = await segment(0);
    release();

    expect(await slower).toEqual(faster);
    expect((await row()).trail).toHaveLength(2);
  });

  it('ends the run once if both calls are concurrent and the segment is the last', async () => {
    const { segment, row, withDatabase } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog()] }) });
    const { database, reached, release } = holding(table, isRecord);
    const slower = segment(0, withDatabase(database));
    await reached;

    await segment(0);
    release();

    expect(await slower).toMatchObject({ next: 'succeeded' });
    expect(await row()).toMatchObject({ status: 'succeeded', steps_succeeded: 1, trail: [{ type: 'log' }] });
  });
});

describe('an error of AWS in a segment', () => {
  it('is thrown, and never recorded as a failure of the run', async () => {
    const { segment, row } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aWebhookStep()] }) });

    await expect(
      segment(0, { fireWebhookEvent: () => Promise.reject(new Error('ProvisionedThroughputExceeded')) }),
    ).rejects.toThrow('ProvisionedThroughputExceeded');

    expect(await row()).toMatchObject({
      status: 'running',
      cursor: 1,
      steps_succeeded: 1,
      steps_failed: 0,
      error: null,
    });
    expect(await segment(0)).toMatchObject({ next: 'succeeded' });
  });

  it('before the write makes the retry perform the whole segment again', async () => {
    const { segment, row, withDatabase, fired } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aWebhookStep()] }),
    });

    await expect(segment(0, withDatabase(breaking(table, 'lost request', isRecord).database))).rejects.toThrow(
      'socket',
    );
    expect(await segment(0)).toMatchObject({ next: 'succeeded' });

    expect(fired.map(({ stepIndex }) => stepIndex)).toEqual([0, 0]);
    expect((await row()).trail).toHaveLength(1);
  });

  it('after the write makes the retry perform nothing', async () => {
    const { segment, row, withDatabase, fired } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aWebhookStep(), aDelay(2), aLog()] }),
    });

    await expect(segment(0, withDatabase(breaking(table, 'lost response', isRecord).database))).rejects.toThrow(
      'socket',
    );
    expect(await segment(0)).toMatchObject({ next: 'delay', wait_seconds: 2, cursor: 2 });

    expect(fired).toHaveLength(1);
    expect((await row()).trail).toHaveLength(2);
  });

  it.each([
    [
      'in the middle',
      aRecipe({ steps: [aLog(), aDelay(2), aLog()] }),
      { next: 'delay', wait_seconds: 2, cursor: 2 },
      2,
    ],
    ['at the end', aRecipe({ steps: [aLog(), aLog()] }), { next: 'succeeded', cursor: 2 }, 2],
  ])(
    'that loses the response to a write %s does not make the SDK’s retry write twice',
    async (_where, recipe, answer, entries) => {
      const { segment, row, withDatabase } = await anAcceptedRun(table, { recipe });
      const twice = interceptDatabase(table, async (command, send) => {
        if (isRecord(command)) await send();
        return send();
      });

      expect(await segment(0, withDatabase(twice))).toMatchObject(answer);
      expect((await row()).trail).toHaveLength(entries);
    },
  );

  it('that loses the response to the write of the end does not keep the end out of the log and the metrics', async () => {
    const { segment, logged, withDatabase } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog()] }) });

    await segment(0, withDatabase(repeating(table, isRecord)));
    await segment(0);

    expect(logged.map(({ event }) => event)).toEqual(['step_performed', 'run_ended']);
  });

  it('or a missing row of its run is thrown', async () => {
    const { deps, firstInput } = await anAcceptedRun(table);
    const { runSegment } = await import('../../functions/run-segment/run-segment');

    await expect(runSegment(deps, { ...firstInput, run_id: 99 })).rejects.toThrow('has no row');
  });
});

describe('a run that is cancelled', () => {
  it('before its first segment performs nothing', async () => {
    const { segment, row, fired, tenantId } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aWebhookStep()] }),
    });
    await runProgressStore(table).end(tenantId, 1, cancelled);

    expect(await segment(0)).toMatchObject({ next: 'succeeded', wait_seconds: 0 });

    expect(await row()).toMatchObject({ status: 'cancelled', trail: [], started_at: null });
    expect(fired).toEqual([]);
  });

  it('during a delay performs no further step', async () => {
    const { segment, row, clock, fired, tenantId } = await anAcceptedRun(table);
    await segment(0);
    await runProgressStore(table).end(tenantId, 1, cancelled);
    clock.advance(2);

    expect(await segment(2)).toMatchObject({ next: 'succeeded' });

    expect(await row()).toMatchObject({ status: 'cancelled', steps_succeeded: 1, finished_at: cancelled.at });
    expect((await row()).trail).toHaveLength(2);
    expect(fired).toEqual([]);
  });

  it('while a segment is in progress keeps the steps of that segment in its trail, and stays cancelled', async () => {
    const { segment, row, fired, tenantId, deps } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog(), aWebhookStep(), aDelay(2), aLog()] }),
    });

    const answer = await segment(0, {
      fireWebhookEvent: async (event) => {
        await runProgressStore(table).end(tenantId, 1, cancelled);
        return deps.fireWebhookEvent(event);
      },
    });

    expect(answer).toMatchObject({ next: 'succeeded', wait_seconds: 0 });
    expect(fired).toHaveLength(1);
    expect(await row()).toMatchObject({
      status: 'cancelled',
      finished_at: cancelled.at,
      error: null,
      steps_succeeded: 2,
      trail: [{ type: 'log' }, { type: 'fire_webhook_event' }, { type: 'delay' }],
    });
    expect(await row()).not.toHaveProperty('due_at');
    expect(await segment(0)).toMatchObject({ next: 'succeeded' });
    expect((await row()).trail).toHaveLength(3);
  });

  it('after a repeated call has recorded the first step keeps what the segment in progress did after it', async () => {
    const { segment, row, tenantId, deps } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog(), aWebhookStep(), aDelay(2), aLog()] }),
    });
    const stopsAtTheEvent = () =>
      segment(0, { fireWebhookEvent: () => Promise.reject(new Error('The table is away')) });

    await segment(0, {
      fireWebhookEvent: async (event) => {
        await expect(stopsAtTheEvent()).rejects.toThrow('The table is away');
        await runProgressStore(table).end(tenantId, 1, cancelled);
        return deps.fireWebhookEvent(event);
      },
    });

    expect(await row()).toMatchObject({
      status: 'cancelled',
      cursor: 3,
      steps_succeeded: 2,
      trail: [{ type: 'log' }, { type: 'fire_webhook_event' }, { type: 'delay' }],
    });
  });

  it('has in its trail what was performed before, although a repeated call had recorded only the first step', async () => {
    const { segment, row, tenantId, deps } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog(), aWebhookStep(), aDelay(2), aLog()] }),
    });
    const stopsAtTheEvent = () =>
      segment(0, { fireWebhookEvent: () => Promise.reject(new Error('The table is away')) });

    const next = await segment(0, {
      fireWebhookEvent: async (event) => {
        await expect(stopsAtTheEvent()).rejects.toThrow('The table is away');
        return deps.fireWebhookEvent(event);
      },
    });
    await runProgressStore(table).end(tenantId, 1, cancelled);

    expect(next).toMatchObject({ next: 'delay', cursor: 3, wait_seconds: 2 });
    expect(await row()).toMatchObject({
      status: 'cancelled',
      cursor: 3,
      steps_succeeded: 2,
      trail: [{ type: 'log' }, { type: 'fire_webhook_event' }, { type: 'delay' }],
    });
  });

  it('while two segments are in progress keeps the trail of one of them', async () => {
    const { segment, row, withDatabase, tenantId } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog()] }),
    });
    const { database, reached, release } = holding(table, isRecord);
    const slower = segment(0, withDatabase(database));
    await reached;
    await runProgressStore(table).end(tenantId, 1, cancelled);

    await segment(0);
    release();
    await slower;

    expect((await row()).trail.length).toBeLessThanOrEqual(1);
    expect(await row()).toMatchObject({ status: 'cancelled' });
  });
});

describe('the trail', () => {
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

  it('has all outputs up to 128 KB; after that outputs are left out and the run continues', async () => {
    const steps = times(50, (n) => (n === 25 ? aDelay(1) : aLog('{{input.m}}')));
    const { segment, row, clock, logged } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps }),
      input: { m: 'x'.repeat(4000) },
    });

    await segment(0);
    clock.advance(1);
    expect(await segment(26)).toMatchObject({ next: 'succeeded' });

    const { trail, steps_succeeded } = await row();
    const whole = trail.findIndex(({ output }) => output?.['truncated'] === true);
    expect(steps_succeeded).toBe(50);
    expect(whole).toBeGreaterThan(29);
    expect(bytes(trail.slice(0, whole))).toBeLessThanOrEqual(128 * 1024);
    expect(bytes(trail)).toBeLessThan(140 * 1024);
    expect(trail.slice(whole).every(({ output }) => bytes(output) === bytes({ truncated: true }))).toBe(true);
    expect(logged.map(({ event }) => event)).toEqual([...times(50, () => 'step_performed'), 'run_ended']);
  });

  it('is logged with one line for each step and for the end, without any content', async () => {
    const { segment, logged, tenantId, row } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aLog('secret')] }),
    });

    await segment();

    expect(logged).toEqual([
      {
        event: 'step_performed',
        tenant: tenantId,
        run: (await row()).uid,
        workflow: 1,
        step: 0,
        type: 'log',
        status: 'succeeded',
        code: undefined,
        request_id: 'request-1',
        ms: 0,
      },
      {
        event: 'run_ended',
        tenant: tenantId,
        run: (await row()).uid,
        workflow: 1,
        status: 'succeeded',
        request_id: 'request-1',
      },
    ]);
  });
});

describe('the time at which recovery is due', () => {
  it('of an Express run is moved once, past the time limit of Express', async () => {
    const { segment, row, clock } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aDelay(30), aDelay(16), aLog()] }),
    });
    expect((await row()).due_at).toBe('2026-11-22T12:01:30.000Z');

    await segment(0);
    expect((await row()).due_at).toBe('2026-11-22T12:05:30.000Z');
    clock.advance(30);
    await segment(1);
    expect((await row()).due_at).toBe('2026-11-22T12:05:30.000Z');
  });

  it('of an Express run that ends well before it is not moved', async () => {
    const { segment, row } = await anAcceptedRun(table, {
      recipe: aRecipe({ steps: [aDelay(30), aDelay(15), aLog()] }),
    });

    await segment(0);

    expect((await row()).due_at).toBe('2026-11-22T12:01:30.000Z');
  });

  it('of a Standard run is moved with each delay', async () => {
    const { segment, row, clock } = await anAcceptedRun(table, {
      engineSetting: 'standard',
      recipe: aRecipe({ steps: times(9, () => aDelay(30)) }),
    });

    await segment(0);
    expect((await row()).due_at).toBe('2026-11-22T12:03:30.000Z');
    clock.advance(30);
    await segment(1);
    expect((await row()).due_at).toBe('2026-11-22T12:04:00.000Z');
  });
});

describe('the longest valid recipe', () => {
  it('of 25 minutes runs to its end on Standard, with 3 transitions for each delay and 3 to end', async () => {
    const { walk, row, clock } = await anAcceptedRun(table, {
      engineSetting: 'standard',
      recipe: aRecipe({ steps: times(50, () => aDelay(30)) }),
    });

    const { states, end } = await walk();

    expect(end).toBe('Succeed');
    expect(states).toHaveLength(3 * 50 + 3);
    expect(clock.now().toISOString()).toBe('2026-11-22T12:25:00.000Z');
    expect(await row()).toMatchObject({
      engine: 'standard',
      status: 'succeeded',
      steps_succeeded: 50,
      finished_at: '2026-11-22T12:25:00.000Z',
    });
  });

  it.each([0, 1, 7])('with %d delays between logs needs at most 3d + 3 transitions', async (delays) => {
    const steps = times(delays, () => [aLog(), aDelay(30)]).flat();
    const { walk } = await anAcceptedRun(table, { recipe: aRecipe({ steps: [...steps, aLog()] }) });

    expect((await walk()).states.length).toBeLessThanOrEqual(3 * delays + 3);
  });

  it('ends its execution as failed if the run fails', async () => {
    const { walk } = await anAcceptedRun(table, { recipe: { steps: [{ type: 'shell' }] } });
    const { segment, choice, failed } = runMachineStates;

    expect(await walk()).toEqual({ states: [segment, choice, failed], end: 'Fail' });
  });
});

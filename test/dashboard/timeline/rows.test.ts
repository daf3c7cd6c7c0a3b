import type { ListedDelivery, RunDetail } from '../../../dashboard/src/api/routes';
import { move } from '../../../dashboard/src/pages/workflow-run/picture/move';
import { barsOf, usualMs } from '../../../dashboard/src/pages/workflow-run/recent/bars';
import { describe as describeRow } from '../../../dashboard/src/pages/workflow-run/timeline/rows/describe';
import type { DeliveryRow, StepRow } from '../../../dashboard/src/pages/workflow-run/timeline/rows/row';
import { rowsOf } from '../../../dashboard/src/pages/workflow-run/timeline/rows/rows';
import { endOf, goesOn, scaleOf } from '../../../dashboard/src/pages/workflow-run/timeline/rows/time';

const start = Date.parse('2026-11-30T12:00:00Z');
const at = (ms: number) => new Date(start + ms).toISOString();
type Step = RunDetail['steps'][number];

const aStep = (index: number, changed: Partial<Step> = {}): Step => ({
  index,
  type: 'log',
  status: 'succeeded',
  started_at: at(index * 100),
  finished_at: at(index * 100 + 50),
  output: { message: 'x' },
  error: null,
  ...changed,
});

const aRun = (steps: Step[], changed: Partial<RunDetail> = {}): RunDetail => ({
  id: 7,
  uid: 'run_01KG9V1S3A4B5C6D7E8F9G0H1J',
  workflow_id: 1,
  workflow_name: 'Spring Promo',
  workflow_version: 1,
  status: 'succeeded',
  steps_total: steps.length,
  steps_succeeded: steps.length,
  steps_failed: 0,
  triggered_by: { channel: 'rest_api', name: 'Nightly job' },
  rerun_of: null,
  created_at: at(0),
  started_at: at(0),
  finished_at: at(1_000),
  deadline_at: at(9_000_000),
  error: null,
  request_id: 'r',
  input: {},
  steps,
  ...changed,
});

const fired = (statuses: readonly string[]): Step['output'] => ({
  event: 'campaign.kickoff',
  matched_endpoints: statuses.length,
  deliveries: statuses.map((status, index) => ({ id: `dlv_${index}`, endpoint_id: `ep_${index}`, status })),
});

const aDelivery = (index: number, changed: Partial<ListedDelivery> = {}): ListedDelivery => ({
  id: `dlv_${index}`,
  event: 'campaign.kickoff',
  run_id: 7,
  step_index: 0,
  endpoint_id: `ep_${index}`,
  url: 'https://hooks.example.com/in',
  status: 'delivered',
  ended_reason: null,
  attempts_made: 1,
  next_attempt_at: null,
  created_at: at(60),
  waiting_until: null,
  attempts: [{ number: 1, trigger: 'event', at: at(200), duration_ms: 80, response_status: 200, error_class: null }],
  ...changed,
});

const rows = (run: RunDetail, read: readonly ListedDelivery[] = [], opened?: number) =>
  rowsOf(run, new Map(read.map((delivery) => [delivery.id, delivery])), opened);
const step = (run: RunDetail, index: number) =>
  rows(run).find((row): row is StepRow => row.is === 'step' && row.index === index)!;
const delivery = (run: RunDetail, read: readonly ListedDelivery[]) =>
  rows(run, read).find((row): row is DeliveryRow => row.is === 'delivery')!;

describe('the bar of a step', () => {
  test('begins when the step could have begun: when the run was accepted, or the step before ended', () => {
    const run = aRun([aStep(0, { started_at: at(20) }), aStep(1)]);

    expect(step(run, 0)).toMatchObject({ queued: { from: start, to: start + 20 }, bar: { from: start + 20 } });
    expect(step(run, 1)).toMatchObject({ queued: { from: start + 50, to: start + 100 } });
  });

  test('is still queued if the run has not begun, and only for its first step', () => {
    const waiting = { status: 'pending', started_at: null, finished_at: null, output: null } as const;
    const run = aRun([aStep(0, waiting), aStep(1, waiting)], { status: 'queued', finished_at: null });

    expect(step(run, 0)).toMatchObject({ outcome: 'waiting', bar: null, queued: { from: start, to: null } });
    expect(step(run, 1)).toMatchObject({ bar: null, queued: null });
  });

  test('is not there for a step that was not reached', () => {
    const skipped = { status: 'skipped', started_at: null, finished_at: null, output: null } as const;
    const run = aRun([aStep(0, { status: 'failed' }), aStep(1, skipped)], { status: 'failed' });

    expect([step(run, 0).outcome, step(run, 1).outcome]).toEqual(['failed', 'stopped']);
    expect(step(run, 1)).toMatchObject({ bar: null, queued: null });
  });

  test('says when a delay that goes on will end', () => {
    const delay = { type: 'delay', status: 'running', finished_at: null, output: { seconds: 60 } } as const;
    const run = aRun([aStep(0, delay)], { status: 'running', finished_at: null });

    expect(step(run, 0).bar).toEqual({ from: start, to: null, expected: start + 60_000, isWait: true });
    expect(endOf(run, rows(run), start + 5_000)).toBe(start + 60_000);
  });

  test('is there although its output no longer fitted into the trail', () => {
    const run = aRun([aStep(0, { type: 'fire_webhook_event', output: { truncated: true, deliveries: [] } })]);

    expect(step(run, 0)).toMatchObject({ outcome: 'succeeded', isForgotten: false });
  });

  test('says that its deliveries are no longer kept', () => {
    const output = { event: 'campaign.kickoff', matched_endpoints: 2, deliveries: [] };

    expect(step(aRun([aStep(0, { type: 'fire_webhook_event', output })]), 0).isForgotten).toBe(true);
  });
});

describe('the deliveries of a step', () => {
  const run = aRun([aStep(0, { type: 'fire_webhook_event', output: fired(['pending']) })]);

  test('have a mark for each attempt and one for the next', () => {
    const failed = { number: 1, trigger: 'event', at: at(200), duration_ms: 80, response_status: 500 } as const;
    const read = aDelivery(0, {
      status: 'pending',
      next_attempt_at: at(600_000),
      attempts: [{ ...failed, error_class: 'http_status' }],
    });
    const row = delivery(run, [read]);

    expect(row.ticks.map(({ number, at: ms, made }) => [number, ms - start, made?.error_class])).toEqual([
      [1, 200, 'http_status'],
      [2, 600_000, undefined],
    ]);
    expect(row.bar).toMatchObject({ to: null, expected: start + 600_000 });
    expect(describeRow(row, row.ticks[0], () => 'there')).toMatchObject({
      what: 'Attempt 1 to there',
      status: 'failed',
      tookMs: 80,
      answer: 'HTTP 500, http_status',
    });
    expect(describeRow(row, row.ticks[1], () => 'there')).toMatchObject({ status: 'due', at: start + 600_000 });
  });

  test('are shown as the newer of two readings says', () => {
    expect(delivery(run, [])).toMatchObject({ status: 'pending', bar: null, ticks: [] });
    expect(delivery(run, [aDelivery(0)])).toMatchObject({ status: 'delivered', bar: { to: start + 280 } });
  });

  test('are shown without attempts if an earlier release of the API answered, or too many were made', () => {
    const { attempts: _, ...without } = aDelivery(0);

    expect(delivery(run, [without])).toMatchObject({ ticks: [], bar: { from: start + 60, to: start + 60 } });
    expect(delivery(run, [aDelivery(0, { attempts: null })]).ticks).toEqual([]);
  });

  test('are ten at most, and those that failed come first', () => {
    const statuses = Array.from({ length: 50 }, (_, index) => (index === 40 ? 'failed' : 'delivered'));
    const drawn = rows(aRun([aStep(0, { type: 'fire_webhook_event', output: fired(statuses) })]));

    expect(drawn).toHaveLength(1 + 10 + 1);
    expect(drawn[1]).toMatchObject({ is: 'delivery', id: 'dlv_40' });
    expect(drawn[2]).toMatchObject({ is: 'delivery', id: 'dlv_0' });
    expect(drawn.at(-1)).toMatchObject({ is: 'more', count: 40 });
  });

  test('are drawn for one step only if the run has more than a hundred', () => {
    const step50 = {
      type: 'fire_webhook_event',
      output: fired(Array.from({ length: 50 }, () => 'delivered')),
    } as const;
    const large = aRun(Array.from({ length: 50 }, (_, index) => aStep(index, step50)));

    expect(rows(large)).toHaveLength(50);
    expect(rows(large, [], 3)).toHaveLength(50 + 10 + 1);
    expect(rows(large, [], 3)[3]).toMatchObject({ folded: { count: 50, open: true } });
    expect(rows(large, [], 3)[4]).toMatchObject({ is: 'delivery' });
  });
});

describe('the time that is shown', () => {
  test('goes on while the run does, or one of its deliveries', () => {
    const fire = aRun([aStep(0, { type: 'fire_webhook_event', output: fired(['pending']) })]);

    expect(goesOn(fire, rows(fire))).toBe(true);
    expect(goesOn(fire, rows(fire, [aDelivery(0)]))).toBe(false);
    const open = aRun([aStep(0)], { status: 'running', finished_at: null });
    expect(goesOn(open, rows(open))).toBe(true);
  });

  test('holds everything that is drawn, and now', () => {
    const open = aRun([aStep(0)], { status: 'running', finished_at: null });
    const now = start + 61_000;
    const end = endOf(open, rows(open), now);

    expect(end).toBeGreaterThan(now);
    expect(endOf(open, rows(open), now + 1_000)).toBe(end);
    expect(scaleOf(open, rows(open), end).at(now)).toBeLessThan(1);
  });

  test('ends with the last attempt of a run that has ended, whatever the clock says', () => {
    const fire = aRun([aStep(0, { type: 'fire_webhook_event', output: fired(['delivered']) })]);
    const shown = rows(fire, [aDelivery(0, { attempts: [{ ...aDelivery(0).attempts![0]!, at: at(90_000) }] })]);

    for (const now of [0, start, start + 9e9]) expect(endOf(fire, shown, now)).toBe(start + 90_080);
  });

  test('is never folded where a step works or an attempt is made', () => {
    const fire = aRun([aStep(0, { type: 'fire_webhook_event', output: fired(['delivered']) })]);
    const shown = rows(fire, [aDelivery(0, { attempts: [{ ...aDelivery(0).attempts![0]!, at: at(90_000) }] })]);

    expect(scaleOf(fire, shown, start + 90_080).folds).toEqual([{ from: start + 2_000, to: start + 89_000 }]);
  });
});

test.each([
  ['ArrowDown', { row: 0, item: 2 }, { row: 1, item: 0 }],
  ['ArrowDown', { row: 2, item: 1 }, { row: 2, item: 1 }],
  ['ArrowUp', { row: 1, item: 0 }, { row: 0, item: 0 }],
  ['ArrowRight', { row: 0, item: 2 }, { row: 0, item: 2 }],
  ['ArrowLeft', { row: 0, item: 2 }, { row: 0, item: 1 }],
  ['Home', { row: 2, item: 1 }, { row: 0, item: 0 }],
  ['End', { row: 0, item: 2 }, { row: 2, item: 0 }],
  ['a', { row: 0, item: 0 }, undefined],
])('%s leads from %j to %j', (key, from, to) => {
  expect(move([3, 1, 2], from, key)).toEqual(to);
});

describe('the bars of the last runs', () => {
  const { steps: _steps, input: _input, ...run } = aRun([]);
  const lasting = (id: number, ms: number, status: 'succeeded' | 'failed' = 'succeeded') => ({
    ...run,
    id,
    status,
    finished_at: at(ms),
  });

  test('go from the oldest to the newest and are as high as their run was long', () => {
    const bars = barsOf([lasting(3, 500), lasting(2, 2_000), lasting(1, 1_000)], lasting(3, 500), start);

    expect(bars.map(({ run: { id }, tookMs, height }) => [id, tookMs, height])).toEqual([
      [1, 1_000, 0.5],
      [2, 2_000, 1],
      [3, 500, 0.25],
    ]);
    expect(usualMs(bars)).toBe(1_000);
  });

  test('include the run of the page as it is now, even if many were started since', () => {
    const open = { ...run, id: 3, status: 'running' as const, finished_at: null };

    expect(barsOf([lasting(9, 500), open], lasting(3, 700), start).map(({ tookMs }) => tookMs)).toEqual([700, 500]);
    expect(barsOf([lasting(9, 500)], open, start + 400).map(({ tookMs }) => tookMs)).toEqual([400, 500]);
    expect(barsOf([], { ...open, started_at: null }, start)[0]).toMatchObject({ tookMs: null, height: 0 });
  });

  test('know no usual length if none succeeded', () => {
    expect(usualMs(barsOf([], lasting(3, 10, 'failed'), start))).toBeUndefined();
  });
});

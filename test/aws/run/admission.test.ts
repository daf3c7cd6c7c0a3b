import type { Database } from '../../../functions/aws/database';
import { admissionStore } from '../../../functions/aws/run/admission';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { startRun } from '../../../functions/domain/run/start-run';
import type { StartedRun, StartRunCommand } from '../../../functions/domain/run/start-run-signature';
import { planSchema, plans, runningPlans } from '../../../functions/domain/tenant/plan';
import { capOf } from '../../../functions/domain/tenant/tenant';
import { aDelay, aRecipe, noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import {
  breaking,
  counted,
  holding,
  interceptDatabase,
  isCounterUpdate,
  isRunPut,
  isVoidPut,
  total,
} from '../../support/requests';
import { aTrigger, recordedExecutions, startRunDeps, testClock } from '../../support/start-run';
import { numberRows, runRows, tenantRow, tenantWithWorkflow } from '../../support/table';

// Two tests send some 800 requests each.
jest.setTimeout(60_000);

let table: Table;

beforeAll(async () => {
  table = await startTable();
});

afterAll(() => table.stop());

const today = 'd20261122';
const lastMoment = '2026-11-22T23:59:59.999Z';
const midnight = '2026-11-23T00:00:00.000Z';

/** A caller that triggers runs of this tenant. */
function aCaller(tenantId: string, { database = table, at = noon }: { database?: Database; at?: Date | string } = {}) {
  const clock = testClock(at);
  const { deps, executions, deferred } = startRunDeps(database, clock);
  const trigger = (overrides: Partial<StartRunCommand> = {}) => startRun(deps, aTrigger(tenantId, overrides));
  return { deps, clock, executions, deferred, trigger };
}

const viaMcp = { channel: 'mcp' } as const;

/** Sorts concurrent triggers into accepted runs and codes of refusals. */
async function outcomes(triggers: Promise<StartedRun>[]) {
  const settled = await Promise.allSettled(triggers);
  const accepted = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.run] : []));
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.code ?? one.reason)] : []));
  return { accepted, refused };
}

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const refusal = (code: string) => expect.objectContaining({ code });

describe('the daily cap', () => {
  it('is exact under 250 parallel triggers: counter, rows and executions agree', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'growth' });
    const { executions, trigger } = aCaller(tenantId);

    const { accepted, refused } = await outcomes(times(250, () => trigger(viaMcp)));

    expect(accepted).toHaveLength(100);
    expect(refused).toEqual(times(150, () => 'daily_cap_reached'));
    expect(accepted.map(({ id }) => id).sort((a, b) => a - b)).toEqual(times(100, (n) => n + 1));
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 100, last_run_number: 100 });
    expect(await numberRows(table, tenantId)).toHaveLength(100);
    expect(executions.started.map(({ run }) => run.id).sort((a, b) => a - b)).toEqual(times(100, (n) => n + 1));
  });

  it('lets exactly one of 50 parallel triggers have the last run of the day', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'growth', used_by_day: { '2026-11-22': 99 } });

    const { accepted, refused } = await outcomes(times(50, () => aCaller(tenantId).trigger(viaMcp)));

    expect(accepted).toHaveLength(1);
    expect(refused).toHaveLength(49);
  });

  it('refuses the 101st run of a growth tenant, starts nothing and counts nothing', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'growth', used_by_day: { '2026-11-22': 100 } });
    const { executions, trigger } = aCaller(tenantId);

    await expect(trigger(viaMcp)).rejects.toEqual(
      expect.objectContaining({
        code: 'daily_cap_reached',
        dailyCap: { cap: 100, used: 100, resetsAt: new Date(midnight) },
        retryAfterSeconds: 12 * 3600,
      }),
    );
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 100, last_run_number: 0 });
    expect(await numberRows(table, tenantId)).toEqual([]);
    expect(executions.started).toEqual([]);
  });

  it('comes with the number of runs that are used', async () => {
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 7 } });

    expect((await aCaller(tenantId).trigger()).dailyCap).toEqual({ cap: 1000, used: 8, resetsAt: new Date(midnight) });
  });

  it('is no limit on the custom plan unless an operator sets one', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'custom', used_by_day: { '2026-11-22': 5000 } });

    const { dailyCap, run } = await aCaller(tenantId).trigger();

    expect(dailyCap).toBeNull();
    expect(run.id).toBe(1);
    expect(await tenantRow(table, tenantId)).toMatchObject({ unlimited: true, [today]: 5001 });
  });

  it('is a number on the custom plan if an operator has set one', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'custom', ...capOf('custom', 2) });

    const { accepted, refused } = await outcomes(times(10, () => aCaller(tenantId).trigger()));

    expect(accepted).toHaveLength(2);
    expect(refused).toEqual(times(8, () => 'daily_cap_reached'));
  });

  it('is 0, not unlimited, on the custom plan if an operator has set 0', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'custom', ...capOf('custom', 0) });

    await expect(aCaller(tenantId).trigger()).rejects.toEqual(refusal('daily_cap_reached'));
  });

  it('is enforced by the counter itself, even if the read before it still showed room', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'custom', ...capOf('custom', 0) });
    const { deps } = aCaller(tenantId);

    expect(await deps.admission.count(tenantId, '2026-11-22', deps.now())).toBeUndefined();
    expect(await deps.admission.count('never-was', '2026-11-22', deps.now())).toBeUndefined();
    expect(await tenantRow(table, 'never-was')).toEqual({});
  });

  it('lets runs through again after it was raised', async () => {
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 1000 } });
    const { trigger } = aCaller(tenantId);
    await expect(trigger()).rejects.toEqual(refusal('daily_cap_reached'));

    await tenantStore(table).setCap(tenantId, capOf('pro', 1001));

    expect((await trigger()).dailyCap).toMatchObject({ cap: 1001, used: 1001 });
  });
});

describe('midnight', () => {
  it('starts a new day at 00:00:00.000 UTC and not a millisecond earlier', async () => {
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 1000 } });

    await expect(aCaller(tenantId, { at: lastMoment }).trigger()).rejects.toEqual(refusal('daily_cap_reached'));
    const { run, dailyCap } = await aCaller(tenantId, { at: midnight }).trigger();

    expect(run).toMatchObject({ id: 1, day: '2026-11-23', created_at: midnight });
    expect(dailyCap).toMatchObject({ used: 1, resetsAt: new Date('2026-11-24T00:00:00.000Z') });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1000, d20261123: 1, b20261123: 0 });
  });

  it('counts a trigger of 23:59:59.999 that lands after one of 00:00:00.000 once, on the later day', async () => {
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 1000 } });
    const late = holding(table, isCounterUpdate);
    const early = aCaller(tenantId, { at: lastMoment, database: late.database });
    await tenantStore(table).setCap(tenantId, capOf('pro', 1001));

    const landing = early.trigger();
    await late.reached;
    const first = await aCaller(tenantId, { at: midnight }).trigger();
    late.release();
    const second = await landing;

    expect(first.run).toMatchObject({ id: 1, day: '2026-11-23' });
    // The runs listed for a day are therefore the runs counted on that day.
    expect(second.run).toMatchObject({ id: 2, day: '2026-11-23', created_at: midnight });
    expect(second.dailyCap).toMatchObject({ used: 2, resetsAt: new Date('2026-11-24T00:00:00.000Z') });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1000, d20261123: 2, last_run_number: 2 });
  });

  it('refuses that late trigger only when the later day is full', async () => {
    const tenantId = await tenantWithWorkflow(table, {
      plan: 'custom',
      ...capOf('custom', 1),
    });
    await aCaller(tenantId, { at: midnight }).trigger();

    await expect(aCaller(tenantId, { at: lastMoment }).trigger()).rejects.toEqual(
      expect.objectContaining({
        code: 'daily_cap_reached',
        dailyCap: { cap: 1, used: 1, resetsAt: new Date('2026-11-24T00:00:00.000Z') },
      }),
    );
  });

  it('keeps both days exact under 300 mixed triggers from both sides, and never goes back to the earlier day', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'growth', used_by_day: { '2026-11-22': 60 } });
    const before = aCaller(tenantId, { at: lastMoment });
    const after = aCaller(tenantId, { at: midnight });

    const { accepted, refused } = await outcomes(times(300, (n) => (n % 2 ? before : after).trigger(viaMcp)));

    const rows = await runRows(table, tenantId);
    const onOldDay = rows.filter(({ day }) => day === '2026-11-22');
    const row = await tenantRow(table, tenantId);
    expect(row).toMatchObject({ [today]: 60 + onOldDay.length, d20261123: 100, b20261123: onOldDay.length });
    expect(row[today]).toBeLessThanOrEqual(100);
    expect(rows).toHaveLength(accepted.length);
    expect(accepted).toHaveLength(onOldDay.length + 100);
    expect(refused).toEqual(times(300 - accepted.length, () => 'daily_cap_reached'));
    expect(rows.map(({ id }) => id)).toEqual(times(rows.length, (n) => n + 1));
    expect(rows.map(({ day }) => day)).toEqual(rows.map(({ day }) => day).sort());
  });
});

describe('a plan', () => {
  it.each(runningPlans)('%s starts runs over each of its channels', async (plan) => {
    const tenantId = await tenantWithWorkflow(table, { plan });

    for (const channel of plans[plan].channels) await aCaller(tenantId).trigger({ channel });

    expect(await runRows(table, tenantId)).toHaveLength(plans[plan].channels.length);
  });

  it.each(planSchema.options.filter((plan) => plans[plan].channels.length === 0))(
    '%s has no door, so the count itself starts nothing, even with room under the cap',
    async (plan) => {
      const tenantId = await tenantWithWorkflow(table, { plan, ...capOf(plan, 50) });

      expect(await admissionStore(table).count(tenantId, '2026-11-22', noon)).toBeUndefined();
    },
  );

  it.each(['dashboard', 'mcp', 'rest_api'] as const)(
    'of starter is refused with plan_required on %s, never for its cap of 0',
    async (channel) => {
      const tenantId = await tenantWithWorkflow(table, { plan: 'starter' });

      await expect(aCaller(tenantId).trigger({ channel })).rejects.toEqual(refusal('plan_required'));
      expect(await numberRows(table, tenantId)).toEqual([]);
    },
  );

  it('of growth is refused with plan_required over REST, even if its cap is reached', async () => {
    const tenantId = await tenantWithWorkflow(table, { plan: 'growth', used_by_day: { '2026-11-22': 100 } });

    await expect(aCaller(tenantId).trigger({ channel: 'rest_api' })).rejects.toEqual(refusal('plan_required'));
  });

  it('that is lowered between the read and the count is refused by the count', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const late = holding(table, isCounterUpdate);
    const landing = aCaller(tenantId, { database: late.database }).trigger();
    await late.reached;

    await tenantStore(table).setPlan(tenantId, 'starter', capOf('starter', 50));
    late.release();

    await expect(landing).rejects.toEqual(refusal('plan_required'));
    expect(await tenantRow(table, tenantId)).toMatchObject({ last_run_number: 0 });
  });
});

describe('a trigger', () => {
  it('stores the run, queued, with what recovery needs to start it', async () => {
    const tenantId = await tenantWithWorkflow(table);

    const { run, input, replayed } = await aCaller(tenantId).trigger();

    expect({ input, replayed }).toEqual({ input: '{"campaign":"Spring Promo"}', replayed: false });
    expect(run).toMatchObject({ id: 1, status: 'queued', cursor: 0, workflow_version: 1, steps_total: 3, restarts: 0 });
    expect((await runRows(table, tenantId))[0]).toMatchObject({
      ...run,
      input: '{"campaign":"Spring Promo"}',
      due_at: '2026-11-22T12:01:30.000Z',
      open_shard: expect.stringMatching(/^\d+$/),
    });
  });

  it('is accepted even if its execution could not be started', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { trigger, executions, deferred } = aCaller(tenantId);
    executions.state.refuse = new Error('ThrottlingException');

    const { run } = await trigger();

    expect(deferred).toEqual([run.uid]);
    expect(await runRows(table, tenantId)).toHaveLength(1);
  });

  it.each([
    ['express', 'auto', [1]],
    ['express', 'auto', Array.from({ length: 50 }, () => 30)],
    ['standard', 'standard', [1]],
  ] as const)('runs on %s by the setting %s for delays of %j', async (engine, engineSetting, delays) => {
    const recipe = aRecipe({ steps: delays.map((seconds) => aDelay(seconds)) });
    const tenantId = await tenantWithWorkflow(table, { recipe });
    const { deps } = aCaller(tenantId);

    const { run } = await startRun({ ...deps, engineSetting }, aTrigger(tenantId));

    expect(run.engine).toBe(engine);
  });

  it('of an inactive workflow is refused', async () => {
    const tenantId = await tenantWithWorkflow(table, { active: false });

    await expect(aCaller(tenantId).trigger()).rejects.toEqual(refusal('workflow_inactive'));
  });

  it('of another tenant’s workflow does not find it, whatever its state', async () => {
    const owner = await tenantWithWorkflow(table, { active: false });
    await tenantWithWorkflow(table);
    const tenantId = await tenantWithWorkflow(table);
    const start = { operation: 'trigger', workflowId: 2, input: {} } as const;

    await expect(aCaller(tenantId).trigger({ start })).rejects.toEqual(refusal('not_found'));
    expect(await numberRows(table, owner)).toEqual([]);
  });

  it.each([[[]], ['text'], [null], [5]])('with the input %j is refused before anything is read', async (input) => {
    const tenantId = await tenantWithWorkflow(table, { active: false });

    await expect(aCaller(tenantId).trigger({ start: { operation: 'trigger', workflowId: 1, input } })).rejects.toEqual(
      expect.objectContaining({
        code: 'invalid_request',
        faults: [{ pointer: '#/input', code: 'invalid_type', detail: 'Must be an object.' }],
      }),
    );
  });

  it('accepts an input of 32 KB as JSON, and not a byte more', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { deps, trigger } = aCaller(tenantId);
    const withBytes = (bytes: number) => ({
      start: { operation: 'trigger', workflowId: 1, input: { a: 'x'.repeat(bytes - 8) } } as const,
    });

    const { run } = await trigger(withBytes(32_768));
    const stored = await deps.runs.get(tenantId, run.id);

    expect(await deps.runs.inputOf(tenantId, stored!)).toHaveLength(32_768);
    await expect(trigger(withBytes(32_769))).rejects.toEqual(refusal('invalid_request'));
  });
});

describe('the number of requests to DynamoDB', () => {
  const big = { operation: 'trigger', workflowId: 1, input: { a: 'x'.repeat(2041) } } as const;
  const atLimit = { operation: 'trigger', workflowId: 1, input: { a: 'x'.repeat(2040) } } as const;

  it.each<[string, Partial<StartRunCommand>, Record<string, number>]>([
    ['3 requests for an accepted trigger', {}, { BatchGet: 1, Update: 1, Put: 1 }],
    ['3 with an input of 2 KB', { start: atLimit }, { BatchGet: 1, Update: 1, Put: 1 }],
    ['4 with a larger input', { start: big }, { BatchGet: 1, Update: 1, Put: 2 }],
    ['5 with an Idempotency-Key', { idempotencyKey: 'k' }, { BatchGet: 1, Put: 2, Update: 2 }],
  ])('is %s', async (_what, overrides, requests) => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table);

    await aCaller(tenantId, { database }).trigger(overrides);

    expect(take()).toEqual(requests);
  });

  it('is 1, a read, for a refused trigger', async () => {
    const { database, take } = counted(table);
    const full = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 1000 } });
    const starter = await tenantWithWorkflow(table, { plan: 'starter' });

    await outcomes([aCaller(full, { database }).trigger()]);
    expect(take()).toEqual({ BatchGet: 1 });
    await outcomes([aCaller(starter, { database }).trigger({ idempotencyKey: 'k' })]);
    expect(take()).toEqual({ BatchGet: 1 });
  });

  it('is 3 for a trigger that lost the race for the last run', async () => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 999 } });
    const late = holding(database, isCounterUpdate);
    const losing = aCaller(tenantId, { database: late.database }).trigger();
    await late.reached;

    await aCaller(tenantId).trigger();
    late.release();

    await expect(losing).rejects.toEqual(refusal('daily_cap_reached'));
    expect(total(take())).toBe(3);
  });

  it('is 2 for a replay: one for the claim and one to read the run', async () => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table);
    const { trigger } = aCaller(tenantId, { database });
    await trigger({ idempotencyKey: 'k' });
    take();

    await trigger({ idempotencyKey: 'k' });

    expect(take()).toEqual({ BatchGet: 1, Get: 1 });
  });
});

describe('a lost response', () => {
  it.each([
    ['to an update that did not reach the counter', 'lost request', 0],
    ['to an update that the counter has counted', 'lost response', 1],
  ] as const)('%s is answered 503, and the run is never counted twice', async (_when, failure, used) => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table);
    const { executions, trigger } = aCaller(tenantId, {
      database: breaking(database, failure, isCounterUpdate).database,
    });

    await expect(trigger()).rejects.toEqual(
      expect.objectContaining({
        code: 'unavailable',
        retryAfterSeconds: 2,
        message: expect.stringMatching(/try again/),
      }),
    );

    expect(take()).toMatchObject({ BatchGet: 1 });
    expect((await tenantRow(table, tenantId))['last_run_number']).toBe(used);
    expect((await tenantRow(table, tenantId))[today] ?? 0).toBe(used);
    expect(await numberRows(table, tenantId)).toEqual([]);
    expect(executions.started).toEqual([]);
  });

  it('to the counter is not retried by the SDK either: its client makes one attempt', async () => {
    expect(await table.once.config.maxAttempts()).toBe(1);
  });

  it('to the put of the run’s row does not matter if the row is there', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { executions, trigger } = aCaller(tenantId, {
      database: breaking(table, 'lost response', isRunPut).database,
    });

    const { run } = await trigger();

    expect(run.id).toBe(1);
    expect(await runRows(table, tenantId)).toHaveLength(1);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
    expect(executions.started).toHaveLength(1);
  });

  it('to the put of the run’s row costs nothing if the row is not there: its number is void and refunded', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { executions, trigger } = aCaller(tenantId, {
      database: breaking(table, 'lost request', isRunPut).database,
    });

    await expect(trigger()).rejects.toEqual(refusal('unavailable'));

    expect(await numberRows(table, tenantId)).toEqual([expect.objectContaining({ void: true })]);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 0, last_run_number: 1, voided: new Set([1]) });
    expect(executions.started).toEqual([]);
    expect((await trigger()).run.id).toBe(2);
  });

  it('to the puts of both the run and the void row leaves the refund to settlement and the key taken', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const database = interceptDatabase(table, async (command, send) => {
      if (isRunPut(command) || isVoidPut(command)) throw new Error('socket hang up');
      return send();
    });

    await expect(aCaller(tenantId, { database }).trigger({ idempotencyKey: 'k' })).rejects.toEqual(
      refusal('unavailable'),
    );

    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
    await expect(aCaller(tenantId).trigger({ idempotencyKey: 'k' })).rejects.toEqual(
      refusal('idempotency_in_progress'),
    );
  });
});

describe('run numbers and uids', () => {
  it('never repeat, even if four function instances start runs concurrently', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const executions = recordedExecutions();
    const callers = times(4, () => startRunDeps(table, testClock(), executions).deps);

    await Promise.all(times(40, (n) => startRun(callers[n % 4]!, aTrigger(tenantId))));

    expect(new Set(executions.started.map(({ run }) => run.id)).size).toBe(40);
    expect(new Set(executions.started.map(({ run }) => run.uid)).size).toBe(40);
  });
});

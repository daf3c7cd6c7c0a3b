import type { Database } from '../../functions/aws/database';
import { runKey, tenantKey } from '../../functions/aws/keys';
import { openItemStore } from '../../functions/aws/run/open-items';
import { runProgressStore } from '../../functions/aws/run/progress';
import { runStore } from '../../functions/aws/run/runs';
import { settlementStore } from '../../functions/aws/run/settlement';
import { auditStore } from '../../functions/aws/tenant/audit';
import type { SegmentInput } from '../../functions/contract/machine';
import { tableShape } from '../../functions/contract/table';
import { addSeconds } from '../../functions/domain/day';
import { startRun } from '../../functions/domain/run/start-run';
import type { Recipe } from '../../functions/domain/workflow/recipe';
import type { LogFields } from '../../functions/edge/log/log';
import { concurrency, recover, type RecoverDeps } from '../../functions/recover-runs/recover';
import { recoverInterrupted } from '../../functions/recover-runs/recover-interrupted';
import { runSegment } from '../../functions/run-segment/run-segment';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { breaking, counted, holding, interceptDatabase, isRunPut, repeating } from '../support/requests';
import { aTrigger, recordedExecutions, startRunDeps, testClock } from '../support/start-run';
import { numberRows, overwrite, putRow, putRows, rowAt, tenantRow, tenantWithWorkflow } from '../support/table';

jest.setTimeout(60_000);

let table: Table;

// Each test has its own table, because a pass takes everything that is due.
beforeEach(async () => {
  table = await startTable();
});

afterEach(() => table.stop());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const longRecipe = aRecipe({ steps: [aLog(), ...times(9, () => aDelay(30)), aWebhookStep()] });

/** Dependencies of a segment without subscribers. */
const noSubscribers = {
  fireWebhookEvent: async () => ({ matched_endpoints: 0 }),
  runEndIsAwaited: async () => false,
  announceRunEnd: async () => undefined,
};

/** A tenant with its runs, and recovery on the same table and clock. */
async function createFixture({
  recipe = aRecipe(),
  engineSetting = 'auto',
  database = table,
}: { recipe?: Recipe; engineSetting?: 'auto' | 'standard'; database?: Database } = {}) {
  const clock = testClock();
  const tenantId = await tenantWithWorkflow(table, { recipe, plan: 'custom' });
  const executions = recordedExecutions();
  const logged: LogFields[] = [];
  const requeued: string[] = [];
  const announced: string[] = [];
  const measured: object[] = [];
  const deps = {
    // Small pages, so that a test needs only a hundred items for several of them.
    openItems: openItemStore(database, 50),
    runs: runStore(database),
    progress: runProgressStore(database),
    executions,
    settlement: settlementStore(database),
    requeueDelivery: async (tenant, delivery) => {
      requeued.push(`${tenant} ${delivery}`);
      return { id: delivery, run_uid: null, endpoint_id: 'ep_0123456789', attempts_made: 0, next_attempt_at: null };
    },
    audit: auditStore(database),
    announceRunEnd: async (tenant, { id, status, error }) =>
      void announced.push(`${tenant} ${id} ${status} ${error?.code}`),
    now: clock.now,
    log: (_level, fields, metrics) => {
      logged.push(fields);
      if (metrics?.OldestOverdueSeconds !== undefined) measured.push(metrics);
    },
  } satisfies RecoverDeps;
  const start = { deps: { ...startRunDeps(table, clock, executions).deps, engineSetting } };
  const row = async (id = 1) => (await runStore(table).get(tenantId, id))!;
  return {
    tenantId,
    clock,
    executions,
    logged,
    requeued,
    announced,
    measured,
    deps,
    row,
    trigger: () => startRun(start.deps, aTrigger(tenantId)),
    pass: (everythingIsDue = false) => recover(deps, everythingIsDue),
    /** Performs the first segment of an execution that starts now. */
    segment: async (cursor?: number, changes: object = {}) => {
      const run = await row();
      const input: SegmentInput = {
        tenant_id: tenantId,
        run_id: run.id,
        uid: run.uid,
        workflow_id: 1,
        workflow_version: 1,
        cursor: cursor ?? run.cursor,
      };
      return runSegment({ ...deps, ...noSubscribers, ...changes }, input);
    },
    starts: () => executions.started.map(({ run, restart }) => ({ id: run.id, cursor: run.cursor, restart })),
  };
}

/** Triggers a run whose execution cannot be started. */
async function leaveUnstarted(fixture: Awaited<ReturnType<typeof createFixture>>) {
  fixture.executions.state.refuse = new Error('down');
  await fixture.trigger();
  fixture.executions.state.refuse = undefined;
}

describe('a run that was never started', () => {
  it('is started by the first pass 90 seconds later', async () => {
    const fixture = await createFixture();
    await leaveUnstarted(fixture);

    fixture.clock.advance(89.999);
    await fixture.pass();
    expect(fixture.starts()).toEqual([]);
    fixture.clock.advance(0.001);
    expect(await fixture.pass()).toMatchObject({ taken: 1, failed: 0, oldestOverdueSeconds: 0 });

    expect(fixture.starts()).toEqual([{ id: 1, cursor: 0, restart: 1 }]);
    expect(await fixture.row()).toMatchObject({ status: 'queued', restarts: 1, due_at: '2026-11-22T12:07:00.000Z' });
    expect(fixture.logged).toContainEqual(expect.objectContaining({ event: 'run_restarted', restarts: 1, cursor: 0 }));
  });

  it('has one trail even if its trigger was only slow, so that there are two executions', async () => {
    const fixture = await createFixture({ recipe: aRecipe({ steps: [aLog(), aLog()] }) });
    await leaveUnstarted(fixture);
    fixture.clock.advance(90);
    await fixture.pass();

    await Promise.all([fixture.segment(0), fixture.segment(0)]);

    expect(await fixture.row()).toMatchObject({ status: 'succeeded', steps_succeeded: 2 });
    expect((await fixture.row()).trail).toHaveLength(2);
  });
});

describe('a run that was interrupted', () => {
  it('is resumed from its cursor', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    await fixture.segment();
    fixture.clock.set('2026-11-22T12:01:29.999Z');
    await fixture.pass();
    expect(fixture.starts()).toEqual([{ id: 1, cursor: 0, restart: 0 }]);

    fixture.clock.set('2026-11-22T12:01:30.000Z');
    await fixture.pass();

    expect(fixture.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
    expect(await fixture.segment()).toMatchObject({ next: 'succeeded' });
    expect(await fixture.row()).toMatchObject({ status: 'succeeded', restarts: 1 });
  });

  it('during a delay of a Standard execution is resumed 3 minutes after the delay', async () => {
    const fixture = await createFixture({ recipe: longRecipe, engineSetting: 'standard' });
    await fixture.trigger();
    await fixture.segment();
    fixture.clock.set('2026-11-22T12:03:29.999Z');
    await fixture.pass();
    expect(fixture.starts()).toHaveLength(1);

    fixture.clock.set('2026-11-22T12:03:30.000Z');
    await fixture.pass();

    expect(fixture.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
  });

  it('is resumed five times, then fails with run_interrupted', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    for (let n = 0; n < 6; n += 1) {
      fixture.clock.advance(400);
      await fixture.pass();
    }

    expect(fixture.starts().map(({ restart }) => restart)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await fixture.row()).toMatchObject({
      status: 'failed',
      restarts: 5,
      error: {
        code: 'run_interrupted',
        message: 'The run was interrupted and restarted 5 times; run it again.',
        step: null,
      },
    });
    expect(await fixture.row()).not.toHaveProperty('due_at');
    fixture.clock.advance(400);
    await fixture.pass();
    expect(fixture.starts()).toHaveLength(6);
    expect(fixture.logged).toContainEqual(expect.objectContaining({ event: 'run_given_up', code: 'run_interrupted' }));
  });

  it('and was throttled since is resumed again, however often that happens', async () => {
    const fixture = await createFixture({ recipe: aRecipe({ steps: [aWebhookStep()] }) });
    await fixture.trigger();
    const throttle = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    for (let n = 0; n < 12; n += 1) {
      await expect(fixture.segment(0, { fireWebhookEvent: () => Promise.reject(throttle) })).rejects.toMatchObject({
        name: 'Throttled',
      });
      fixture.clock.advance(400);
      await fixture.pass();
    }
    expect(await fixture.row()).toMatchObject({ status: 'running', restarts: 12, restarts_excused: 11 });

    // Without a further throttle it still has four restarts, and then fails.
    for (let n = 0; n < 5; n += 1) {
      fixture.clock.advance(400);
      await fixture.pass();
    }

    expect(await fixture.row()).toMatchObject({ status: 'failed', restarts: 16, error: { code: 'run_interrupted' } });
  });

  it('whose restart Step Functions refuses is retried every two minutes, without using up its five restarts', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    fixture.executions.state.refuse = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    fixture.clock.advance(90);
    for (let n = 0; n < 20; n += 1) {
      expect(await fixture.pass()).toMatchObject({ failed: 0 });
      fixture.clock.advance(120);
    }
    expect(await fixture.row()).toMatchObject({ status: 'queued', restarts: 0 });
    expect(fixture.logged.filter(({ event }) => event === 'restart_refused')).toHaveLength(20);

    fixture.executions.state.refuse = undefined;
    await fixture.pass();

    expect(await fixture.row()).toMatchObject({ restarts: 1 });
  });

  it('past its deadline is reported as given up, even if the SDK sends the write that ends it twice', async () => {
    const isEnd = ({ input }: { readonly input: any }) => String(input.UpdateExpression).includes('finished_at = :at');
    const fixture = await createFixture({ database: repeating(table, isEnd) });
    await leaveUnstarted(fixture);
    fixture.clock.advance(7 * 3600);

    await fixture.pass();

    const reported = fixture.logged.filter(({ code }) => code === 'run_timed_out').map(({ event }) => event);
    expect(reported).toEqual(['run_given_up', 'run_ended']);
    expect(fixture.announced).toEqual([`${fixture.tenantId} 1 failed run_timed_out`]);
  });

  it('past its deadline, 6 hours plus its delays, fails with run_timed_out', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    fixture.executions.state.refuse = new Error('down');
    fixture.clock.set('2026-11-22T18:00:01.999Z');
    await fixture.pass();
    expect(await fixture.row()).toMatchObject({ status: 'queued' });

    fixture.clock.set('2026-11-22T18:02:02.000Z');
    await fixture.pass();

    expect(await fixture.row()).toMatchObject({
      status: 'failed',
      finished_at: '2026-11-22T18:02:02.000Z',
      error: { code: 'run_timed_out', message: 'The run passed its deadline; run it again.', step: null },
    });
    expect(fixture.announced).toEqual([`${fixture.tenantId} 1 failed run_timed_out`]);
  });

  it('keeps the trail of a segment that was still in progress when the run was given up', async () => {
    const fixture = await createFixture({ recipe: aRecipe({ steps: [aLog(), aDelay(1), aLog()] }) });
    await fixture.trigger();
    const isRecord = ({ input }: { readonly input: any }) => /^SET trail/.test(String(input.UpdateExpression));
    const { database, reached, release } = holding(table, isRecord);
    const late = runSegment(
      { ...fixture.deps, progress: runProgressStore(database), ...noSubscribers },
      {
        tenant_id: fixture.tenantId,
        run_id: 1,
        uid: (await fixture.row()).uid,
        workflow_id: 1,
        workflow_version: 1,
        cursor: 0,
      },
    );
    await reached;
    fixture.clock.set('2026-11-22T19:00:00.000Z');
    await fixture.pass();
    release();

    expect(await late).toMatchObject({ next: 'failed' });
    expect(await fixture.row()).toMatchObject({ status: 'failed', error: { code: 'run_timed_out' }, cursor: 2 });
    expect((await fixture.row()).trail).toHaveLength(2);
  });
});

describe('a run that ended', () => {
  it('leaves the index of open items, and no pass touches it', async () => {
    const fixture = await createFixture({ recipe: aRecipe({ steps: [aLog()] }) });
    await fixture.trigger();
    await fixture.segment();
    const { database, take } = counted(table);

    fixture.clock.set('2027-01-01T00:00:00.000Z');
    await recover({ ...fixture.deps, runs: runStore(database) }, false);

    expect(take()).toEqual({});
    expect(await fixture.row()).toMatchObject({ status: 'succeeded' });
  });

  it('between the query and the lease of a pass is left unchanged', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    fixture.clock.advance(90);
    const racing = interceptDatabase(table, async (command, send) => {
      if (String(command.input.UpdateExpression) === 'SET due_at = :until' && command.input.Key.sk !== 'TENANT') {
        await runProgressStore(table).end(fixture.tenantId, 1, {
          status: 'cancelled',
          at: fixture.clock.now().toISOString(),
          error: null,
        });
      }
      return send();
    });

    await recover({ ...fixture.deps, openItems: openItemStore(racing) }, false);

    expect(fixture.starts()).toHaveLength(1);
    expect(await fixture.row()).toMatchObject({ status: 'cancelled' });
    expect(await fixture.row()).not.toHaveProperty('due_at');
  });
});

describe('a Standard execution that failed, timed out or was aborted', () => {
  const inputOf = async (fixture: Awaited<ReturnType<typeof createFixture>>) => {
    const { id, uid, workflow_id, workflow_version } = await fixture.row();
    return JSON.stringify({ tenant_id: fixture.tenantId, run_id: id, uid, workflow_id, workflow_version, cursor: 0 });
  };

  it('has its run resumed at once', async () => {
    const fixture = await createFixture({ recipe: longRecipe, engineSetting: 'standard' });
    await fixture.trigger();
    await fixture.segment();

    await recoverInterrupted(fixture.deps, await inputOf(fixture));

    expect(fixture.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
    expect(await fixture.row()).toMatchObject({ restarts: 1 });
  });

  it('repeatedly gives its run half an hour of restarts, in which an outage can be repaired', async () => {
    const fixture = await createFixture({ recipe: longRecipe, engineSetting: 'standard' });
    await fixture.trigger();
    await fixture.segment();
    const began = fixture.clock.now();

    const waits: number[] = [];
    for (let restarts = 1; restarts <= 5; restarts += 1) {
      await recoverInterrupted(fixture.deps, await inputOf(fixture));
      const { due_at: dueAt = '' } = await fixture.row();
      if (restarts > 1) {
        waits.push((Date.parse(dueAt) - fixture.clock.now().getTime()) / 1000);
        fixture.clock.set(dueAt);
        await fixture.pass();
      }
      expect(await fixture.row()).toMatchObject({ restarts });
    }

    expect(waits).toEqual([60, 120, 240, 480]);
    expect(fixture.clock.now().getTime() - began.getTime()).toBe(900_000);
    await recoverInterrupted(fixture.deps, await inputOf(fixture));
    fixture.clock.advance(960);
    await fixture.pass();
    expect(await fixture.row()).toMatchObject({ status: 'failed', error: { code: 'run_interrupted' } });
  });

  it.each(['failed', 'cancelled'] as const)('because its run %s has nothing resumed', async (status) => {
    const fixture = await createFixture({ recipe: longRecipe, engineSetting: 'standard' });
    await fixture.trigger();
    await fixture.deps.progress.end(fixture.tenantId, 1, {
      status,
      at: fixture.clock.now().toISOString(),
      error: null,
    });

    await recoverInterrupted(fixture.deps, await inputOf(fixture));

    expect(fixture.starts()).toHaveLength(1);
  });

  it('is resumed once, even if a pass comes between the read and the lease', async () => {
    const fixture = await createFixture({ recipe: longRecipe, engineSetting: 'standard' });
    await fixture.trigger();
    await fixture.segment();
    fixture.clock.set('2026-11-22T12:10:00.000Z');
    const isLease = ({ input }: { readonly input: any }) => String(input.ConditionExpression).includes('due_at');
    const { database, reached, release } = holding(table, isLease);
    const told = recoverInterrupted({ ...fixture.deps, openItems: openItemStore(database) }, await inputOf(fixture));
    await reached;

    await fixture.pass();
    release();
    await told;

    expect(fixture.starts()).toHaveLength(2);
    expect(await fixture.row()).toMatchObject({ restarts: 1 });
  });

  it('of a run that does not exist is ignored', async () => {
    const fixture = await createFixture();
    const input = {
      tenant_id: fixture.tenantId,
      run_id: 9,
      uid: 'run_x',
      workflow_id: 1,
      workflow_version: 1,
      cursor: 0,
    };

    await expect(recoverInterrupted(fixture.deps, JSON.stringify(input))).resolves.toBeUndefined();
  });
});

describe('concurrent passes', () => {
  it('take each run once', async () => {
    const fixture = await createFixture();
    await Promise.all(times(30, () => fixture.trigger()));
    fixture.executions.started.length = 0;
    fixture.clock.advance(90);

    const passes = await Promise.all([fixture.pass(), fixture.pass(), fixture.pass()]);

    expect(
      fixture
        .starts()
        .map(({ id }) => id)
        .sort((a, b) => a - b),
    ).toEqual(times(30, (n) => n + 1));
    // The 30 runs and their tenant's settlement.
    expect(passes.reduce((sum, { taken }) => sum + taken, 0)).toBe(31);
  });

  it('that crash after the lease leave the run to another pass two minutes later', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    fixture.clock.advance(90);
    await fixture.deps.openItems.lease(
      { ...runKey(fixture.tenantId, 1), dueAt: '2026-11-22T12:01:30.000Z' },
      '2026-11-22T12:03:30.000Z',
    );

    fixture.clock.set('2026-11-22T12:03:29.000Z');
    await fixture.pass();
    expect(fixture.starts()).toHaveLength(1);
    fixture.clock.set('2026-11-22T12:03:30.000Z');
    await fixture.pass();

    expect(fixture.starts()).toHaveLength(2);
  });

  it('that crash between a start and its count repeat the start under the same name', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    fixture.clock.advance(90);
    const isCountRestart = ({ input }: { readonly input: any }) => /^SET restarts/.test(String(input.UpdateExpression));
    const dying = breaking(table, 'lost request', isCountRestart).database;
    expect(await recover({ ...fixture.deps, progress: runProgressStore(dying) }, false)).toMatchObject({ failed: 1 });

    fixture.clock.advance(120);
    await fixture.pass();

    expect(fixture.starts().map(({ restart }) => restart)).toEqual([0, 1, 1]);
    expect(await fixture.row()).toMatchObject({ restarts: 1 });
  });
});

describe('a pass', () => {
  it('recovers the other items if one cannot be read', async () => {
    const fixture = await createFixture();
    await Promise.all(times(3, () => fixture.trigger()));
    await overwrite(table, runKey(fixture.tenantId, 2), { status: 'broken' });
    fixture.executions.started.length = 0;
    fixture.clock.advance(90);

    expect(await fixture.pass()).toMatchObject({ taken: 4, failed: 1 });

    expect(
      fixture
        .starts()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([1, 3]);
    expect(fixture.logged).toContainEqual(expect.objectContaining({ event: 'recovery_failed' }));
  });

  it('takes everything of a shard, page by page', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    const [template] = await numberRows(table, fixture.tenantId);
    await Promise.all(
      times(120, (n) =>
        putRow(table, { ...template, ...runKey(fixture.tenantId, n + 100), id: n + 100, open_shard: '5' }),
      ),
    );
    fixture.executions.started.length = 0;
    fixture.clock.advance(90);

    expect(await fixture.pass()).toMatchObject({ taken: 122, failed: 0 });

    expect(new Set(fixture.starts().map(({ id }) => id)).size).toBe(121);
  });

  it('reaches every shard', async () => {
    const fixture = await createFixture();
    await Promise.all(
      times(tableShape.openIndex.shards, (shard) =>
        putRow(table, {
          pk: `T#${fixture.tenantId}#DLV`,
          sk: `DELIVERY#${shard}`,
          open_shard: String(shard),
          due_at: '2026-11-22T12:00:00.000Z',
        }),
      ),
    );

    await fixture.pass();

    expect(fixture.requeued.sort()).toEqual(
      times(tableShape.openIndex.shards, (shard) => `${fixture.tenantId} dlv_${shard}`).sort(),
    );
  });

  it('starts on no new item after 50 seconds and leaves the rest to the next minute', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    const [template] = await numberRows(table, fixture.tenantId);
    await Promise.all(
      times(200, (n) =>
        putRow(table, { ...template, ...runKey(fixture.tenantId, n + 100), id: n + 100, open_shard: '0' }),
      ),
    );
    fixture.executions.started.length = 0;
    fixture.clock.advance(90);
    const slow = { ...fixture.executions, start: async () => fixture.clock.advance(1) };

    const { taken } = await recover({ ...fixture.deps, executions: slow }, false);
    await fixture.pass();

    // So many items are in progress at a time, and those end after the 50 seconds.
    expect(taken).toBeGreaterThanOrEqual(50);
    expect(taken).toBeLessThanOrEqual(50 + concurrency);
    expect(fixture.starts().length).toBeGreaterThanOrEqual(20);
  });

  it('takes the oldest items first, so no shard starves behind the backlog of another', async () => {
    const fixture = await createFixture();
    const overdue = (shard: string, n: number, dueAt: string) =>
      putRow(table, {
        pk: `T#${fixture.tenantId}#DLV`,
        sk: `DELIVERY#${shard}-${n}`,
        open_shard: shard,
        due_at: dueAt,
      });
    await Promise.all(times(120, (n) => overdue('0', n, '2026-11-22T11:59:00.000Z')));
    await overdue('15', 0, '2026-11-22T11:58:00.000Z');

    await fixture.pass();

    expect(fixture.requeued[0]).toBe(`${fixture.tenantId} dlv_15-0`);
    expect(fixture.requeued).toHaveLength(121);
  });

  it('at the start of the local run takes even items that are not due, once, because its engines have lost all executions', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    await fixture.segment();
    await putRow(table, {
      pk: `T#${fixture.tenantId}#DLV`,
      sk: 'DELIVERY#1',
      open_shard: '3',
      due_at: '2026-11-22T20:00:00.000Z',
    });

    expect(await fixture.pass(true)).toMatchObject({ taken: 3, failed: 0 });

    expect(fixture.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
    expect(fixture.requeued).toEqual([`${fixture.tenantId} dlv_1`]);
    expect(await fixture.segment()).toMatchObject({ next: 'delay', wait_seconds: 2 });
  });

  it('queues an overdue delivery in each pass for as long as no attempt is recorded, and writes nothing', async () => {
    const { database, take } = counted(table);
    const fixture = await createFixture({ database });
    await putRow(table, {
      pk: `T#${fixture.tenantId}#DLV`,
      sk: 'DELIVERY#1',
      open_shard: '3',
      due_at: '2026-11-22T12:00:00.000Z',
    });
    take();
    const queuedIn: string[] = [];

    for (const time of ['11:59:59', '12:00:55', '12:01:56', '13:40:00']) {
      fixture.clock.set(`2026-11-22T${time}.000Z`);
      await fixture.pass();
      if (fixture.requeued.splice(0).length > 0) queuedIn.push(time);
    }

    expect(queuedIn).toEqual(['12:00:55', '12:01:56', '13:40:00']);
    expect(Object.keys(take())).toEqual(['Query']);
  });

  it('at the start of the local run takes no item twice, even if it becomes due again', async () => {
    const fixture = await createFixture();
    const key = (n: number) => ({ pk: `T#${fixture.tenantId}#DLV`, sk: `DELIVERY#${n}` });
    await putRows(
      table,
      times(60, (n) => ({ ...key(n), open_shard: '3', due_at: '2026-11-22T12:00:00.000Z' })),
    );

    expect(await fixture.pass(true)).toMatchObject({ taken: 60 });

    expect(new Set(fixture.requeued).size).toBe(60);
    expect(fixture.requeued).toHaveLength(60);
  });

  it('settles a number without a run in two passes', async () => {
    const fixture = await createFixture();
    const { database, reached } = holding(table, isRunPut);
    void startRun(startRunDeps(database, fixture.clock).deps, aTrigger(fixture.tenantId));
    await reached;

    fixture.clock.advance(60);
    await fixture.pass();
    fixture.clock.advance(60);
    await fixture.pass();

    expect(await tenantRow(table, fixture.tenantId)).toMatchObject({ d20261122: 0, settled_upto: 1 });
    expect(await rowAt(table, tenantKey(fixture.tenantId))).not.toHaveProperty('due_at');
    expect(fixture.logged).toContainEqual({ event: 'runs_refunded', tenant: fixture.tenantId, count: 1 });
  });

  it('reports how overdue the oldest item was', async () => {
    const fixture = await createFixture();
    await fixture.trigger();
    fixture.clock.set(addSeconds(new Date('2026-11-22T12:01:00.000Z'), 400));

    // The tenant's settlement was due first, a minute after its run was counted.
    expect(await fixture.pass()).toMatchObject({ taken: 2, oldestOverdueSeconds: 400 });
    expect(fixture.logged.at(-1)).toEqual({ event: 'recovery_pass', taken: 2, failed: 0, ms: 0 });
    expect(fixture.measured).toEqual([{ OldestOverdueSeconds: 400 }]);
  });

  it('queries each shard once and logs one line if nothing is due', async () => {
    const { database, take } = counted(table);
    const fixture = await createFixture({ database });

    expect(await fixture.pass()).toEqual({ taken: 0, failed: 0, oldestOverdueSeconds: 0 });

    expect(take()).toEqual({ Query: tableShape.openIndex.shards });
    expect(fixture.logged).toEqual([{ event: 'recovery_pass', taken: 0, failed: 0, ms: 0 }]);
    expect(fixture.measured).toEqual([{ OldestOverdueSeconds: 0 }]);
  });
});

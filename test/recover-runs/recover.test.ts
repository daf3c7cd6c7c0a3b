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
import { recover, type RecoverDeps } from '../../functions/recover-runs/recover';
import { recoverInterrupted } from '../../functions/recover-runs/recover-interrupted';
import { runSegment } from '../../functions/run-segment/run-segment';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { breaking, counted, holding, interceptDatabase, isRunPut, repeating } from '../support/requests';
import { aTrigger, recordedExecutions, startRunDeps, testClock } from '../support/start-run';
import { numberRows, overwrite, putRow, putRows, rowAt, tenantRow, tenantWithWorkflow } from '../support/table';

jest.setTimeout(60_000);

let table: Table;

// A table of its own for each test: a pass takes all that is due.
beforeEach(async () => {
  table = await startTable();
});

afterEach(() => table.stop());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const longRecipe = aRecipe({ steps: [aLog(), ...times(9, () => aDelay(30)), aWebhookStep()] });

/** Nobody listens. */
const silent = {
  fireWebhookEvent: async () => ({ matched_endpoints: 0 }),
  runEndIsAwaited: async () => false,
  announceRunEnd: async () => undefined,
};

/** A tenant, its runs, and recovery over the same table and clock. */
async function aStage({ recipe = aRecipe(), database = table }: { recipe?: Recipe; database?: Database } = {}) {
  const clock = testClock();
  const tenantId = await tenantWithWorkflow(table, { recipe, plan: 'custom' });
  const executions = recordedExecutions();
  const logged: LogFields[] = [];
  const requeued: string[] = [];
  const announced: string[] = [];
  const measured: object[] = [];
  const deps: RecoverDeps = {
    openItems: openItemStore(database),
    runs: runStore(database),
    progress: runProgressStore(database),
    executions,
    settlement: settlementStore(database),
    requeueDelivery: async (tenant, delivery) => {
      requeued.push(`${tenant} ${delivery}`);
      return { id: delivery, run_uid: null, endpoint_id: 'ep_0123456789', attempts_made: 0 };
    },
    audit: auditStore(database),
    announceRunEnd: async (tenant, { id, status, error }) =>
      void announced.push(`${tenant} ${id} ${status} ${error?.code}`),
    now: clock.now,
    log: (_level, fields, metrics) => {
      logged.push(fields);
      if (metrics?.OldestOverdueSeconds !== undefined) measured.push(metrics);
    },
  };
  const start = { deps: startRunDeps(table, clock, executions).deps };
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
    /** Performs the segment that an execution started now would begin with. */
    segment: async (cursor?: number) => {
      const run = await row();
      const input: SegmentInput = {
        tenant_id: tenantId,
        run_id: run.id,
        uid: run.uid,
        workflow_id: 1,
        workflow_version: 1,
        cursor: cursor ?? run.cursor,
      };
      return runSegment({ ...deps, ...silent }, input);
    },
    starts: () => executions.started.map(({ run, restart }) => ({ id: run.id, cursor: run.cursor, restart })),
  };
}

/** The trigger stored the run and could not start it. */
async function neverStarted(stage: Awaited<ReturnType<typeof aStage>>) {
  stage.executions.state.refuse = new Error('down');
  await stage.trigger();
  stage.executions.state.refuse = undefined;
}

describe('a run that was never started', () => {
  it('is started by the first pass 90 seconds later', async () => {
    const stage = await aStage();
    await neverStarted(stage);

    stage.clock.advance(89.999);
    await stage.pass();
    expect(stage.starts()).toEqual([]);
    stage.clock.advance(0.001);
    expect(await stage.pass()).toMatchObject({ taken: 1, failed: 0, oldestOverdueSeconds: 0 });

    expect(stage.starts()).toEqual([{ id: 1, cursor: 0, restart: 1 }]);
    expect(await stage.row()).toMatchObject({ status: 'queued', restarts: 1, due_at: '2026-11-22T12:07:00.000Z' });
    expect(stage.logged).toContainEqual(expect.objectContaining({ event: 'run_restarted', restarts: 1, cursor: 0 }));
  });

  it('is started although its trigger is only slow: two executions, one trail', async () => {
    const stage = await aStage({ recipe: aRecipe({ steps: [aLog(), aLog()] }) });
    await neverStarted(stage);
    stage.clock.advance(90);
    await stage.pass();

    await Promise.all([stage.segment(0), stage.segment(0)]);

    expect(await stage.row()).toMatchObject({ status: 'succeeded', steps_succeeded: 2 });
    expect((await stage.row()).trail).toHaveLength(2);
  });
});

describe('a run that was interrupted', () => {
  it('is resumed from its cursor', async () => {
    const stage = await aStage();
    await stage.trigger();
    await stage.segment();
    stage.clock.set('2026-11-22T12:01:29.999Z');
    await stage.pass();
    expect(stage.starts()).toEqual([{ id: 1, cursor: 0, restart: 0 }]);

    stage.clock.set('2026-11-22T12:01:30.000Z');
    await stage.pass();

    expect(stage.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
    expect(await stage.segment()).toMatchObject({ next: 'succeeded' });
    expect(await stage.row()).toMatchObject({ status: 'succeeded', restarts: 1 });
  });

  it('in a delay of a Standard execution is resumed 3 minutes after the delay', async () => {
    const stage = await aStage({ recipe: longRecipe });
    await stage.trigger();
    await stage.segment();
    stage.clock.set('2026-11-22T12:03:29.999Z');
    await stage.pass();
    expect(stage.starts()).toHaveLength(1);

    stage.clock.set('2026-11-22T12:03:30.000Z');
    await stage.pass();

    expect(stage.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
  });

  it('is resumed five times, then fails with run_interrupted', async () => {
    const stage = await aStage();
    await stage.trigger();
    for (let n = 0; n < 6; n += 1) {
      stage.clock.advance(400);
      await stage.pass();
    }

    expect(stage.starts().map(({ restart }) => restart)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await stage.row()).toMatchObject({
      status: 'failed',
      restarts: 5,
      error: {
        code: 'run_interrupted',
        message: 'The run was interrupted and restarted 5 times; run it again.',
        step: null,
      },
    });
    expect(await stage.row()).not.toHaveProperty('due_at');
    stage.clock.advance(400);
    await stage.pass();
    expect(stage.starts()).toHaveLength(6);
    expect(stage.logged).toContainEqual(expect.objectContaining({ event: 'run_given_up', code: 'run_interrupted' }));
  });

  it('whose restart Step Functions refuses is tried every two minutes and loses none of its five', async () => {
    const stage = await aStage();
    await stage.trigger();
    stage.executions.state.refuse = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    stage.clock.advance(90);
    for (let n = 0; n < 20; n += 1) {
      expect(await stage.pass()).toMatchObject({ failed: 0 });
      stage.clock.advance(120);
    }
    expect(await stage.row()).toMatchObject({ status: 'queued', restarts: 0 });
    expect(stage.logged.filter(({ event }) => event === 'restart_refused')).toHaveLength(20);

    stage.executions.state.refuse = undefined;
    await stage.pass();

    expect(await stage.row()).toMatchObject({ restarts: 1 });
  });

  it('past its deadline is reported as given up, even if the SDK sends the write that ends it twice', async () => {
    const isEnd = ({ input }: { readonly input: any }) => String(input.UpdateExpression).includes('finished_at = :at');
    const stage = await aStage({ database: repeating(table, isEnd) });
    await neverStarted(stage);
    stage.clock.advance(7 * 3600);

    await stage.pass();

    const reported = stage.logged.filter(({ code }) => code === 'run_timed_out').map(({ event }) => event);
    expect(reported).toEqual(['run_given_up', 'run_ended']);
    expect(stage.announced).toEqual([`${stage.tenantId} 1 failed run_timed_out`]);
  });

  it('past its deadline, 6 hours and its delays, fails with run_timed_out', async () => {
    const stage = await aStage();
    await stage.trigger();
    stage.executions.state.refuse = new Error('down');
    stage.clock.set('2026-11-22T18:00:01.999Z');
    await stage.pass();
    expect(await stage.row()).toMatchObject({ status: 'queued' });

    stage.clock.set('2026-11-22T18:02:02.000Z');
    await stage.pass();

    expect(await stage.row()).toMatchObject({
      status: 'failed',
      finished_at: '2026-11-22T18:02:02.000Z',
      error: { code: 'run_timed_out', message: 'The run passed its deadline; run it again.', step: null },
    });
    expect(stage.announced).toEqual([`${stage.tenantId} 1 failed run_timed_out`]);
  });

  it('keeps the trail of a segment that was still at work when it was given up', async () => {
    const stage = await aStage({ recipe: aRecipe({ steps: [aLog(), aDelay(1), aLog()] }) });
    await stage.trigger();
    const isRecord = ({ input }: { readonly input: any }) => /^SET trail/.test(String(input.UpdateExpression));
    const { database, reached, release } = holding(table, isRecord);
    const late = runSegment(
      { ...stage.deps, progress: runProgressStore(database), ...silent },
      {
        tenant_id: stage.tenantId,
        run_id: 1,
        uid: (await stage.row()).uid,
        workflow_id: 1,
        workflow_version: 1,
        cursor: 0,
      },
    );
    await reached;
    stage.clock.set('2026-11-22T19:00:00.000Z');
    await stage.pass();
    release();

    expect(await late).toMatchObject({ next: 'failed' });
    expect(await stage.row()).toMatchObject({ status: 'failed', error: { code: 'run_timed_out' }, cursor: 2 });
    expect((await stage.row()).trail).toHaveLength(2);
  });
});

describe('a run that ended', () => {
  it('is open no more, and no pass touches it', async () => {
    const stage = await aStage({ recipe: aRecipe({ steps: [aLog()] }) });
    await stage.trigger();
    await stage.segment();
    const { database, take } = counted(table);

    stage.clock.set('2027-01-01T00:00:00.000Z');
    await recover({ ...stage.deps, runs: runStore(database) }, false);

    expect(take()).toEqual({});
    expect(await stage.row()).toMatchObject({ status: 'succeeded' });
  });

  it('between the look and the lease is left alone', async () => {
    const stage = await aStage();
    await stage.trigger();
    stage.clock.advance(90);
    const racing = interceptDatabase(table, async (command, send) => {
      if (String(command.input.UpdateExpression) === 'SET due_at = :until' && command.input.Key.sk !== 'TENANT') {
        await runProgressStore(table).end(stage.tenantId, 1, {
          status: 'cancelled',
          at: stage.clock.now().toISOString(),
          error: null,
        });
      }
      return send();
    });

    await recover({ ...stage.deps, openItems: openItemStore(racing) }, false);

    expect(stage.starts()).toHaveLength(1);
    expect(await stage.row()).toMatchObject({ status: 'cancelled' });
    expect(await stage.row()).not.toHaveProperty('due_at');
  });
});

describe('a Standard execution that failed, timed out or was aborted', () => {
  const inputOf = async (stage: Awaited<ReturnType<typeof aStage>>) => {
    const { id, uid, workflow_id, workflow_version } = await stage.row();
    return JSON.stringify({ tenant_id: stage.tenantId, run_id: id, uid, workflow_id, workflow_version, cursor: 0 });
  };

  it('has its run resumed at once', async () => {
    const stage = await aStage({ recipe: longRecipe });
    await stage.trigger();
    await stage.segment();

    await recoverInterrupted(stage.deps, await inputOf(stage));

    expect(stage.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
    expect(await stage.row()).toMatchObject({ restarts: 1 });
  });

  it('again and again leaves its run half an hour for what is out of order to be mended', async () => {
    const stage = await aStage({ recipe: longRecipe });
    await stage.trigger();
    await stage.segment();
    const began = stage.clock.now();

    const waits: number[] = [];
    for (let restarts = 1; restarts <= 5; restarts += 1) {
      await recoverInterrupted(stage.deps, await inputOf(stage));
      const { due_at: dueAt = '' } = await stage.row();
      if (restarts > 1) {
        waits.push((Date.parse(dueAt) - stage.clock.now().getTime()) / 1000);
        stage.clock.set(dueAt);
        await stage.pass();
      }
      expect(await stage.row()).toMatchObject({ restarts });
    }

    expect(waits).toEqual([60, 120, 240, 480]);
    expect(stage.clock.now().getTime() - began.getTime()).toBe(900_000);
    await recoverInterrupted(stage.deps, await inputOf(stage));
    stage.clock.advance(960);
    await stage.pass();
    expect(await stage.row()).toMatchObject({ status: 'failed', error: { code: 'run_interrupted' } });
  });

  it.each(['failed', 'cancelled'] as const)('because its run %s has nothing resumed', async (status) => {
    const stage = await aStage({ recipe: longRecipe });
    await stage.trigger();
    await stage.deps.progress.end(stage.tenantId, 1, { status, at: stage.clock.now().toISOString(), error: null });

    await recoverInterrupted(stage.deps, await inputOf(stage));

    expect(stage.starts()).toHaveLength(1);
  });

  it('is resumed once, although a pass comes between the look and the lease', async () => {
    const stage = await aStage({ recipe: longRecipe });
    await stage.trigger();
    await stage.segment();
    stage.clock.set('2026-11-22T12:10:00.000Z');
    const isLease = ({ input }: { readonly input: any }) => String(input.ConditionExpression).includes('due_at');
    const { database, reached, release } = holding(table, isLease);
    const told = recoverInterrupted({ ...stage.deps, openItems: openItemStore(database) }, await inputOf(stage));
    await reached;

    await stage.pass();
    release();
    await told;

    expect(stage.starts()).toHaveLength(2);
    expect(await stage.row()).toMatchObject({ restarts: 1 });
  });

  it('of a run that never was is nothing', async () => {
    const stage = await aStage();
    const input = {
      tenant_id: stage.tenantId,
      run_id: 9,
      uid: 'run_x',
      workflow_id: 1,
      workflow_version: 1,
      cursor: 0,
    };

    await expect(recoverInterrupted(stage.deps, JSON.stringify(input))).resolves.toBeUndefined();
  });
});

describe('passes at the same time', () => {
  it('take each run once', async () => {
    const stage = await aStage();
    await Promise.all(times(30, () => stage.trigger()));
    stage.executions.started.length = 0;
    stage.clock.advance(90);

    const passes = await Promise.all([stage.pass(), stage.pass(), stage.pass()]);

    expect(
      stage
        .starts()
        .map(({ id }) => id)
        .sort((a, b) => a - b),
    ).toEqual(times(30, (n) => n + 1));
    // 30 runs and their tenant.
    expect(passes.reduce((sum, { taken }) => sum + taken, 0)).toBe(31);
  });

  it('that die after the lease leave the run to another, two minutes later', async () => {
    const stage = await aStage();
    await stage.trigger();
    stage.clock.advance(90);
    await stage.deps.openItems.lease(
      { ...runKey(stage.tenantId, 1), dueAt: '2026-11-22T12:01:30.000Z' },
      '2026-11-22T12:03:30.000Z',
    );

    stage.clock.set('2026-11-22T12:03:29.000Z');
    await stage.pass();
    expect(stage.starts()).toHaveLength(1);
    stage.clock.set('2026-11-22T12:03:30.000Z');
    await stage.pass();

    expect(stage.starts()).toHaveLength(2);
  });

  it('that die between the start and its count repeat the start under the same name', async () => {
    const stage = await aStage();
    await stage.trigger();
    stage.clock.advance(90);
    const isCountRestart = ({ input }: { readonly input: any }) => /^SET restarts/.test(String(input.UpdateExpression));
    const dying = breaking(table, 'lost request', isCountRestart).database;
    expect(await recover({ ...stage.deps, progress: runProgressStore(dying) }, false)).toMatchObject({ failed: 1 });

    stage.clock.advance(120);
    await stage.pass();

    expect(stage.starts().map(({ restart }) => restart)).toEqual([0, 1, 1]);
    expect(await stage.row()).toMatchObject({ restarts: 1 });
  });
});

describe('a pass', () => {
  it('does not let one item that cannot be read hold up the others', async () => {
    const stage = await aStage();
    await Promise.all(times(3, () => stage.trigger()));
    await overwrite(table, runKey(stage.tenantId, 2), { status: 'broken' });
    stage.executions.started.length = 0;
    stage.clock.advance(90);

    expect(await stage.pass()).toMatchObject({ taken: 4, failed: 1 });

    expect(
      stage
        .starts()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([1, 3]);
    expect(stage.logged).toContainEqual(expect.objectContaining({ event: 'recovery_failed' }));
  });

  it('takes everything of a shard, page by page', async () => {
    const stage = await aStage();
    await stage.trigger();
    const [template] = await numberRows(table, stage.tenantId);
    await Promise.all(
      times(120, (n) =>
        putRow(table, { ...template, ...runKey(stage.tenantId, n + 100), id: n + 100, open_shard: '5' }),
      ),
    );
    stage.executions.started.length = 0;
    stage.clock.advance(90);

    expect(await stage.pass()).toMatchObject({ taken: 122, failed: 0 });

    expect(new Set(stage.starts().map(({ id }) => id)).size).toBe(121);
  });

  it('reaches every shard', async () => {
    const stage = await aStage();
    await Promise.all(
      times(tableShape.openIndex.shards, (shard) =>
        putRow(table, {
          pk: `T#${stage.tenantId}#DLV`,
          sk: `DELIVERY#${shard}`,
          open_shard: String(shard),
          due_at: '2026-11-22T12:00:00.000Z',
        }),
      ),
    );

    await stage.pass();

    expect(stage.requeued.sort()).toEqual(
      times(tableShape.openIndex.shards, (shard) => `${stage.tenantId} dlv_${shard}`).sort(),
    );
  });

  it('takes nothing new after 50 seconds and leaves the rest to the next minute', async () => {
    const stage = await aStage();
    await stage.trigger();
    const [template] = await numberRows(table, stage.tenantId);
    await Promise.all(
      times(80, (n) =>
        putRow(table, { ...template, ...runKey(stage.tenantId, n + 100), id: n + 100, open_shard: '0' }),
      ),
    );
    stage.executions.started.length = 0;
    stage.clock.advance(90);
    const slow = { ...stage.executions, start: async () => stage.clock.advance(1) };

    const { taken } = await recover({ ...stage.deps, executions: slow }, false);
    await stage.pass();

    // Ten are at work at the same time, so up to nine more end after the fiftieth second.
    expect(taken).toBeGreaterThanOrEqual(50);
    expect(taken).toBeLessThanOrEqual(60);
    expect(stage.starts().length).toBeGreaterThanOrEqual(20);
  });

  it('takes the oldest first, so that no shard starves behind the backlog of another', async () => {
    const stage = await aStage();
    const overdue = (shard: string, n: number, dueAt: string) =>
      putRow(table, { pk: `T#${stage.tenantId}#DLV`, sk: `DELIVERY#${shard}-${n}`, open_shard: shard, due_at: dueAt });
    await Promise.all(times(120, (n) => overdue('0', n, '2026-11-22T11:59:00.000Z')));
    await overdue('15', 0, '2026-11-22T11:58:00.000Z');

    await stage.pass();

    expect(stage.requeued[0]).toBe(`${stage.tenantId} dlv_15-0`);
    expect(stage.requeued).toHaveLength(121);
  });

  it('with everything due takes what is not yet due, once: the local engines forget what they ran', async () => {
    const stage = await aStage();
    await stage.trigger();
    await stage.segment();
    await putRow(table, {
      pk: `T#${stage.tenantId}#DLV`,
      sk: 'DELIVERY#1',
      open_shard: '3',
      due_at: '2026-11-22T20:00:00.000Z',
    });

    expect(await stage.pass(true)).toMatchObject({ taken: 3, failed: 0 });

    expect(stage.starts()[1]).toEqual({ id: 1, cursor: 2, restart: 1 });
    expect(stage.requeued).toEqual([`${stage.tenantId} dlv_1`]);
    expect(await stage.segment()).toMatchObject({ next: 'delay', wait_seconds: 2 });
  });

  it('with everything due takes nothing twice, although what it took is due again later', async () => {
    const stage = await aStage();
    const key = (n: number) => ({ pk: `T#${stage.tenantId}#DLV`, sk: `DELIVERY#${n}` });
    await putRows(
      table,
      times(60, (n) => ({ ...key(n), open_shard: '3', due_at: '2026-11-22T12:00:00.000Z' })),
    );

    expect(await stage.pass(true)).toMatchObject({ taken: 60 });

    expect(new Set(stage.requeued).size).toBe(60);
    expect(stage.requeued).toHaveLength(60);
  });

  it('settles what a dead trigger left, over two passes', async () => {
    const stage = await aStage();
    const { database, reached } = holding(table, isRunPut);
    void startRun(startRunDeps(database, stage.clock).deps, aTrigger(stage.tenantId));
    await reached;

    stage.clock.advance(60);
    await stage.pass();
    stage.clock.advance(60);
    await stage.pass();

    expect(await tenantRow(table, stage.tenantId)).toMatchObject({ d20261122: 0, settled_upto: 1 });
    expect(await rowAt(table, tenantKey(stage.tenantId))).not.toHaveProperty('due_at');
    expect(stage.logged).toContainEqual({ event: 'runs_refunded', tenant: stage.tenantId, count: 1 });
  });

  it('says how late the oldest was', async () => {
    const stage = await aStage();
    await stage.trigger();
    stage.clock.set(addSeconds(new Date('2026-11-22T12:01:00.000Z'), 400));

    // The tenant was due first, a minute after its run was counted.
    expect(await stage.pass()).toMatchObject({ taken: 2, oldestOverdueSeconds: 400 });
    expect(stage.logged.at(-1)).toEqual({ event: 'recovery_pass', taken: 2, failed: 0, ms: 0 });
    expect(stage.measured).toEqual([{ OldestOverdueSeconds: 400 }]);
  });

  it('with nothing due says only that, and asks each shard once', async () => {
    const { database, take } = counted(table);
    const stage = await aStage({ database });

    expect(await stage.pass()).toEqual({ taken: 0, failed: 0, oldestOverdueSeconds: 0 });

    expect(take()).toEqual({ Query: tableShape.openIndex.shards });
    expect(stage.logged).toEqual([{ event: 'recovery_pass', taken: 0, failed: 0, ms: 0 }]);
    expect(stage.measured).toEqual([{ OldestOverdueSeconds: 0 }]);
  });
});

import type { Database } from '../../../functions/aws/database';
import { runKey, tenantKey, usageKey } from '../../../functions/aws/keys';
import { reconcileReads } from '../../../functions/aws/reconcile/reads';
import { reconcileRepairs } from '../../../functions/aws/reconcile/repairs';
import { settlementStore } from '../../../functions/aws/run/settlement';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { startRun } from '../../../functions/domain/run/start-run';
import { noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { breaking, counted, holding, isCounterUpdate, isRunPut, isVoidPut } from '../../support/requests';
import { aTrigger, startRunDeps, testClock } from '../../support/start-run';
import { numberRows, overwrite, runRows, rowAt, tenantRow, tenantWithWorkflow } from '../../support/table';

jest.setTimeout(60_000);

let table: Table;

beforeAll(async () => {
  table = await startTable();
});

afterAll(() => table.stop());

const today = 'd20261122';
const refusal = (code: string) => expect.objectContaining({ code });

const trigger = (tenantId: string, { database = table, at = noon }: { database?: Database; at?: Date | string } = {}) =>
  startRun(startRunDeps(database, testClock(at)).deps, aTrigger(tenantId));

/** Holds a trigger between the counter and the run's row, as if its process had crashed; `resume` lets it go on. */
async function crashedTrigger(tenantId: string, at?: string) {
  const { database, reached, release } = holding(table, isRunPut);
  const outcome = trigger(tenantId, { database, ...(at !== undefined && { at }) });
  outcome.catch(() => undefined);
  await reached;
  return {
    resume: () => {
      release();
      return outcome;
    },
  };
}

const settle = (tenantId: string, at: string, database: Database = table) =>
  settlementStore(database).settle(tenantId, new Date(at));

describe('a process that crashed between the counter and the row', () => {
  it('costs the tenant nothing: the second pass refunds its run', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    await crashedTrigger(tenantId);
    await trigger(tenantId);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 3, due_at: '2026-11-22T12:01:00.000Z' });

    expect(await settle(tenantId, '2026-11-22T12:01:00.000Z')).toEqual({ tenantId, refunded: 0 });
    expect(await tenantRow(table, tenantId)).toMatchObject({
      [today]: 3,
      settled_upto: 0,
      settle_upto: 3,
      due_at: '2026-11-22T12:02:00.000Z',
    });

    expect(await settle(tenantId, '2026-11-22T12:02:00.000Z')).toEqual({ tenantId, refunded: 1 });
    const row = await tenantRow(table, tenantId);
    expect(row).toMatchObject({ [today]: 2, last_run_number: 3, settled_upto: 3 });
    for (const gone of ['due_at', 'open_shard', 'settle_upto', 'voided']) expect(row).not.toHaveProperty(gone);
    expect((await numberRows(table, tenantId)).map((one) => [one['sk'], one['void'] ?? false])).toEqual([
      ['0000000001', false],
      ['0000000002', true],
      ['0000000003', false],
    ]);
  });

  it('and continues after settlement meets the void row: 503, no run, and no second refund', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    const late = await crashedTrigger(tenantId);
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    await settle(tenantId, '2026-11-22T12:02:00.000Z');

    await expect(late.resume()).rejects.toEqual(refusal('unavailable'));

    expect(await runRows(table, tenantId)).toHaveLength(1);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1, last_run_number: 2 });
  });

  it('and continues between the passes is accepted and keeps its run', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const late = await crashedTrigger(tenantId);
    await settle(tenantId, '2026-11-22T12:01:00.000Z');

    expect((await late.resume()).run.id).toBe(1);

    expect(await settle(tenantId, '2026-11-22T12:02:00.000Z')).toEqual({ tenantId, refunded: 0 });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('is refunded on the day it was counted, even if that day is over', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId, { at: '2026-11-22T23:59:58.000Z' });
    await crashedTrigger(tenantId, '2026-11-22T23:59:59.999Z');
    await crashedTrigger(tenantId, '2026-11-23T00:00:00.000Z');
    await trigger(tenantId, { at: '2026-11-23T00:00:01.000Z' });
    // This trigger from before midnight is counted after it, so it is refunded on the later day.
    await crashedTrigger(tenantId, '2026-11-22T23:59:59.999Z');
    expect(await tenantRow(table, tenantId)).toMatchObject({ d20261122: 2, d20261123: 3 });

    await settle(tenantId, '2026-11-23T00:01:00.000Z');
    expect(await settle(tenantId, '2026-11-23T00:02:00.000Z')).toEqual({ tenantId, refunded: 3 });

    expect(await tenantRow(table, tenantId)).toMatchObject({ d20261122: 1, d20261123: 1, settled_upto: 5 });
  });

  it('because the counter’s response was lost is settled in the same way', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { database } = breaking(table, 'lost response', isCounterUpdate);
    await expect(trigger(tenantId, { database })).rejects.toEqual(refusal('unavailable'));

    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    await settle(tenantId, '2026-11-22T12:02:00.000Z');

    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 0, last_run_number: 1, settled_upto: 1 });
  });

  it('after it put the void row and before it refunded is completed by settlement', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const failing = breaking(table, 'lost request', isRunPut).database;
    const { database, reached } = holding(failing, ({ input }) => /ADD voided/.test(String(input.UpdateExpression)));
    void trigger(tenantId, { database });
    await reached;
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });

    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    expect(await settle(tenantId, '2026-11-22T12:02:00.000Z')).toEqual({ tenantId, refunded: 1 });

    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 0 });
  });
});

describe('a refunded number', () => {
  it('is not refunded or reported again by settlement if its own trigger refunded it', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    await expect(trigger(tenantId, { database: breaking(table, 'lost request', isRunPut).database })).rejects.toEqual(
      refusal('unavailable'),
    );
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1, voided: new Set([2]) });

    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    expect(await settle(tenantId, '2026-11-22T12:02:00.000Z')).toEqual({ tenantId, refunded: 0 });

    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1, settled_upto: 2 });
    expect(await tenantRow(table, tenantId)).not.toHaveProperty('voided');
  });

  it('is not refunded again by its own trigger if settlement was faster', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    const failing = breaking(table, 'lost request', isRunPut).database;
    const { database, reached, release } = holding(failing, isVoidPut);
    const late = trigger(tenantId, { database });
    late.catch(() => undefined);
    await reached;
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    await settle(tenantId, '2026-11-22T12:02:00.000Z');
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });

    release();

    await expect(late).rejects.toEqual(refusal('unavailable'));
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('is refunded once by two concurrent passes, wherever the slower one was overtaken', async () => {
    for (const pausedAt of [
      ({ input }: any) => input.KeyConditionExpression !== undefined,
      isVoidPut,
      ({ input }: any) => /ADD voided/.test(String(input.UpdateExpression)),
      ({ input }: any) => /settled_upto = :upto/.test(String(input.UpdateExpression)),
    ]) {
      const tenantId = await tenantWithWorkflow(table);
      await trigger(tenantId);
      await trigger(tenantId);
      await crashedTrigger(tenantId);
      await settle(tenantId, '2026-11-22T12:01:00.000Z');

      const { database, reached, release } = holding(table, pausedAt);
      const slower = settle(tenantId, '2026-11-22T12:02:00.000Z', database);
      await reached;
      await settle(tenantId, '2026-11-22T12:02:00.000Z');
      release();
      await slower;

      expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 2, settled_upto: 3 });
    }
  });

  it('is never a run again, and never counted below zero', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await crashedTrigger(tenantId);
    await overwrite(table, tenantKey(tenantId), { [today]: 0 });
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    await settle(tenantId, '2026-11-22T12:02:00.000Z');

    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 0 });
    expect((await trigger(tenantId)).run.id).toBe(2);
  });
});

describe('settlement', () => {
  it('ignores runs that were counted after its first pass', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    await crashedTrigger(tenantId, '2026-11-22T12:01:59.000Z');

    await settle(tenantId, '2026-11-22T12:02:00.000Z');

    expect(await tenantRow(table, tenantId)).toMatchObject({
      [today]: 2,
      settled_upto: 1,
      settle_upto: 2,
      due_at: '2026-11-22T12:03:00.000Z',
    });
  });

  it('closes a tenant only if nothing was counted meanwhile', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    const isRelease = ({ input }: any) => /^REMOVE due_at/.test(String(input.UpdateExpression));
    const { database, reached, release } = holding(table, isRelease);
    const pass = settle(tenantId, '2026-11-22T12:02:00.000Z', database);
    await reached;

    await trigger(tenantId);
    release();
    await pass;

    expect(await tenantRow(table, tenantId)).toMatchObject({ settle_upto: 2, due_at: '2026-11-22T12:03:00.000Z' });
  });

  it('opens a tenant again with its next run', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    await settle(tenantId, '2026-11-22T12:02:00.000Z');
    expect(await tenantRow(table, tenantId)).not.toHaveProperty('due_at');

    await trigger(tenantId, { at: '2026-11-22T15:00:00.000Z' });

    expect(await tenantRow(table, tenantId)).toMatchObject({ due_at: '2026-11-22T15:01:00.000Z' });
  });

  const oldDays = { d20261016: 1, b20261016: 0, d20261017: 2, b20261017: 1, d20261119: 4, b20261119: 3 };
  const lastDays = { d20261121: 3, b20261121: 7 };
  async function usedForWeeks() {
    const tenantId = await tenantWithWorkflow(table);
    const numbers = { last_run_number: 10, settled_upto: 10 };
    await overwrite(table, tenantKey(tenantId), { ...oldDays, ...lastDays, ...numbers });
    await trigger(tenantId);
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    return tenantId;
  }

  it('moves the counts of earlier days to the usage history, which keeps 36 days', async () => {
    const tenantId = await usedForWeeks();
    await settle(tenantId, '2026-11-22T12:02:00.000Z');

    const row = await tenantRow(table, tenantId);
    expect(row).toMatchObject({ ...lastDays, [today]: 1, b20261122: 10 });
    for (const name of Object.keys(oldDays)) expect(row).not.toHaveProperty(name);
    expect(await rowAt(table, usageKey(tenantId))).toEqual({
      ...usageKey(tenantId),
      ...{ d20261017: 2, b20261017: 1, d20261119: 4, b20261119: 3 },
    });
    expect((await tenantStore(table).getWithHistory(tenantId))?.used_by_day).toEqual({
      ...{ '2026-10-17': 2, '2026-11-19': 4, '2026-11-21': 3, '2026-11-22': 1 },
    });
    const ledger = await reconcileReads(table).ledger(tenantId);
    expect(ledger).toMatchObject({ beforeByDay: { '2026-10-17': 1, '2026-11-19': 3, '2026-11-21': 7 } });

    // A month later, with a run that day.
    await overwrite(table, tenantKey(tenantId), { d20261220: 1, b20261220: 11, last_run_number: 12, settle_upto: 12 });
    await overwrite(table, runKey(tenantId, 12), { void: true });
    await settle(tenantId, '2026-12-23T12:00:00.000Z');
    expect(Object.keys((await rowAt(table, usageKey(tenantId)))!).sort()).toEqual(
      ['b20261119', 'b20261121', 'b20261122', 'd20261119', 'd20261121', 'd20261122', 'pk', 'sk'].sort(),
    );
  });

  it('and a repair that corrects an earlier day at the same moment lose neither of their writes', async () => {
    const tenantId = await usedForWeeks();
    const repair = { act: 'recount', day: '2026-11-19', by: 1 } as const;
    const isMove = ({ input }: { readonly input: any }) => String(input.UpdateExpression).includes('REMOVE');
    const { database, reached, release } = holding(table, isMove);
    const settling = settle(tenantId, '2026-11-22T12:02:00.000Z', database);
    await reached;
    expect(await reconcileRepairs(table).repair(tenantId, repair, noon)).toBe(true);
    release();
    await settling;
    expect((await tenantStore(table).getWithHistory(tenantId))?.used_by_day).toMatchObject({ '2026-11-19': 5 });

    await settle(tenantId, '2026-11-22T12:03:00.000Z');
    await settle(tenantId, '2026-11-22T12:04:00.000Z');
    expect(await tenantRow(table, tenantId)).not.toHaveProperty('d20261119');
    expect(await rowAt(table, usageKey(tenantId))).toMatchObject({ d20261119: 5 });

    expect(await reconcileRepairs(table).repair(tenantId, repair, noon)).toBe(true);
    expect((await tenantStore(table).getWithHistory(tenantId))?.used_by_day).toMatchObject({ '2026-11-19': 6 });
  });

  it('takes two requests in the first pass and five in the second if all runs are there', async () => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table);
    await Promise.all(Array.from({ length: 30 }, () => trigger(tenantId)));
    await settle(tenantId, '2026-11-22T12:01:00.000Z', database);
    expect(take()).toEqual({ Get: 1, Update: 1 });

    await settle(tenantId, '2026-11-22T12:02:00.000Z', database);
    expect(take()).toEqual({ Get: 2, Query: 1, Update: 2 });
  });

  it('with more numbers than a pass has time for keeps its progress and continues in the next pass', async () => {
    const tenantId = await tenantWithWorkflow(table);
    for (let run = 1; run <= 12; run += 1) {
      if (run === 11) await crashedTrigger(tenantId);
      else await trigger(tenantId);
      // Six such rows do not fit in one page of 1 MB.
      if (run !== 11) await overwrite(table, runKey(tenantId, run), { filler: 'x'.repeat(200 * 1024) });
    }
    await settle(tenantId, '2026-11-22T12:01:00.000Z');
    const settleWithoutTime = () =>
      settlementStore(table).settle(tenantId, new Date('2026-11-22T12:02:00.000Z'), () => false);

    expect(await settleWithoutTime()).toEqual({ tenantId, refunded: 0 });
    const { settled_upto: reached } = await tenantRow(table, tenantId);
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(11);
    for (let passes = 0; passes < 4; passes += 1) await settleWithoutTime();

    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 11, settled_upto: 12 });
    expect(await tenantRow(table, tenantId)).not.toHaveProperty('due_at');
  });

  it('does nothing for a tenant that does not exist', async () => {
    expect(await settle('never-was', '2026-11-22T12:01:00.000Z')).toEqual({ tenantId: 'never-was', refunded: 0 });
    expect(await rowAt(table, tenantKey('never-was'))).toBeUndefined();
    expect(await rowAt(table, runKey('never-was', 1))).toBeUndefined();
  });
});

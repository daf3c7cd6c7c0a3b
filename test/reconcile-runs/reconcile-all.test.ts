import { runKey, tenantKey } from '../../functions/aws/keys';
import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { startRun } from '../../functions/domain/run/start-run';
import type { LogFields } from '../../functions/edge/log/log';
import { reconcileAll, type ReconcileAllDeps } from '../../functions/reconcile-runs/reconcile-all';
import { startTable, type Table } from '../support/engines';
import { aTrigger, startRunDeps, testClock } from '../support/start-run';
import { overwrite, tenantWithWorkflow } from '../support/table';

let table: Table;

// Each test has its own table, because all tenants of a table are checked.
beforeEach(async () => {
  table = await startTable();
});
afterEach(() => table.stop());

function setUp(over: Partial<ReconcileAllDeps> = {}) {
  const clock = testClock('2026-11-23T03:00:00.000Z');
  const [logged, measured]: [LogFields[], object[]] = [[], []];
  const deps: ReconcileAllDeps = {
    tenants: tenantStore(table),
    reads: reconcileReads(table),
    now: clock.now,
    log: (_level, fields, metrics) => {
      logged.push(fields);
      if (metrics !== undefined) measured.push(metrics);
    },
    ...over,
  };
  return { clock, logged, measured, deps };
}

/** Creates a tenant with one settled run of yesterday. */
async function aTenant(): Promise<string> {
  const tenantId = await tenantWithWorkflow(table);
  await startRun(startRunDeps(table, testClock()).deps, aTrigger(tenantId));
  await overwrite(table, tenantKey(tenantId), { settled_upto: 1, due_at: '2026-11-23T03:01:00.000Z' });
  await overwrite(table, runKey(tenantId, 1), { due_at: '2026-11-23T03:01:00.000Z' });
  return tenantId;
}

test('a reconciliation without differences reports 0', async () => {
  for (let tenants = 0; tenants < 6; tenants += 1) await aTenant();
  const { deps, logged, measured } = setUp();

  await reconcileAll(deps);

  expect(measured).toEqual([{ ReconcileDifferences: 0 }]);
  expect(logged).toEqual([
    { event: 'reconciled', tenants: 6, unchecked: 0, differences: 0, runs: 6, deliveries: 0, ms: 0 },
  ]);
});

test('differences of all tenants are counted and logged, but not repaired', async () => {
  await aTenant();
  const wrong = await aTenant();
  await overwrite(table, tenantKey(wrong), { d20261122: 5 });
  const { deps, logged, measured } = setUp();

  await reconcileAll(deps);
  await reconcileAll(deps);

  expect(measured).toEqual([{ ReconcileDifferences: 1 }, { ReconcileDifferences: 1 }]);
  expect(logged[0]).toEqual({
    event: 'reconcile_difference',
    tenant: wrong,
    kind: 'count_differs',
    subject: '2026-11-22',
    expected: '1 counted',
    found: '5 counted',
  });
});

test('a tenant that cannot be read does not stop the others, but the reconciliation fails in the end', async () => {
  await aTenant();
  const broken = await aTenant();
  await overwrite(table, tenantKey(broken), { last_run_number: 'many' });
  const { deps, logged, measured } = setUp();

  await expect(reconcileAll(deps)).rejects.toThrow('1 tenants were not checked');

  expect(measured).toEqual([{ ReconcileDifferences: 0 }]);
  expect(logged).toContainEqual(expect.objectContaining({ event: 'reconcile_failed', tenant: broken }));
  expect(logged.at(-1)).toMatchObject({ tenants: 1, unchecked: 1 });
});

test('if the time runs out the other tenants stay unchecked, and the next night starts with different ones', async () => {
  for (let tenants = 0; tenants < 8; tenants += 1) await aTenant();
  const firsts = new Set<string>();
  for (const night of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']) {
    const { clock, deps, logged } = setUp();
    clock.set(`${night}T03:00:00.000Z`);
    const seen: string[] = [];
    const slow = {
      ...deps.reads,
      ledger: async (tenantId: string) => {
        seen.push(tenantId);
        clock.advance(300);
        return deps.reads.ledger(tenantId);
      },
    };

    await expect(reconcileAll({ ...deps, reads: slow })).rejects.toThrow('were not checked');

    expect(logged.at(-1)).toMatchObject({ unchecked: expect.any(Number) });
    firsts.add(seen[0]!);
  }
  expect(firsts.size).toBeGreaterThanOrEqual(4);
});

import { tenantKey } from '../../../functions/aws/keys';
import { startRun } from '../../../functions/domain/run/start-run';
import { aTrigger, startRunDeps, testClock } from '../../support/start-run';
import { overwrite, tenantRow, tenantWithWorkflow } from '../../support/table';
import { startLocalTable, type LocalTable } from '../operator';

let on: LocalTable;
beforeEach(async () => (on = await startLocalTable()));
afterEach(() => on.stop());

async function aTenantWithOneRun(): Promise<string> {
  const tenantId = await tenantWithWorkflow(on.database);
  await startRun(startRunDeps(on.database, testClock()).deps, aTrigger(tenantId));
  return tenantId;
}

test('a table whose rows agree is said to, with what was looked at', async () => {
  await aTenantWithOneRun();
  await aTenantWithOneRun();

  expect(await on.local('reconcile')).toEqual({
    code: 0,
    err: '',
    out: 'No differences.\n\nChecked 2 runs and 0 deliveries of 2 tenants.\n',
  });
});

test('differences are printed, exit with 1, and say how they are made good', async () => {
  const tenantId = await aTenantWithOneRun();
  await overwrite(on.database, tenantKey(tenantId), { d20261122: 3 });

  const { code, out, err } = await on.local('reconcile', tenantId);

  expect(code).toBe(1);
  expect(out).toMatch(/count_differs +2026-11-22 +1 counted +3 counted +can be repaired with --fix/);
  expect(err).toBe('1 difference is left. Add --fix to repair 1.\n');
});

test('--fix makes them good and writes it to the audit log', async () => {
  const tenantId = await aTenantWithOneRun();
  await overwrite(on.database, tenantKey(tenantId), { d20261122: 3 });

  const { differences } = await on.json('reconcile', tenantId, '--fix');

  expect(differences).toEqual([
    {
      tenant: tenantId,
      kind: 'count_differs',
      subject: '2026-11-22',
      expected: '1 counted',
      found: '3 counted',
      outcome: 'repaired',
    },
  ]);
  expect(await tenantRow(on.database, tenantId)).toMatchObject({ d20261122: 1 });
  expect(await on.audit(tenantId)).toEqual([
    expect.objectContaining({
      actor: { channel: 'operator', name: 'Olga' },
      action: 'tenant.reconciled',
      target: '2026-11-22',
      detail: { kind: 'count_differs', repair: 'recount' },
    }),
  ]);
  expect((await on.local('reconcile', tenantId)).code).toBe(0);
});

test('an unknown tenant and a wrong number of days are refused', async () => {
  expect(await on.local('reconcile', 'nobody')).toMatchObject({ code: 1 });
  expect(await on.local('reconcile', '--days', '37')).toMatchObject({ code: 2 });
});

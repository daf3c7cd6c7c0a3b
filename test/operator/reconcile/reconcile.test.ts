import { tenantKey } from '../../../functions/aws/keys';
import { connectedAppStore } from '../../../functions/aws/tenant/connected-apps';
import { memberStore } from '../../../functions/aws/tenant/members';
import { startRun } from '../../../functions/domain/run/start-run';
import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import { aConnectedApp } from '../../support/builders';
import { aTrigger, startRunDeps, testClock } from '../../support/start-run';
import { overwrite, tenantRow, tenantWithWorkflow } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeEach(async () => (operator = await startLocalOperator()));
afterEach(() => operator.stop());

async function aTenantWithOneRun(): Promise<string> {
  const tenantId = await tenantWithWorkflow(operator.database);
  await startRun(startRunDeps(operator.database, testClock()).deps, aTrigger(tenantId));
  return tenantId;
}

test('reconcile says that all rows agree and how many it checked', async () => {
  await aTenantWithOneRun();
  await aTenantWithOneRun();

  expect(await operator.run('reconcile')).toEqual({
    code: 0,
    err: '',
    out: 'No differences.\n\nChecked 2 runs and 0 deliveries of 2 tenants.\n',
  });
});

test('differences are printed with how to repair them, and the exit code is 1', async () => {
  const tenantId = await aTenantWithOneRun();
  await overwrite(operator.database, tenantKey(tenantId), { d20261122: 3 });

  const { code, out, err } = await operator.run('reconcile', tenantId);

  expect(code).toBe(1);
  expect(out).toMatch(/count_differs +2026-11-22 +1 counted +3 counted +can be repaired with --fix/);
  expect(err).toBe('1 difference is left. Add --fix to repair 1.\n');
});

test('--fix repairs differences and records each repair in the audit log', async () => {
  const tenantId = await aTenantWithOneRun();
  await overwrite(operator.database, tenantKey(tenantId), { d20261122: 3 });

  const { differences } = await operator.json('reconcile', tenantId, '--fix');

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
  expect(await tenantRow(operator.database, tenantId)).toMatchObject({ d20261122: 1 });
  expect(await operator.audit(tenantId)).toEqual([
    expect.objectContaining({
      actor: { channel: 'operator', name: 'Olga' },
      action: 'tenant.reconciled',
      target: '2026-11-22',
      detail: { kind: 'count_differs', repair: 'recount' },
    }),
  ]);
  expect((await operator.run('reconcile', tenantId)).code).toBe(0);
});

test('a member whose audit row is missing is found, and --fix appends the row', async () => {
  const tenantId = await operator.createTenant();
  const [email, at] = ['ada@acme.example', '2026-11-22T11:00:00.000Z'];
  await memberStore(operator.database).add({ tenant_id: tenantId, email, permissions: ['viewer'], created_at: at });

  expect(await operator.run('reconcile', tenantId, '--fix')).toMatchObject({ code: 0 });

  expect(await operator.audit(tenantId)).toContainEqual(
    expect.objectContaining({
      id: auditIds.memberAdded(email, at),
      at,
      actor: { channel: 'system', name: 'reconcile' },
      action: 'member.added',
      target: `member ${email}`,
    }),
  );
  expect(await operator.run('reconcile', tenantId)).toMatchObject({ code: 0 });
});

test('an app whose audit rows are missing is found, and --fix appends a row for its approval and one for its end', async () => {
  const tenantId = await operator.createTenant();
  const [created_at, revoked_at] = ['2026-11-22T11:00:00.000Z', '2026-11-22T11:30:00.000Z'];
  const app = aConnectedApp({ tenant_id: tenantId, created_at, revoked_at, revoked_because: 'reuse_detected' });
  await connectedAppStore(operator.database).put(app);

  expect(await operator.run('reconcile', tenantId, '--fix')).toMatchObject({ code: 0 });

  const rows = await operator.audit(tenantId);
  const actor = { channel: 'system', name: 'reconcile' };
  for (const [at, action] of [
    [created_at, 'app.approved'],
    [revoked_at, 'app.reuse_detected'],
  ])
    expect(rows).toContainEqual(expect.objectContaining({ at, actor, action, target: app.id }));
  expect(await operator.run('reconcile', tenantId)).toMatchObject({ code: 0 });
});

test('an unknown tenant and a wrong number of days are refused', async () => {
  expect(await operator.run('reconcile', 'nobody')).toMatchObject({ code: 1 });
  expect(await operator.run('reconcile', '--days', '37')).toMatchObject({ code: 2 });
});

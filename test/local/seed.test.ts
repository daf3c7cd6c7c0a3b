import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { auditKey, tenantKey, workflowKey } from '../../functions/aws/keys';
import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { addSeconds, utcDay } from '../../functions/domain/day';
import type { Difference } from '../../functions/domain/reconcile/difference';
import { reconcileTenant } from '../../functions/domain/reconcile/tenant';
import { planIncludes, planSchema, runningPlans } from '../../functions/domain/tenant/plan';
import { connectTenants } from '../../local/seed/connect-tenants';
import { seed } from '../../local/seed/seed';
import { openLocalStores, type Stores } from '../../local/seed/stores';
import { seedTenants } from '../../local/seed/tenants';
import { noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { startRunDeps, testClock } from '../support/start-run';
import { rowAt, runRows } from '../support/table';

let table: Table;
let stores: Stores;
beforeEach(async () => {
  table = await startTable();
  const addresses = {
    region: 'us-east-1',
    dynamodb_url: table.endpoint,
    sqs_url: '',
    sfn_url: table.endpoint,
    table_name: table.tableName,
    delivery_queue_url: '',
    dead_letter_queue_url: null,
    express_state_machine_arn: '',
    standard_state_machine_arn: '',
  };
  stores = { ...openLocalStores(addresses), startRun: startRunDeps(table, testClock()).deps };
});
afterEach(async () => {
  stores.close();
  await table.stop();
});

const start = () => seed(stores, 'http://127.0.0.1:3001', noon);
const remove = async (...keys: { pk: string; sk: string }[]) => {
  for (const key of keys) await table.client.send(new DeleteCommand({ TableName: table.tableName, Key: key }));
};

test('the first start creates a tenant of every plan, with runs if the plan has them and authoring if it has REST', async () => {
  await start();

  for (const plan of planSchema.options) {
    expect(await stores.tenants.get(plan)).toMatchObject({ plan, authoring: planIncludes(plan, 'rest_api') });
    expect((await runRows(table, plan)).length > 0).toBe(runningPlans.includes(plan));
  }
});

test('a plan added since the first start gets its tenant, and data that a user deleted does not come back', async () => {
  await start();
  await remove(tenantKey('growth'), workflowKey('pro', 1));
  await table.client.send(
    new PutCommand({
      TableName: table.tableName,
      Item: { pk: 'LOCAL', sk: 'SEEDED', tenants: planSchema.options.filter((plan) => plan !== 'growth') },
    }),
  );

  await start();

  expect(await stores.tenants.get('growth')).toMatchObject({ plan: 'growth' });
  expect(await rowAt(table, workflowKey('pro', 1))).toBeUndefined();
});

test('in a data folder of an earlier release, which did not list the seeded tenants, each tenant it has counts as seeded', async () => {
  await start();
  await remove(tenantKey('growth'), workflowKey('pro', 1));
  await table.client.send(new PutCommand({ TableName: table.tableName, Item: { pk: 'LOCAL', sk: 'SEEDED' } }));

  await start();

  expect(await stores.tenants.get('growth')).toMatchObject({ plan: 'growth' });
  expect(await rowAt(table, workflowKey('pro', 1))).toBeUndefined();
});

test('reconciling the seeded tenants finds no missing audit row, even if the first start was interrupted', async () => {
  await start();
  const { events } = await stores.audit.list('pro', 100);
  await remove({ pk: 'LOCAL', sk: 'SEEDED' }, ...events.map(({ id }) => auditKey('pro', id)));

  await start();
  await connectTenants(stores, {}, noon);

  const found: Difference[] = [];
  const window = { since: utcDay(noon), now: addSeconds(noon, 3600) };
  for (const { id } of seedTenants)
    await reconcileTenant(reconcileReads(table), id, window, (difference) => found.push(difference));
  expect(found.filter(({ kind }) => kind === 'audit_missing')).toEqual([]);
});

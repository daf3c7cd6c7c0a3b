import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { deliveryAttemptStore } from '../../functions/aws/delivery/attempts';
import { deliveryStore } from '../../functions/aws/delivery/deliveries';
import { endpointStore } from '../../functions/aws/endpoint/endpoints';
import { deliveryKey, runKey, tenantKey } from '../../functions/aws/keys';
import { reconcileRepairs } from '../../functions/aws/reconcile/repairs';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { tokenStore } from '../../functions/aws/tenant/tokens';
import { addSeconds } from '../../functions/domain/day';
import { newDelivery, type Attempt } from '../../functions/domain/delivery/delivery';
import { newEvent } from '../../functions/domain/delivery/event';
import { stepEventId } from '../../functions/domain/delivery/ids';
import type { Repair } from '../../functions/domain/reconcile/difference';
import { startRun } from '../../functions/domain/run/start-run';
import { defaultLimit } from '../../functions/domain/tenant/limits';
import { newToken } from '../../functions/domain/tenant/token';
import { aTenant, aToken, anEndpoint, noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { breaking, interceptDatabase, isWrite } from '../support/requests';
import { aTrigger, startRunDeps, testClock } from '../support/start-run';
import { overwrite, rowAt, tenantRow, tenantWithWorkflow } from '../support/table';

let table: Table;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

/** The table behind an SDK that loses the first response to each write and retries it. */
const twice = () =>
  interceptDatabase(table, async (command, send) => {
    if (isWrite(command)) await send();
    return send();
  });
const at = noon.toISOString();

let tenants = 0;
async function aTenantId(): Promise<string> {
  const id = `twice-${(tenants += 1)}`;
  await tenantStore(table).create(aTenant({ id }));
  return id;
}

test('a tenant whose creation is sent twice is created, and its id is then taken', async () => {
  const tenant = aTenant({ id: 'new-tenant', cursor_key: 'random-1' });

  expect(await tenantStore(twice()).create(tenant)).toBe(true);
  expect(await tenantStore(table).create({ ...tenant, cursor_key: 'random-2' })).toBe(false);
});

test('a token whose rows are sent twice can be used', async () => {
  const tenantId = await aTenantId();
  const text = newToken('pat');
  const token = aToken({ tenant_id: tenantId });

  await tokenStore(twice()).put(tenantId, text, token);

  expect(await tokenStore(table).find(text)).toEqual(token);
});

test('a token keeps the time of the first call that revoked it, even if that call is sent twice', async () => {
  const tenantId = await aTenantId();
  const token = aToken({ tenant_id: tenantId });
  await tokenStore(table).put(tenantId, newToken('pat'), token);
  const later = addSeconds(noon, 1).toISOString();

  expect(await tokenStore(twice()).revoke(tenantId, token.id, at)).toBe(at);
  expect(await tokenStore(table).revoke(tenantId, token.id, later)).toBe(at);
  expect(await tokenStore(table).revoke(tenantId, 'tok_unknown', later)).toBeUndefined();
});

test('an endpoint whose deletion is sent twice is deleted once, and its id no longer counts against the limit', async () => {
  const tenantId = await aTenantId();
  const endpoint = anEndpoint();
  const { id } = endpoint;
  await endpointStore(table).create(tenantId, endpoint, { secret: 's', keyHash: 'hash' }, noon);

  expect(await endpointStore(twice()).delete(tenantId, id, noon)).toEqual({ keyHash: undefined });

  expect(await endpointStore(table).delete(tenantId, id, noon)).toBeUndefined();
  expect(await endpointStore(table).get(tenantId, id)).toBeUndefined();
  expect(await tenantRow(table, tenantId)).not.toHaveProperty('endpoint_ids');
});

test('an endpoint is deleted even if its place cannot be freed at first; the place is freed when it is needed', async () => {
  const tenantId = await aTenantId();
  const kept = { secret: 's', keyHash: undefined };
  const [first, ...others] = Array.from({ length: defaultLimit('pro', 'webhook_endpoints') + 1 }, () => anEndpoint());
  await endpointStore(table).create(tenantId, first!, kept, noon);
  const isFreeing = ({ input }: { input: any }) => String(input.UpdateExpression).startsWith('DELETE endpoint_ids');
  const { database, state } = breaking(table, 'lost request', isFreeing);

  expect(await endpointStore(database).delete(tenantId, first!.id, noon)).toEqual({ keyHash: undefined });

  expect(state.broken).toBe(true);
  expect(await endpointStore(table).get(tenantId, first!.id)).toBeUndefined();
  for (const other of others) expect(await endpointStore(table).create(tenantId, other, kept, noon)).toBe(true);
});

describe('a delivery', () => {
  const eventId = stepEventId('run_01KAPQ00000000000000000077', 0);
  const target = { endpoint_id: anEndpoint().id, url: 'https://hooks.example.com/in', body: 'envelope' } as const;
  const occurrence = { id: eventId, type: 'a.b', run: null, stepIndex: 0, data: {} };
  const delivery = newDelivery(newEvent(occurrence, [target], noon), target, 'event', noon);
  const due = { nextAttemptAt: at, dueAt: at };

  test('is reopened by a request that is sent twice, and not again by another request', async () => {
    const tenantId = await aTenantId();
    await deliveryStore(table).putIfAbsent(tenantId, delivery, at);
    await overwrite(table, deliveryKey(tenantId, delivery.id), { status: 'failed' });

    const reopened = await deliveryStore(twice()).reopen(tenantId, delivery.id, { ...due, by: 'call-1' });

    expect(reopened).toMatchObject({ id: delivery.id, status: 'pending', trigger: 'replay' });
    expect(await deliveryStore(table).reopen(tenantId, delivery.id, { ...due, by: 'call-2' })).toBeUndefined();
  });

  test('is sent once by a redelivery whose request arrives again after the attempt', async () => {
    const tenantId = await aTenantId();
    const store = deliveryStore(table);
    await store.putIfAbsent(tenantId, delivery, at);
    await overwrite(table, deliveryKey(tenantId, delivery.id), { status: 'failed' });
    await store.reopen(tenantId, delivery.id, { ...due, by: 'call-1' });
    await overwrite(table, deliveryKey(tenantId, delivery.id), { status: 'delivered' });

    const again = await store.reopen(tenantId, delivery.id, { ...due, by: 'call-1' });

    expect(again).toMatchObject({ id: delivery.id, status: 'delivered' });
    expect(await store.state(tenantId, delivery.id, noon)).toMatchObject({ status: 'delivered' });
  });

  const attempt: Attempt = {
    number: 1,
    trigger: 'event',
    at,
    duration_ms: 5,
    url: target.url,
    request_headers: {},
    address: null,
    response_status: 500,
    response_excerpt: null,
    error: null,
  };
  const verdict = {
    status: 'pending',
    endedReason: null,
    nextAttemptAt: at,
    dueAt: at,
    queueDelaySeconds: 5,
  } as const;

  test('has an attempt once that is recorded by a request sent twice, and not the attempt of a late request', async () => {
    const tenantId = await aTenantId();
    await deliveryStore(table).putIfAbsent(tenantId, delivery, at);
    const message = { tenant_id: tenantId, delivery_id: delivery.id, attempts: 0 };
    const attempts = deliveryAttemptStore(table);
    const claimed = (await attempts.claim(message, { token: 't1', until: '9999' }, noon))!;

    const recorded = await deliveryAttemptStore(twice()).record(tenantId, claimed, 't1', { verdict, attempt });

    expect(recorded).toBe(true);
    expect(await deliveryStore(table).get(tenantId, delivery.id, noon)).toMatchObject({ attempts: [attempt] });
    const late = { ...attempt, at: addSeconds(noon, 40).toISOString() };
    expect(await attempts.record(tenantId, claimed, 't0', { verdict, attempt: late })).toBe(false);
  });
});

describe('a repair that is sent twice', () => {
  const repaired = (tenantId: string, repair: Repair) => reconcileRepairs(twice()).repair(tenantId, repair, noon);

  test('recounts a day once and returns true', async () => {
    const tenantId = await aTenantId();
    await overwrite(table, tenantKey(tenantId), { d20261122: 3 });

    expect(await repaired(tenantId, { act: 'recount', day: '2026-11-22', by: -2 })).toBe(true);

    expect(await tenantRow(table, tenantId)).toMatchObject({ d20261122: 1 });
    expect(await repaired(tenantId, { act: 'recount', day: '2026-11-22', by: -2 })).toBe(false);
  });

  test('puts an open run back in the index that recovery reads, and returns true', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await startRun(startRunDeps(table, testClock()).deps, aTrigger(tenantId));
    const key = runKey(tenantId, 1);
    const { due_at: _due, open_shard: _shard, ...rest } = (await rowAt(table, key))!;
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: rest }));
    const repair = { act: 'look_at_run', runId: 1, uid: String(rest['uid']) } as const;

    expect(await repaired(tenantId, repair)).toBe(true);

    expect(await rowAt(table, key)).toMatchObject({ due_at: at });
    expect(await reconcileRepairs(table).repair(tenantId, repair, noon)).toBe(false);
  });
});

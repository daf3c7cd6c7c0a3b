import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { endpointKey } from '../../functions/aws/keys';
import { openStores } from '../../functions/aws/open-stores';
import type { Database } from '../../functions/aws/database';
import { addSeconds } from '../../functions/domain/day';
import { sendTestEvent } from '../../functions/domain/delivery/send-test';
import { changeEndpoint, endpointChanges } from '../../functions/domain/endpoint/change-endpoint';
import { disabled, healthy } from '../../functions/domain/endpoint/health';
import type { Endpoint, EndpointPatch } from '../../functions/domain/endpoint/endpoint';
import { noon } from '../support/builders';
import { allOrders, interleaved } from '../support/interleaved';
import { repeating, isWrite } from '../support/requests';
import { startHarness, tenantId } from './harness';

const oldUrl = 'https://hooks.example.com/old';
const newUrl = 'https://hooks.example.com/new';
const policy = { ownHosts: [], localInboxOrigin: undefined };

let harness: Awaited<ReturnType<typeof startHarness>>;
/** Numbers the test events and the endpoints with ids of their own. */
let numbered = 0;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.reset());

/** What a person's PATCH does, on the endpoint as it is when the person sends it. */
async function patch(id: string, body: EndpointPatch, database: Database = harness.table) {
  const deps = openStores(database);
  const before = await deps.endpoints.get(tenantId, id);
  const now = harness.clock.now;
  return changeEndpoint(deps, tenantId, before!, (endpoint) => endpointChanges(endpoint, body, policy, now), now);
}

/** The receiver answers only after `meanwhile` has happened. */
const answerAfter = (meanwhile: () => Promise<unknown>, status: number) =>
  harness.receiver.respondWith((response) => void meanwhile().then(() => response.writeHead(status).end()));
const stored = (id: string) => harness.endpoints.get(tenantId, id);
const sendTest = (endpoint: Endpoint) =>
  sendTestEvent(harness.deps, tenantId, {
    endpoint,
    payload: undefined,
    ulid: `01KAPX${String((numbered += 1)).padStart(20, '0')}`,
    now: harness.clock.now,
  });
const audited = async (id: string) => (await harness.auditedChanges()).filter((row) => row.endsWith(id));

/** A row as an earlier release wrote it. */
const forgetMark = (id: string) =>
  harness.table.client.send(
    new UpdateCommand({
      TableName: harness.table.tableName,
      Key: { ...endpointKey(tenantId, id) },
      UpdateExpression: 'REMOVE address_mark',
    }),
  );

test.each(['of this release', 'of an earlier release'])(
  'a 410 of the old URL does not disable an endpoint whose URL was changed meanwhile, in a row %s',
  async (release) => {
    const { endpoint } = await harness.addEndpoint({ url: oldUrl });
    if (release === 'of an earlier release') await forgetMark(endpoint.id);
    answerAfter(() => patch(endpoint.id, { url: newUrl }), 410);
    await harness.fire();
    await harness.deliverQueued();

    expect(await stored(endpoint.id)).toMatchObject({ url: newUrl, status: 'active', disabled_reason: null });
    expect(await audited(endpoint.id)).toEqual([]);
  },
);

test.each(['of this release', 'of an earlier release'])(
  'a 410 disables an endpoint whose description was changed meanwhile, in a row %s',
  async (release) => {
    const { endpoint } = await harness.addEndpoint();
    if (release === 'of an earlier release') await forgetMark(endpoint.id);
    answerAfter(() => patch(endpoint.id, { description: 'the old shop' }), 410);
    await harness.fire();
    await harness.deliverQueued();

    expect(await stored(endpoint.id)).toMatchObject({ status: 'disabled', disabled_reason: 'receiver_gone' });
  },
);

test.each([{ status: 'disabled' }, { headers: { authorization: 'new' } }, { body: 'payload' }] as const)(
  'a 410 to a request from before the change %j is not held against what was changed',
  async (change) => {
    const { endpoint } = await harness.addEndpoint();
    answerAfter(async () => {
      await patch(endpoint.id, change);
      await patch(endpoint.id, { status: 'active' });
    }, 410);
    await harness.fire();
    await harness.deliverQueued();

    expect(await stored(endpoint.id)).toMatchObject({ status: 'active', disabled_reason: null });
  },
);

test('a failure of the old URL starts no clock for the new one', async () => {
  const { endpoint } = await harness.addEndpoint({ url: oldUrl });
  answerAfter(() => patch(endpoint.id, { url: newUrl }), 500);
  await harness.fire();
  await harness.deliverQueued();

  expect(await stored(endpoint.id)).toMatchObject({ url: newUrl, ...healthy });
});

test('a slow failure does not disable an endpoint that a success has just cleared; it starts a new clock', async () => {
  const { endpoint } = await harness.addEndpoint({
    failing_since: addSeconds(noon, -6 * 86_400).toISOString(),
    warned_percent: 90,
  });
  await harness.fire();
  await harness.fire({ stepIndex: 3 });
  let answers = 0;
  const cleared = async () => {
    while ((await stored(endpoint.id))?.failing_since !== null) await new Promise((resolve) => setImmediate(resolve));
  };
  harness.receiver.respondWith((response) => {
    answers += 1;
    if (answers === 1) response.end();
    else void cleared().then(() => response.writeHead(500).end());
  });
  await harness.deliverQueued();

  expect(await stored(endpoint.id)).toMatchObject({ status: 'active', failing_since: noon.toISOString() });
});

test('a test that passes at the old URL does not enable an endpoint at its new, untested URL', async () => {
  const { endpoint } = await harness.addEndpoint({ url: oldUrl, ...disabled('only_failures', noon.toISOString()) });
  await sendTest(endpoint);
  answerAfter(() => patch(endpoint.id, { url: newUrl }), 200);
  await harness.deliverQueued();

  expect(await stored(endpoint.id)).toMatchObject({ url: newUrl, status: 'disabled' });
  expect(await audited(endpoint.id)).not.toContain(`endpoint.enabled ${endpoint.id}`);
});

test('a test that passes does not enable an endpoint that a person has switched on and off meanwhile', async () => {
  const { endpoint } = await harness.addEndpoint(disabled('only_failures', noon.toISOString()));
  await sendTest(endpoint);
  answerAfter(async () => {
    await patch(endpoint.id, { status: 'active' });
    await patch(endpoint.id, { status: 'disabled' });
  }, 200);
  await harness.deliverQueued();

  expect(await stored(endpoint.id)).toMatchObject({ status: 'disabled', disabled_reason: 'by_request' });
});

test('an endpoint that is deleted during an attempt stays deleted', async () => {
  const { endpoint } = await harness.addEndpoint();
  answerAfter(() => harness.endpoints.delete(tenantId, endpoint.id, noon), 410);
  await harness.fire();
  await harness.deliverQueued();

  expect(await stored(endpoint.id)).toBeUndefined();
});

describe('when a person changes an endpoint while a 410 is written, in every order of their requests', () => {
  test.each([
    [{ url: newUrl }, { url: newUrl }],
    [
      { url: newUrl, status: 'active' },
      { url: newUrl, status: 'active' },
    ],
    [{ status: 'disabled' }, { status: 'disabled' }],
  ] as const)('%j leaves %j', async (body, expected) => {
    for (const order of allOrders([8, 2])) {
      const { endpoint } = await harness.addEndpoint({
        url: oldUrl,
        id: `ep_${String((numbered += 1)).padStart(10, '0')}`,
      });
      await interleaved(
        harness.table,
        [
          (database) => patch(endpoint.id, body, database),
          (database) =>
            openStores(database).health.write(tenantId, endpoint, disabled('receiver_gone', noon.toISOString())),
        ],
        order,
        async () => undefined,
      );

      expect(await stored(endpoint.id)).toMatchObject(expected);
      await harness.table.client.send(
        new DeleteCommand({ TableName: harness.table.tableName, Key: { ...endpointKey(tenantId, endpoint.id) } }),
      );
    }
  });
});

test('an endpoint that a 410 disables while a person enables it is enabled, as the person asked', async () => {
  const { endpoint } = await harness.addEndpoint();
  const [changed] = await interleaved(
    harness.table,
    [
      (database) => patch(endpoint.id, { status: 'active' }, database),
      (database) =>
        openStores(database).health.write(tenantId, endpoint, disabled('receiver_gone', noon.toISOString())),
    ],
    [0, 1, 0, 0, 0, 0],
    async () => undefined,
  );

  expect(changed).toMatchObject({ changes: { status: 'active' } });
  expect(await stored(endpoint.id)).toMatchObject({ status: 'active' });
});

test('a verdict and a change that the SDK repeats are each written once and reported as written', async () => {
  const { endpoint } = await harness.addEndpoint();
  const twice = () => openStores(repeating(harness.table, isWrite));

  const verdict = await twice().health.write(tenantId, endpoint, disabled('receiver_gone', noon.toISOString()));
  const changed = await twice().endpoints.update(tenantId, endpoint.id, { url: newUrl }, verdict.endpoint);

  expect(verdict).toMatchObject({ isWritten: true, endpoint: { status: 'disabled' } });
  expect(changed).toMatchObject({ url: newUrl, status: 'disabled' });
});

test('announcing a disabling does not announce a later one', async () => {
  const { endpoint } = await harness.addEndpoint(disabled('only_failures', noon.toISOString()));
  await patch(endpoint.id, { status: 'active' });
  harness.clock.now = addSeconds(noon, 60);
  await patch(endpoint.id, { status: 'disabled' });

  await harness.deps.health.noteDisablingAnnounced(tenantId, endpoint.id, noon.toISOString());

  expect((await stored(endpoint.id))?.disabling_announced).toBe(false);
});

import { deliveryStore } from '../../../functions/aws/delivery/deliveries';
import { endpointStore } from '../../../functions/aws/endpoint/endpoints';
import { deliveryKey, endpointKey, runKey } from '../../../functions/aws/keys';
import { runStore } from '../../../functions/aws/run/runs';
import { newDelivery } from '../../../functions/domain/delivery/delivery';
import { newEvent } from '../../../functions/domain/delivery/event';
import { stepEventId } from '../../../functions/domain/delivery/ids';
import type { Endpoint } from '../../../functions/domain/endpoint/endpoint';
import { anEndpoint, aRun, aTrailEntry, noon } from '../../support/builders';
import { overwrite, rowAt } from '../../support/table';
import { startLocalTable, type LocalTable } from '../operator';

let on: LocalTable;
beforeAll(async () => (on = await startLocalTable()));
afterAll(() => on.stop());

const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const credential = 'Bearer of-the-receiver';

async function aStoredEndpoint(tenantId: string, overrides: Partial<Endpoint> = {}): Promise<Endpoint> {
  const endpoint = anEndpoint({
    url: 'https://hooks.example.com/promo',
    headers: { authorization: credential },
    disabling_announced: false,
    ...overrides,
  });
  await endpointStore(on.database).create(tenantId, endpoint, { secret, keyHash: undefined }, noon);
  return endpoint;
}

/** A failed delivery of step 1 of run 1. */
async function aDelivery(tenantId: string, endpoint: Endpoint): Promise<string> {
  const run = aRun();
  await runStore(on.database).put(tenantId, { run, input: '{}', dueAt: run.created_at, keyHash: undefined });
  const target = { endpoint_id: endpoint.id, url: endpoint.url, body: endpoint.body };
  const event = newEvent(
    { id: stepEventId(run.uid, 0), type: 'campaign.kickoff', run: { id: 1, uid: run.uid, workflow_id: 1 }, stepIndex: 0, data: {} }, // prettier-ignore
    [target],
    noon,
  );
  const delivery = newDelivery(event, target, 'event', noon);
  await deliveryStore(on.database).putIfAbsent(tenantId, delivery, noon.toISOString());
  await overwrite(on.database, deliveryKey(tenantId, delivery.id), {
    status: 'failed',
    ended_reason: 'attempts_exhausted',
    attempts_made: 1,
    attempts: [
      {
        number: 1,
        trigger: 'event',
        at: noon.toISOString(),
        duration_ms: 31,
        url: endpoint.url,
        request_headers: { authorization: credential, 'webhook-signature': 'v1,c2lnbmF0dXJl' },
        address: '203.0.113.7',
        response_status: 500,
        response_excerpt: 'oh no',
        error: { class: 'http_status', rule: null, detail: 'The receiver answered 500.' },
      },
    ],
  });
  return delivery.id;
}

test('endpoints are listed and shown, but never a secret', async () => {
  const id = await on.tenant();
  const endpoint = await aStoredEndpoint(id, { disabled_reason: 'receiver_gone', status: 'disabled' });

  const view = await on.json('endpoints', 'show', id, endpoint.id);
  const shown = [
    await on.local('endpoints', 'list', id),
    await on.local('endpoints', 'list', id, '--json'),
    await on.local('endpoints', 'show', id, endpoint.id),
    view,
  ];

  expect(shown[0]).toMatchObject({ out: expect.stringMatching(/promo +campaign\.\* +disabled +receiver_gone$/m) });
  expect(view).toMatchObject({ id: endpoint.id, status: 'disabled', header_names: ['authorization'] });
  expect(await rowAt(on.database, endpointKey(id, endpoint.id))).toMatchObject({ secret });
  expect(JSON.stringify(shown)).not.toContain(secret);
  expect(JSON.stringify(shown)).not.toContain(credential);
});

test('deliveries are filtered by run, endpoint and status', async () => {
  const id = await on.tenant();
  const [one, other] = [await aStoredEndpoint(id), await aStoredEndpoint(id)];
  const deliveryId = await aDelivery(id, one);

  const listed = (...args: string[]) => on.json('deliveries', 'list', id, ...args);

  expect(await listed()).toMatchObject({ data: [{ id: deliveryId, run_id: 1, status: 'failed' }], has_more: false });
  expect((await listed('--run', '1', '--endpoint', one.id, '--status', 'failed')).data).toHaveLength(1);
  expect((await listed('--endpoint', other.id)).data).toEqual([]);
  expect((await listed('--status', 'pending')).data).toEqual([]);
  expect((await on.local('deliveries', 'list', id, '--run', '2')).err).toMatch(/^No such run\./);
});

test('a delivery is shown attempt by attempt, without what may be credentials', async () => {
  const id = await on.tenant();
  const deliveryId = await aDelivery(id, await aStoredEndpoint(id));

  const { out } = await on.local('deliveries', 'show', id, deliveryId);
  const json = await on.local('deliveries', 'show', id, deliveryId, '--json');

  expect(out).toMatch(/^ended because +attempts_exhausted$/m);
  expect(out).toMatch(/^1 .* 31 ms +203\.0\.113\.7 +500 +http_status: The receiver answered 500\.$/m);
  expect(JSON.parse(json.out).attempts).toMatchObject([{ number: 1, response_status: 500 }]);
  expect(out + json.out).not.toContain(credential);
});

test('a run shows the deliveries of its steps', async () => {
  const id = await on.tenant();
  const endpoint = await aStoredEndpoint(id);
  const deliveryId = await aDelivery(id, endpoint);
  await overwrite(on.database, runKey(id, 1), {
    trail: [aTrailEntry({ type: 'fire_webhook_event', output: { event: 'campaign.kickoff', matched_endpoints: 1 } })],
  });

  const { out } = await on.local('runs', 'show', id, '1');

  expect(out).toMatch(/ campaign\.kickoff, endpoints: 1$/m);
  expect(out).toMatch(new RegExp(`^${deliveryId} +1 +${endpoint.id} +failed$`, 'm'));
});

test.each([
  ['endpoints', 'ep_0000000000', 'endpoint'],
  ['deliveries', 'dlv_nothing', 'delivery'],
])('an unknown one is not found: %s show', async (command, unknown, thing) => {
  const { code, err } = await on.local(command, 'show', await on.tenant(), unknown);

  expect(code).toBe(1);
  expect(err).toBe(`No such ${thing}. Check the id; ids are listed by the matching list call.\n`);
});

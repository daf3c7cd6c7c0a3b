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
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const credential = 'Bearer of-the-receiver';

async function aStoredEndpoint(tenantId: string, overrides: Partial<Endpoint> = {}): Promise<Endpoint> {
  const endpoint = anEndpoint({
    url: 'https://hooks.example.com/promo',
    headers: { authorization: credential },
    disabling_announced: false,
    ...overrides,
  });
  await endpointStore(operator.database).create(tenantId, endpoint, { secret, keyHash: undefined }, noon);
  return endpoint;
}

/** A failed delivery of step 1 of run 1. */
async function aDelivery(tenantId: string, endpoint: Endpoint): Promise<string> {
  const run = aRun();
  await runStore(operator.database).put(tenantId, { run, input: '{}', dueAt: run.created_at, keyHash: undefined });
  const target = { endpoint_id: endpoint.id, url: endpoint.url, body: endpoint.body };
  const event = newEvent(
    { id: stepEventId(run.uid, 0), type: 'campaign.kickoff', run: { id: 1, uid: run.uid, workflow_id: 1 }, stepIndex: 0, data: {} }, // prettier-ignore
    [target],
    noon,
  );
  const delivery = newDelivery(event, target, 'event', noon);
  await deliveryStore(operator.database).putIfAbsent(tenantId, delivery, noon.toISOString());
  await overwrite(operator.database, deliveryKey(tenantId, delivery.id), {
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
  const id = await operator.createTenant();
  const endpoint = await aStoredEndpoint(id, { disabled_reason: 'receiver_gone', status: 'disabled' });

  const view = await operator.json('endpoints', 'show', id, endpoint.id);
  const shown = [
    await operator.run('endpoints', 'list', id),
    await operator.run('endpoints', 'list', id, '--json'),
    await operator.run('endpoints', 'show', id, endpoint.id),
    view,
  ];

  expect(shown[0]).toMatchObject({ out: expect.stringMatching(/promo +campaign\.\* +disabled +receiver_gone$/m) });
  expect(view).toMatchObject({ id: endpoint.id, status: 'disabled', header_names: ['authorization'] });
  expect(await rowAt(operator.database, endpointKey(id, endpoint.id))).toMatchObject({ secret });
  expect(JSON.stringify(shown)).not.toContain(secret);
  expect(JSON.stringify(shown)).not.toContain(credential);
});

test('deliveries are filtered by run, endpoint and status', async () => {
  const id = await operator.createTenant();
  const [one, other] = [await aStoredEndpoint(id), await aStoredEndpoint(id)];
  const deliveryId = await aDelivery(id, one);

  const listed = (...args: string[]) => operator.json('deliveries', 'list', id, ...args);

  expect(await listed()).toMatchObject({ data: [{ id: deliveryId, run_id: 1, status: 'failed' }], has_more: false });
  expect((await listed('--run', '1', '--endpoint', one.id, '--status', 'failed')).data).toHaveLength(1);
  expect((await listed('--endpoint', other.id)).data).toEqual([]);
  expect((await listed('--status', 'pending')).data).toEqual([]);
  expect((await operator.run('deliveries', 'list', id, '--run', '2')).err).toMatch(/^No such run\./);
});

test('a delivery is shown attempt by attempt, without headers that may be credentials', async () => {
  const id = await operator.createTenant();
  const deliveryId = await aDelivery(id, await aStoredEndpoint(id));

  const { out } = await operator.run('deliveries', 'show', id, deliveryId);
  const json = await operator.run('deliveries', 'show', id, deliveryId, '--json');

  expect(out).toMatch(/^ended because +attempts_exhausted$/m);
  expect(out).toMatch(/^1 .* 31 ms +203\.0\.113\.7 +500 +http_status: The receiver answered 500\.$/m);
  expect(JSON.parse(json.out).attempts).toMatchObject([{ number: 1, response_status: 500 }]);
  expect(out + json.out).not.toContain(credential);
});

test('a run shows the deliveries of its steps', async () => {
  const id = await operator.createTenant();
  const endpoint = await aStoredEndpoint(id);
  const deliveryId = await aDelivery(id, endpoint);
  await overwrite(operator.database, runKey(id, 1), {
    trail: [aTrailEntry({ type: 'fire_webhook_event', output: { event: 'campaign.kickoff', matched_endpoints: 1 } })],
  });

  const { out } = await operator.run('runs', 'show', id, '1');

  expect(out).toMatch(/ campaign\.kickoff, endpoints: 1$/m);
  expect(out).toMatch(new RegExp(`^${deliveryId} +1 +${endpoint.id} +failed$`, 'm'));
});

test.each([
  ['endpoints', 'ep_0000000000', 'endpoint'],
  ['deliveries', 'dlv_nothing', 'delivery'],
])('%s show says that an unknown id is not found', async (command, unknown, thing) => {
  const { code, err } = await operator.run(command, 'show', await operator.createTenant(), unknown);

  expect(code).toBe(1);
  expect(err).toBe(`No such ${thing}. Check the id; ids are listed by the matching list call.\n`);
});

test('a delivery that waits for its turn says until when, and an endpoint how much it gets', async () => {
  const id = await operator.createTenant();
  const endpoint = await aStoredEndpoint(id, { max_per_second: 3 });
  const deliveryId = await aDelivery(id, endpoint);
  const turn = '2026-11-22T12:00:40.000Z';
  const waiting = { status: 'pending', ended_reason: null, next_attempt_at: turn, waiting_until: turn };
  await overwrite(operator.database, deliveryKey(id, deliveryId), waiting);

  expect((await operator.run('deliveries', 'list', id)).out).toMatch(/waiting for its turn until 2026-11-22.12:00:40/);
  expect((await operator.run('deliveries', 'show', id, deliveryId)).out).toMatch(
    /^waiting for its turn until +2026-11-22.12:00:40/m,
  );
  expect(await operator.json('deliveries', 'show', id, deliveryId)).toMatchObject({ waiting_until: turn });
  expect((await operator.run('endpoints', 'show', id, endpoint.id)).out).toMatch(/^attempts a second +3 at most$/m);
});

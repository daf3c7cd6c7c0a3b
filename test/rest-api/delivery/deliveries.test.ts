import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { deliveryAttemptStore } from '../../../functions/aws/delivery/attempts';
import { openStores } from '../../../functions/aws/open-stores';
import { attemptKey, deliveriesParent, deliveryKey } from '../../../functions/aws/keys';
import { addSeconds } from '../../../functions/domain/day';
import { newDelivery } from '../../../functions/domain/delivery/delivery';
import { newEvent } from '../../../functions/domain/delivery/event';
import { fireWebhookEvent } from '../../../functions/domain/delivery/fire-event';
import { stepEventId } from '../../../functions/domain/delivery/ids';
import type { LimitName } from '../../../functions/domain/tenant/limits';
import { attemptDelivery, type Outcome } from '../../support/attempted';
import { aRun, noon } from '../../support/builders';
import { startRest, type Rest } from '../../support/rest';

jest.setTimeout(30_000);

let rest: Rest;
let token: string;
let tenantId: string;
let endpoint: { id: string; secret: string };
const path = '/api/v1/webhook-deliveries';

beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.stop());
beforeEach(async () => {
  rest.clock.set(noon);
  rest.queued.length = 0;
  ({ token, id: tenantId } = await rest.aTenant());
  endpoint = await register();
});

const get = (target: string) => rest.call('GET', target, { token });
const post = (target: string, body?: unknown) => rest.call('POST', target, { token, body });

async function register(): Promise<{ id: string; secret: string }> {
  return (await post('/api/v1/webhook-endpoints', { url: 'https://hooks.example.com/in', events: ['*'] })).body;
}

/** Fires events from a stored run. @returns the ids of their deliveries */
async function fire(runId: number, { steps = 1, payload = { n: runId } } = {}): Promise<string[]> {
  const run = aRun({
    id: runId,
    uid: `run_${ulid(rest.clock.now().getTime())}`,
    created_at: rest.clock.now().toISOString(),
  });
  await rest.deps.runs.put(tenantId, { run, input: '{}', dueAt: '9999', keyHash: undefined });
  for (let stepIndex = 0; stepIndex < steps; stepIndex += 1) {
    await fireWebhookEvent(rest.deps, {
      tenantId,
      run,
      stepIndex,
      event: 'campaign.kickoff',
      payload,
      now: rest.clock.now(),
    });
  }
  return (await rest.deps.deliveries.listForRun(tenantId, run.uid, rest.clock.now())).map(({ id }) => id);
}

/** Records the attempt that is due, as the delivery function does. */
const attempt = (deliveryId: string, how: Outcome) =>
  attemptDelivery(rest, { tenantId, deliveryId, secret: endpoint.secret }, how);

/** Puts rows directly, because 1,100 puts through the store take ten seconds. */
async function putMany(count: number, runUid: string, endpointOf: (index: number) => string): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const target = { endpoint_id: endpointOf(index), url: 'https://hooks.example.com/', body: 'envelope' } as const;
    const delivery = newDelivery(anEvent(runUid, index), target, 'event', noon);
    const parent = deliveriesParent(tenantId, target.endpoint_id);
    return { PutRequest: { Item: { ...deliveryKey(tenantId, delivery.id), parent, ...delivery } } };
  });
  await putRows(rows);
}

async function putRows(rows: { PutRequest: { Item: Record<string, unknown> } }[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 25) {
    await rest.table.client.send(
      new BatchWriteCommand({ RequestItems: { [rest.table.tableName]: rows.slice(from, from + 25) } }),
    );
  }
}

async function putAttempts(deliveryId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const made = { number: index + 1, trigger: 'replay', at: noon.toISOString(), duration_ms: 1 } as const;
    const rest = {
      url: '',
      request_headers: {},
      address: null,
      response_status: 200,
      response_excerpt: null,
      error: null,
    };
    return { PutRequest: { Item: { ...attemptKey(tenantId, deliveryId, made), ...made, ...rest } } };
  });
  await putRows(rows);
}

test('a delivery shows its request, every attempt, and a command that verifies it', async () => {
  const [id] = await fire(1, { payload: { n: 1 } });

  const before = await get(`${path}/${id}`);
  expect(before).toMatchObject({
    status: 200,
    body: {
      id,
      run_id: 1,
      step_index: 0,
      event: 'campaign.kickoff',
      endpoint_id: endpoint.id,
      status: 'pending',
      next_attempt_at: noon.toISOString(),
      attempts: [],
      verify_command: null,
      request: { headers: {} },
    },
  });

  await attempt(id!, 'delivered');
  const { body } = await get(`${path}/${id}`);
  expect(body).toMatchObject({
    status: 'delivered',
    next_attempt_at: null,
    ended_reason: null,
    attempts: [
      {
        number: 1,
        at: noon.toISOString(),
        duration_ms: 12,
        response_status: 200,
        address: '93.184.216.34',
        error: null,
      },
    ],
  });
  expect(JSON.parse(body.request.body)).toMatchObject({ type: 'campaign.kickoff', data: { n: 1 }, run: { id: 1 } });
  expect(body.request.headers['webhook-id']).toBe(id);
  expect(body.verify_command).toContain(body.request.headers['webhook-signature']);
  expect(JSON.stringify(body)).not.toContain(endpoint.secret);
});

test('the run detail shows the deliveries of each step with their present status', async () => {
  const workflow = await rest.aWorkflow(tenantId);
  const started = await post(`/api/v1/workflows/${workflow.id}/runs`, {});
  await fireWebhookEvent(rest.deps, {
    tenantId,
    run: started.body,
    stepIndex: 2,
    event: 'campaign.kickoff',
    payload: {},
    now: noon,
  });
  const trail = ['log', 'delay', 'fire_webhook_event'].map((type) => ({
    type: type as 'log',
    status: 'succeeded' as const,
    started_at: noon.toISOString(),
    finished_at: noon.toISOString(),
    output: type === 'fire_webhook_event' ? { event: 'campaign.kickoff', matched_endpoints: 1 } : {},
    error: null,
  }));
  await rest.deps.progress.record(tenantId, started.body, {
    expectedCursor: 0,
    cursor: 3,
    entries: trail,
    status: 'succeeded',
    stepsSucceeded: 3,
    stepsFailed: 0,
    startedAt: noon.toISOString(),
    finishedAt: noon.toISOString(),
    resumeAt: null,
    error: null,
    dueAt: undefined,
  });
  const shown = async () => (await get(`/api/v1/workflow-runs/${started.body.id}`)).body.steps[2].output.deliveries;

  const [pending] = await shown();
  expect(pending).toEqual({ id: expect.stringMatching(/^dlv_/), endpoint_id: endpoint.id, status: 'pending' });
  await attempt(pending.id, 'blocked');
  expect(await shown()).toEqual([{ ...pending, status: 'blocked' }]);
});

describe('the list', () => {
  test('can be filtered by run, endpoint and status, and by any two of them', async () => {
    const other = await register();
    const [first] = await fire(1, { steps: 2 });
    rest.clock.set(addSeconds(noon, 60));
    await fire(2);
    await attempt(first!, 'failed');
    const list = async (query: string) =>
      (await get(`${path}?${query}`)).body.data.map((one: any) => [one.run_id, one.step_index, one.status]);

    expect(await list('')).toEqual([
      [2, 0, 'pending'],
      [2, 0, 'pending'],
      [1, 1, 'pending'],
      [1, 1, 'pending'],
      [1, 0, expect.any(String)],
      [1, 0, expect.any(String)],
    ]);
    expect(await list('run_id=2')).toEqual([
      [2, 0, 'pending'],
      [2, 0, 'pending'],
    ]);
    expect(await list(`endpoint_id=${other.id}`)).toHaveLength(3);
    expect(await list(`endpoint_id=${other.id}&run_id=1`)).toHaveLength(2);
    expect(await list('status=failed')).toEqual([[1, 0, 'failed']]);
    expect(await list('run_id=1&status=failed')).toEqual([[1, 0, 'failed']]);
    expect(await list('run_id=2&status=failed')).toEqual([]);
    expect(await list('run_id=99')).toEqual([]);
    expect(await list('endpoint_id=ep_0000000000')).toEqual([]);
  });

  test('has pages in a stable order, without the attempts', async () => {
    for (let run = 1; run <= 7; run += 1) {
      rest.clock.set(addSeconds(noon, run));
      await fire(run);
    }
    for (const filter of ['', `&endpoint_id=${endpoint.id}`, '&status=pending']) {
      const seen: number[] = [];
      let cursor = '';
      for (let pages = 0; pages < 10; pages += 1) {
        const { body } = await get(`${path}?limit=3${filter}${cursor}`);
        seen.push(...body.data.map(({ run_id }: any) => run_id));
        expect(body.data[0]).not.toHaveProperty('attempts');
        if (!body.has_more) break;
        cursor = `&cursor=${body.next_cursor}`;
      }
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    }
  });

  test('has at most 100 deliveries of one endpoint per page, and says that there are more', async () => {
    await putMany(101, aRun().uid, () => endpoint.id);

    const { status, body } = await get(`${path}?endpoint_id=${endpoint.id}&limit=100`);

    expect([status, body.data?.length, body.has_more]).toEqual([200, 100, true]);
  });

  test('reads at most 1,000 rows: a rare status may need another page', async () => {
    const [rare] = await fire(1);
    await attempt(rare!, 'blocked');
    rest.clock.set(addSeconds(noon, 60));
    const run = aRun({ id: 2, uid: `run_${ulid(rest.clock.now().getTime())}` });
    await putMany(1100, run.uid, (index) => `ep_${String(index).padStart(10, '0')}`);

    const first = await get(`${path}?status=blocked`);
    const second = await get(`${path}?status=blocked&cursor=${first.body.next_cursor}`);

    expect(first.body).toMatchObject({ data: [], has_more: true });
    expect(second.body).toMatchObject({ data: [{ id: rare }], has_more: false });
  });

  test('of a run has the outlines of the attempts if they are asked for', async () => {
    const other = await register();
    const ids = await fire(1, { steps: 2 });
    const [failing, fine] = [ofEndpoint(ids, endpoint.id)[0]!, ofEndpoint(ids, other.id)[1]!];
    await attempt(failing, 'failed');
    await post(`${path}/${failing}/redeliver`);
    await attempt(failing, 'failed');
    await attempt(fine, 'delivered');
    const { data } = (await get(`${path}?run_id=1&attempts=true`)).body;
    const shown = (id: string) => data.find((one: any) => one.id === id);

    expect(data).toHaveLength(4);
    for (const id of [failing, fine]) {
      const { attempts } = (await get(`${path}/${id}`)).body;
      const outlines = attempts.map(({ number, trigger, at, duration_ms, response_status, error }: any) => {
        return { number, trigger, at, duration_ms, response_status, error_class: error?.class ?? null };
      });
      expect(shown(id).attempts).toEqual(outlines);
    }
    expect(shown(failing).attempts).toMatchObject([
      { number: 1, trigger: 'event' },
      { number: 2, trigger: 'replay' },
    ]);
    expect(shown(fine).attempts).toMatchObject([{ number: 1, response_status: 200, error_class: null }]);
    expect(data.filter(({ attempts }: any) => attempts.length === 0)).toHaveLength(2);
    expect((await get(`${path}?run_id=1`)).body.data[0]).not.toHaveProperty('attempts');
    expect((await get(`${path}?run_id=1&attempts=false`)).body.data[0]).not.toHaveProperty('attempts');
  });

  test('can be narrowed to one step of a run', async () => {
    const ids = await fire(1, { steps: 3 });
    await fire(2, { steps: 3 });
    const list = async (query: string) =>
      (await get(`${path}?${query}`)).body.data.map((one: any) => [one.run_id, one.step_index]);

    expect(await list('run_id=1&step_index=1')).toEqual([[1, 1]]);
    expect(await list('run_id=1&step_index=1&attempts=true')).toEqual([[1, 1]]);
    expect(await list('run_id=1&step_index=49')).toEqual([]);
    expect(ids).toHaveLength(3);
  });

  test('says of which deliveries it did not reach the attempts, instead of reading any number of them', async () => {
    await register();
    const [first, last] = (await fire(1)).sort();
    await putAttempts(first!, 999);
    await putAttempts(last!, 2);
    const { data } = (await get(`${path}?run_id=1&attempts=true`)).body;
    const shown = (id: string) => data.find((one: any) => one.id === id).attempts;

    expect(shown(first!).map(({ number }: any) => number)).toEqual(
      Array.from({ length: 20 }, (_, index) => 980 + index),
    );
    expect(shown(last!)).toBeNull();
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['status=ended', 'status'],
    ['run_id=x', 'run_id'],
    ['cursor=AAAA', 'cursor'],
    ['colour=red', 'colour'],
    ['step_index=1', 'step_index'],
    ['run_id=1&step_index=50', 'step_index'],
    ['attempts=true', 'attempts'],
    ['run_id=1&attempts=yes', 'attempts'],
  ])('with %s is refused with 422 and the parameter', async (query, parameter) => {
    const refused = await get(`${path}?${query}`);

    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ parameter }] } });
  });

  test('does not accept another tenant’s cursor or endpoint, or show its deliveries', async () => {
    const ids = await fire(1, { steps: 3 });
    const { body } = await get(`${path}?limit=1`);
    const stranger = (await rest.aTenant()).token;
    const ask = (method: string, target: string) => rest.call(method, target, { token: stranger });

    expect((await ask('GET', `${path}?limit=1&cursor=${body.next_cursor}`)).status).toBe(422);
    expect((await ask('GET', `${path}?endpoint_id=${endpoint.id}`)).body.data).toEqual([]);
    const unknown = await ask('GET', `${path}/dlv_${'0'.repeat(38)}`);
    for (const target of [`${path}/${ids[0]}`, `${path}/${ids[0]!.toLowerCase()}`, `${path}/nonsense`]) {
      const answer = await ask('GET', target);
      expect([answer.status, { ...answer.body, request_id: '' }]).toEqual([404, { ...unknown.body, request_id: '' }]);
    }
    expect((await ask('POST', `${path}/${ids[0]}/redeliver`)).status).toBe(404);
  });

  test('does not show a delivery after 90 days, even if TTL has not deleted it yet', async () => {
    const [id] = await fire(1);
    rest.clock.set(addSeconds(noon, 90 * 86_400));

    expect((await get(`${path}/${id}`)).status).toBe(404);
    expect((await get(path)).body.data).toEqual([]);
    expect((await get(`${path}?endpoint_id=${endpoint.id}`)).body.data).toEqual([]);
    expect((await post(`${path}/${id}/redeliver`)).status).toBe(404);
  });
});

describe('redelivering', () => {
  test.each(['delivered', 'failed', 'blocked'] as const)('a %s delivery is queued again under its id', async (how) => {
    const [id] = await fire(1);
    await attempt(id!, how);
    rest.queued.length = 0;
    rest.clock.set(addSeconds(noon, 60));

    const accepted = await post(`${path}/${id}/redeliver`);

    expect(accepted).toMatchObject({
      status: 202,
      body: {
        id,
        status: 'pending',
        ended_reason: null,
        attempts_made: 1,
        next_attempt_at: addSeconds(noon, 60).toISOString(),
      },
    });
    expect(accepted.headers['location']).toBe(`${path}/${id}`);
    expect(rest.queued).toEqual([{ tenant_id: tenantId, delivery_id: id, attempts: 1 }]);
  });

  test('a pending delivery is refused, even for two concurrent requests', async () => {
    const [id] = await fire(1);
    expect(await post(`${path}/${id}/redeliver`)).toMatchObject({
      status: 409,
      body: { code: 'delivery_not_redeliverable' },
    });
    await attempt(id!, 'failed');

    const both = await Promise.all([post(`${path}/${id}/redeliver`), post(`${path}/${id}/redeliver`)]);

    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
  });

  test('a delivery of a deleted endpoint is refused', async () => {
    const [id] = await fire(1);
    await attempt(id!, 'failed');
    await rest.call('DELETE', `/api/v1/webhook-endpoints/${endpoint.id}`, { token });

    expect(await post(`${path}/${id}/redeliver`)).toMatchObject({
      status: 409,
      body: { code: 'delivery_not_redeliverable' },
    });
  });

  test('a request with a body is refused with 422', async () => {
    const [id] = await fire(1);

    expect(await post(`${path}/${id}/redeliver`, { force: true })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/force' }] },
    });
  });
});

describe('redelivering all failed deliveries', () => {
  const failed = (query: string) => post(`/api/v1/webhook-endpoints/${endpoint.id}/redeliver-failed?${query}`);

  test('counts them first; after the confirmation it queues them, ten per second, and returns how many', async () => {
    const other = await register();
    const ids: string[] = [];
    for (let run = 1; run <= 24; run += 1) {
      rest.clock.set(addSeconds(noon, run));
      ids.push(...ofEndpoint(await fire(run), endpoint.id));
    }
    for (const [index, id] of ids.entries())
      await attempt(id, index === 0 ? 'delivered' : index === 1 ? 'blocked' : 'failed');
    rest.queued.length = 0;
    const sent = jest.spyOn(rest.deps.queue, 'send');

    expect(await failed(`since=${noon.toISOString()}`)).toMatchObject({
      status: 200,
      body: { count: 23, redelivered: 0, has_more: false },
    });
    expect(rest.queued).toEqual([]);
    expect(await failed(`since=${noon.toISOString()}&confirm=true`)).toMatchObject({
      status: 202,
      headers: { 'retry-after': '1' },
      body: { count: 23, redelivered: 23, has_more: false },
    });

    expect(rest.queued).toHaveLength(23);
    expect(sent.mock.calls.map(([messages, options]) => [messages.length, options?.delaySeconds])).toEqual([
      [10, 0],
      [10, 1],
      [3, 2],
    ]);
    sent.mockRestore();
    expect((await failed(`since=${noon.toISOString()}&confirm=true`)).body).toMatchObject({ count: 0, redelivered: 0 });
    expect(other.id).not.toBe(endpoint.id);
  });

  test('includes those created since the given time, to the millisecond', async () => {
    for (const run of [1, 2, 3]) {
      rest.clock.set(addSeconds(noon, run));
      for (const id of await fire(run)) await attempt(id, 'failed');
    }

    expect((await failed(`since=${addSeconds(noon, 2).toISOString()}`)).body.count).toBe(2);
    expect((await failed(`since=${addSeconds(noon, 2.001).toISOString()}`)).body.count).toBe(1);
    expect((await failed(`since=${encodeURIComponent('2026-11-22T14:00:02+02:00')}`)).body.count).toBe(2);
  });

  test.each([
    ['', ['since']],
    ['since=yesterday', ['since']],
    ['since=2026-11-22', ['since']],
    ['since=2026-11-22T12:00:00Z&confirm=yes', ['confirm']],
    ['since=2026-11-22T12:00:00Z&since=2026-11-22T12:00:00Z', ['since']],
  ])('with %j is refused with 422 and each parameter', async (query, parameters) => {
    const refused = await failed(query);

    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ parameter }: any) => parameter)).toEqual(parameters);
  });

  test('of an unknown endpoint is answered 404', async () => {
    expect(
      (await post('/api/v1/webhook-endpoints/ep_0000000000/redeliver-failed?since=2026-11-22T12:00:00Z')).status,
    ).toBe(404);
  });
});

describe('the number of sendings that a person asks for in an hour', () => {
  const sendTest = () => post(`/api/v1/webhook-endpoints/${endpoint.id}/test`);
  const failed = (query = '') =>
    post(`/api/v1/webhook-endpoints/${endpoint.id}/redeliver-failed?since=${noon.toISOString()}${query}`);
  const limit = (name: LimitName, number: number) => openStores(rest.table).limits.set(tenantId, name, number);
  const refusedUntil = (clock: string, seconds: number) => ({
    status: 429,
    headers: { 'content-type': 'application/problem+json', 'retry-after': String(seconds) },
    body: {
      code: 'rate_limited',
      title: 'Too many requests',
      detail: expect.stringContaining(`go on at ${clock} UTC`),
    },
  });
  async function someFailed(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let run = 1; run <= count; run += 1) {
      rest.clock.set(addSeconds(noon, run));
      ids.push(...(await fire(run)));
    }
    for (const id of ids) await attempt(id, 'failed');
    rest.queued.length = 0;
    return ids;
  }

  test('bounds test events exactly, also many at once, and starts again with the next hour', async () => {
    await limit('webhook_tests_per_hour', 3);
    rest.clock.set('2026-11-22T12:59:58.500Z');

    const answers = await Promise.all(Array.from({ length: 8 }, sendTest));

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(3);
    expect(rest.queued).toHaveLength(3);
    expect(await sendTest()).toMatchObject(refusedUntil('13:00', 2));
    expect((await sendTest()).body).not.toHaveProperty('resets_at');
    rest.clock.set('2026-11-22T13:00:00.000Z');
    expect((await sendTest()).status).toBe(202);
  });

  test('is 100 tests and 2,000 redeliveries unless the operator changes it', async () => {
    await Promise.all(Array.from({ length: 100 }, sendTest));

    expect((await sendTest()).body.detail).toContain('has used its 100 test events of this hour');
    expect((await failed()).body.left_this_hour).toBe(2000);
    await limit('webhook_tests_per_hour', 101);
    expect((await sendTest()).status).toBe(202);
    expect((await sendTest()).status).toBe(429);
  });

  test('bounds redeliveries, and one that is refused for another reason is not counted', async () => {
    const [first, second, third] = await someFailed(3);
    await limit('redeliveries_per_hour', 2);
    expect((await post(`${path}/${first}/redeliver`)).status).toBe(202);
    expect((await post(`${path}/${first}/redeliver`)).status).toBe(409);
    expect((await post(`${path}/${'dlv_' + '0'.repeat(38)}/redeliver`)).status).toBe(404);
    expect((await post(`${path}/${second}/redeliver`)).status).toBe(202);

    expect(await post(`${path}/${third}/redeliver`)).toMatchObject(refusedUntil('13:00', 3597));
    expect(await get(`${path}/${third}`)).toMatchObject({ body: { status: 'failed' } });
  });

  test('bounds redelivering all failed ones: the call redelivers what is left and goes on from there later', async () => {
    const ids = await someFailed(5);
    await limit('redeliveries_per_hour', 3);
    expect((await failed()).body).toMatchObject({ count: 5, redelivered: 0, left_this_hour: 3 });

    const some = await failed('&confirm=true');

    expect(some).toMatchObject({ status: 202, body: { count: 3, redelivered: 3, left_this_hour: 0, has_more: true } });
    expect(rest.queued.map(({ delivery_id }: any) => delivery_id)).toEqual(ids.slice(0, 3));
    expect(await failed(`&confirm=true&cursor=${some.body.next_cursor}`)).toMatchObject(refusedUntil('13:00', 3595));
    expect((await failed()).body).toMatchObject({ count: 2, left_this_hour: 0 });
    rest.clock.set(addSeconds(noon, 3600));
    const afterwards = await failed(`&confirm=true&cursor=${some.body.next_cursor}`);
    expect(afterwards.body).toMatchObject({ count: 2, redelivered: 2, left_this_hour: 1, has_more: false });
  });

  test('is not used up by a call that finds nothing to redeliver', async () => {
    const [id] = await someFailed(1);
    await limit('redeliveries_per_hour', 1);
    await post(`${path}/${id}/redeliver`);

    expect(await failed('&confirm=true')).toMatchObject({ status: 202, body: { count: 0, redelivered: 0 } });
  });

  test('is counted for each tenant by itself', async () => {
    await limit('webhook_tests_per_hour', 1);
    await sendTest();
    expect((await sendTest()).status).toBe(429);
    ({ token, id: tenantId } = await rest.aTenant());
    endpoint = await register();

    expect((await sendTest()).status).toBe(202);
  });
});

test('a delivery that waits for its turn says until when, in the list and in its detail', async () => {
  const [id] = await fire(1);
  const store = deliveryAttemptStore(rest.table);
  const message = { tenant_id: tenantId, delivery_id: id!, attempts: 0 };
  await store.claim(message, { token: 'token', until: addSeconds(noon, 30).toISOString() }, noon);
  expect((await get(path)).body.data[0]).toMatchObject({ waiting_until: null });
  const turn = addSeconds(noon, 40).toISOString();

  await store.wait(tenantId, id!, 'token', { turn, dueAt: addSeconds(noon, 160).toISOString() });

  const waits = { status: 'pending', attempts_made: 0, waiting_until: turn, next_attempt_at: turn };
  expect((await get(path)).body.data[0]).toMatchObject(waits);
  expect((await get(`${path}/${id}`)).body).toMatchObject(waits);
});

function anEvent(uid: string, stepIndex: number) {
  return newEvent(
    { id: stepEventId(uid, stepIndex), type: 'campaign.kickoff', run: null, stepIndex, data: {} },
    [],
    noon,
  );
}

/** The deliveries among `ids` that belong to one endpoint. */
function ofEndpoint(ids: readonly string[], endpointId: string): string[] {
  return ids.filter((id) => id.endsWith(endpointId.slice('ep_'.length).toUpperCase()));
}

import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { deliveryQueue } from '../../functions/aws/delivery/queue';
import { addSeconds } from '../../functions/domain/day';
import { fireWebhookEvent } from '../../functions/domain/delivery/fire-event';
import { announceRunEnd } from '../../functions/domain/run/announce-run-end';
import { usualPerSecond } from '../../functions/domain/endpoint/rate';
import { anEndpoint, aRun, noon } from '../support/builders';
import { aFiringRun, startHarness, tenantId } from './harness';

let harness: Awaited<ReturnType<typeof startHarness>>;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.reset());

/** Counts the requests to the table while `act` runs, by command. */
async function countRequests(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  const send = jest.spyOn(harness.table.client, 'send');
  await act();
  for (const [command] of send.mock.calls)
    counted[command.constructor.name] = (counted[command.constructor.name] ?? 0) + 1;
  send.mockRestore();
  return counted;
}

const listed = () => harness.deliveries.listForRun(tenantId, aFiringRun.uid, harness.clock.now);

test('an event goes once to each active endpoint that subscribes to it', async () => {
  const { endpoint: exact } = await harness.addEndpoint({ events: ['campaign.kickoff', 'campaign.*', '*'] });
  const { endpoint: all } = await harness.addEndpoint({ events: ['*'] });
  await harness.addEndpoint({ events: ['quote.review'] });
  await harness.addEndpoint({ events: ['*'], status: 'disabled' });

  expect(await harness.fire()).toEqual({ matched_endpoints: 2 });

  expect(
    (await listed()).map(({ endpoint_id, status, step_index }) => [endpoint_id, status, step_index]).sort(),
  ).toEqual(
    [
      [exact.id, 'pending', 2],
      [all.id, 'pending', 2],
    ].sort(),
  );
});

test('an event without subscribers succeeds and matches 0 endpoints', async () => {
  expect(await harness.fire()).toEqual({ matched_endpoints: 0 });
  expect(await listed()).toEqual([]);
  expect(harness.queue.waiting).toEqual([]);
});

test('a repeated step finds its stored event: the same endpoints and bytes, and delivered ones are not sent again', async () => {
  const { endpoint } = await harness.addEndpoint();
  await harness.fire();
  await harness.deliverQueued();
  await harness.addEndpoint();
  harness.clock.now = addSeconds(noon, 60);

  expect(await harness.fire({ payload: { campaign: 'another' } })).toEqual({ matched_endpoints: 1 });
  await harness.deliverQueued();

  expect(await listed()).toEqual([
    { id: expect.any(String), endpoint_id: endpoint.id, status: 'delivered', step_index: 2 },
  ]);
  expect(harness.receiver.received).toHaveLength(1);
});

test('a retry completes a step that crashed half-way', async () => {
  for (let index = 0; index < 3; index += 1) await harness.addEndpoint();
  const put = jest.spyOn(harness.deps.deliveries, 'putIfAbsent').mockRejectedValueOnce(new Error('killed'));
  await expect(harness.fire()).rejects.toThrow('killed');
  put.mockRestore();

  expect(await harness.fire()).toEqual({ matched_endpoints: 3 });
  await harness.deliverQueued();

  expect((await listed()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(harness.receiver.received).toHaveLength(3);
});

test('firing takes one query, one put for the event and one for each delivery', async () => {
  for (let index = 0; index < 3; index += 1) await harness.addEndpoint();

  expect(await countRequests(() => harness.fire())).toEqual({ [QueryCommand.name]: 1, [PutCommand.name]: 4 });
});

test('an attempt takes five requests to the table, two of which are sent together', async () => {
  await harness.addEndpoint();
  await harness.fire();

  expect(await countRequests(() => harness.deliverQueued())).toEqual({
    [UpdateCommand.name]: 3,
    [GetCommand.name]: 2,
  });
});

test('50 deliveries take five requests to the queue; messages contain ids, host and rate, and the tenant is their message group', async () => {
  const sqs = mockClient(SQSClient).on(SendMessageBatchCommand).resolves({});
  const queue = deliveryQueue(new SQSClient({ region: 'us-east-1' }), 'https://queue', () => undefined);
  for (let index = 0; index < 50; index += 1) await harness.addEndpoint({ id: anEndpoint().id });

  await fireWebhookEvent(
    { ...harness.deps, queue },
    { tenantId, run: aFiringRun, stepIndex: 0, event: 'campaign.x', payload: {}, now: noon },
  );

  const batches = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input.Entries ?? []);
  expect(batches.map((entries) => entries.length)).toEqual([10, 10, 10, 10, 10]);
  const [entry] = batches[0]!;
  expect(entry).toMatchObject({ MessageGroupId: tenantId, DelaySeconds: 0 });
  expect(JSON.parse(entry!.MessageBody!)).toEqual({
    tenant_id: tenantId,
    delivery_id: expect.stringMatching(/^dlv_/),
    attempts: 0,
    pace: { host: 'hooks.example.com', per_second: usualPerSecond },
  });
  sqs.restore();
});

test.each([
  ['refuses a request', () => mockClient(SQSClient).on(SendMessageBatchCommand).rejects(new Error('throttled')), 3],
  [
    'refuses one message of a request',
    () =>
      mockClient(SQSClient)
        .on(SendMessageBatchCommand)
        .resolves({ Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }] }),
    1,
  ],
])(
  'when the queue %s, exactly the unsent deliveries are reported and wait for recovery',
  async (_name, mock, expected) => {
    const sqs = mock();
    const unsent: unknown[] = [];
    const queue = deliveryQueue(new SQSClient({ region: 'us-east-1' }), 'https://queue', (messages) =>
      unsent.push(...messages),
    );

    await queue.send(['a', 'b', 'c'].map((id) => ({ tenant_id: tenantId, delivery_id: id, attempts: 0 })));

    expect(unsent).toHaveLength(expected);
    sqs.restore();
  },
);

describe('the end of a run', () => {
  const ended = (status: 'succeeded' | 'failed' | 'cancelled') =>
    aRun({ uid: aFiringRun.uid, status, finished_at: noon.toISOString() });

  test('is sent once to endpoints that name the event, however often it is announced', async () => {
    await harness.addEndpoint({ events: ['run.failed'] });
    await harness.addEndpoint({ events: ['run.*', '*'] });
    await harness.addEndpoint({ events: ['run.succeeded'] });

    await announceRunEnd(harness.deps, tenantId, ended('failed'), noon);
    await announceRunEnd(harness.deps, tenantId, ended('failed'), addSeconds(noon, 60));
    await harness.advance(120);

    expect(harness.receiver.received).toHaveLength(1);
    expect(JSON.parse(harness.receiver.received[0]!.body)).toMatchObject({
      type: 'run.failed',
      data: { status: 'failed', workflow_name: 'Spring Promo' },
      run: { id: 1, uid: aFiringRun.uid, workflow_id: 1 },
    });
  });

  test('is listed among the deliveries of the run, but not of a step', async () => {
    await harness.addEndpoint({ events: ['run.succeeded', 'campaign.*'] });
    await harness.fire();
    await announceRunEnd(harness.deps, tenantId, ended('succeeded'), noon);

    expect((await listed()).map(({ step_index }) => step_index)).toEqual([2]);
    const { deliveries } = await harness.deliveryList.list(
      tenantId,
      { runUid: aFiringRun.uid },
      { limit: 10, after: undefined, now: noon },
    );
    expect(deliveries.map(({ event, step_index }) => [event, step_index])).toEqual([
      ['run.succeeded', null],
      ['campaign.kickoff', 2],
    ]);
  });

  test('takes one query if no endpoint subscribes, and none if the run was cancelled', async () => {
    await harness.addEndpoint({ events: ['*'] });

    expect(await countRequests(() => announceRunEnd(harness.deps, tenantId, ended('succeeded'), noon))).toEqual({
      [QueryCommand.name]: 1,
    });
    expect(await countRequests(() => announceRunEnd(harness.deps, tenantId, ended('cancelled'), noon))).toEqual({});
  });
});

import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { deliveryQueue } from '../../functions/aws/delivery/queue';
import { addSeconds } from '../../functions/domain/day';
import { fireWebhookEvent } from '../../functions/domain/delivery/fire-event';
import { announceRunEnd } from '../../functions/domain/run/announce-run-end';
import { anEndpoint, aRun, noon } from '../support/builders';
import { aFiringRun, startWorld, tenantId } from './world';

let world: Awaited<ReturnType<typeof startWorld>>;
let runs = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.reset();
  runs += 1;
  aFiringRun.uid = `run_01KAPS${String(runs).padStart(20, '0')}`;
});

/** Requests to the table while `act` runs, by name. */
async function countRequests(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  const send = jest.spyOn(world.table.client, 'send');
  await act();
  for (const [command] of send.mock.calls)
    counted[command.constructor.name] = (counted[command.constructor.name] ?? 0) + 1;
  send.mockRestore();
  return counted;
}

const listed = () => world.deliveries.listForRun(tenantId, aFiringRun.uid, world.clock.now);

test('an event goes once to each active endpoint that subscribes to it', async () => {
  const { endpoint: exact } = await world.addEndpoint({ events: ['campaign.kickoff', 'campaign.*', '*'] });
  const { endpoint: all } = await world.addEndpoint({ events: ['*'] });
  await world.addEndpoint({ events: ['quote.review'] });
  await world.addEndpoint({ events: ['*'], status: 'disabled' });

  expect(await world.fire()).toEqual({ matched_endpoints: 2 });

  expect(
    (await listed()).map(({ endpoint_id, status, step_index }) => [endpoint_id, status, step_index]).sort(),
  ).toEqual(
    [
      [exact.id, 'pending', 2],
      [all.id, 'pending', 2],
    ].sort(),
  );
});

test('an event nobody listens to succeeds with 0', async () => {
  expect(await world.fire()).toEqual({ matched_endpoints: 0 });
  expect(await listed()).toEqual([]);
  expect(world.queue.waiting).toEqual([]);
});

test('a repeated step finds its event: same endpoints, same bytes, and nothing delivered is touched', async () => {
  const { endpoint } = await world.addEndpoint();
  await world.fire();
  await world.work();
  await world.addEndpoint();
  world.clock.now = addSeconds(noon, 60);

  expect(await world.fire({ payload: { campaign: 'another' } })).toEqual({ matched_endpoints: 1 });
  await world.work();

  expect(await listed()).toEqual([
    { id: expect.any(String), endpoint_id: endpoint.id, status: 'delivered', step_index: 2 },
  ]);
  expect(world.receiver.received).toHaveLength(1);
});

test('a step that died half-way is finished by its repetition', async () => {
  for (let index = 0; index < 3; index += 1) await world.addEndpoint();
  const put = jest.spyOn(world.deps.deliveries, 'putIfAbsent').mockRejectedValueOnce(new Error('killed'));
  await expect(world.fire()).rejects.toThrow('killed');
  put.mockRestore();

  expect(await world.fire()).toEqual({ matched_endpoints: 3 });
  await world.work();

  expect((await listed()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(world.receiver.received).toHaveLength(3);
});

test('firing costs one query, one put of the event and one of each delivery', async () => {
  for (let index = 0; index < 3; index += 1) await world.addEndpoint();

  expect(await countRequests(() => world.fire())).toEqual({ [QueryCommand.name]: 1, [PutCommand.name]: 4 });
});

test('an attempt costs three requests to the table', async () => {
  await world.addEndpoint();
  await world.fire();

  expect(await countRequests(() => world.work())).toEqual({ [UpdateCommand.name]: 2, [BatchGetCommand.name]: 1 });
});

test('50 deliveries take five requests to the queue, with ids only and the tenant as their group', async () => {
  const sqs = mockClient(SQSClient).on(SendMessageBatchCommand).resolves({});
  const queue = deliveryQueue(new SQSClient({ region: 'us-east-1' }), 'https://queue', () => undefined);
  for (let index = 0; index < 50; index += 1) await world.addEndpoint({ id: anEndpoint().id });

  await fireWebhookEvent(
    { ...world.deps, queue },
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
])('when the queue %s the deliveries are told apart and wait for recovery', async (_name, mock, expected) => {
  const sqs = mock();
  const unsent: unknown[] = [];
  const queue = deliveryQueue(new SQSClient({ region: 'us-east-1' }), 'https://queue', (messages) =>
    unsent.push(...messages),
  );

  await queue.send(['a', 'b', 'c'].map((id) => ({ tenant_id: tenantId, delivery_id: id, attempts: 0 })));

  expect(unsent).toHaveLength(expected);
  sqs.restore();
});

describe('the end of a run', () => {
  const ended = (status: 'succeeded' | 'failed' | 'cancelled') =>
    aRun({ uid: aFiringRun.uid, status, finished_at: noon.toISOString() });

  test('is told to endpoints that named the event, once however often it is announced', async () => {
    await world.addEndpoint({ events: ['run.failed'] });
    await world.addEndpoint({ events: ['run.*', '*'] });
    await world.addEndpoint({ events: ['run.succeeded'] });

    await announceRunEnd(world.deps, tenantId, ended('failed'), noon);
    await announceRunEnd(world.deps, tenantId, ended('failed'), addSeconds(noon, 60));
    await world.pass(120);

    expect(world.receiver.received).toHaveLength(1);
    expect(JSON.parse(world.receiver.received[0]!.body)).toMatchObject({
      type: 'run.failed',
      data: { status: 'failed', workflow_name: 'Spring Promo' },
      run: { id: 1, uid: aFiringRun.uid, workflow_id: 1 },
    });
  });

  test('is not among the deliveries of a step, but is among those of the run', async () => {
    await world.addEndpoint({ events: ['run.succeeded', 'campaign.*'] });
    await world.fire();
    await announceRunEnd(world.deps, tenantId, ended('succeeded'), noon);

    expect((await listed()).map(({ step_index }) => step_index)).toEqual([2]);
    const { deliveries } = await world.deliveryList.list(
      tenantId,
      { runUid: aFiringRun.uid },
      { limit: 10, after: undefined, now: noon },
    );
    expect(deliveries.map(({ event, step_index }) => [event, step_index])).toEqual([
      ['run.succeeded', null],
      ['campaign.kickoff', 2],
    ]);
  });

  test('costs one query when nobody asked, and a cancelled run nothing at all', async () => {
    await world.addEndpoint({ events: ['*'] });

    expect(await countRequests(() => announceRunEnd(world.deps, tenantId, ended('succeeded'), noon))).toEqual({
      [QueryCommand.name]: 1,
    });
    expect(await countRequests(() => announceRunEnd(world.deps, tenantId, ended('cancelled'), noon))).toEqual({});
  });
});

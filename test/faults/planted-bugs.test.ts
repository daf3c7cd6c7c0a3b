import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deliveryKey, runKey, tenantKey } from '../../functions/aws/keys';
import type { SegmentResult } from '../../functions/aws/run/progress';
import { overwrite } from '../support/table';
import { neighbourId, startFixture, type Fixture } from './fixture';
import { flows } from './flows';
import type { Mutation } from './simulation/product';
import { firstViolation } from './walk';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

interface PlantedBug {
  readonly bug: string;
  readonly flow: string;
  readonly mutate: Mutation;
  readonly violation: RegExp;
}

/** At least one bug for each invariant. The harness must find them all. */
const plantedBugs: readonly PlantedBug[] = [
  {
    bug: 'settlement closes numbers without refunding the lost ones',
    flow: 'trigger',
    mutate: ({ database }) => ({
      settlement: {
        settle: async (tenantId) => {
          await database.client.send(
            new UpdateCommand({
              TableName: database.tableName,
              Key: { ...tenantKey(tenantId) },
              UpdateExpression: 'SET settled_upto = last_run_number REMOVE due_at, open_shard',
            }),
          );
          return { tenantId, refunded: 0 };
        },
      },
    }),
    violation: /counted 1, but there are 0 runs/,
  },
  {
    bug: 'a run is accepted although its row could not be put',
    flow: 'trigger',
    mutate: ({ runs }) => ({ runs: { ...runs, put: (...args) => runs.put(...args).catch(() => true) } }),
    violation: /accepted with 202 but does not exist/,
  },
  {
    bug: 'a run is put without an entry in the index that recovery reads',
    flow: 'trigger',
    mutate: ({ database, runs }) => ({
      runs: {
        ...runs,
        put: async (tenantId, row) => {
          const put = await runs.put(tenantId, row);
          await overwrite(
            database,
            { pk: `T#${tenantId}#RUN`, sk: String(row.run.id).padStart(10, '0') },
            { open_shard: 'none' },
          );
          return put;
        },
      },
    }),
    violation: /Still not idle|still open/,
  },
  {
    bug: 'a segment records its steps at the cursor it finds, not at the one it started from',
    flow: 'a second execution of a run, started during its delay',
    mutate: ({ runs, progress }) => {
      const trusting = async (tenantId: string, runId: number, segment: SegmentResult) => ({
        ...segment,
        expectedCursor: (await runs.get(tenantId, runId))!.cursor,
      });
      return {
        progress: {
          ...progress,
          record: async (tenantId, run, segment) =>
            progress.record(tenantId, run, await trusting(tenantId, run.id, segment)),
          recordAfterEnd: async (tenantId, run, segment) =>
            progress.recordAfterEnd(tenantId, run, await trusting(tenantId, run.id, segment)),
        },
      };
    },
    violation: /with a trail of \[log fire_webhook_event delay fire_webhook_event log fire_webhook_event log\]/,
  },
  {
    bug: 'a run that is handed over is not due any more',
    flow: 'the hand-over of a run to the next execution, and its last segments',
    mutate: ({ database, progress }) => ({
      progress: {
        ...progress,
        record: async (tenantId, run, segment) => {
          const isRecorded = await progress.record(tenantId, run, segment);
          if (segment.handsOver === undefined) return isRecorded;
          const forgotten = new UpdateCommand({
            TableName: database.tableName,
            Key: { ...runKey(tenantId, run.id) },
            UpdateExpression: 'REMOVE due_at, open_shard',
          });
          await database.client.send(forgotten);
          return isRecorded;
        },
      },
    }),
    violation: /run 1 is running/,
  },
  {
    bug: 'a delivery that could not be put is dropped',
    flow: 'the segments of five steps on Standard',
    mutate: ({ deliveries }) => ({
      deliveries: { ...deliveries, putIfAbsent: (...args) => deliveries.putIfAbsent(...args).catch(() => undefined) },
    }),
    violation: /delivery dlv_\w+ does not exist/,
  },
  {
    bug: "a delivery's id differs each time it is put",
    flow: 'the segments of five steps on Standard',
    mutate: ({ deliveries }) => {
      let made = 0;
      const another = (id: string) => id.replace(/.$/, String((made += 1) % 10));
      return {
        deliveries: {
          ...deliveries,
          putIfAbsent: (tenantId, delivery, dueAt) =>
            deliveries.putIfAbsent(tenantId, { ...delivery, id: another(delivery.id) }, dueAt),
        },
      };
    },
    violation: /belongs to no step and no system event/,
  },
  {
    bug: 'a delivery is marked as delivered before it is sent',
    flow: 'a delivery that succeeds at once',
    mutate: ({ database, attempts }) => ({
      attempts: {
        ...attempts,
        claim: async (message, ...rest) => {
          const claimed = await attempts.claim(message, ...rest);
          if (claimed === undefined) return undefined;
          const done = new UpdateCommand({
            TableName: database.tableName,
            Key: { ...deliveryKey(message.tenant_id, claimed.id) },
            UpdateExpression: 'SET #status = :delivered REMOVE due_at, open_shard',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':delivered': 'delivered' },
          });
          await database.client.send(done);
          return claimed;
        },
      },
    }),
    violation: /never arrived/,
  },
  {
    bug: "events are sent to another tenant's endpoints",
    flow: 'the segments of five steps on Standard',
    mutate: ({ endpoints }) => ({
      endpoints: { ...endpoints, subscriptions: () => endpoints.subscriptions(neighbourId) },
    }),
    violation: /does not exist/,
  },
  {
    bug: "a run's end also writes to another tenant's row",
    flow: 'trigger',
    mutate: ({ database, progress }) => ({
      progress: {
        ...progress,
        record: async (...args) => {
          await overwrite(database, runKey(neighbourId, 1), { touched: true });
          return progress.record(...args);
        },
      },
    }),
    violation: /a row of the other tenant changed/,
  },
];

test.each(plantedBugs)(
  'the harness finds the planted bug that $bug',
  async ({ flow: name, mutate, violation }) => {
    const flow = flows.find((one) => one.name === name)!;

    expect(await firstViolation(fixture, flow, mutate)).toMatch(violation);
  },
  300_000,
);

import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deliveryKey, tenantKey } from '../../functions/aws/keys';
import type { SegmentResult } from '../../functions/aws/run/progress';
import { overwrite } from '../support/table';
import { neighbourId, startGround, type Ground } from './fixture';
import { flows } from './flows';
import type { Sabotage } from './simulation/product';
import { firstViolation } from './walk';

let ground: Ground;

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

interface PlantedBug {
  readonly bug: string;
  readonly flow: string;
  readonly sabotage: Sabotage;
  readonly noticed: RegExp;
}

/** One for each invariant: what the harness must not overlook. */
const plantedBugs: readonly PlantedBug[] = [
  {
    bug: 'settlement closes numbers without giving lost ones back',
    flow: 'trigger',
    sabotage: ({ database }) => ({
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
    noticed: /counted 1, but there are 0 runs/,
  },
  {
    bug: 'a run whose row could not be put is accepted all the same',
    flow: 'trigger',
    sabotage: ({ runs }) => ({ runs: { ...runs, put: (...args) => runs.put(...args).catch(() => true) } }),
    noticed: /answered with 202 and is not there/,
  },
  {
    bug: 'recovery is not told when to look at a run',
    flow: 'trigger',
    sabotage: ({ database, runs }) => ({
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
    noticed: /Still not quiet|still open/,
  },
  {
    bug: 'a segment trusts the cursor it finds over the one it started from',
    flow: 'a second start of the same run during its delay',
    sabotage: ({ runs, progress }) => {
      const trusting = async (tenantId: string, runId: number, segment: SegmentResult) => ({
        ...segment,
        expectedCursor: (await runs.get(tenantId, runId))!.cursor,
      });
      return {
        progress: {
          ...progress,
          record: async (tenantId, run, segment) =>
            progress.record(tenantId, run, await trusting(tenantId, run.id, segment)),
          recordAfterEnd: async (tenantId, runId, segment) =>
            progress.recordAfterEnd(tenantId, runId, await trusting(tenantId, runId, segment)),
        },
      };
    },
    noticed: /with a trail of \[log fire_webhook_event delay fire_webhook_event log fire_webhook_event log\]/,
  },
  {
    bug: 'a delivery that could not be put is given up',
    flow: 'the segments of five steps on Standard',
    sabotage: ({ deliveries }) => ({
      deliveries: { ...deliveries, putIfAbsent: (...args) => deliveries.putIfAbsent(...args).catch(() => undefined) },
    }),
    noticed: /delivery dlv_\w+ does not exist/,
  },
  {
    bug: "a delivery's id is not made from its cause alone",
    flow: 'the segments of five steps on Standard',
    sabotage: ({ deliveries }) => {
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
    noticed: /is nobody's/,
  },
  {
    bug: 'a delivery counts as delivered before it is sent',
    flow: 'a delivery that is accepted',
    sabotage: ({ database, attempts }) => ({
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
    noticed: /never arrived/,
  },
  {
    bug: "events go to another tenant's endpoints",
    flow: 'the segments of five steps on Standard',
    sabotage: ({ endpoints }) => ({
      endpoints: { ...endpoints, subscriptions: () => endpoints.subscriptions(neighbourId) },
    }),
    noticed: /does not exist/,
  },
  {
    bug: "a run's end is noted with the neighbour too",
    flow: 'trigger',
    sabotage: ({ database, progress }) => ({
      progress: {
        ...progress,
        record: async (...args) => {
          await overwrite(database, tenantKey(neighbourId), { touched: true });
          return progress.record(...args);
        },
      },
    }),
    noticed: /a row of the neighbour changed/,
  },
];

test.each(plantedBugs)(
  'the harness notices that $bug',
  async ({ flow: name, sabotage, noticed }) => {
    const flow = flows.find((one) => one.name === name)!;

    expect(await firstViolation(ground, flow, sabotage)).toMatch(noticed);
  },
  60_000,
);

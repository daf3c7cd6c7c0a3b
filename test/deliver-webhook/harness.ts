import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { queryAll } from '../../functions/aws/database';
import { auditPrefix, paceKey, tenantKey } from '../../functions/aws/keys';
import { openStores } from '../../functions/aws/open-stores';
import type { OpenItem } from '../../functions/aws/run/open-items';
import type { DeliveryMessage } from '../../functions/contract/messages';
import { tableShape } from '../../functions/contract/table';
import type { AttemptDeps } from '../../functions/deliver-webhook/attempt-delivery';
import { deliverBatch } from '../../functions/deliver-webhook/deliver-batch';
import { addSeconds } from '../../functions/domain/day';
import { fireWebhookEvent } from '../../functions/domain/delivery/fire-event';
import { redeliverOverdue } from '../../functions/domain/delivery/requeue-overdue';
import type { Endpoint } from '../../functions/domain/endpoint/endpoint';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { changeRecorder } from '../../functions/domain/tenant/record-change';
import { logAuditMissing } from '../../functions/edge/log/audit-missing';
import type { LogFields, Log } from '../../functions/edge/log/log';
import { anEndpoint, aTenant, noon } from '../support/builders';
import { startTable } from '../support/engines';
import { makeCertificate } from './certificates';
import { connectorTo, publicAddress, receiverHost, sendDeps, startReceiver } from './https-receiver';

/** The schedule of these tests, so that their times do not change with the product's. */
const schedule = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

export const tenantId = 'acme';
/** Each reset gives it another uid, so that each test has events of its own. */
export const aFiringRun = { id: 12, uid: 'run_01KAPQ00000000000000000000', workflow_id: 3 };

/** The part of SQS that is needed here: messages that become visible after a delay. A test may drop them. */
function fakeQueue(now: () => Date) {
  const waiting: { at: number; message: DeliveryMessage }[] = [];
  return {
    waiting,
    send: async (messages: readonly DeliveryMessage[], { delaySeconds = 0 }: { delaySeconds?: number } = {}) => {
      if (delaySeconds > 900) throw new Error('SQS takes at most 900 seconds');
      waiting.push(...messages.map((message) => ({ at: addSeconds(now(), delaySeconds).getTime(), message })));
    },
    /** Removes and returns the visible messages, at most ten, which is the size of a batch. */
    receive: () => {
      const due = waiting.filter(({ at }) => at <= now().getTime()).slice(0, 10);
      for (const one of due) waiting.splice(waiting.indexOf(one), 1);
      return due.map(({ message }) => message);
    },
  };
}

/**
 * Starts the delivery function on a real table and a real HTTPS receiver, with a clock and a queue that the test
 * drives.
 */
export async function startHarness() {
  const table = await startTable();
  const certificate = makeCertificate(receiverHost);
  const receiver = await startReceiver(certificate);
  const clock = { now: noon };
  const now = () => clock.now;
  const queue = fakeQueue(now);
  const logged: LogFields[] = [];
  const log: Log = (_level, fields) => void logged.push(fields);
  const addresses = { current: [publicAddress] };
  let tokens = 0;

  const stores = openStores(table);
  const { deliveries, endpoints, openItems } = stores;
  const deps = {
    ...stores,
    record: changeRecorder({ audit: stores.audit, onAuditMissing: logAuditMissing(log) }),
    queue,
    send: {
      ...sendDeps(connectorTo(receiver.port, certificate.cert), { connectMs: 2000, totalMs: 4000 }),
      resolve: async () => addresses.current,
    },
    schedule,
    random: () => 0,
    newToken: () => `token-${(tokens += 1)}`,
    newUlid: () => ulid(now().getTime()),
    now,
    log,
  } satisfies AttemptDeps;

  async function openItemsUntil(until: string): Promise<OpenItem[]> {
    const shards = Array.from({ length: tableShape.openIndex.shards }, (_, shard) => shard);
    return (await Promise.all(shards.map((shard) => openItems.due(shard, until)))).flatMap(({ items }) => items);
  }

  let resets = 0;
  const harness = {
    table,
    deps,
    clock,
    queue,
    receiver,
    logged,
    addresses,
    certificate,
    endpoints,
    deliveries,
    deliveryList: stores.deliveryList,

    /** Empties the tenant, the queue and the receiver, so that tests do not see each other's endpoints. */
    async reset(): Promise<void> {
      aFiringRun.uid = `run_01KAPQ${String((resets += 1)).padStart(20, '0')}`;
      receiver.reset();
      queue.waiting.length = 0;
      logged.length = 0;
      clock.now = noon;
      addresses.current = [publicAddress];
      for (const { id } of await endpoints.list(tenantId)) await endpoints.delete(tenantId, id, noon);
      for (const item of await openItemsUntil('9999')) await openItems.lease(item, '9999-12-31T00:00:00.000Z');
      // The clock is set back, so a test would begin in a second that an earlier one has used.
      await table.client.send(
        new DeleteCommand({ TableName: table.tableName, Key: { ...paceKey(tenantId, receiverHost) } }),
      );
      await stores.tenants.create(aTenant({ id: tenantId }));
    },

    async addEndpoint(overrides: Partial<Endpoint> = {}): Promise<{ endpoint: Endpoint; secret: string }> {
      const endpoint = anEndpoint({ url: `https://${receiverHost}/in`, ...overrides });
      const secret = newSigningSecret();
      await endpoints.create(tenantId, endpoint, { secret, keyHash: undefined }, clock.now);
      return { endpoint, secret };
    },

    fire: (overrides: Partial<Parameters<typeof fireWebhookEvent>[1]> = {}) =>
      fireWebhookEvent(deps, {
        tenantId,
        run: aFiringRun,
        stepIndex: 2,
        event: 'campaign.kickoff',
        payload: { campaign: 'spring-2026' },
        now: clock.now,
        ...overrides,
      }),

    /** Invokes the function with one batch of visible messages. @returns the ids of the failed ones */
    async deliverQueued(messages = queue.receive()): Promise<string[]> {
      const Records = messages.map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) }));
      const { batchItemFailures } = await deliverBatch(deps, { Records });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },

    /** Runs a pass of recovery, for deliveries only. */
    async recover(): Promise<void> {
      for (const item of await openItemsUntil(clock.now.toISOString())) {
        if (item.what.kind === 'delivery')
          await redeliverOverdue(deps, item.what.tenantId, item.what.deliveryId, clock.now);
      }
    },

    /**
     * Advances the clock by `seconds`, and runs the function for each message and recovery at each minute when one is
     * due.
     */
    async advance(seconds: number): Promise<void> {
      const end = addSeconds(clock.now, seconds).getTime();
      // One pass of recovery a minute, however long something has been due.
      let nextPass = clock.now.getTime();
      for (;;) {
        const nextMessage = Math.min(...queue.waiting.map(({ at }) => at));
        const dues = (await openItemsUntil('9998')).map(({ dueAt }) =>
          Math.max(nextPass, Math.ceil(Date.parse(dueAt) / 60_000) * 60_000),
        );
        const next = Math.min(nextMessage, ...dues);
        if (next > end) break;
        clock.now = new Date(Math.max(next, clock.now.getTime()));
        if (clock.now.getTime() >= nextPass) {
          await harness.recover();
          nextPass = clock.now.getTime() + 60_000;
        }
        await harness.deliverQueued();
      }
      clock.now = new Date(end);
    },

    async onlyDelivery() {
      const {
        deliveries: [only],
      } = await harness.deliveryList.list(
        tenantId,
        { runUid: aFiringRun.uid },
        { limit: 1, after: undefined, now: clock.now },
      );
      const delivery = only && (await deliveries.get(tenantId, only.id, clock.now));
      if (delivery === undefined) throw new Error('No delivery');
      return delivery;
    },

    async auditedChanges(): Promise<string[]> {
      const rows = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': auditPrefix },
      });
      return rows.map(({ action, target }) => `${String(action)} ${String(target)}`);
    },

    async stop(): Promise<void> {
      await receiver.stop();
      await table.stop();
    },
  };
  return harness;
}

import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DeliveryMessage } from '../contract';
import { deliverySchema, keptAttempts, type Attempt, type Delivery } from '../domain/webhook-delivery';
import { signingSecretsSchema, type Endpoint, type SigningSecrets } from '../domain/webhook-endpoint';
import { webhookEventSchema, type WebhookEvent } from '../domain/webhook-event';
import { eventIdOf } from '../domain/webhook-ids';
import type { Verdict } from '../domain/webhook-outcome';
import { checkItemSize, getRow, getRows, isConditionFailed, whenConditionHolds, type Database } from './database';
import { readEndpoint } from './endpoints';
import { deliveryKey, endpointKey, eventKey } from './keys';

export type DeliveryAttemptStore = ReturnType<typeof deliveryAttemptStore>;

/** The right to make one attempt. */
export interface Lease {
  /** Unique to this attempt, so that a result is written by its own maker only. */
  readonly token: string;
  readonly until: string;
}

export interface AttemptContext {
  /** Undefined once it was deleted. */
  readonly endpoint: { readonly endpoint: Endpoint; readonly secrets: SigningSecrets } | undefined;
  readonly event: WebhookEvent;
}

/** Ended deliveries are not attempted; a replay makes them pending first. */
const isPending = '#status = :pending';
/** A message sent for an earlier attempt is a duplicate. */
const isThisAttempt = 'attempts_made = :made';
/** Nobody is at it. An expired lease means its holder is gone; our own means the SDK repeated the request. */
const isFree = '(attribute_not_exists(lease_until) OR lease_until < :now OR lease = :token)';

/** What the sender reads and writes: three requests an attempt. */
export function deliveryAttemptStore(db: Database) {
  /**
   * Whether the row has this very attempt. The first request of a record that the SDK repeats has given the lease back, so
   * the second is refused; without this look the next attempt would wait for recovery.
   */
  async function isRecorded(tenantId: string, deliveryId: string, { number, at }: Attempt): Promise<boolean> {
    const row = await getRow(db, deliveryKey(tenantId, deliveryId));
    return (
      row !== undefined && deliverySchema.parse(row).attempts.some((made) => made.number === number && made.at === at)
    );
  }

  return {
    /** Takes the attempt a message is for. Undefined when there is nothing to do: drop the message. */
    async claim(message: DeliveryMessage, lease: Lease, now: Date): Promise<Delivery | undefined> {
      try {
        const { Attributes } = await db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...deliveryKey(message.tenant_id, message.delivery_id) },
            UpdateExpression: 'SET lease = :token, lease_until = :until',
            ConditionExpression: [isPending, isThisAttempt, isFree].join(' AND '),
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':pending': 'pending',
              ':made': message.attempts,
              ':now': now.toISOString(),
              ':token': lease.token,
              ':until': lease.until,
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return deliverySchema.parse(Attributes);
      } catch (error) {
        if (isConditionFailed(error)) return undefined;
        throw error;
      }
    },

    /** The event's exact bytes, and the endpoint as it is now with the secrets to sign. */
    async context(tenantId: string, delivery: Delivery): Promise<AttemptContext> {
      const [endpointRow, eventRow] = await getRows(db, [
        endpointKey(tenantId, delivery.endpoint_id),
        eventKey(tenantId, eventIdOf(delivery.id)),
      ]);
      const endpoint = readEndpoint(endpointRow);
      return {
        endpoint: endpoint && { endpoint, secrets: signingSecretsSchema.parse(endpointRow) },
        event: webhookEventSchema.parse(eventRow),
      };
    },

    /**
     * Writes where the delivery stands, with the attempt unless none was made. False when the lease ran out and another
     * attempt began: that one's result counts.
     */
    async record(
      tenantId: string,
      delivery: Delivery,
      token: string,
      result: { verdict: Verdict; attempt: Attempt | undefined },
    ): Promise<boolean> {
      const { verdict, attempt } = result;
      const attempts = [...delivery.attempts, ...(attempt === undefined ? [] : [attempt])].slice(-keptAttempts);
      checkItemSize({ ...delivery, attempts });
      const due =
        verdict.dueAt === null
          ? 'REMOVE due_at, open_shard, lease, lease_until'
          : ', due_at = :due REMOVE lease, lease_until';
      const recorded = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...deliveryKey(tenantId, delivery.id) },
            UpdateExpression:
              'SET #status = :status, ended_reason = :reason, next_attempt_at = :next, #url = :url, attempts = :attempts, ' +
              `attempts_made = :made ${due}`,
            ConditionExpression: 'lease = :token',
            ExpressionAttributeNames: { '#status': 'status', '#url': 'url' },
            ExpressionAttributeValues: {
              ':token': token,
              ':status': verdict.status,
              ':reason': verdict.endedReason,
              ':next': verdict.nextAttemptAt,
              ':url': attempt?.url ?? delivery.url,
              ':attempts': attempts,
              ':made': delivery.attempts_made + (attempt === undefined ? 0 : 1),
              ...(verdict.dueAt !== null && { ':due': verdict.dueAt }),
            },
          }),
        ),
      );
      return recorded || (attempt !== undefined && (await isRecorded(tenantId, delivery.id, attempt)));
    },
  };
}
